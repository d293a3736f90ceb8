"""Names of bodies that nothing resolves: the three lists of them, and what people decide about them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from ingest.build import build_store
from tests.conftest import Gongbao, circular
from tests.ingest.test_registry_build import AREA, OFFICE, agencies, registry

HEADER = ["mention", "scope", "decision", "who", "when", "why"]
OFFICE_WITHOUT_ALIAS = OFFICE.replace("县档案办,", ",")
MORE = "".join(f"{number}、再次整理。（责任单位：县档案办）\n\n" for number in "三四五六七")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """县夜办 once and 县档案办 seven times, and four names that are resolved; for reading only."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "a.txt").write_text(circular(1).replace("县财政局", "县夜办"), "utf8")
    long = circular(2).replace("、县财政局", "").replace("二、严格", f"{MORE}八、严格")
    (folder / "b.txt").write_text(long, "utf8")
    return folder


@pytest.fixture(scope="module")
def store(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the texts; for reading only."""
    store = tmp_path_factory.mktemp("unresolved") / "store"
    assert build_store([texts], store).errors == []
    return store


@pytest.fixture
def own_store(store: Path, tmp_path: Path) -> Path:
    """A copy of the store that a test may build into."""
    return shutil.copytree(store, tmp_path / "store", symlinks=True)


def test_names_by_how_often_they_stand_and_the_first_places(store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("unresolved", "--store", store)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "    7  县档案办  a.txt:9, b.txt:9, b.txt:11, b.txt:13, b.txt:15 and 2 more",
        "    1  县夜办  a.txt:9",
    ]
    assert ran.err == "8 of 12 mentions of bodies are not resolved, 33.3 % are resolved\n"
    assert gongbao("unresolved", "--store", store, "--format", "text") == ran


def test_a_line_is_not_broken_where_the_terminal_is_narrow(
    store: Path, gongbao: Gongbao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert len(gongbao("unresolved", "--store", store).out.splitlines()) == 2


def test_all_places_as_csv(store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("unresolved", "--store", store, "--format", "csv")
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "mention,count,places",
        "县档案办,7,a.txt:9|b.txt:9|b.txt:11|b.txt:13|b.txt:15|b.txt:17|b.txt:19",
        "县夜办,1,a.txt:9",
    ]
    assert "8 of 12" in ran.err


def test_rows_to_fill_in(store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("unresolved", "--store", store, "--format", "judgements")
    assert ran.status == 0
    assert ran.out.splitlines() == [",".join(HEADER), "县档案办,*,,,,", "县夜办,*,,,,"]
    assert "8 of 12" in ran.err


def test_an_unknown_format_is_refused_with_those_that_are_known(store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("unresolved", "--store", store, "--format", "xml")
    assert (ran.status, ran.out) == (2, "")
    assert "--format: xml: known are text, csv, judgements" in ran.err
    assert "Traceback" not in ran.err


def test_nothing_is_left(texts: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    decided = "县档案办,*,generic,甲,2030-04-01,一\n县夜办,*,generic,甲,2030-04-01,二\n"
    folder = registry(tmp_path / "registry", AREA, OFFICE_WITHOUT_ALIAS, judgements=decided)
    store = tmp_path / "store"
    assert gongbao("build", texts, "--store", store, "--registry", folder).status == 0
    ran = gongbao("unresolved", "--store", store)
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "0 of 12 mentions of bodies are not resolved, 100.0 % are resolved\n"
    ran = gongbao("unresolved", "--store", store, "--format", "judgements")
    assert ran.out.splitlines() == [",".join(HEADER)]


# from the list to the next build -----------------------------------------------------------------


def fill_in(printed: str, file: Path, decisions: dict[str, str]) -> None:
    """The rows as a person hands them back: each with its decision, and who, when and why."""
    header, *rows = csv.reader(printed.splitlines())
    with file.open("w", encoding="utf8", newline="") as out:
        written = csv.writer(out)
        written.writerow(header)
        for mention, scope, *_ in rows:
            if mention in decisions:
                written.writerow((mention, scope, decisions[mention], "甲", "2030-04-01", "问过该县"))


def test_rows_filled_in_by_hand_resolve_the_names_at_the_next_build(
    own_store: Path, texts: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    folder = registry(tmp_path / "registry", AREA, OFFICE_WITHOUT_ALIAS)
    assert gongbao("build", texts, "--store", own_store, "--registry", folder).status == 0
    assert agencies(own_store, gongbao) == {"县档案办": None, "县夜办": None}
    printed = gongbao("unresolved", "--store", own_store, "--format", "judgements").out
    fill_in(printed, folder / "judgements.csv", {"县档案办": "青石县档案办公室"})
    assert gongbao("build", texts, "--store", own_store, "--registry", folder).status == 0
    assert agencies(own_store, gongbao) == {"县档案办": "青石县档案办公室", "县夜办": None}
    facts = gongbao("facts", "--store", own_store, "--kind", "resp").out.splitlines()
    steps = {(fact["unit"], fact["resolved_by"]) for fact in map(json.loads, facts)}
    assert steps == {("县档案办", "judgement"), ("县夜办", None)}
    left = gongbao("unresolved", "--store", own_store)
    assert left.out == "    1  县夜办  a.txt:9\n"
    assert left.err == "1 of 12 mentions of bodies are not resolved, 91.7 % are resolved\n"


def test_rows_that_are_not_filled_in_stop_the_build(
    own_store: Path, texts: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    folder = registry(tmp_path / "registry", AREA, OFFICE_WITHOUT_ALIAS)
    printed = gongbao("unresolved", "--store", own_store, "--format", "judgements").out
    (folder / "judgements.csv").write_text(printed, "utf8")
    ran = gongbao("build", texts, "--store", own_store, "--registry", folder)
    assert ran.status == 2
    assert "judgements.csv, row 2: the column decision is empty" in ran.err
    assert gongbao("unresolved", "--store", own_store).err.startswith("8 of 12 ")


@pytest.mark.check
@pytest.mark.parametrize(
    ("scope", "decided"),
    [
        ("青石县", {"a.txt", "b.txt"}),
        ("青档发〔2030〕1号", {"a.txt"}),
        ("青档发〔2030〕9号", set()),
        ("云州市", set()),
    ],
)
def test_a_judgement_holds_in_its_scope(
    scope: str, decided: set[str], texts: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    row = f"县档案办,{scope},青石县档案办公室,甲,2030-04-01,简称\n"
    folder = registry(tmp_path / "registry", AREA, OFFICE_WITHOUT_ALIAS, judgements=row)
    assert gongbao("build", texts, "--store", tmp_path / "store", "--registry", folder).status == 0
    ran = gongbao("facts", "--store", tmp_path / "store", "--kind", "resp")
    facts = [json.loads(line) for line in ran.out.splitlines()]
    assert {fact["file"] for fact in facts if fact["agency"] == "青石县档案办公室"} == decided

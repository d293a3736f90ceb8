"""A further registry folder for a build: what it adds, and that a bad one stops it before it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ontology.registry.rows import COLUMNS
from tests.conftest import Gongbao, circular

AREA = "青石县,area,county,,,,,,,,,,,"
OFFICE = "青石县档案办公室,office,county,青石县,,,,,,,县档案办,,青档发,"
FINANCE = "青石县财政局,bureau,county,青石县,,,,,,,,财政,,"


def registry(folder: Path, *rows: str, judgements: str = "") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "qingshi.csv").write_text("\n".join([",".join(COLUMNS), *rows, ""]), "utf8")
    if judgements:
        head = "mention,scope,decision,who,when,why\n"
        (folder / "judgements.csv").write_text(head + judgements, "utf8")
    return folder


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "one.txt").write_text(circular(), "utf8")
    return folder


def agencies(store: Path, gongbao: Gongbao) -> dict[str, str | None]:
    ran = gongbao("facts", "--store", store, "--kind", "resp")
    return {record["unit"]: record["agency"] for record in map(json.loads, ran.out.splitlines())}


def test_a_further_jurisdiction_is_a_further_file(texts: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    assert gongbao("build", texts, "--store", store).status == 0
    assert agencies(store, gongbao)["县档案办"] is None
    further = registry(tmp_path / "registry", AREA, OFFICE, FINANCE)
    assert gongbao("build", texts, "--store", store, "--registry", further).status == 0
    assert agencies(store, gongbao) == {"县档案办": "青石县档案办公室", "县财政局": "青石县财政局"}


def test_a_judgement_is_replayed(texts: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    further = registry(
        tmp_path / "registry",
        AREA,
        OFFICE.replace("县档案办,", ","),
        FINANCE,
        judgements="县档案办,青石县,青石县档案办公室,甲,2030-04-01,简称\n",
    )
    store = tmp_path / "store"
    assert gongbao("build", texts, "--store", store, "--registry", further).status == 0
    assert agencies(store, gongbao)["县档案办"] == "青石县档案办公室"


@pytest.mark.parametrize(
    ("rows", "judgements", "told"),
    [
        ([AREA, OFFICE, FINANCE.replace(",,财政", ",县档案办,财政")], "", "qingshi.csv, row 4: "),
        ([AREA, OFFICE.replace("office", "offices")], "", "qingshi.csv, row 3: "),
        ([AREA, OFFICE.replace("青石县,,", "青石县,青石县档案办公室,", 1)], "", "cycle of parents"),
        (
            [AREA, OFFICE],
            "档案办,*,generic,甲,2030-04-01,一\n档案办,*,party,乙,2030-04-02,二\n",
            "judgements.csv, row 3: ",
        ),
    ],
    ids=["label twice", "unknown kind", "cycle", "contradiction"],
)
def test_a_bad_registry_stops_the_build_before_it_writes(
    rows: list[str], judgements: str, told: str, texts: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    further = registry(tmp_path / "registry", *rows, judgements=judgements)
    store = tmp_path / "store"
    ran = gongbao("build", texts, "--store", store, "--registry", further)
    assert ran.status == 2
    assert told in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not store.exists()
    assert gongbao("build", texts, "--store", store).status == 0
    before = sorted(path.name for path in (store / "versions").iterdir())
    assert gongbao("build", texts, "--store", store, "--registry", further).status == 2
    assert sorted(path.name for path in (store / "versions").iterdir()) == before

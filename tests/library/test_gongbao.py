"""``import gongbao``: what it offers, what it costs, and that the notebook of docs/ runs."""

from __future__ import annotations

import runpy
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas
import pytest

import gongbao
from tests.conftest import ROOT, SAMPLES, circular

PACKAGES = ("ontology", "ingest", "queries", "app", "gongbao")
HEAVY = {
    "ingest.pipeline",
    "ingest.build",
    "pyoxigraph",
    "rdflib",
    "streamlit",
    "starlette",
    "typer",
    "tantivy",
}


@pytest.fixture(scope="module")
def store(samples_store: Path) -> gongbao.OpenStore:
    return gongbao.open_store(samples_store)


def test_every_name_is_there_and_says_what_it_is() -> None:
    assert set(gongbao.__all__) <= set(dir(gongbao))
    for name in gongbao.__all__:
        assert getattr(gongbao, name).__doc__, name
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        _ = gongbao.guess  # type: ignore[attr-defined]


def test_it_holds_nothing_of_its_own() -> None:
    homes = {getattr(gongbao, name).__module__.partition(".")[0] for name in gongbao.__all__}
    assert homes == {"ontology", "ingest", "queries", "app"}


def test_its_import_is_light() -> None:
    """Nothing of the pipeline is loaded before a verb needs it."""
    code = f"import sys, gongbao; print(sorted({HEAVY!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_every_package_says_that_it_is_typed() -> None:
    assert [name for name in PACKAGES if not (ROOT / name / "py.typed").is_file()] == []


def test_the_notebook_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SAMPLES, tmp_path / "ingest" / "samples")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(ROOT / "docs" / "notebook.py"))
    printed = capsys.readouterr().out
    assert "10 files, 13 documents, " in printed
    assert "there is no question agency/task; nearest: agency/tasks" in printed
    assert max(map(len, printed.splitlines())) < 300


# verbs -------------------------------------------------------------------------------------------


def test_read_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("好\n\xff".encode("latin-1", "ignore") + b"\n\xff")
    with pytest.raises(gongbao.InputError, match=r"a\.txt:"):
        gongbao.read(str(tmp_path / "a.txt"))
    with pytest.raises(gongbao.InputError, match="nowhere"):
        gongbao.read(tmp_path / "nowhere.txt")


def test_build_takes_one_path_or_several(tmp_path: Path) -> None:
    for serial in (1, 2):
        (tmp_path / f"{serial}.txt").write_text(circular(serial), "utf8")
    one = gongbao.build(str(tmp_path / "1.txt"), str(tmp_path / "store"), check=False)
    assert (one.files, one.errors) == (["1.txt"], [])
    several: list[str | Path] = [tmp_path / "1.txt", str(tmp_path / "2.txt"), tmp_path / "3.txt"]
    two = gongbao.build(several, tmp_path / "store", check=False, base="https://example.org/")
    assert two.files == ["1.txt", "2.txt"]
    assert [str(error) for error in two.errors] == [f"{tmp_path}/3.txt: no such file or folder"]
    assert repr(two) == "<build of 2 files, 2 documents, 12 facts; 1 failed, 0 violations>"
    opened = gongbao.open_store(tmp_path / "store")
    assert str(opened.facts("doc")[0]["iri"]).startswith("https://example.org/")
    assert repr(opened) == f"<store {tmp_path}/store version {opened.version}>"
    with pytest.raises(gongbao.GongbaoError, match="nothing to build"):
        gongbao.build([], tmp_path / "store")


def test_open_store_says_where_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(gongbao.StoreError, match="no such folder"):
        gongbao.open_store(tmp_path / "store")
    with pytest.raises(gongbao.StoreError, match="not a gongbao store"):
        gongbao.ask(tmp_path, "agency/load")


# a store that is open ----------------------------------------------------------------------------


def test_numbers_are_numbers_and_days_are_days(store: gongbao.OpenStore) -> None:
    (load,) = store.ask("agency/load", agency="云州市科技局")
    assert load == {
        "body": "https://w3id.org/gongbao/id/org/云州市科学技术局",
        "name": "云州市科学技术局",
        **{"tasks": 11, "lead": 2, "responsible": 9, "cooperate": 0, "timed": 5, "measured": 0},
    }
    tasks = store.ask("agency/tasks", agency="云州市工业和信息化局")
    assert {type(row["due"]) for row in tasks} == {date, type(None)}


def test_pandas_takes_the_rows_as_they_are(store: gongbao.OpenStore) -> None:
    frame = pandas.DataFrame(store.ask("agency/load"))
    assert len(frame) > 60
    assert frame["tasks"].dtype.kind == "i"
    assert frame.loc[frame["name"] == "云州市科学技术局", "lead"].item() == 2
    due = pandas.DataFrame(store.ask("task/due", date="2022-10-01"))
    assert pandas.to_datetime(due["due"]).min() >= pandas.Timestamp(2022, 10, 1)


def test_parameters_take_the_types_of_python(store: gongbao.OpenStore, samples_store: Path) -> None:
    written = store.ask("task/due", date="2022-10-01")
    assert store.ask("task/due", date=date(2022, 10, 1)) == written != []
    widened = store.ask("agency/tasks", agency="云州市科技局", with_classes=True)
    assert widened == store.ask("agency/tasks", agency="云州市科技局", with_classes="true")
    several = store.ask("task/list", role=["lead", "cooperate"], limit=5)
    assert several == store.ask("task/list", role="lead|cooperate", limit="5")
    assert len(several) == 5
    assert gongbao.ask(samples_store, "task/due", date="2022-10-01") == written
    assert gongbao.ask(store, "task/due", date="2022-10-01") == written


def test_what_is_wrong_is_said_with_what_would_do(store: gongbao.OpenStore) -> None:
    with pytest.raises(gongbao.UnknownQuestionError, match="nearest: agency/tasks"):
        store.ask("agency/task")
    with pytest.raises(gongbao.ParameterError, match="parameter agency: missing; an example: "):
        store.ask("agency/tasks")
    with pytest.raises(gongbao.ParameterError, match=r"2\.5 is no text, number, day or list of them"):
        store.ask("task/list", limit=2.5)  # type: ignore[arg-type]
    with pytest.raises(gongbao.ParameterError, match="None is no text, number or day"):
        store.ask("task/list", role=["lead", None])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="duty: known are doc, resp"):
        store.facts("duty")
    with pytest.raises(SyntaxError):
        store.select("SELECT")


def test_facts_questions_and_texts(store: gongbao.OpenStore) -> None:
    documents = store.facts("doc")
    assert len(documents) == 13
    assert len(store.facts()) > 600
    place = str(documents[0]["place"])
    text = store.text(place.rpartition("/")[2].partition("#")[0])
    assert text.startswith("云州市")
    assert "agency/tasks" in [question.name for question in store.questions()]
    (row,) = store.select(
        "SELECT (COUNT(*) AS ?n) { ?document a <http://data.europa.eu/eli/ontology#LegalResource> }"
    )
    assert row == {"n": "23"}
    assert len(store.graph) > 10_000

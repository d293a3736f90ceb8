"""The facts of whole stores: offsets, errors, equal builds; and the figures that the corpus must reach.

What needs no gold standard holds for the samples too. The corpus is skipped where it is not there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.store import current
from queries.facts import KINDS
from tests.conftest import COMMAND, SHARED, Gongbao, Ran, installed

LEAST = {
    "mean": 0.92,
    "doc": 0.95,
    "doc.number": 0.98,
    "doc.title": 0.90,
    "doc.issuers": 0.90,
    "resp/explicit": 0.98,
    "resp/prose": 0.78,
    "target": 0.80,
    "deadline": 0.90,
    "ref": 0.95,
    "ref.rel": 0.85,
    "iref": 0.90,
    "norm": 0.93,
    "norm.bearer": 0.75,
}
SCORE = SHARED / "eval" / "score.py"


@pytest.fixture(scope="module")
def facts(corpus_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What ``gongbao facts`` prints for the whole corpus, in a file."""
    ran = installed("facts", "--store", corpus_store)
    assert (ran.status, ran.err) == (0, "")
    path = tmp_path_factory.mktemp("facts") / "facts.jsonl"
    path.write_text(ran.out, "utf8")
    return path


def scored(facts: Path, *least: str) -> Ran:
    """score.py on a file of facts, with figures that it must reach."""
    if not SCORE.exists():
        pytest.skip(f"no scorer: {SCORE} is not there")
    arguments = [part for figure in least for part in ("--min", figure)]
    done = subprocess.run(
        [sys.executable, SCORE, facts, *arguments],
        capture_output=True,
        text=True,
        encoding="utf8",
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_every_figure_of_the_issue_is_reached(facts: Path) -> None:
    ran = scored(facts, *(f"{name}={least}" for name, least in LEAST.items()))
    assert ran.status == 0, ran.out + ran.err
    assert "short:" not in ran.out
    assert "mean F1 over 7 kinds" in ran.out


def test_the_scorer_knows_every_figure(facts: Path) -> None:
    """A figure that is misspelt would count as 0; one that cannot be reached is told by its name."""
    ran = scored(facts, *(f"{name}=1.01" for name in LEAST))
    assert ran.status == 1
    short = {line.split()[1]: float(line.split()[2]) for line in ran.out.splitlines() if "short:" in line}
    assert set(short) == set(LEAST)
    assert min(short.values()) > 0.5


def test_every_file_and_kind_of_the_corpus_is_there(facts: Path, shared_corpus: Path) -> None:
    records = [json.loads(line) for line in facts.read_text("utf8").splitlines()]
    assert {record["file"] for record in records} == {path.name for path in shared_corpus.glob("*.txt")}
    assert {record["kind"] for record in records} == set(KINDS)
    assert len(records) > 1500


STORES = ["samples_store", pytest.param("corpus_store", marks=pytest.mark.check)]


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Path:
    """The store of a fixture's name."""
    path: Path = request.getfixturevalue(request.param)
    return path


@pytest.mark.parametrize("store", STORES, indirect=True)
def test_the_offsets_of_every_fact_hold(store: Path, gongbao: Gongbao) -> None:
    version = current(store)
    texts: dict[str, str] = {}
    lines = gongbao("facts", "--store", store).out.splitlines()
    assert len(lines) > 600
    for line in lines:
        record = json.loads(line)
        sha = record["place"].split("/")[-1].partition("#")[0]
        text = texts.setdefault(sha, texts.get(sha) or version.source(sha))
        assert 0 <= record["start"] < record["end"] <= len(text)
        quote = "".join(text[record["start"] : record["end"]].split())
        if record["kind"] == "norm":
            assert quote[:30] == record["text"]
        elif "text" in record:
            assert quote == record["text"]
        elif record["kind"] == "resp":
            assert record["unit"] in quote


@pytest.mark.parametrize("store", STORES, indirect=True)
def test_a_build_has_no_errors_and_no_violations(store: Path) -> None:
    manifest = current(store).manifest()
    assert (manifest["errors"], manifest["violations"]) == ([], [])


def test_two_builds_are_equal_byte_for_byte(
    corpus_store: Path, shared_corpus: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    """The other build is another process with other hashes, and takes the files in the other order."""
    store = tmp_path / "store"
    files = sorted(shared_corpus.glob("*.txt"), reverse=True)
    done = subprocess.run(
        [COMMAND, "build", *files, "--store", store, "--no-check"],
        env={**os.environ, "PYTHONHASHSEED": "11"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    first = gongbao("export", "--store", corpus_store).out
    assert gongbao("export", "--store", store).out == first
    assert len(first.splitlines()) == current(corpus_store).manifest()["quads"]

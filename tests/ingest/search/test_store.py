"""The index as a part of a store: written with it, the same from the same texts, missed when it is gone."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from ingest.build import build_store
from ingest.errors import StoreError
from ingest.search import SearchIndex, search
from ingest.store import current
from tests.conftest import SAMPLES, Gongbao, circular


@pytest.fixture
def broken(samples_store: Path, tmp_path: Path) -> Path:
    """A copy of the samples' version, to be broken."""
    return Path(shutil.copytree(current(samples_store).folder, tmp_path / "version"))


def test_everyone_may_read_the_index(samples_store: Path) -> None:
    folder = current(samples_store).folder / "search"
    files = list(folder.iterdir())
    assert not [file for file in files if file.suffix == ".lock"]
    assert {file.stat().st_mode & 0o777 for file in files} == {folder.stat().st_mode & 0o666}


def test_searching_leaves_the_version_as_it_is(samples_store: Path) -> None:
    folder = current(samples_store).folder / "search"
    before = sorted((file.name, file.stat().st_mtime_ns) for file in folder.iterdir())
    search(SearchIndex(folder.parent), "数据")
    assert sorted((file.name, file.stat().st_mtime_ns) for file in folder.iterdir()) == before


def test_equal_stores_give_equal_answers(samples_store: Path, tmp_path: Path) -> None:
    build_store(sorted(SAMPLES.glob("[0-9]*"), reverse=True), tmp_path / "store", check=False)
    indexes = [SearchIndex(current(store).folder) for store in (samples_store, tmp_path / "store")]
    for words in ("数据", "市", "云州市科技局", "2023年"):
        first, second = (search(index, words, size=100) for index in indexes)
        assert first == second


def test_an_open_index_outlives_its_version(broken: Path) -> None:
    index = SearchIndex(broken)
    before = search(index, "数据")
    shutil.rmtree(broken)
    assert search(index, "数据") == before


def test_a_document_that_two_files_hold_is_found_once(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(circular() + "\n" * (name == "b") + "附：无", "utf8")
    build_store([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "store", check=False)
    found = search(SearchIndex(current(tmp_path / "store").folder), "归档", size=100)
    assert len(found.hits) == len({hit.iri for hit in found.hits}) > 1


@pytest.mark.parametrize("lost", ["search", "search/meta.json", "search/*.term", "search/*.store"])
def test_a_missing_index_says_what_to_do(broken: Path, lost: str) -> None:
    for path in broken.glob(lost):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(StoreError, match="search index cannot be opened; 'gongbao build' writes a new one"):
        SearchIndex(broken)


def test_a_broken_index_says_what_to_do(broken: Path) -> None:
    (broken / "search" / "meta.json").write_text("{}", "utf8")
    with pytest.raises(StoreError, match="search index cannot be opened"):
        SearchIndex(broken)


def test_the_command(samples_store: Path, gongbao: Gongbao, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    ran = gongbao("search", "数字经济", "--store", samples_store, "--kind", "document", "--year", "2021-")
    assert ran.status == 0
    assert "云州市数字经济发展行动方案（2021—2023年）" in ran.out
    assert ran.err == "1 to 2 of 2 found\n"
    ran = gongbao("search", "数字经济", "--store", samples_store, "--format", "json", "--type", "通知")
    answer = json.loads(ran.out)
    assert answer["total"] == 2
    assert answer["facets"]["document_types"] == {"通知": 2}
    assert {"text": "数字经济", "marked": True} in answer["hits"][0]["snippet"]
    assert answer["hits"][0]["document"]["number"] == "云政办发〔2021〕15号"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("。",), "gongbao: nothing to search for: give at least one letter, digit or Chinese character\n"),
        (("数据", "--page", "0"), "gongbao: page 0: 1 to 500 are possible with 20 hits a page\n"),
        (("数据", "--year", "-"), "gongbao: '-' is no year: 2021, 2020-2022, 2020- and -2022 are understood"),
        (("数据", "--kind", "x"), "x: known are document, clause, task, agency"),
        (("数据", "--format", "x"), "x: known are table, json"),
    ],
)
def test_what_the_command_refuses(
    samples_store: Path, gongbao: Gongbao, arguments: tuple[str, ...], said: str
) -> None:
    ran = gongbao("search", *arguments, "--store", samples_store)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err


def test_nothing_found(samples_store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("search", "无此词语", "--store", samples_store, "--agency", os.sep)
    assert (ran.status, ran.out, ran.err) == (0, "", "0 found\n")

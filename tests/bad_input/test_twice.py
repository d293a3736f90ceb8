"""The same thing given twice."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.bad_input.conftest import good_only, one_line
from tests.conftest import Gongbao, circular


def test_the_same_file_given_twice_is_taken_once(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    good, store = folder / "good.txt", tmp_path / "store"
    ran = gongbao("build", good, good, folder, "--store", store, "--no-check")
    assert ran.status == 0
    assert ran.err.splitlines()[0] == "[1/1] good.txt"
    assert "1 file, 1 document" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_the_same_file_by_another_path_is_noted_and_taken_once(
    folder: Path, tmp_path: Path, gongbao: Gongbao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    store = tmp_path / "store"
    ran = gongbao("build", "good.txt", folder / "good.txt", "--store", store, "--no-check")
    assert ran.status == 0
    assert "1 file, 1 document" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_two_files_of_the_same_bytes(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    shutil.copy(folder / "good.txt", folder / "zz-copy.txt")
    store = tmp_path / "store"
    ran = gongbao("build", folder, "--store", store, "--no-check")
    assert ran.status == 0
    one_line("note: zz-copy.txt: the same bytes as good.txt; taken once", ran)
    assert "1 file, 1 document" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path, gongbao: Gongbao) -> None:
    for year in ("2030", "2031"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "01.txt").write_text(circular(int(year)), "utf8")
    store = tmp_path / "store"
    assert gongbao("build", tmp_path / "2030", tmp_path / "2031", "--store", store, "--no-check").status == 0
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    names = {json.loads(doc)["number"]: json.loads(doc)["file"] for doc in docs}
    assert set(names) == {"青档发〔2030〕2030号", "青档发〔2030〕2031号"}
    assert len(set(names.values())) == 2, names

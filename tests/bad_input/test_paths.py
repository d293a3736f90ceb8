"""Paths that give no file, and names of files."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.read import endings
from tests.bad_input.conftest import entries, good_only, left_alone, one_line
from tests.conftest import COMMAND, Gongbao, circular


@dataclass(frozen=True, slots=True)
class Wrong:
    """A path that gives no file; ``made`` is what is put there first."""

    name: str
    made: str
    reason: str


NOTHING = f"nothing to read in this folder (read are {endings()})"
WRONG = [
    Wrong("empty-folder", "folder", NOTHING),
    Wrong("folder.txt", "folder", NOTHING),
    Wrong("nowhere.txt", "", "no such file or folder"),
    Wrong("nowhere", "", "no such file or folder"),
    Wrong("nowhere/deep.txt", "", "no such file or folder"),
    Wrong("hanging.txt", "link", "no such file or folder"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_path_that_gives_no_file(wrong: Wrong, standing: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    path = tmp_path / wrong.name
    if wrong.made == "folder":
        path.mkdir()
    elif wrong.made == "link":
        path.symlink_to("not-there.txt")
    before = entries(standing)
    ran = gongbao("build", path, "--store", standing, "--no-check")
    assert ran.status == 2
    one_line("gongbao: nothing to build", ran)
    one_line(f"  {path}: {wrong.reason}", ran)
    left_alone(standing, before, gongbao)


def test_paths_that_give_no_file_beside_one_that_does(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    (tmp_path / "empty").mkdir()
    paths = [tmp_path / "empty", tmp_path / "nowhere.txt", folder]
    store = tmp_path / "store"
    ran = gongbao("build", *paths, "--store", store, "--no-check")
    assert ran.status == 2
    one_line(f"failed: {paths[0]}: {NOTHING}", ran)
    one_line(f"failed: {paths[1]}: no such file or folder", ran)
    assert "1 file, 1 document" in ran.err
    assert "; 2 failed" in ran.err
    good_only(gongbao("facts", "--store", store))


@pytest.mark.parametrize("name", ["circular", "circular.pdf", "circular.html"])
def test_a_file_is_read_by_what_it_holds_and_not_by_its_name(
    name: str, tmp_path: Path, gongbao: Gongbao
) -> None:
    (tmp_path / name).write_text(circular(1), "utf8")
    store = tmp_path / "store"
    assert gongbao("build", tmp_path / name, "--store", store, "--no-check").status == 0
    docs = [json.loads(line) for line in gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()]
    assert [(doc["file"], doc["number"]) for doc in docs] == [(name, "青档发〔2030〕1号")]


def test_a_folder_named_like_a_file_is_a_folder(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    inner = folder / "x.txt"
    inner.mkdir()
    (inner / "y.txt").write_text(circular(2), "utf8")
    store = tmp_path / "store"
    ran = gongbao("build", folder, "--store", store, "--no-check")
    assert ran.status == 0
    assert "failed" not in ran.err
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    assert [json.loads(doc)["file"] for doc in docs] == ["good.txt", "x.txt/y.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    locked = folder / "locked.txt"
    locked.write_text(circular(2), "utf8")
    locked.chmod(0)
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--no-check")
    assert ran.status == 2
    one_line("failed: locked.txt: Permission denied", ran)
    good_only(gongbao("facts", "--store", tmp_path / "store"))


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc/self/mem to fail on reading")
def test_a_file_whose_reading_fails(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    (folder / "broken.txt").symlink_to("/proc/self/mem")
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--no-check")
    assert ran.status == 2
    one_line("failed: broken.txt: Input/output error", ran)
    good_only(gongbao("facts", "--store", tmp_path / "store"))


@pytest.mark.check
@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX only")
def test_a_file_name_that_is_no_utf_8(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    """Archives packed on Chinese Windows unpack to names in GBK."""
    named = os.fsencode(folder) + b"/" + "通知.txt".encode("gbk")
    Path(os.fsdecode(named)).write_text(circular(2), "utf8")
    store = tmp_path / "store"
    done = subprocess.run(
        [COMMAND, "build", folder, "--store", store, "--no-check"], capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)  # taken in under some name, or refused
    facts = gongbao("facts", "--store", store, "--kind", "doc")
    assert facts.status == 0
    numbers = [json.loads(line)["number"] for line in facts.out.splitlines()]
    assert numbers == ["青档发〔2030〕1号", "青档发〔2030〕2号"][: 2 if done.returncode == 0 else 1]


def test_names_with_brackets_are_printed_as_they_are(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    (folder / "[red]x[bold].txt").write_bytes(b"")
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--no-check")
    one_line("failed: [red]x[bold].txt: the file is empty", ran)

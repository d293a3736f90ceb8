"""A folder that is watched: what a change is, when files are quiet, and the command as a real process."""

from __future__ import annotations

import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app import watch
from ingest.store import current, versions
from tests.conftest import COMMAND, SAMPLES, Gongbao, circular, installed
from tests.serve.process import serving
from tests.serve.test_running import count, until


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "QUIET", 0.2)
    monkeypatch.setattr(watch, "INTERVAL", 0.02)


def later(seconds: float, *steps: Path) -> threading.Thread:
    """Append to files, one after the other, with pauses."""

    def write() -> None:
        for step in steps:
            time.sleep(seconds)
            with step.open("a", encoding="utf8") as file:
                file.write("x")

    thread = threading.Thread(target=write)
    thread.start()
    return thread


def test_what_is_looked_at(tmp_path: Path) -> None:
    for name in ("a.txt", "b.HTML", "b.json", "fetched.jsonl", "c.part", "d.bin", "below/e.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "store" / "versions").mkdir(parents=True)
    (tmp_path / "store" / "gongbao-store.json").write_text("{}")
    (tmp_path / "store" / "versions" / "f.txt").write_text("x")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "gone")
    seen = watch.look([tmp_path, tmp_path / "d.bin", tmp_path / "missing"])
    assert sorted(path.relative_to(tmp_path).as_posix() for path in seen) == sorted(
        ["a.txt", "b.HTML", "b.json", "fetched.jsonl", "below/e.pdf", "d.bin"]
    )


def test_new_changed_and_removed_files_are_told(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(name)
    before = watch.look([tmp_path])
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").write_text("more")
    (tmp_path / "d.txt").write_text("d")
    assert watch.difference(before, watch.look([tmp_path])) == "1 new, 1 changed, 1 removed"
    assert watch.difference(before, before) == ""


@pytest.mark.usefixtures("quick")
def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("x")
    before = watch.look([tmp_path])
    writing = later(0.1, *[file] * 5)  # pauses shorter than the quiet that is waited for
    seen = watch.wait_for_change([tmp_path], before)
    writing.join()
    assert (file.read_text(), seen[file][1]) == ("x" * 6, 6)


@pytest.mark.usefixtures("quick")
def test_a_change_that_is_taken_back_is_none(tmp_path: Path) -> None:
    file, other = tmp_path / "a.txt", tmp_path / "b.txt"
    before = watch.look([tmp_path])
    file.write_text("x")
    undoing = threading.Timer(0.1, file.unlink)
    undoing.start()
    writing = later(0.6, other)
    assert set(watch.wait_for_change([tmp_path], before)) == {other}
    undoing.join()
    writing.join()


@pytest.mark.usefixtures("quick")
def test_old_files_are_not_waited_for(tmp_path: Path) -> None:
    assert watch.wait_for_change([tmp_path], None) == {}
    (tmp_path / "a.txt").write_text("x")
    begun = time.monotonic()
    watch.wait_for_change([tmp_path], None)
    assert time.monotonic() - begun >= 0.2


def test_a_path_that_is_not_there_is_not_watched(tmp_path: Path, gongbao: Gongbao) -> None:
    ran = gongbao("build", tmp_path / "gone", "--store", tmp_path / "store", "--watch")
    assert (ran.status, ran.err) == (2, f"gongbao: {tmp_path / 'gone'}: no such file or folder\n")


class Watching:
    """A running ``gongbao build --watch`` and the lines that it prints."""

    def __init__(self, folder: Path, store: Path) -> None:
        self.process = subprocess.Popen(
            [COMMAND, "build", folder, "--store", store, "--watch", "--no-check"],
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf8",
        )
        self.lines: list[str] = []

    def until(self, wanted: str) -> None:
        """Read on to a line with some words."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip())
            if wanted in line:
                return
        raise AssertionError("\n".join(self.lines))


@contextmanager
def watching(folder: Path, store: Path, ending: signal.Signals = signal.SIGINT) -> Iterator[Watching]:
    """A folder that is watched; the end must be clean."""
    running = Watching(folder, store)
    try:
        yield running
        running.process.send_signal(ending)
        said = running.process.communicate(timeout=60)[1]
        assert running.process.returncode == 0, said
        assert "ended; the store holds the last version" in said
        assert "Traceback" not in said
    finally:
        if running.process.poll() is None:
            running.process.kill()
            running.process.communicate()


@pytest.mark.check
def test_a_watched_folder_is_served(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "in" / "store"  # a store below what is watched
    folder.mkdir()
    (folder / "1.txt").write_text(circular(1), "utf8")
    with watching(folder, store, signal.SIGTERM) as running:
        running.until("watching 1 files")
        with serving(store, "--workers", 1) as served:
            assert count(served.url) == "1"
            with (folder / "2.txt").open("w", encoding="utf8") as slow:
                slow.write(circular(2)[:60])
                slow.flush()
                (folder / "bad.txt").write_bytes(b"a\0b")
                time.sleep(1)
                slow.write(circular(2)[60:])
            running.until("watching 3 files")
            assert list(until("2", served.url))[-1] == "2"
            assert len(versions(store)) == 2  # none of the half of a file
            assert "failed: bad.txt:1: a NUL byte: this is not a text file" in running.lines
            (folder / "1.txt").unlink()
            (folder / "bad.txt").unlink()
            running.until("watching 1 files")
            assert "files: 2 removed" in running.lines
            assert list(until("1", served.url))[-1] == "1"
    assert not list((store / "versions").glob(".draft-*"))


@pytest.mark.check
def test_a_build_that_is_interrupted_leaves_the_last_version(tmp_path: Path) -> None:
    folder, store = tmp_path / "in", tmp_path / "store"
    folder.mkdir()
    (folder / "1.txt").write_text(circular(1), "utf8")
    with watching(folder, store) as running:
        running.until("watching 1 files")
        before = current(store).id
        (folder / "1.txt").unlink()
        running.until("nothing to build")  # which leaves the store as it was, and does not end the watch
        shutil.copytree(SAMPLES, folder / "samples")
        running.until("[5/")
    assert current(store).id == before
    assert not list((store / "versions").glob(".draft-*"))
    facts = installed("facts", "--store", store, "--kind", "doc")
    assert (facts.status, "〔2030〕1号" in facts.out) == (0, True)

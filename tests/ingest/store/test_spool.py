"""Intermediate results of a build: what has no room in memory waits on disk."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from ingest.store import Spool


def test_what_exceeds_the_room_waits_on_disk(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool = Spool(folder, list, room=5)
    spool.put("first", ["甲"], 3)
    spool.put("second", ["乙"], 2)
    assert not folder.exists()
    spool.put("third", ["丙"], 1)
    spool.put("a/b", ["丁"], 100)  # a name need not be one of a file
    assert len(list(folder.iterdir())) == 2
    assert [spool.take(name) for name in ("third", "first", "a/b", "second")] == [
        ["丙"],
        ["甲"],
        ["丁"],
        ["乙"],
    ]
    assert list(folder.iterdir()) == []
    spool.close()
    assert not folder.exists()


def test_nothing_is_left_of_what_was_never_taken(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", str, room=1)
    spool.put("kept", "甲", 1)
    spool.put("put aside", "乙", 1)
    spool.close()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        spool.take("kept")


def test_what_is_taken_back_is_of_its_kind(tmp_path: Path) -> None:
    folder = tmp_path / "spool"
    spool = Spool(folder, str, room=0)
    spool.put("one", "甲", 1)
    (path,) = folder.iterdir()
    path.write_bytes(pickle.dumps(7))
    with pytest.raises(TypeError, match="one: str expected"):
        spool.take("one")

"""Builds that are killed at any moment, or run out of room: the current version is whole, nothing stays."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.check,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="forks, and limits the size of files"),
]

KILLS = 50
SEED = 20301


def test_builds_that_are_killed_or_run_out_of_room_leave_whole_versions(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.ingest.store.killed", tmp_path, str(KILLS), str(SEED)],
        capture_output=True,
        check=True,
        encoding="utf8",
    )
    found = json.loads(done.stdout)
    two, three = found["wanted"]
    assert two != three
    assert two.startswith("sound ")
    assert three.startswith("sound ")
    assert set(found["seen"]) == {two, three}  # builds were killed before and after the switch
    assert len(found["seen"]) == KILLS
    assert KILLS // 5 < found["killed"] <= KILLS
    assert (found["last"], found["left"]) == ("built", [])
    told = {room: words for room, (words, _) in found["full"].items()}
    assert all(whole in (two, three) for _, whole in found["full"].values())
    *refused, last = told.values()
    assert all(words.startswith("StoreError") and "File too large" in words for words in refused)
    assert last == "built"

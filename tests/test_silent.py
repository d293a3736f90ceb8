"""Patterns are watched and silenced one by one (``python -m tests.hits --silent``)."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, circular
from tests.silent import Switch, WatchedRegex


def test_a_silent_pattern_finds_nothing_and_another_says_that_it_matched() -> None:
    switch = Switch()
    day, year = (WatchedRegex(name, re.compile(f"[0-9]+{name}"), switch) for name in ("日", "年"))
    switch.silent = "年"
    assert [match.group() for match in day.finditer("3年5日6日")] == ["5日", "6日"]
    assert (year.search("3年"), year.match("3年"), year.findall("3年"), [*year.finditer("3年")]) == (
        None,
        None,
        [],
        [],
    )
    assert (year.sub("", "3年"), year.split("前3年后"), day.sub("", "3年5日")) == ("3年", ["前3年后"], "3年")
    assert switch.matched == {"日"}
    switch.silent = ""
    assert year.fullmatch("3年")
    assert switch.matched == {"日", "年"}


@pytest.mark.check
def test_what_changes_a_text_is_not_silent(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(circular(), "utf8")
    command = [sys.executable, "-m", "tests.silent", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert not {"deadline.before", "norm.must-not"} & set(found)
    assert found["deadline.ban"] == "matches nowhere"
    assert f"{len(found)} patterns change nothing in 1 texts" in done.stderr

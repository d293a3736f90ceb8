"""What the READMEs show is what the commands print.

The blocks marked ``<!-- transcript -->`` of a README are replayed from top to bottom in one folder, which
holds the samples where a checkout has them. ``…`` stands for anything in a line, and alone on a line for any
lines. After a change that is meant, ``python -m tests.test_readme`` writes what the commands print now.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.zh.md")
WIDTH = 120  # columns of the terminal that the READMEs show
_BLOCK = re.compile(r"(?<=^<!-- transcript -->\n```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
_VERSION = re.compile(r"\b\d{8}T\d{12}Z-[0-9a-f]{12}\b")  # of a store: another one each time
_LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")


@dataclass(frozen=True)
class Step:
    """A command and the output that the README shows for it."""

    command: str
    expected: str


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf8")


def steps(block: str) -> list[Step]:
    before, *parts = _COMMAND.split(block)
    assert not before, f"a transcript begins with a command, not with {before!r}"
    return [Step(*pair) for pair in zip(parts[::2], parts[1::2], strict=True)]


def steps_of(name: str) -> list[Step]:
    return [step for block in _BLOCK.findall(text_of(name)) for step in steps(block)]


def pattern(expected: str) -> re.Pattern[str]:
    """Atomic line by line, so that a long output that differs does not take for ever."""
    lines = (
        r"(?:.*\n)*?" if line == "…\n" else f"(?>{'.*'.join(map(re.escape, line.split('…')))})"
        for line in expected.splitlines(keepends=True)
    )
    return re.compile("".join(lines))


def prepare(folder: Path) -> None:
    shutil.copytree(ROOT / "ingest" / "samples", folder / "ingest" / "samples")


def output(command: str, folder: Path) -> str:
    """What a command writes to either stream, in the order of a terminal."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {"PATH": path, "HOME": str(folder), "LC_ALL": "C.UTF-8", "COLUMNS": str(WIDTH)}
    done = subprocess.run(
        command,
        shell=True,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf8",
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, f"{command}: status {done.returncode}\n{done.stdout}"
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


@pytest.mark.parametrize("name", READMES)
def test_the_transcripts_are_what_the_commands_print(name: str, tmp_path: Path) -> None:
    prepare(tmp_path)
    found = steps_of(name)
    assert found
    for step in found:
        actual = output(step.command, tmp_path)
        if not pattern(step.expected).fullmatch(actual):
            assert actual == step.expected, f"{name}: $ {step.command} (anew: python -m tests.test_readme)"


def test_both_languages_show_the_same_commands() -> None:
    english, chinese = ([step.command for step in steps_of(name)] for name in READMES)
    assert english == chinese


def test_every_transcript_is_marked() -> None:
    for name in READMES:
        assert text_of(name).count("```console\n") == len(_BLOCK.findall(text_of(name)))


@pytest.mark.parametrize("name", READMES)
def test_links_to_files_lead_somewhere(name: str) -> None:
    links = _LINK.findall(text_of(name))
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert next(other for other in READMES if other != name) in links


@pytest.mark.parametrize(
    ("expected", "actual", "alike"),
    [
        ("a … c\n", "a b c\n", True),
        ("a … c\n", "a b\nc\n", False),
        ("a\n…\nc\n", "a\nb\nb\nc\n", True),
        ("a\n…\nc\n", "a\nc\n", True),
        ("a\n", "a\nb\n", False),
        ("[1/2] (a)\n", "[1/2] (a)\n", True),
    ],
)
def test_an_ellipsis_stands_for_anything(expected: str, actual: str, alike: bool) -> None:
    assert bool(pattern(expected).fullmatch(actual)) is alike


def _rewritten(match: re.Match[str], folder: Path) -> str:
    return "".join(_lines(steps(match.group()), folder))


def _lines(found: list[Step], folder: Path) -> Iterator[str]:
    for step in found:
        yield f"$ {step.command}\n"
        actual = output(step.command, folder)
        if pattern(step.expected).fullmatch(actual):
            yield step.expected
            continue
        kept = [line for line in step.expected.splitlines(keepends=True) if "…" in line.strip("…\n")]
        for line in actual.splitlines(keepends=True):
            yield next((known for known in kept if pattern(known).fullmatch(line)), _VERSION.sub("…", line))


def main() -> None:
    """Write the transcripts anew; lines with ``…`` stay where they still hold."""
    for name in READMES:
        with TemporaryDirectory() as folder:
            prepare(Path(folder))
            text = _BLOCK.sub(partial(_rewritten, folder=Path(folder)), text_of(name))
        (ROOT / name).write_text(text, "utf8")


if __name__ == "__main__":
    main()

"""What README and docs show is what the commands print.

The blocks marked ``<!-- transcript -->`` of a page are replayed from top to bottom in one folder, which holds
the samples where a checkout has them and, for pages below docs/, the ``demo-store`` that the README makes.
``…`` stands for anything in a line, and alone on a line for any lines. The Chinese pages show the same
transcripts, character by character, so they need no replay of their own. After a change that is meant,
``python -m tests.test_readme`` writes what the commands print now, in both languages.
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

from ingest.build import build_store
from tests.conftest import ROOT, SAMPLES

WIDTH = 120  # columns of the terminal that the pages show
_BLOCK = re.compile(r"(?<=^<!-- transcript -->\n```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_PYTHON = re.compile(r"(?<=^```python\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)
_VERSION = re.compile(r"\b\d{8}T\d{12}Z-[0-9a-f]{12}\b")  # of a store: another one each time


@dataclass(frozen=True)
class Step:
    """A command and the output that a page shows for it."""

    command: str
    expected: str


@dataclass(frozen=True)
class Page:
    """A page in both languages, by its paths in the checkout."""

    english: str
    chinese: str

    @property
    def makes_its_store(self) -> bool:
        """Whether the page itself makes ``demo-store``."""
        return "/" not in self.english


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf8")


PAGES = (
    Page("README.md", "README.zh.md"),
    *(
        Page(f"docs/{path.name}", f"docs/zh/{path.name}")
        for path in sorted((ROOT / "docs" / "zh").glob("*.md"))
    ),
)
"""All pages that there are in both languages."""
REPLAYED = tuple(page for page in PAGES if _BLOCK.search(text_of(page.english)))


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


def prepare(folder: Path, store: Path | None) -> None:
    """Put the samples into a folder, and a store of them where one is given."""
    shutil.copytree(SAMPLES, folder / "ingest" / "samples")
    if store is not None:
        (folder / "demo-store").symlink_to(store)


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


@pytest.mark.slow
@pytest.mark.parametrize("page", REPLAYED, ids=lambda page: page.english)
def test_the_transcripts_are_what_the_commands_print(page: Page, samples_store: Path, tmp_path: Path) -> None:
    prepare(tmp_path, None if page.makes_its_store else samples_store)
    found = steps_of(page.english)
    assert found
    for step in found:
        actual = output(step.command, tmp_path)
        if not pattern(step.expected).fullmatch(actual):
            where = f"{page.english}: $ {step.command} (anew: python -m tests.test_readme)"
            assert actual == step.expected, where


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.english)
def test_both_languages_show_the_same_transcripts(page: Page) -> None:
    assert _BLOCK.findall(text_of(page.chinese)) == _BLOCK.findall(text_of(page.english))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.english)
@pytest.mark.parametrize("language", ["english", "chinese"])
def test_the_python_of_a_page_runs(
    page: Page, language: str, samples_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path, samples_store)
    monkeypatch.chdir(tmp_path)
    for block in _PYTHON.findall(text_of(page.english if language == "english" else page.chinese)):
        exec(compile(block, page.english, "exec"), {})


def test_every_transcript_is_marked() -> None:
    for page in PAGES:
        for name in (page.english, page.chinese):
            assert text_of(name).count("```console\n") == len(_BLOCK.findall(text_of(name)))


def test_what_stood_in_the_readme_is_replayed() -> None:
    commands = [step.command for page in REPLAYED for step in steps_of(page.english)]
    assert len(commands) >= 21
    for name in ("demo", "info", "facts", "export", "check", "build", "unresolved", "query"):
        assert any(command.startswith(f"gongbao {name} ") for command in commands), name


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_a_readme_is_short(name: str) -> None:
    assert len(text_of(name).splitlines()) <= 150


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


def _next(blocks: Iterator[str], _: re.Match[str]) -> str:
    return next(blocks)


def main() -> None:
    """Write the transcripts anew, in both languages; lines with ``…`` stay where they still hold."""
    with TemporaryDirectory() as built:
        store = Path(built) / "store"
        build_store([SAMPLES], store)
        for page in REPLAYED:
            with TemporaryDirectory() as folder:
                prepare(Path(folder), None if page.makes_its_store else store)
                text = _BLOCK.sub(partial(_rewritten, folder=Path(folder)), text_of(page.english))
            (ROOT / page.english).write_text(text, "utf8")
            blocks = iter(_BLOCK.findall(text))
            (ROOT / page.chinese).write_text(
                _BLOCK.sub(partial(_next, blocks), text_of(page.chinese)), "utf8"
            )


if __name__ == "__main__":
    main()

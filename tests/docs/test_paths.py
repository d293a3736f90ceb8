"""Links, paths, modules and make targets that the pages for people name are there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import ROOT

OF_OTHERS = {"decisions.md"}  # what was decided once, perhaps about what is not there any more
PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*.md"),
        ROOT / "ontology" / "registry" / "README.md",
        ROOT / "ingest" / "samples" / "README.md",
    )
)
ROOMS = ("app", "docs", "gongbao", "ingest", "ontology", "queries", "tests", ".ci")
_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)\s]+)\)")
_CODE = re.compile(r"`([^`\n]+)`")
_PATH = re.compile(rf"(?<![\w/.:-])(?:{'|'.join(map(re.escape, ROOMS))})/[\w./*-]+")
_MODULE = re.compile(r"python -m ([\w.]+)|`(tests\.[\w.]+)`")
_MAKE = re.compile(r"\bmake ([a-z]+)\b(?=[`\s])")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def text_of(page: str) -> str:
    return (ROOT / page).read_text("utf8")


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives to the headings of a page."""
    headings = (heading.lower().strip() for heading in _HEADING.findall(_FENCE.sub("", text)))
    return {re.sub(r"[^\w\s-]", "", heading).replace(" ", "-") for heading in headings}


def missing_links(page: str) -> Iterator[str]:
    for link in _LINK.findall(_FENCE.sub("", text_of(page))):
        name, _, anchor = link.partition("#")
        target = (ROOT / page).parent / name if name else ROOT / page
        if not target.exists() or (anchor and anchor not in anchors(target.read_text("utf8"))):
            yield link


def is_there(path: str) -> bool:
    """Whether a path as pages write it exists; that of a module needs no suffix."""
    if "*" in path:
        return any(ROOT.glob(path))
    return (ROOT / path).exists() or (ROOT / f"{path}.py").exists()


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    assert list(missing_links(page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_paths_exist(page: str) -> None:
    named = {path for code in _CODE.findall(text_of(page)) for path in _PATH.findall(code)}
    assert sorted(path for path in named if not is_there(path)) == []


@pytest.mark.parametrize("page", PAGES)
def test_modules_exist(page: str) -> None:
    named = {module or quoted for module, quoted in _MODULE.findall(text_of(page))}
    assert sorted(module for module in named if find_spec(module) is None) == []


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf8"), re.MULTILINE))
    code = "\n".join([*_CODE.findall(text_of(page)), *_FENCE.findall(text_of(page))])
    assert set(_MAKE.findall(f"{code}\n")) <= targets


def test_every_page_is_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        links = (link.partition("#")[0] for link in _LINK.findall(_FENCE.sub("", page.read_text("utf8"))))
        waiting += [(page.parent / link).resolve() for link in links if link]
    assert {ROOT / page for page in PAGES if Path(page).name not in OF_OTHERS} - seen == set()


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("ingest/read", True),
        ("ingest/read.py", True),
        ("ingest/patterns/*.yaml", True),
        ("ingest/nowhere", False),
        ("ingest/patterns/*.nothing", False),
    ],
)
def test_what_is_there(path: str, there: bool) -> None:
    assert is_there(path) is there

"""The folders of real files and their labels; a test that needs them skips where they are missing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

INPUTS = Path(os.environ.get("GONGBAO_INPUTS", Path(__file__).parents[3] / "shared" / "inputs"))


@dataclass(frozen=True, slots=True)
class Labelled:
    """A file with what its label says; an empty field is not labelled."""

    kind: str
    path: Path
    title: str = ""
    number: str = ""
    issuer: str = ""
    date: str = ""
    published: str = ""


class _Label(msgspec.Struct, frozen=True):
    id: str
    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    office: str | None = None
    date: str | None = None
    published: str | None = None
    files: list[str] = []


def _labels(folder: Path) -> list[_Label]:
    return msgspec.json.decode((folder / "labels.json").read_bytes(), type=list[_Label])


def _labelled(kind: str, path: Path, label: _Label) -> Labelled:
    return Labelled(
        kind,
        path,
        label.title or "",
        "" if label.number in (None, "无") else label.number,
        label.issuer or label.office or "",
        label.date or "",
        label.published or "",
    )


def state_council() -> Iterator[Labelled]:
    """Pages of the State Council."""
    for label in _labels(INPUTS / "html"):
        yield _labelled("state council", INPUTS / "html" / f"{label.id}.html", label)


def county() -> Iterator[Labelled]:
    """Whole pages of a county-level city."""
    for label in _labels(INPUTS / "html" / "kunshan"):
        yield _labelled("county", INPUTS / "html" / "kunshan" / f"{label.id}.html", label)


def provinces(ending: str) -> Iterator[Labelled]:
    """Circulars of provinces as text or pages."""
    folder = INPUTS / "provinces"
    for label in _labels(folder):
        for file in label.files:
            path = folder / Path(file).name
            if path.suffix == ending and path.exists():
                yield _labelled(f"provinces {ending}", path, label)


def word() -> Iterator[Labelled]:
    """Word files, without labels."""
    for path in sorted((INPUTS / "docx").glob("*.docx")):
        yield Labelled("docx", path)

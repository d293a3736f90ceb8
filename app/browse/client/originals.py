"""What an endpoint says of the original of a text: the pages with boxes, or the text with its marks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """The file: its name and kind, the address that it has come from, whether its bytes are kept."""

    name: str
    media_type: str
    sha256: str
    kept: bool
    encoding: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class OriginalPage:
    """A page: its size in points, the boxes on it (left, top, right, bottom), the path of its picture."""

    page: int
    width: float
    height: float
    boxes: tuple[tuple[float, float, float, float], ...]
    picture: str


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of a text, and whether they are marked."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class TextCell:
    """A cell of a table, and how many rows and columns it covers."""

    runs: tuple[TextRun, ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, a heading (of a level from 1), or a table with rows of cells."""

    kind: str
    heading: int = 0
    runs: tuple[TextRun, ...] = ()
    rows: tuple[tuple[TextCell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class OriginalText:
    """The blocks of a text; ``before`` and ``after`` say that it goes on."""

    blocks: tuple[TextBlock, ...]
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Original:
    """The original of a text; ``note`` says why it is shown as text though it has pages.

    ``part`` names the cell or paragraph of the file in which the marked characters stand.
    """

    file: OriginalFile
    pages: tuple[OriginalPage, ...]
    page_count: int | None = None
    part: str | None = None
    note: str | None = None
    text: OriginalText | None = None

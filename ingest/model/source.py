"""What a reader gives: a file's text as lines, and what is known of it beside the text.

Offsets here are of ``Source.text``, in Unicode code points, end exclusive. ``ingest.read`` normalises that
text further and keeps its own map, so that a fact leads back through both to the page or cell in the file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page in points (1/72 inch) from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a stretch of the text stands in the file; what a format has not is None.

    ``page`` counts from 1; ``box`` is on that page. ``sheet`` and ``cell`` are of a workbook (``B7``).
    ``part`` names the element in other formats: the paragraph of a Word file, the file inside an archive.
    """

    page: int | None = None
    box: Box | None = None
    sheet: str | None = None
    cell: str | None = None
    part: str | None = None


@dataclass(frozen=True, slots=True)
class OriginMap:
    """From offsets of the text to places of the file: ``origins[i]`` holds from ``starts[i]`` on."""

    starts: tuple[int, ...] = ()
    origins: tuple[Origin, ...] = ()

    def at(self, offset: int) -> Origin | None:
        """The place of one character; None where the format has no places beside lines."""
        found = bisect_right(self.starts, offset) - 1
        return self.origins[found] if found >= 0 else None


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the file: rows of cells as text; a merged cell stands in each cell that it covers.

    ``start`` and ``end`` are the stretch of the text that its rows take, one row a line, cells divided by
    tabs; ``spans[row][column]`` is the stretch of a cell, the same for all cells that a merged one covers.
    ``merges`` says whether the file tells which cells are merged.
    """

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    merges: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """Something known of a document beside its text, and who says it.

    ``said_by`` is ``page`` (the information table of a web page), ``manifest`` or ``sidecar`` (a file beside
    it, or the front matter above the text).
    """

    value: str
    said_by: str


@dataclass(frozen=True, slots=True)
class Source:
    """One text of a file. An archive, a workbook or a message gives several.

    ``metadata`` has the names ``title``, ``number``, ``issuer``, ``publisher``, ``date`` (of the signature),
    ``published``, ``effective``, ``expires``, ``index``, ``topic``, ``validity``, ``address``; dates are
    ISO 8601. ``links`` are the attachments that a page names, as address and words; ``notices`` are for
    people. Of a file inside an archive or a message, ``file_sha256`` is of its bytes, ``data`` has them once
    (not those of a plain text, which is itself), and ``sha256`` is of its bytes where it gives one text; all
    are None where the text is of the whole file. ``recognised`` are the pages whose words were recognised in
    a picture (OCR).
    """

    name: str
    text: str
    origins: OriginMap = field(default_factory=OriginMap)
    tables: tuple[Table, ...] = ()
    metadata: Mapping[str, Field] = field(default_factory=dict, hash=False)
    links: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    notices: tuple[str, ...] = ()
    sha256: str | None = None
    recognised: tuple[int, ...] = ()
    file_sha256: str | None = None
    media_type: str | None = None
    data: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """A part of a file that could not be read: its name, why, and the line where there is one."""

    name: str
    reason: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file gives: its texts, and those of its parts that could not be read."""

    sources: tuple[Source, ...] = ()
    failures: tuple[Failure, ...] = ()

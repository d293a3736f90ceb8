"""A file as it is read: its normalised text, the way back to the file, and its paragraphs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ingest.model.source import Field, OriginMap


class Span(NamedTuple):
    """A stretch of the normalised text: code points, end exclusive."""

    start: int
    end: int


class ParagraphKind(StrEnum):
    """The kind of a paragraph, decided before the text is cut into documents."""

    BODY = "body"
    CONTENTS = "contents"  # 目录 / CONTENTS
    FOREIGN = "foreign"  # pages in another language
    FURNITURE = "furniture"  # running heads, page numbers, image names, rules
    TABLE = "table"  # rows with tabs or bars
    NOTE = "note"  # footnotes
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, page breaks inside it already mended."""

    start: int
    end: int
    kind: ParagraphKind
    heading: int  # number of Markdown # marks, 0 if none
    indented: bool  # begins with white space in the file
    breaks: tuple[int, ...] = ()  # offsets at which white space or a line break of the file was taken out


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From the normalised text back to the file: runs that were copied without a change in length.

    ``starts[i]`` is where run i begins in the normalised text, ``sources[i]`` where it begins in the
    decoded file, both in code points; ``line_starts`` are the offsets of the file's lines.
    """

    starts: tuple[int, ...]
    sources: tuple[int, ...]
    line_starts: tuple[int, ...]

    def source(self, offset: int) -> int:
        """Offset in the decoded file of the character at ``offset`` of the normalised text."""
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run] if run >= 0 else 0

    def line(self, offset: int) -> int:
        """1-based line of the file on which the character at ``offset`` stands."""
        return bisect_right(self.line_starts, self.source(offset))


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table: ``rows[row][column]`` is the stretch of a cell, an empty one for an empty cell.

    Where the file tells which cells are merged (``merges``), a merged cell has the same stretch in each cell
    that it covers. Tables written with tabs or bars do not tell it.
    """

    rows: tuple[tuple[Span, ...], ...]
    merges: bool = True


@dataclass(frozen=True, slots=True)
class Text:
    """A file as read: ``text`` is what places point into, ``folded`` the same length for matching.

    ``folded`` has half-width brackets, commas, colons, digits and letters, and [ ] for 〔〕【】［］;
    one character stands for one character, so offsets are the same in both. The fields behind ``paragraphs``
    are as the reader gave them (``Source``): places in ``origins`` and ``tables`` are offsets in the decoded
    file, which ``offsets.source`` gives; ``encoding`` is None for UTF-8.
    """

    name: str
    text: str
    folded: str
    sha256: str  # of the normalised text, UTF-8
    original_sha256: str  # of the file's bytes; of several texts of one file each has a digest of its own
    offsets: OffsetMap
    paragraphs: tuple[Paragraph, ...]
    origins: OriginMap = field(default_factory=OriginMap)
    metadata: Mapping[str, Field] = field(default_factory=dict, hash=False)
    links: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    notices: tuple[str, ...] = ()
    tables: tuple[TextTable, ...] = ()  # the tables with their cells, in the order of the text
    recognised: tuple[int, ...] = ()  # pages whose words were recognised in a picture (OCR)
    media_type: str = "text/plain"
    file_sha256: str | None = None  # of the file's bytes, where ``original_sha256`` is not

    def quote(self, span: Span) -> str:
        """The very characters of a span."""
        return self.text[span.start : span.end]

    def is_recognised(self, offset: int) -> bool:
        """Whether the character at an offset was recognised in a picture (OCR), and may be another one."""
        if not self.recognised:
            return False
        origin = self.origins.at(self.offsets.source(offset))
        return origin is not None and origin.page in self.recognised

    def page(self, offset: int) -> int | None:
        """The page of the file on which the character at an offset stands, if the format has pages."""
        origin = self.origins.at(self.offsets.source(offset)) if self.origins.starts else None
        return origin.page if origin is not None else None

    def __repr__(self) -> str:
        return f"<text {self.name}: {len(self.text)} characters, {len(self.paragraphs)} paragraphs>"

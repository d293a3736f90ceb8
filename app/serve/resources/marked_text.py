"""A text with its paragraphs, headings and tables, and some of its characters marked.

It stands for the original of a web page or a Word file: what is shown is the text that facts point into,
never the file's own markup or scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.serve.resources.passages import PassageRun
from ingest.model import ParagraphKind, Span
from ingest.store import LaidParagraph, Layout

_LONGEST = 60_000  # code points that are shown; a circular has some thousands
_BEFORE = 20_000  # of them before the mark, in a text that is longer
_MOST_CELLS = 20_000  # of the tables that are shown


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell of a table, and how many rows and columns it covers."""

    runs: tuple[PassageRun, ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """A paragraph or a table. ``heading`` is a level from 1, or 0; ``rows`` are those of a table."""

    kind: str
    heading: int = 0
    runs: tuple[PassageRun, ...] = ()
    rows: tuple[tuple[MarkedCell, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """The blocks that are shown; ``before`` and ``after`` say that the text goes on."""

    blocks: tuple[MarkedBlock, ...]
    before: bool
    after: bool


def mark_text(text: str, layout: Layout, mark: Span | None, headings: Mapping[int, int]) -> MarkedPassage:
    """Return a text with one stretch marked; if it is long, the part around the mark.

    ``headings`` are levels of paragraphs, by the offset at which these begin.
    """
    first, last = 0, len(text)
    if last > _LONGEST:
        first = max(0, (mark.start if mark else 0) - _BEFORE)
        last = min(last, first + _LONGEST)
    blocks = tuple(_blocks(text, layout, mark, headings, Span(first, last)))
    return MarkedPassage(blocks, first > 0, last < len(text))


def _blocks(
    text: str, layout: Layout, mark: Span | None, headings: Mapping[int, int], shown: Span
) -> Iterator[MarkedBlock]:
    waiting = [(_extent(rows), rows) for rows in layout.tables if rows and rows[0]]
    waiting.sort(key=lambda item: item[0])
    cells = 0
    inside = -1  # where the table ends that was written last
    for paragraph in layout.paragraphs:
        if paragraph.end < shown.start or paragraph.start >= shown.end:
            continue
        while waiting and waiting[0][0].end <= paragraph.start:
            waiting.pop(0)
        if waiting and waiting[0][0].start <= paragraph.start and cells < _MOST_CELLS:
            extent, rows = waiting.pop(0)
            cells += sum(map(len, rows))
            inside = extent.end
            yield MarkedBlock("table", rows=tuple(_rows(text, rows, mark)))
        if paragraph.start < inside or paragraph.kind is ParagraphKind.FURNITURE:
            continue
        yield _paragraph(text, paragraph, mark, headings, shown)


def _paragraph(
    text: str, paragraph: LaidParagraph, mark: Span | None, headings: Mapping[int, int], shown: Span
) -> MarkedBlock:
    heading = headings.get(paragraph.start, paragraph.heading)
    if "。" in text[paragraph.start : paragraph.end - 1]:
        heading = 0  # words of the clause stand behind its heading
    within = Span(max(paragraph.start, shown.start), min(paragraph.end, shown.end))
    return MarkedBlock(paragraph.kind.value, heading, runs_of(text, within, mark))


def runs_of(text: str, within: Span, mark: Span | None) -> tuple[PassageRun, ...]:
    """Return the characters of a stretch, those of the mark marked."""
    start, end = within
    if mark is not None:
        begin, stop = max(mark.start, start), min(mark.end, end)
    if mark is None or begin >= stop:
        return (PassageRun(text[start:end], False),) if end > start else ()
    pieces = ((start, begin, False), (begin, stop, True), (stop, end, False))
    return tuple(PassageRun(text[one:other], marked) for one, other, marked in pieces if other > one)


def _extent(rows: Sequence[Sequence[Span]]) -> Span:
    cells = [cell for row in rows for cell in row]
    return Span(min(cell.start for cell in cells), max(cell.end for cell in cells))


def _rows(text: str, rows: Sequence[Sequence[Span]], mark: Span | None) -> Iterator[tuple[MarkedCell, ...]]:
    """The cells of a table; one that is merged stands where it begins."""
    done: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        made: list[MarkedCell] = []
        for column, cell in enumerate(row):
            if (number, column) in done:
                continue
            across = _while_same(cell, row[column:])
            down = _while_same(cell, [other[column] for other in rows[number:] if len(other) > column])
            done |= {(number + a, column + b) for a in range(down) for b in range(across)}
            made.append(MarkedCell(runs_of(text, cell, mark), down, across))
        yield tuple(made)


def _while_same(cell: Span, others: Sequence[Span]) -> int:
    """How many of the next cells are the same merged one; empty cells are each their own."""
    if cell.start == cell.end:
        return 1
    return next((place for place, other in enumerate(others) if other != cell), len(others))

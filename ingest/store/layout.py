"""How a text is laid out in its file: paragraphs, tables, and the page and box of every few characters.

A version keeps it beside the text where the file is more than a plain text. With it a fact leads back from
the characters of the normalised text to what can be seen of the file.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import msgspec

from ingest.model import Box, Origin, ParagraphKind, Span, Text

_SAME_LINE = 0.5  # of the lower one's height: so much overlap makes two boxes parts of one line
_SEPARATORS = "\t\n|"  # of cells and paragraphs: they stand nowhere in the file
_NEAR = 1.5  # heights of a line between two boxes of one line that are marked as one


class PlaceRun(NamedTuple):
    """Characters of the normalised text that stand at one place of the file.

    ``page`` counts from 1 and ``box`` is on it; ``part`` names what the format has instead: the cell of a
    workbook (``任务!B7``), the paragraph of a Word file.
    """

    start: int
    end: int
    page: int | None
    box: Box | None
    part: str | None


class PageBox(NamedTuple):
    """A rectangle to be marked on a page."""

    page: int
    box: Box


class LaidParagraph(NamedTuple):
    """A paragraph of the text; ``heading`` is its level, 0 if it is none."""

    start: int
    end: int
    kind: ParagraphKind
    heading: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one text: paragraphs, the cells of tables, and places in the order of the text."""

    paragraphs: tuple[LaidParagraph, ...] = ()
    tables: tuple[tuple[tuple[Span, ...], ...], ...] = ()
    runs: tuple[PlaceRun, ...] = ()

    def boxes(self, text: str, start: int, end: int) -> tuple[PageBox, ...]:
        """Return what is to be marked for some characters of the text, one box a line; none without pages."""
        if start >= end:
            return ()
        first = bisect_right(self.runs, start, key=lambda run: run.end)
        last = bisect_left(self.runs, end, key=lambda run: run.start)
        found: list[PageBox] = []
        for run in self.runs[first:last]:
            if run.page is None or run.box is None:
                continue
            box = _cut(run, run.box, text, start, end)
            before = found[-1] if found else None
            if before is not None and before.page == run.page and _adjoin(before.box, box):
                found[-1] = PageBox(run.page, _around(before.box, box))
            else:
                found.append(PageBox(run.page, box))
        return tuple(found)

    def part(self, offset: int) -> str | None:
        """Return the cell or paragraph of the file in which a character stands."""
        place = bisect_right(self.runs, offset, key=lambda run: run.start) - 1
        return self.runs[place].part if place >= 0 and offset < self.runs[place].end else None


def layout_of(text: Text) -> Layout:
    """Return the layout of a text as it was read."""
    return Layout(
        tuple(LaidParagraph(item.start, item.end, item.kind, item.heading) for item in text.paragraphs),
        tuple(table.rows for table in text.tables),
        tuple(_joined(_runs(text))),
    )


def plain_layout(text: str) -> Layout:
    """Return the layout of a text of which nothing else is known: a paragraph is a line."""
    paragraphs: list[LaidParagraph] = []
    start = 0
    for line in text.split("\n"):
        paragraphs.append(LaidParagraph(start, start + len(line), ParagraphKind.BODY, 0))
        start += len(line) + 1
    return Layout(tuple(paragraphs))


def encode(layout: Layout) -> bytes:
    """Return a layout as it is kept in a store."""
    return zlib.compress(msgspec.msgpack.encode(layout))


def decode(data: bytes) -> Layout:
    """Return a layout that ``encode`` has written. Raises ValueError for anything else."""
    try:
        return _DECODER.decode(zlib.decompress(data))
    except (zlib.error, msgspec.DecodeError) as error:
        raise ValueError(f"no layout: {error}") from error


_DECODER = msgspec.msgpack.Decoder(Layout)


def _runs(text: Text) -> Iterator[PlaceRun]:
    """The copied runs of a text, cut where a new place of the file begins."""
    starts, origins = text.origins.starts, text.origins.origins
    copied = text.offsets
    ends = (*copied.starts[1:], len(text.text))
    for begin, source, end in zip(copied.starts, copied.sources, ends, strict=True):
        stop = end
        place = bisect_right(starts, source) - 1
        at = begin
        while at < stop and starts:
            following = starts[place + 1] if place + 1 < len(starts) else None
            until = stop if following is None else min(stop, begin + following - source)
            filled = at + len(text.text[at:until].rstrip(_SEPARATORS))
            if place >= 0 and filled > at:
                yield _run(at, filled, origins[place])
            at = max(until, at)
            place += 1


def _run(start: int, end: int, origin: Origin) -> PlaceRun:
    box = origin.box and Box(*(round(side, 1) for side in origin.box))
    cell = f"{origin.sheet}!{origin.cell}" if origin.sheet and origin.cell else origin.sheet or origin.part
    return PlaceRun(start, end, origin.page, box, cell)


def _joined(runs: Iterator[PlaceRun]) -> Iterator[PlaceRun]:
    """Runs of one place that stand one behind the other as one."""
    before: PlaceRun | None = None
    for run in runs:
        if before is not None and before.end == run.start and before[2:] == run[2:]:
            before = before._replace(end=run.end)
            continue
        if before is not None:
            yield before
        before = run
    if before is not None:
        yield before


def _cut(run: PlaceRun, box: Box, text: str, start: int, end: int) -> Box:
    """The part of a run's box that its characters between two offsets take."""
    whole = _width(text[run.start : run.end]) or 1
    width = box.right - box.left
    before, after = _width(text[run.start : max(start, run.start)]), _width(text[end : max(run.end, end)])
    return box._replace(left=box.left + width * before / whole, right=box.right - width * after / whole)


def _width(characters: str) -> int:
    """How wide characters are beside each other: most of ASCII takes half of a Chinese character."""
    return sum(1 if character.isascii() else 2 for character in characters)


def _adjoin(one: Box, other: Box) -> bool:
    """Whether two boxes are neighbours on one line."""
    height = min(one.bottom - one.top, other.bottom - other.top)
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(other.left - one.right, one.left - other.right)
    return overlap > _SAME_LINE * height and gap < _NEAR * height


def _around(one: Box, other: Box) -> Box:
    sides = zip(one, other, strict=True)
    return Box(*(choose(pair) for choose, pair in zip((min, min, max, max), sides, strict=True)))

"""Where the cells of a file's tables stand in its normalised text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from ingest.model import OffsetMap, Span, Text, TextTable
from ingest.readers.model import Table


def place_tables(text: Text, tables: Iterable[Table]) -> Text:
    """The text with the tables that its reader found; a table of which nothing was kept is left out.

    ``text`` must come from the same ``Source.text`` as the offsets of ``tables``.
    """
    way = _Way(text.offsets, len(text.text))
    placed: list[TextTable] = []
    for table in tables:
        known: dict[tuple[int, int], Span] = {}
        for row in table.spans:
            for cell in row:
                if cell not in known:
                    known[cell] = way.stretch(*cell)
        rows = tuple(tuple(known[cell] for cell in row) for row in table.spans)
        if any(cell.end > cell.start for cell in known.values()):
            placed.append(TextTable(rows))
    placed.sort(key=lambda table: min(cell.start for row in table.rows for cell in row))
    return replace(text, tables=tuple(placed))


class _Way:
    """From offsets of the source to offsets of the normalised text."""

    def __init__(self, offsets: OffsetMap, length: int) -> None:
        ends = (*offsets.starts[1:], length)
        runs = zip(offsets.sources, offsets.starts, ends, strict=True)
        self.runs = sorted((source, start, end - start) for source, start, end in runs)
        self.sources = [source for source, _, _ in self.runs]

    def stretch(self, start: int, end: int) -> Span:
        """What was kept of a stretch of the source; empty, at the next kept character, where nothing was."""
        first = max(bisect_right(self.sources, start) - 1, 0)
        last = bisect_left(self.sources, end)
        kept: list[int] = []
        for source, at, length in self.runs[first:last]:
            begin, stop = max(start, source), min(end, source + length)
            if begin < stop:
                kept += (at + begin - source, at + stop - source)
        if kept:
            return Span(min(kept), max(kept))
        following = self.runs[bisect_left(self.sources, start) :][:1]
        place = following[0][1] if following else 0
        return Span(place, place)

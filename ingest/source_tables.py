"""Where the cells of a file's tables stand in its normalised text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import replace

from ingest.model import OffsetMap, Span, Table, Text, TextTable

_RULE = re.compile(r"^\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*$")  # |---|---| below the head of a Markdown table
_SUB_HEAD = re.compile(r"^\s*[^。；;|]{2,40}$")
_MOST_CELLS = 200_000


def place_tables(text: Text, tables: Iterable[Table], *, merges: bool = True) -> Text:
    """The text with the tables that its reader found; a table of which nothing was kept is left out.

    ``text`` must come from the same ``Source.text`` as the offsets of ``tables``; ``merges`` says whether
    their spans tell which cells are merged.
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
            placed.append(TextTable(rows, merges and table.merges))
    placed.sort(key=lambda table: min(cell.start for row in table.rows for cell in row))
    return replace(text, tables=tuple(placed))


def find_tables(source: str) -> tuple[Table, ...]:
    """The tables of a plain text: lines beside one another with tabs, or between bars as in Markdown."""
    if "\t" not in source and "|" not in source:
        return ()
    tables: list[Table] = []
    rows: list[list[tuple[int, int]]] = []
    position = 0
    between: tuple[int, int] | None = None  # a short line that may be a sub-head inside a table
    for line in source.split("\n"):
        cells = _cells(line, position)
        if cells is not None:
            rows += [[between]] if between else []
            rows.append(cells)
            between = None
        elif rows and line.strip():
            if between or not _SUB_HEAD.match(line):
                tables += _table(source, rows)
                rows, between = [], None
            else:
                start = position + len(line) - len(line.lstrip())
                between = (start, start + len(line.strip()))
        position += len(line) + 1
    return (*tables, *_table(source, rows))


def _cells(line: str, position: int) -> list[tuple[int, int]] | None:
    """The cells of a line, without the white space around them; None where it is no row."""
    if _RULE.match(line):
        return []
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 1:
        start, end, mark = line.index("|") + 1, line.rindex("|"), "|"
    elif "\t" in line.strip(" \r\n") and bare:
        start, end, mark = 0, len(line), "\t"
    else:
        return None
    cells: list[tuple[int, int]] = []
    for part in line[start:end].split(mark):
        left = start + len(part) - len(part.lstrip())
        right = max(start + len(part.rstrip()), left)
        cells.append((position + left, position + right))
        start += len(part) + 1
    return cells


def _table(source: str, rows: list[list[tuple[int, int]]]) -> list[Table]:
    known = [row for row in rows if row]
    width = max(map(len, known), default=0)
    if len(known) < 2 or width < 2 or width * len(known) > _MOST_CELLS:
        return []
    spans = tuple((*row, *[(row[-1][1], row[-1][1])] * (width - len(row))) for row in known)
    texts = tuple(tuple(source[start:end] for start, end in row) for row in spans)
    return [Table(spans[0][0][0], spans[-1][-1][1], texts, spans)]


class _Way:
    """From offsets of the source to offsets of the normalised text."""

    def __init__(self, offsets: OffsetMap, length: int) -> None:
        ends = (*offsets.starts[1:], length) if offsets.starts else ()
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

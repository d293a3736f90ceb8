"""Tables without drawn lines: columns are told by the gaps that run through their rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingest.model import Box
from ingest.pattern import book
from ingest.readers.glyphs import Glyph, box_of
from ingest.readers.lines import Piece, em_of
from ingest.readers.paper_tables import PageTable, words_of
from ingest.readers.ruled import GridCell

_GAP = 0.7  # em: a gap between two glyphs of a row this wide divides cells
_FEWEST_COLUMNS = 3
_FEWEST_ROWS = 3  # lines below the head; 2 where all cells have words
_HEAD_ROWS = 4  # lines among which all columns have words
_LONGEST_HEAD = 12  # characters
_LONGEST_ROW = 80  # characters of all heads
_LONGEST_SUB_HEAD = 30
_FARTHEST = 3.2  # em between a line of a table and the next
_CROSSES = 0.3  # em by which a piece reaches into a column
_NO_HEAD = re.compile(r"[。；，：:;,、…·.]")
_NUMBER = book("paper").regex("paper.row-number")
_SENTENCE = re.compile(r"[。；]")


_Parted = Callable[[float, "_Line"], bool]


class _Line(NamedTuple):
    """A line of a table: its pieces by column; ``over`` says that it runs over several columns."""

    pieces: list[tuple[int, Piece]]
    top: float
    bottom: float
    over: bool


def find_gap_tables(found: Sequence[list[Piece]], page: int) -> list[PageTable]:
    """The tables that gaps show in the rows of a page.

    A table begins with a line of at least three short heads; what is below it must keep to their columns.
    """
    if not any(map(_may_be_head, found)):
        return []
    rows = [_divide(row) for row in found]
    tables: list[PageTable] = []
    place = 0
    while place < len(rows):
        read = _read(rows, place, page) if _is_head(rows[place]) else None
        if read is None:
            place += 1
        else:
            tables.append(read[0])
            place = read[1]
    return tables


def _may_be_head(row: Sequence[Piece]) -> bool:
    """Whether a row is short enough for a head and has gaps; most pages have no such row."""
    count = sum(len(piece.glyphs) for piece in row)
    if not 2 * _FEWEST_COLUMNS - 1 <= count <= _LONGEST_ROW:
        return False
    glyphs = [glyph for piece in row for glyph in piece.glyphs]
    em = max(piece.em for piece in row)
    return sum(b.left - a.right > _GAP * em for a, b in pairwise(glyphs)) >= _FEWEST_COLUMNS - 1


def _divide(row: list[Piece]) -> list[Piece]:
    glyphs = sorted((glyph for piece in row for glyph in piece.glyphs), key=lambda glyph: glyph.left)
    em = max(piece.em for piece in row)
    parts: list[list[Glyph]] = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        if glyph.left - before.right > _GAP * em:
            parts.append([])
        parts[-1].append(glyph)
    return [Piece(part, em_of(part), row[0].middle) for part in parts]


def _words(piece: Piece) -> str:
    return "".join(glyph.char for glyph in piece.glyphs)


def _is_head(row: Sequence[Piece]) -> bool:
    words = [_words(piece) for piece in row]
    return (
        len(row) >= _FEWEST_COLUMNS
        and len(set(words)) == len(words)
        and all(len(word) <= _LONGEST_HEAD and not _NO_HEAD.search(word) for word in words)
        and sum(len(word) >= 2 and not word.isdigit() for word in words) >= _FEWEST_COLUMNS - 1
    )


def _read(rows: Sequence[list[Piece]], first: int, page: int) -> tuple[PageTable, int] | None:
    """The table whose head is a row, and the row behind it."""
    head = max(rows[first : first + _HEAD_ROWS], key=len)  # a head of two rows has all columns below it only
    lines: list[_Line] = []
    for row in rows[first:]:
        line = _place(row, head)
        if line is None or (not lines and line.over):
            break
        if lines and line.top - max(one.bottom for one in lines) > _FARTHEST * head[0].em:
            break
        lines.append(line)
    while lines and lines[-1].over:  # what runs over all columns below the last row is no part of the table
        lines.pop()
    cells = [line for line in lines[1:] if not line.over]
    several = sum(len({column for column, _ in line.pieces}) > 1 for line in cells)
    walls = _walls(lines, len(head))
    full = all(len(line.pieces) == len(head) for line in lines if not line.over)
    if walls is None or len(cells) < (2 if full else _FEWEST_ROWS) or several < max(2, len(cells) // 3):
        return None
    return _table(lines, walls, page), first + len(lines)


def _reach(row: Sequence[Piece]) -> tuple[float, float]:
    glyphs = [glyph for piece in row for glyph in piece.glyphs]
    return min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)


def _place(row: Sequence[Piece], head: Sequence[Piece]) -> _Line | None:
    """A row's pieces by column; None for a row that keeps to no column and is no sub-head."""
    placed: list[tuple[int, Piece]] = []
    for piece in row:
        under = [
            column
            for column, title in enumerate(head)
            if min(piece.right, title.right) - max(piece.left, title.left) > _CROSSES * title.em
        ]
        if len(under) > 1:
            words = _words(piece)
            if len(row) > 1 or len(words) > _LONGEST_SUB_HEAD or _SENTENCE.search(words):
                return None
            return _Line([(0, piece)], *_reach(row), over=True)
        middle = (piece.left + piece.right) / 2
        nearest = min(
            range(len(head)), key=lambda column: abs((head[column].left + head[column].right) / 2 - middle)
        )
        placed.append((under[0] if under else nearest, piece))
    return _Line(placed, *_reach(row), over=False)


def _walls(lines: Sequence[_Line], width: int) -> list[float] | None:
    """Where each column begins, and where the last one ends; None where two columns overlap."""
    lefts, rights = [float("inf")] * width, [float("-inf")] * width
    for line in lines:
        if not line.over:
            for column, piece in line.pieces:
                lefts[column] = min(lefts[column], piece.left)
                rights[column] = max(rights[column], piece.right)
    if any(right > left for right, left in zip(rights, lefts[1:], strict=False)):
        return None
    inner = [(right + left) / 2 for right, left in zip(rights, lefts[1:], strict=False)]
    return [lefts[0], *inner, rights[-1]]


def _table(lines: list[_Line], walls: Sequence[float], page: int) -> PageTable:
    groups = _rows(lines)
    cells: list[tuple[GridCell, list[Glyph]]] = []
    for row, group in enumerate(groups):
        top, bottom = min(line.top for line in group), max(line.bottom for line in group)
        width = len(walls) - 1
        for column in range(width):
            over = group[0].over
            end = width if over else column + 1
            own = [g for line in group for at, piece in line.pieces if at == column for g in piece.glyphs]
            box = Box(walls[column], top, walls[end], bottom)
            cells.append((GridCell(row, column, row + 1, end, box), own))
            if over:
                break
    whole = box_of([glyph for _, own in cells for glyph in own])
    placed = tuple((cell, words_of(own, cell.box, page)) for cell, own in cells)
    return PageTable(whole, tuple(walls), len(groups), placed, page, merges=False)


def _rows(lines: list[_Line]) -> list[list[_Line]]:
    """Lines to rows: by the wider gaps between lines where there are two widths, else by the first column."""
    gaps = [
        max(after.top - max(line.bottom for line in lines[: place + 1]), 0.0)
        for place, after in enumerate(lines[1:])
        if not (after.over or lines[place].over)
    ]
    for wide in _wider(gaps, lines[0].pieces[0][1].em):
        groups = _group_by_gaps(lines, wide)
        if all(_numbers(group) <= 1 for group in groups):
            return groups
    starts = [any(column == 0 for column, _ in line.pieces) for line in lines]
    if sum(starts) * 3 >= len(lines):
        return _by_first(lines)
    return [[line] for line in lines]


def _wider(gaps: Sequence[float], em: float) -> list[float]:
    """Widths that may part gaps between rows from gaps between lines of a row, the greatest first."""
    return [(a + b) / 2 for a, b in pairwise(sorted(gaps)) if b - a > 0.3 * em][::-1]


def _numbers(group: Sequence[_Line]) -> int:
    return sum(bool(_NUMBER.match(_words(piece))) for line in group for at, piece in line.pieces if at == 0)


def _group(lines: Sequence[_Line], parted: _Parted) -> list[list[_Line]]:
    groups: list[list[_Line]] = []
    bottom = 0.0
    for line in lines:
        if not groups or line.over or groups[-1][0].over or parted(bottom, line):
            groups.append([])
            bottom = 0.0
        groups[-1].append(line)
        bottom = max(bottom, line.bottom)
    return groups


def _group_by_gaps(lines: Sequence[_Line], wide: float) -> list[list[_Line]]:
    return _group(lines, lambda bottom, line: line.top - bottom > wide)


def _by_first(lines: Sequence[_Line]) -> list[list[_Line]]:
    return _group(lines, lambda _, line: any(column == 0 for column, _ in line.pieces))

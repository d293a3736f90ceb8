"""A table as a grid in which merged cells stand in all places that they cover, and its layout as text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.model import Table

MOST_ROWS = 20_000
MOST_COLUMNS = 100
_LONGEST_CELL = 800  # characters; where a cell is longer the table lays out a page


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of numbers of cells, and the text of each cell; -1 is a place without a cell."""

    rows: tuple[tuple[int, ...], ...]
    cells: tuple[str, ...]
    linked: int = 0
    links: tuple[tuple[str, str], ...] = ()

    def text(self) -> str:
        """The rows as lines, the cells divided by tabs; a merged cell's text stands where it begins."""
        return lay_out(self)[0]


def lay_out(grid: Grid) -> tuple[str, tuple[tuple[tuple[int, int], ...], ...]]:
    """Return the text of a table and the stretch of each place's cell in it."""
    parts: list[str] = []
    at: dict[int, tuple[int, int]] = {-1: (0, 0)}
    length = 0
    for place, row in enumerate(grid.rows):
        if place:
            parts.append("\n")
            length += 1
        for column, cell in enumerate(row):
            if column:
                parts.append("\t")
                length += 1
            if cell not in at:
                parts.append(grid.cells[cell])
                at[cell] = (length, length + len(grid.cells[cell]))
                length += len(grid.cells[cell])
            elif cell == -1:
                at[-1] = (length, length)
    spans = tuple(tuple(at[cell] for cell in row) for row in grid.rows)
    return "".join(parts), spans


def to_table(grid: Grid, start: int) -> Table:
    """Return the table of a grid whose text begins at an offset of the file's text."""
    text, spans = lay_out(grid)
    moved = tuple(tuple((begin + start, end + start) for begin, end in row) for row in spans)
    rows = tuple(tuple(grid.cells[cell] if cell >= 0 else "" for cell in row) for row in grid.rows)
    return Table(start, start + len(text), rows, moved)


def fill(rows: Iterable[list[int]], cells: list[str]) -> tuple[tuple[int, ...], ...]:
    """Return rows of the same width, without those in which nothing stands."""
    kept = [row for row in rows if any(cell >= 0 and cells[cell] for cell in row)]
    width = max(map(len, kept), default=0)
    return tuple(tuple(row + [-1] * (width - len(row))) for row in kept)


def is_data(grid: Grid) -> bool:
    """Whether a grid is a table of something, and not what lays out a page."""
    if len(grid.rows) < 2 or max(map(len, grid.cells), default=0) > _LONGEST_CELL:
        return False
    return sum(len({cell for cell in row if cell >= 0 and grid.cells[cell]}) > 1 for row in grid.rows) > 1

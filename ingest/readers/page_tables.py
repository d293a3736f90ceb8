"""A table of a web page as a grid in which merged cells stand in all places that they cover."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

_WHITE = re.compile(r"\s+")
_MOST_ROWS = 5_000
_MOST_COLUMNS = 100
_LONGEST_CELL = 800  # characters; where a cell is longer the table lays out a page
_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|csv|pptx?|zip|rar|7z|txt)(?:[?#]|$)", re.I)


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


def read_grid(table: LexborNode) -> Grid | None:
    """Return a table's grid; None for a table that holds another, or is larger than one of a circular."""
    if table.css_first("table table") is not None or table.css_first("td table, th table") is not None:
        return None
    rows: list[list[int]] = []
    cells: list[str] = []
    waiting: dict[int, tuple[int, int]] = {}  # column → the cell that comes down, and for how many rows more
    found = table.css("tr")
    if len(found) > _MOST_ROWS:
        return None
    for tr in found:
        row: list[int] = []
        node = tr.child
        while node is not None or len(row) in waiting:
            if len(row) in waiting:
                cell, left = waiting.pop(len(row))
                if left > 1:
                    waiting[len(row)] = (cell, left - 1)
                row.append(cell)
                continue
            if node is not None and node.tag in ("td", "th"):
                cells.append(_WHITE.sub(" ", node.text(separator=" ")).strip())
                across, down = _span(node, "colspan"), _span(node, "rowspan")
                for _ in range(min(across, _MOST_COLUMNS - len(row))):
                    if down > 1:
                        waiting[len(row)] = (len(cells) - 1, down - 1)
                    row.append(len(cells) - 1)
            node = node.next if node is not None else None
            if len(row) >= _MOST_COLUMNS:
                return None
        rows.append(row)
    width = max(map(len, rows), default=0)
    whole = tuple(tuple(row + [-1] * (width - len(row))) for row in rows if any(cells[c] for c in row))
    links = table.css("a[href]")
    files = [(a.attributes.get("href") or "", a.text().strip()) for a in links]
    linked = sum(len(words) for address, words in files if not _ATTACHMENT.search(address))
    return Grid(whole, tuple(cells), linked, tuple(file for file in files if _ATTACHMENT.search(file[0])))


def is_data(grid: Grid) -> bool:
    """Whether a grid is a table of something, and not what lays out a page."""
    if len(grid.rows) < 2 or max(map(len, grid.cells)) > _LONGEST_CELL:
        return False
    return sum(len({cell for cell in row if cell >= 0 and grid.cells[cell]}) > 1 for row in grid.rows) > 1


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return (
        max(1, min(int(value), _MOST_ROWS)) if value.isascii() and value.isdigit() and len(value) < 7 else 1
    )

"""The cells of a page's tables, tables that go on over pages, and how they are written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Box
from ingest.readers.flow import run_together
from ingest.readers.glyphs import Glyph
from ingest.readers.lines import PaperLine, read_cell
from ingest.readers.ruled import GridCell, RuledGrid
from ingest.readers.written import Grown, PlacedWords, Writer, join

_WRAPPED = 1.6  # em before the wall: a line of a cell that ends earlier ends a paragraph of it
_ROOM = 3.2  # em between both walls: what a line that goes on does not leave free, with a cell's margins
_SAME_WALL = 6.0  # points
_SAME_GAP = 30.0  # points, where only gaps tell the columns
_MOST_HEAD = 3  # rows of a head that a table repeats on each page


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table: its cells with their words, and the places of its upright walls."""

    box: Box
    xs: tuple[float, ...]
    height: int  # rows
    cells: tuple[tuple[GridCell, PlacedWords], ...]
    page: int
    merges: bool = True  # whether it is known which cells are merged

    def holds(self, glyph: Glyph) -> bool:
        """Whether a glyph stands at the height of the table."""
        return self.box.top <= glyph.middle <= self.box.bottom


def cut_tables(
    grids: Sequence[RuledGrid], glyphs: list[Glyph], page: int
) -> tuple[list[PageTable], list[Glyph]]:
    """The tables of a page with their words, and the glyphs that stand in none."""
    rest = glyphs
    tables: list[PageTable] = []
    for grid in grids:
        box = grid.box
        inside = [g for g in rest if _in_box(g, box)]
        if not inside:
            continue
        rest = [g for g in rest if not _in_box(g, box)]
        tables.append(_table(grid, inside, page))
    return tables, rest


def _in_box(glyph: Glyph, box: Box) -> bool:
    x = (glyph.left + glyph.right) / 2
    return box.left <= x <= box.right and box.top <= glyph.middle <= box.bottom


def _table(grid: RuledGrid, glyphs: Iterable[Glyph], page: int) -> PageTable:
    owner = {
        (row, column): cell
        for cell in grid.cells
        for row in range(cell.top, cell.bottom)
        for column in range(cell.left, cell.right)
    }
    content: dict[tuple[int, int], list[Glyph]] = {}
    for glyph in glyphs:
        row = min(max(bisect_right(grid.ys, glyph.middle) - 1, 0), len(grid.ys) - 2)
        column = min(max(bisect_right(grid.xs, (glyph.left + glyph.right) / 2) - 1, 0), len(grid.xs) - 2)
        cell = owner[row, column]
        content.setdefault((cell.top, cell.left), []).append(glyph)
    cells = tuple(
        (cell, words_of(content.get((cell.top, cell.left), []), cell.box, page)) for cell in grid.cells
    )
    return PageTable(grid.box, grid.xs, len(grid.ys) - 1, cells, page)


def words_of(glyphs: list[Glyph], box: Box, page: int) -> PlacedWords:
    """The words of a cell: its lines run together, a space where a paragraph ends."""
    if not glyphs:
        return PlacedWords("")
    lines = read_cell(glyphs, page)
    widest = max(line.box.right for line in lines)
    groups: list[list[PaperLine]] = []
    for place, line in enumerate(lines):
        before = lines[place - 1]
        room = box.right - box.left - (before.box.right - before.box.left)
        ended = place > 0 and (
            min(widest, box.right) - before.box.right > _WRAPPED * line.em or room > _ROOM * line.em
        )
        centred = place > 0 and abs(before.box.left - line.box.left) > 0.5 * line.em
        if groups and not (ended and not (centred and place == len(lines) - 1)):
            groups[-1].append(line)
        else:
            groups.append([line])
    parts: list[PlacedWords] = []
    for group in groups:
        if parts:
            parts.append(PlacedWords(" "))
        parts.append(run_together(group))
    return join(parts)


def join_pages(items: Iterable[PaperLine | PageTable]) -> Iterator[PaperLine | PageTable]:
    """Lines and tables in order; tables that only a page's end divides are made one."""
    waiting: PageTable | None = None
    for item in items:
        if isinstance(item, PaperLine):
            if waiting is not None:
                yield waiting
                waiting = None
            yield item
        elif waiting is not None and _goes_on(waiting, item):
            waiting = _join(waiting, item)
        else:
            if waiting is not None:
                yield waiting
            waiting = item
    if waiting is not None:
        yield waiting


def _goes_on(table: PageTable, other: PageTable) -> bool:
    """Whether a table on the next page has the same columns."""
    return (
        other.page == table.page + 1
        and len(table.xs) == len(other.xs)
        and table.merges == other.merges
        and all(
            abs(a - b) < (_SAME_WALL if table.merges else _SAME_GAP)
            for a, b in zip(table.xs, other.xs, strict=True)
        )
    )


def _row_text(table: PageTable, row: int) -> tuple[str, ...]:
    return tuple(words.text for cell, words in table.cells if cell.top == row)


def _join(table: PageTable, other: PageTable) -> PageTable:
    """Both tables as one; a head that comes again is left out, a cell cut by the page's end runs on."""
    repeated = 0
    for rows in range(min(_MOST_HEAD, other.height - 1), 0, -1):
        if all(
            any(_row_text(other, row)) and _row_text(table, row) == _row_text(other, row)
            for row in range(rows)
        ):
            repeated = rows
            break
    cells = list(table.cells)
    shift = table.height - repeated
    for cell, words in other.cells:
        if cell.bottom <= repeated:
            continue
        above = next(
            (
                place
                for place, (last, _) in enumerate(cells)
                if last.bottom == table.height and last.left == cell.left
            ),
            None,
        )
        moved = replace(cell, top=cell.top + shift, bottom=cell.bottom + shift)
        if (
            table.merges
            and not words.text
            and cell.top == repeated
            and above is not None
            and cells[above][0].right == cell.right
        ):
            last, said = cells[above]  # a merged cell that the page's end cut in two
            cells[above] = (replace(last, bottom=moved.bottom), said)
        else:
            cells.append((moved, words))
    height = table.height + other.height - repeated
    return replace(table, height=height, cells=tuple(cells), page=other.page)


def write_table(writer: Writer, table: PageTable) -> None:
    """Write a table row by row."""
    rows: list[dict[int, Grown]] = [{} for _ in range(table.height)]
    for cell, words in table.cells:
        rows[cell.top][cell.left] = Grown(words, cell.bottom - cell.top, cell.right - cell.left)
    writer.table(rows, len(table.xs) - 1, merges=table.merges)

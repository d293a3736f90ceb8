"""Tables on a page: straight lines that meet make a grid, and the grid makes cells, merged ones too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Box
from ingest.readers.glyphs import Ruling

_NEAR = 3.0  # points within which two lines are one, or meet
_SHORTEST = 6.0  # points; shorter lines are parts of letters
_MOST_LINES = 4_000  # of one page, joined
_COVERED = 0.5  # of a cell's side that its wall takes at least


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell: its rows and columns in the grid (ends exclusive) and its place."""

    top: int
    left: int
    bottom: int
    right: int
    box: Box


@dataclass(frozen=True, slots=True)
class RuledGrid:
    """A table on a page: ``xs`` and ``ys`` are the places of its walls."""

    box: Box
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]


def find_grids(rulings: Sequence[Ruling]) -> list[RuledGrid]:
    """The tables that lines draw, from top to bottom; frames around text and single lines are none."""
    lines = _join(rulings)
    if len(lines) > _MOST_LINES:
        return []
    grids = [grid for group in _groups(lines) if (grid := _grid(group)) is not None]
    outer = [
        grid
        for grid in grids
        if not any(_inside(grid.box, other.box) for other in grids if other is not grid)
    ]
    return sorted(outer, key=lambda grid: (grid.box.top, grid.box.left))


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner.left >= outer.left - _NEAR
        and inner.right <= outer.right + _NEAR
        and inner.top >= outer.top - _NEAR
        and inner.bottom <= outer.bottom + _NEAR
        and inner != outer
    )


def _join(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Lines in one another's continuation made one; what stays short is left out."""
    joined: list[Ruling] = []
    for line in sorted(rulings, key=lambda line: (line.upright, round(line.at / _NEAR), line.start)):
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.upright == line.upright
            and abs(last.at - line.at) <= _NEAR
            and line.start <= last.end + _NEAR
        ):
            joined[-1] = last._replace(end=max(last.end, line.end))
        else:
            joined.append(line)
    return [line for line in joined if line.end - line.start >= _SHORTEST]


def _groups(lines: list[Ruling]) -> list[list[Ruling]]:
    """Lines that hang together."""
    parents = list(range(len(lines)))

    def root(place: int) -> int:
        while parents[place] != place:
            parents[place] = parents[parents[place]]
            place = parents[place]
        return place

    across = [(place, line) for place, line in enumerate(lines) if not line.upright]
    for place, upright in ((place, line) for place, line in enumerate(lines) if line.upright):
        for other, level in across:
            meets = (
                level.start - _NEAR <= upright.at <= level.end + _NEAR
                and upright.start - _NEAR <= level.at <= upright.end + _NEAR
            )
            if meets:
                parents[root(place)] = root(other)
    groups: dict[int, list[Ruling]] = {}
    for place, line in enumerate(lines):
        groups.setdefault(root(place), []).append(line)
    return [group for group in groups.values() if len(group) >= 3]


def _grid(group: list[Ruling]) -> RuledGrid | None:
    uprights = [line for line in group if line.upright]
    levels = [line for line in group if not line.upright]
    if not uprights or not levels:
        return None
    xs = _places([line.at for line in uprights], [end for line in levels for end in (line.start, line.end)])
    ys = _places([line.at for line in levels], [end for line in uprights for end in (line.start, line.end)])
    if len(xs) < 3 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > 40_000:
        return None
    cells = _cells(xs, ys, uprights, levels)
    if len({cell.left for cell in cells}) < 2 or len(cells) < 3:
        return None
    return RuledGrid(Box(xs[0], ys[0], xs[-1], ys[-1]), tuple(xs), tuple(ys), tuple(cells))


def _places(lines: list[float], ends: list[float]) -> list[float]:
    """Distinct places of walls; the outermost ends of the lines that cross them stand for missing walls."""
    places = _distinct(lines)
    for end in (min(ends), max(ends)):
        if all(abs(end - place) > 2 * _NEAR for place in places) and not places[0] < end < places[-1]:
            places.append(end)
    return sorted(places)


def _distinct(values: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


def _cells(xs: list[float], ys: list[float], uprights: list[Ruling], levels: list[Ruling]) -> list[GridCell]:
    columns, rows = len(xs) - 1, len(ys) - 1
    walls = [_covers(uprights, xs[column], ys) for column in range(columns + 1)]
    floors = [_covers(levels, ys[row], xs) for row in range(rows + 1)]
    owner: dict[tuple[int, int], GridCell] = {}
    cells: list[GridCell] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in owner:
                continue
            right = column + 1
            while right < columns and not walls[right][row] and (row, right) not in owner:
                right += 1
            bottom = row + 1
            while bottom < rows and not any(floors[bottom][place] for place in range(column, right)):
                if any((bottom, place) in owner for place in range(column, right)):
                    break
                bottom += 1
            cell = GridCell(row, column, bottom, right, Box(xs[column], ys[row], xs[right], ys[bottom]))
            cells.append(cell)
            for taken in range(row, bottom):
                for place in range(column, right):
                    owner[taken, place] = cell
    return cells


def _covers(lines: list[Ruling], at: float, marks: list[float]) -> list[bool]:
    """For each stretch between two marks whether a line at ``at`` covers it."""
    near = [line for line in lines if abs(line.at - at) <= _NEAR]
    found = []
    for start, end in pairwise(marks):
        covered = sum(max(0.0, min(end, line.end) - max(start, line.start)) for line in near)
        found.append(covered >= _COVERED * (end - start))
    return found

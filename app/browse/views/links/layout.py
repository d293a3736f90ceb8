"""The layout of a graph: new nodes stand around the node that they belong to, clear of all that is there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, atan2, ceil, cos, degrees, hypot, pi, sin

# In units of the graph, which are pixels at a zoom of 1.
WIDTH, HEIGHT = 116.0, 78.0
"""The room of a node with its label: no other node's middle comes closer than this in both directions"""

_RING = 125.0  # between rings around a node
_FLAT = 0.85  # rings are flatter than wide, as nodes are
_BEHIND = 2.4  # how much farther a point behind a node counts than one ahead of it
_RINGS = 40
_CLEAR = 24.0  # between the middle of a node and an edge that passes by


@dataclass(frozen=True, slots=True)
class Point:
    """A point in the plane; y grows downwards."""

    x: float
    y: float


def place_around(
    origin: Point, outward: Point | None, count: int, taken: Sequence[Point], linked: Sequence[Point] = ()
) -> list[Point]:
    """Return points for new nodes around an origin, preferably on the side that is outward if one is given.

    ``linked`` are those of the taken points that have an edge to the origin: no new node stands on one of
    these edges, and no edge to a new one leads over what is there, as long as there is such a point.
    """
    grid, sightlines = _Grid(taken), _Sightlines(origin, taken, linked)
    found: list[Point] = []
    hidden: list[Point] = []
    for point in _candidates(origin, outward):
        if len(found) == count:
            break
        if not grid.is_free(point):
            continue
        if sightlines.is_clear(point):
            grid.add(point)
            sightlines.add_linked(point)
            found.append(point)
        else:
            hidden.append(point)
    for point in hidden:
        if len(found) < count and grid.is_free(point):
            grid.add(point)
            found.append(point)
    below = max((point.y for point in (*taken, *found)), default=origin.y)
    while len(found) < count:  # so crowded that no ring had room: rows below everything
        below += HEIGHT
        found.append(Point(origin.x, below))
    return found


def _candidates(origin: Point, outward: Point | None) -> Iterator[Point]:
    ahead = atan2(outward.y / _FLAT, outward.x) if outward else -pi / 2
    for turn, radius in _slots(outward is not None):
        yield Point(
            round(origin.x + radius * cos(ahead + turn), 1),
            round(origin.y + radius * _FLAT * sin(ahead + turn), 1),
        )


@cache
def _slots(ahead_first: bool) -> tuple[tuple[float, float], ...]:
    """Return turns and radii of the points on all rings, the best first."""
    slots: list[tuple[float, float, float]] = []
    for ring in range(1, _RINGS + 1):
        radius = ring * _RING
        many = max(6, ceil(2 * pi * radius / (WIDTH * 1.05)))
        for number in range(many):
            turn = 2 * pi * (number + ring % 2 / 2) / many
            behind = (1 - cos(turn)) / 2 if ahead_first else 0.0
            slots.append((round(radius * (1 + (_BEHIND - 1) * behind), 6), turn, radius))
    return tuple((turn, radius) for _, turn, radius in sorted(slots))


class _Sightlines:
    """The view from a node: which points lie open, and which behind or before a node."""

    def __init__(self, origin: Point, taken: Iterable[Point], linked: Iterable[Point]) -> None:
        self._origin = origin
        self._nearest: dict[int, float] = {}  # degree → distance of the first node there
        self._linked: list[tuple[float, float]] = []
        for point in taken:
            self._block(*self._polar(point))
        for point in linked:
            self._linked.append(self._polar(point))

    def add_linked(self, point: Point) -> None:
        """Add a node that is linked to the origin."""
        self._block(*self._polar(point))
        self._linked.append(self._polar(point))

    def is_clear(self, point: Point) -> bool:
        angle, distance = self._polar(point)
        if self._nearest.get(round(degrees(angle)) % 360, distance) < distance:
            return False
        return not any(
            far > distance and cos(angle - other) > 0 and abs(distance * sin(angle - other)) < _CLEAR
            for other, far in self._linked
        )

    def _polar(self, point: Point) -> tuple[float, float]:
        x, y = point.x - self._origin.x, point.y - self._origin.y
        return atan2(y, x), hypot(x, y)

    def _block(self, angle: float, distance: float) -> None:
        if distance < 1:  # the node itself
            return
        half = degrees(asin(min(1.0, _CLEAR / distance)))
        middle = degrees(angle)
        for degree in range(round(middle - half), round(middle + half) + 1):
            near = self._nearest.get(degree % 360)
            self._nearest[degree % 360] = distance if near is None else min(near, distance)


class _Grid:
    """Points by cells, which finds the near ones without looking at all."""

    def __init__(self, taken: Iterable[Point]) -> None:
        self._cells: dict[tuple[int, int], list[Point]] = {}
        for point in taken:
            self.add(point)

    def add(self, point: Point) -> None:
        self._cells.setdefault(self._cell(point), []).append(point)

    def is_free(self, point: Point) -> bool:
        column, row = self._cell(point)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self._cells.get((x, y), ())
        )
        return all(abs(other.x - point.x) >= WIDTH or abs(other.y - point.y) >= HEIGHT for other in near)

    @staticmethod
    def _cell(point: Point) -> tuple[int, int]:
        return int(point.x // WIDTH), int(point.y // HEIGHT)

"""Where new nodes of a graph go: around the node that they belong to, clear of all that is there already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import asin, atan2, ceil, cos, degrees, hypot, pi, sin

# In units of the graph, which are pixels at a zoom of 1.
WIDTH, HEIGHT = 116.0, 78.0
"""What a node takes with its label: nobody else's middle comes closer than this in both directions"""

_RING = 125.0  # between rings around a node
_FLAT = 0.85  # rings are flatter than wide, as nodes are
_PULL = 2.4  # how much farther a place behind a node counts than one ahead of it
_RINGS = 40
_CLEAR = 24.0  # between the middle of a node and an edge that passes by


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the plane; y grows downwards."""

    x: float
    y: float


def placed(
    origin: Spot, outward: Spot | None, count: int, taken: Sequence[Spot], linked: Sequence[Spot] = ()
) -> list[Spot]:
    """Places for new nodes around an origin, rather on the side that is outward if there is one.

    ``linked`` are those of the taken spots that have an edge to the origin: no new node stands on one of
    these, and no edge to a new one leads over what is there, as long as there is such a place.
    """
    grid, view = _Grid(taken), _View(origin, taken, linked)
    found: list[Spot] = []
    left: list[Spot] = []
    for spot in _candidates(origin, outward):
        if len(found) == count:
            break
        if not grid.free(spot):
            continue
        if view.clear(spot):
            grid.take(spot)
            view.take(spot)
            found.append(spot)
        else:
            left.append(spot)
    for spot in left:
        if len(found) < count and grid.free(spot):
            grid.take(spot)
            found.append(spot)
    below = max((spot.y for spot in (*taken, *found)), default=origin.y)
    while len(found) < count:  # so crowded that no ring had room: rows below everything
        below += HEIGHT
        found.append(Spot(origin.x, below))
    return found


def _candidates(origin: Spot, outward: Spot | None) -> Iterator[Spot]:
    ahead = atan2(outward.y / _FLAT, outward.x) if outward else -pi / 2
    for turn, radius in _slots(outward is not None):
        yield Spot(
            round(origin.x + radius * cos(ahead + turn), 1),
            round(origin.y + radius * _FLAT * sin(ahead + turn), 1),
        )


@cache
def _slots(ahead_first: bool) -> tuple[tuple[float, float], ...]:
    """Turns and radii of the places on all rings, the best first."""
    slots: list[tuple[float, float, float]] = []
    for ring in range(1, _RINGS + 1):
        radius = ring * _RING
        many = max(6, ceil(2 * pi * radius / (WIDTH * 1.05)))
        for number in range(many):
            turn = 2 * pi * (number + ring % 2 / 2) / many
            behind = (1 - cos(turn)) / 2 if ahead_first else 0.0
            slots.append((round(radius * (1 + (_PULL - 1) * behind), 6), turn, radius))
    return tuple((turn, radius) for _, turn, radius in sorted(slots))


class _View:
    """What one sees from a node: which spots lie open, and which behind or before another."""

    def __init__(self, origin: Spot, taken: Iterable[Spot], linked: Iterable[Spot]) -> None:
        self._origin = origin
        self._nearest: dict[int, float] = {}  # degree → distance of the first node there
        self._linked: list[tuple[float, float]] = []
        for spot in taken:
            self._block(*self._seen(spot))
        for spot in linked:
            self._linked.append(self._seen(spot))

    def take(self, spot: Spot) -> None:
        """A node that is linked to the one from which one looks."""
        self._block(*self._seen(spot))
        self._linked.append(self._seen(spot))

    def clear(self, spot: Spot) -> bool:
        angle, distance = self._seen(spot)
        if self._nearest.get(round(degrees(angle)) % 360, distance) < distance:
            return False
        return not any(
            far > distance and cos(angle - other) > 0 and abs(distance * sin(angle - other)) < _CLEAR
            for other, far in self._linked
        )

    def _seen(self, spot: Spot) -> tuple[float, float]:
        x, y = spot.x - self._origin.x, spot.y - self._origin.y
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
    """Finds what is near without looking at everything."""

    def __init__(self, taken: Iterable[Spot]) -> None:
        self._cells: dict[tuple[int, int], list[Spot]] = {}
        for spot in taken:
            self.take(spot)

    def take(self, spot: Spot) -> None:
        self._cells.setdefault(self._cell(spot), []).append(spot)

    def free(self, spot: Spot) -> bool:
        column, row = self._cell(spot)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in self._cells.get((x, y), ())
        )
        return all(abs(other.x - spot.x) >= WIDTH or abs(other.y - spot.y) >= HEIGHT for other in near)

    @staticmethod
    def _cell(spot: Spot) -> tuple[int, int]:
        return int(spot.x // WIDTH), int(spot.y // HEIGHT)

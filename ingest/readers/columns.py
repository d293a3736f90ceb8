"""Two columns on a page: found by the strip between them that no line crosses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Protocol, TypeVar

_FEWEST = 5  # lines that each column has
_NARROWEST = 0.22  # of the page: width of a column's lines
_FILLED = 0.4  # of a column's lines reach its right edge, or they are cells and not lines


class Placed(Protocol):
    """Something with a place on a page."""

    em: float
    middle: float

    @property
    def left(self) -> float:
        """Where it begins."""
        ...

    @property
    def right(self) -> float:
        """Where it ends."""
        ...


P = TypeVar("P", bound=Placed)


def order_by_columns(pieces: Sequence[P], width: float) -> Iterator[tuple[int, list[tuple[int, P]]]]:
    """Stretches of a page in reading order: the column (0 over the whole width, 1, 2), rows of pieces."""
    band = _find_band(pieces, width)
    if band is None:
        yield 0, _rows(pieces)
        return
    gutter, top, bottom = band
    above = [piece for piece in pieces if piece.middle < top]
    inside = [piece for piece in pieces if top <= piece.middle <= bottom]
    below = [piece for piece in pieces if piece.middle > bottom]
    yield 0, _rows(above)
    yield 1, _rows([piece for piece in inside if piece.left < gutter])
    yield 2, _rows([piece for piece in inside if piece.left >= gutter])
    yield from order_by_columns(below, width)


def _rows(pieces: Sequence[P]) -> list[tuple[int, P]]:
    """Pieces from top to bottom and left to right, each with the number of its row."""
    ordered = sorted(pieces, key=lambda piece: piece.middle)
    numbered: list[tuple[int, P]] = []
    number = 0
    for place, piece in enumerate(ordered):
        if place and piece.middle - ordered[place - 1].middle > 0.36 * min(piece.em, ordered[place - 1].em):
            number += 1
        numbered.append((number, piece))
    return sorted(numbered, key=lambda item: (item[0], item[1].left))


def _find_band(pieces: Sequence[Placed], width: float) -> tuple[float, float, float] | None:
    """The strip between two columns as x, and the heights between which it runs."""
    wide = sum(piece.right - piece.left > 0.52 * width for piece in pieces)
    if len(pieces) - wide < 2 * _FEWEST or wide > 0.7 * len(pieces):
        return None
    ordered = sorted(pieces, key=lambda piece: piece.middle)
    best: tuple[int, float, float, float] | None = None
    for step in range(30, 71):
        gutter = width * step / 100
        start = 0
        for end in range(len(ordered) + 1):
            crossed = end == len(ordered) or ordered[end].left < gutter < ordered[end].right
            if not crossed:
                continue
            band = ordered[start:end]
            if (
                len(band) >= 2 * _FEWEST
                and (best is None or len(band) > best[0])
                and _are_columns(band, gutter, width)
            ):
                best = (len(band), gutter, band[0].middle, band[-1].middle)
            start = end + 1
    return best[1:] if best else None


def _are_columns(band: Sequence[Placed], gutter: float, width: float) -> bool:
    for side in ([p for p in band if p.right <= gutter], [p for p in band if p.left >= gutter]):
        if len(side) < _FEWEST or median(p.right - p.left for p in side) < _NARROWEST * width:
            return False
        edge = max(p.right for p in side)
        if sum(p.right > edge - 2 * p.em for p in side) < _FILLED * len(side):
            return False
    return True

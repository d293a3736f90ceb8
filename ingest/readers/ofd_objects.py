"""Objects on a page of an OFD: characters with their boxes, straight lines. Lengths are millimetres."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

from ingest.readers.glyphs import Glyph, Ruling, is_han, mend_character, ruling

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_PATH = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,3})?")
_MOST_STEPS = 20_000  # of one path, and of one list of advances
_FARTHEST = 100_000.0  # millimetres; what lies farther out is no place
_LATIN = 0.5  # of the type's size: width of a letter whose advance is not told
_THIN = 1.0


class Placement(NamedTuple):
    """From millimetres of the page to points of what is seen."""

    left: float
    top: float
    scale: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """The place in points."""
        return (x + self.left) * self.scale, (y + self.top) * self.scale


def tag(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def numbers(text: str) -> list[float]:
    """All numbers of an attribute; what is out of all bounds counts as 0."""
    found = [float(number) for number in _NUMBER.findall(text)[:_MOST_STEPS]]
    return [number if abs(number) < _FARTHEST else 0.0 for number in found]


def advances(text: str, count: int) -> list[float]:
    """The steps from character to character; ``g 3 4.2`` stands for three steps of 4.2."""
    steps: list[float] = []
    words = text.split()
    place = 0
    while place < len(words) and len(steps) < count:
        if words[place] in ("g", "G") and place + 2 < len(words):
            times, step = numbers(words[place + 1])[:1], numbers(words[place + 2])[:1]
            steps += step * min(int(times[0]) if times else 0, count - len(steps)) if step else []
            place += 3
        else:
            steps += numbers(words[place])[:1]
            place += 1
    return steps[:count]


def _frame(item: Element) -> tuple[float, float, list[float]]:
    """Left and top of an object's boundary, and its own map (a b c d e f)."""
    boundary = numbers(item.get("Boundary", ""))
    matrix = numbers(item.get("CTM", ""))
    left, top = (boundary[0], boundary[1]) if len(boundary) >= 2 else (0.0, 0.0)
    return left, top, matrix if len(matrix) == 6 else [1, 0, 0, 1, 0, 0]


def glyphs_of(item: Element, place: Placement) -> Iterator[Glyph]:
    """The characters of a text object. Turned text (a watermark) is left out."""
    left, top, (a, b, c, d, e, f) = _frame(item)
    if abs(b) > 0.1 * abs(a) or abs(c) > 0.1 * abs(d):
        return
    size = (numbers(item.get("Size", "")) or [4.0])[0]
    across = (numbers(item.get("HScale", "")) or [1.0])[0] or 1.0
    for code in (child for child in item if tag(child) == "TextCode" and child.text):
        words = code.text or ""
        x, y = (numbers(code.get("X", "0")) or [0.0])[0], (numbers(code.get("Y", "0")) or [0.0])[0]
        along, down = (
            advances(code.get("DeltaX", ""), len(words)),
            advances(code.get("DeltaY", ""), len(words)),
        )
        for index, original in enumerate(words):
            char = mend_character(original)
            width = size * across * (1.0 if is_han(original) else _LATIN)
            if index < len(along) and not is_han(original) and 0 < along[index] <= 1.05 * size:
                width = along[index]
            if char:
                x0, y0 = place.point(left + a * x + c * y + e, top + b * x + d * (y - 0.86 * size) + f)
                x1, y1 = place.point(
                    left + a * (x + width) + c * y + e, top + b * x + d * (y + 0.14 * size) + f
                )
                yield Glyph(char, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
            if index < len(along):
                x += along[index]
            elif not down:
                x += width
            if index < len(down):
                y += down[index]


def rulings_of(item: Element, place: Placement) -> Iterator[Ruling]:
    """The straight lines of a path object (M x y L x y … C)."""
    left, top, (a, b, c, d, e, f) = _frame(item)
    data = next((child.text or "" for child in item if tag(child) == "AbbreviatedData"), "")
    words = _PATH.findall(data)[:_MOST_STEPS]
    stroked = item.get("Stroke", "true").lower() != "false"
    path: list[tuple[float, float]] = []
    at = 0
    while at < len(words):
        command = words[at]
        pair = words[at + 1 : at + 3]
        if command in ("S", "M", "L") and len(pair) == 2 and not any(word.isalpha() for word in pair):
            if command != "L":
                yield from _lines(path, stroked=stroked)
                path = []
            x, y = (max(min(float(word), _FARTHEST), -_FARTHEST) for word in pair)
            path.append(place.point(left + a * x + c * y + e, top + b * x + d * y + f))
            at += 3
        else:
            if command == "C" and path:
                path.append(path[0])
            at += 1
    yield from _lines(path, stroked=stroked)


def _lines(path: list[tuple[float, float]], *, stroked: bool) -> Iterator[Ruling]:
    if len(path) < 2:
        return
    if not stroked:
        xs, ys = [x for x, _ in path], [y for _, y in path]
        yield from ruling(min(xs), min(ys), max(xs), max(ys), 3 * _THIN)
        return
    for (x0, y0), (x1, y1) in pairwise(path):
        yield from ruling(x0, y0, x1, y1, _THIN)

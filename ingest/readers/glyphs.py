"""Characters as they stand on a page, and what becomes of those that only page makers use."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from ingest.model import Box

_HYPHENS = frozenset("\u00ad\u0002\ufffe")
SOFT_HYPHEN = "\u00ad"
# radicals that stand for whole characters in bad character maps and that NFKC leaves as they are
_RADICALS = dict(
    zip(
        "⺠⺮⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰",
        "民竹虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙",
        strict=True,
    )
)


class Glyph(NamedTuple):
    """One character with its box on the page, in points from the upper left corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Height of its middle."""
        return (self.top + self.bottom) / 2


class Ruling(NamedTuple):
    """A straight horizontal or vertical line on a page; ``at`` is its y or x, the rest its stretch."""

    upright: bool
    at: float
    start: float
    end: float


def ruling(x0: float, y0: float, x1: float, y1: float, thin: float) -> Iterator[Ruling]:
    """The line from one point to another, where it slopes by no more than ``thin`` points; else nothing."""
    across, down = abs(x1 - x0), abs(y1 - y0)
    if down <= thin and across > down:
        yield Ruling(False, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    elif across <= thin and down > across:
        yield Ruling(True, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


class PageContent(NamedTuple):
    """What stands on one page.

    ``scanned`` says that it has a picture and no character, ``recognised`` that its characters were read from
    the picture.
    """

    number: int  # from 1
    width: float
    height: float
    glyphs: list[Glyph]
    rulings: list[Ruling]
    scanned: bool
    recognised: bool = False


def mend_character(char: str) -> str:
    """The character that is meant; "" for white space and what stands for nothing.

    A soft hyphen, U+FFFE or U+0002 gives ``SOFT_HYPHEN``: whether it is a hyphen tells its place in the line.
    """
    code = ord(char)
    if 0x20 < code < 0x7F or 0x4E00 <= code <= 0x9FFF:
        return char
    if char in _HYPHENS:
        return SOFT_HYPHEN
    if 0x2E80 <= code <= 0x2FD5 or 0xF900 <= code <= 0xFAFF:
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    if char.isspace() or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn"):
        return ""
    return char


def is_han(char: str) -> bool:
    """Whether a character fills a square: Chinese characters and their punctuation."""
    return "\u2e80" <= char <= "\ufaff" or "\ufe30" <= char <= "\uff60" or char >= "\U00020000"


def box_of(glyphs: list[Glyph]) -> Box:
    """The rectangle around glyphs."""
    left, top, right, bottom = glyphs[0][1:]
    for _, x0, y0, x1, y1 in glyphs[1:]:
        left, top = min(left, x0), min(top, y0)
        right, bottom = max(right, x1), max(bottom, y1)
    return Box(round(left, 1), round(top, 1), round(right, 1), round(bottom, 1))

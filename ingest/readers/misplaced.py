"""Characters that a page places apart from their line: fonts whose own scale a reader of PDF takes twice.

Pages printed from a browser draw some characters with a font of pictures; their boxes are far from where they
are seen, even off the page. The order in which a page draws its characters tells where they belong: into the
gap that the characters before and behind them leave.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.readers.glyphs import Glyph

_MOST_TOGETHER = 6  # misplaced characters side by side; more are a line of their own
_LEAST, _MOST = 0.7, 1.45  # of the room that the characters need: so wide may the gap be
_LARGER = 1.5  # a box that is scaled twice is larger than that of its neighbours


def put_back(glyphs: list[Glyph], width: float, height: float) -> list[Glyph]:
    """Return the glyphs of a page, in the order of drawing, those off their line put back into it.

    ``width`` and ``height`` are of the page, in points. A glyph off the page that no gap takes goes behind
    the one before it.
    """
    placed: list[Glyph] = []
    index = 0
    while index < len(glyphs):
        glyph = glyphs[index]
        before = placed[-1] if placed else None
        if before is None or _level(before, glyph):
            placed.append(glyph)
            index += 1
            continue
        off = not _on_page(glyph, width, height)
        count = _misplaced(before, glyphs, index) if off or _is_scaled(glyph, before) else 0
        if count:
            placed += _in_gap(before, glyphs[index : index + count], glyphs[index + count].left)
        elif off:
            count = 1
            placed += _in_gap(before, [glyph], before.right + before.bottom - before.top)
        else:
            placed.append(glyph)
        index += count or 1
    return [glyph for glyph in placed if _on_page(glyph, width, height)]


def _misplaced(before: Glyph, glyphs: list[Glyph], index: int) -> int:
    """How many glyphs from ``index`` on are missing between two neighbours in a line; 0 for none."""
    size = before.bottom - before.top
    for count in range(1, min(_MOST_TOGETHER, len(glyphs) - 1 - index) + 1):
        behind = glyphs[index + count]
        if _level(before, behind):
            gap = behind.left - before.right
            return count if _LEAST * size * count <= gap <= _MOST * size * count else 0
    return 0


def _in_gap(before: Glyph, glyphs: list[Glyph], end: float) -> Iterator[Glyph]:
    step = (end - before.right) / len(glyphs)
    for place, glyph in enumerate(glyphs):
        left = before.right + place * step
        yield Glyph(glyph.char, left, before.top, left + step, before.bottom)


def _level(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs stand at one height."""
    return one.top < other.middle < one.bottom or other.top < one.middle < other.bottom


def _is_scaled(glyph: Glyph, before: Glyph) -> bool:
    return glyph.bottom - glyph.top > _LARGER * (before.bottom - before.top)


def _on_page(glyph: Glyph, width: float, height: float) -> bool:
    return -5 < glyph.left < width + 5 and -5 < glyph.top < height + 5

"""Pages of a PDF that are pictures: their words by character recognition, with boxes as on other pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

import pypdfium2 as pdfium

from ingest.readers.glyphs import Glyph, PageContent, is_han, mend_character
from ingest.readers.ocr import Engine, PictureLine

_DOTS = 200 / 72  # pixels to a point: characters of 12 points have 33
_LONGEST = 2_600  # pixels of a side
_YEAR = re.compile(r"[〔\[［【](\d{4})[〕\]］】]")  # of a document number, whose brackets look alike
_LONG = 8  # characters of a line that tells the usual size of the type
_NEARLY = 0.18
_NARROW = 0.5  # of a square: what is no Chinese character


def recognise_page(document: pdfium.PdfDocument, content: PageContent, engine: Engine) -> PageContent:
    """The page with the characters that its picture shows. Raises pdfium.PdfiumError."""
    page = document[content.number - 1]
    try:
        scale = min(_DOTS, _LONGEST / max(content.width, content.height, 1))
        picture = page.render(scale=scale).to_pil().convert("RGB")
    finally:
        page.close()
    lines = [line._replace(words=_YEAR.sub(r"〔\1〕", line.words)) for line in engine.lines(picture)]
    usual = median([size for line in lines if (size := _size(line)) and len(line.words) >= _LONG] or [0])
    glyphs = [glyph for line in lines for glyph in _glyphs(line, scale, usual)]
    return content._replace(glyphs=glyphs, recognised=bool(glyphs), scanned=not glyphs)


def _widths(words: str) -> list[float]:
    return [1.0 if is_han(char) else _NARROW for char in words]


def _size(line: PictureLine) -> float:
    """Pixels of a square of a line's type, as far as its width tells it."""
    return (line.right - line.left) / max(sum(_widths(line.words)), _NARROW)


def _glyphs(line: PictureLine, scale: float, usual: float) -> Iterator[Glyph]:
    """The characters of a line, its width shared out among them; what a letter takes is half a square.

    A line whose type is nearly of the usual size has that size: boxes are not exact.
    """
    step = _size(line) / scale
    em = usual / scale if abs(_size(line) - usual) < _NEARLY * usual else step
    middle, left = (line.top + line.bottom) / 2 / scale, line.left / scale
    for char, width in zip(line.words, _widths(line.words), strict=True):
        meant = mend_character(char)
        if meant:
            yield Glyph(meant, left, middle - em / 2, left + width * em, middle + em / 2)
        left += width * step

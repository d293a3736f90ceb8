"""What pdfium tells of a page: characters with their boxes, and the straight lines drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

from ingest.readers.glyphs import Glyph, PageContent, Ruling, mend_character, ruling
from ingest.readers.misplaced import put_back

_MOST_GLYPHS = 60_000  # of one page; a page of small print has 5,000
_MOST_OBJECTS = 40_000  # paths and their parts that are looked at on one page
_THIN = 3.0  # points: a filled stretch this thin is a line
_LEVEL = 0.8  # points by which a line may slope
_NESTING = 4  # forms inside forms
_SCALE = 64.0  # pdfium tells device places in whole numbers


class Matrix(NamedTuple):
    """An affine map: x' = a x + c y + e, y' = b x + d y + f."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """The image of a point."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def after(self, first: Matrix) -> Matrix:
        """The map that applies ``first`` and then this one."""
        a, b = self.a * first.a + self.c * first.b, self.b * first.a + self.d * first.b
        c, d = self.a * first.c + self.c * first.d, self.b * first.c + self.d * first.d
        e, f = self.apply(first.e, first.f)
        return Matrix(a, b, c, d, e, f)


def read_page(document: pdfium.PdfDocument, index: int) -> PageContent:
    """Read one page. Raises pdfium.PdfiumError for a page that cannot be loaded."""
    page = document[index]
    try:
        width, height = page.get_size()
        upright = _upright(page, width, height)
        text = page.get_textpage()
        try:
            glyphs = put_back(list(_glyphs(text, upright)), width, height)
        finally:
            text.close()
        rulings, pictures = _drawn(page, upright)
        return PageContent(index + 1, width, height, glyphs, rulings, pictures > 0 and not glyphs)
    finally:
        page.close()


def _upright(page: pdfium.PdfPage, width: float, height: float) -> Matrix:
    """From the page's own places to points from the upper left corner of what is seen."""
    x, y = ctypes.c_int(), ctypes.c_int()

    def place(left: float, bottom: float) -> tuple[float, float]:
        size = (int(width * _SCALE), int(height * _SCALE))
        raw.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, left, bottom, ctypes.byref(x), ctypes.byref(y))
        return x.value / _SCALE, y.value / _SCALE

    e, f = place(0, 0)
    (right, down), (across, up) = place(1000, 0), place(0, 1000)
    return Matrix((right - e) / 1000, (down - f) / 1000, (across - e) / 1000, (up - f) / 1000, e, f)


def _glyphs(text: pdfium.PdfTextPage, upright: Matrix) -> Iterator[Glyph]:
    """The characters with their boxes; turned ones (watermarks) and white space are left out."""
    page = text.raw
    box = raw.FS_RECTF()
    place = ctypes.byref(box)
    unicode_of, box_of, angle_of = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetLooseCharBox,
        raw.FPDFText_GetCharAngle,
    )
    turned: dict[int, bool] = {}
    a, b, c, d, e, f = upright
    for index in range(min(text.count_chars(), _MOST_GLYPHS)):
        code = unicode_of(page, index)
        char = mend_character(chr(code)) if code < 0x110000 else ""
        if not char or not box_of(page, index, place):
            continue
        left, top = a * box.left + c * box.top + e, b * box.left + d * box.top + f
        right, bottom = a * box.right + c * box.bottom + e, b * box.right + d * box.bottom + f
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        if right - left <= 0.1 or bottom - top <= 0.5:
            continue
        if index // 8 not in turned:  # of every eighth is enough for a watermark and a third of the time
            turned[index // 8] = 0.1 < angle_of(page, index) % 1.5708 < 1.47
        if not turned[index // 8]:
            yield Glyph(char, left, top, right, bottom)


def _drawn(page: pdfium.PdfPage, upright: Matrix) -> tuple[list[Ruling], int]:
    """The straight lines of a page, and how many pictures it has."""
    rulings: list[Ruling] = []
    pictures = 0
    for seen, (kind, item, matrix) in enumerate(_objects(page, upright), 1):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            pictures += 1
        elif len(rulings) < _MOST_OBJECTS:
            rulings += _lines_of_path(item, matrix)
        if seen >= _MOST_OBJECTS:
            break
    return rulings, pictures


def _objects(page: pdfium.PdfPage, upright: Matrix) -> Iterator[tuple[int, raw.FPDF_PAGEOBJECT, Matrix]]:
    """The pictures and paths of a page, those inside forms too, each with the map to the seen page."""
    opened = [(raw.FPDFPage_GetObject, page.raw, index, upright, 0) for index in range(_count(page))][::-1]
    while opened:
        get, holder, index, matrix, depth = opened.pop()
        item = get(holder, index)
        if not item:
            continue
        kind = raw.FPDFPageObj_GetType(item)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, item, matrix.after(_matrix_of(item)) if kind == raw.FPDF_PAGEOBJ_PATH else matrix
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _NESTING:
            count = min(max(raw.FPDFFormObj_CountObjects(item), 0), _MOST_OBJECTS - len(opened))
            inner = matrix.after(_matrix_of(item))
            opened += [(raw.FPDFFormObj_GetObject, item, n, inner, depth + 1) for n in range(count)][::-1]


def _count(page: pdfium.PdfPage) -> int:
    return min(max(int(raw.FPDFPage_CountObjects(page.raw)), 0), _MOST_OBJECTS)


def _matrix_of(item: raw.FPDF_PAGEOBJECT) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return Matrix(1, 0, 0, 1, 0, 0)
    return Matrix(found.a, found.b, found.c, found.d, found.e, found.f)


def _lines_of_path(item: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[Ruling]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not (fill.value or stroke.value):
        return
    for path in _subpaths(item, matrix):
        if stroke.value:
            for (x0, y0), (x1, y1) in pairwise(path):
                yield from ruling(x0, y0, x1, y1, _LEVEL)
        else:
            xs, ys = [x for x, _ in path], [y for _, y in path]
            yield from ruling(min(xs), min(ys), max(xs), max(ys), _THIN)


def _subpaths(item: raw.FPDF_PAGEOBJECT, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path; parts with curves are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    path: list[tuple[float, float]] = []
    curved = False
    for index in range(min(raw.FPDFPath_CountSegments(item), 2_000)):
        segment = raw.FPDFPath_GetPathSegment(item, index)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(path) > 1 and not curved:
                yield path
            path, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        path.append(matrix.apply(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment) and len(path) > 2:
            path.append(path[0])
    if len(path) > 1 and not curved:
        yield path

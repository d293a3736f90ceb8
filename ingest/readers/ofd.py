"""OFD (GB/T 33190-2016): a zip file of XML; text objects on pages tell the place of every character."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from ingest.errors import InputError
from ingest.model import Source
from ingest.readers.glyphs import Glyph, PageContent, Ruling
from ingest.readers.ofd_objects import Placement, glyphs_of, numbers, rulings_of, tag
from ingest.readers.package import Package
from ingest.readers.paper import PageText, read_content, write_pages

MEDIA_TYPES = {".ofd": "application/ofd"}
_POINTS = 72 / 25.4  # of a millimetre
_A4 = (0.0, 0.0, 210.0, 297.0)
_MOST_PAGES = 5_000
_MOST_OBJECTS = 100_000  # of one page


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes are an OFD file."""
    return data.startswith(b"PK\x03\x04") and (b"OFD.xml" in data or name.lower().endswith(".ofd"))


def read(data: bytes, name: str) -> Iterator[Source]:
    """Read the text layer of each document in the file. Raises InputError."""
    package = Package(data, name)
    bodies = [body for body in package.xml("OFD.xml") if tag(body) == "DocBody"]
    roots = [words for body in bodies if (words := _text(body, "DocRoot"))]
    if not roots:
        raise InputError(name, "the OFD names no document")
    for number, root in enumerate(roots, 1):
        own = name if len(roots) == 1 else f"{name}#{number}"
        yield _read_document(package, root.lstrip("/"), own)


def _text(element: Element, child: str) -> str | None:
    return next((found.text.strip() for found in element if tag(found) == child and found.text), None)


def _read_document(package: Package, root: str, name: str) -> Source:
    document = package.xml(root)
    folder = posixpath.dirname(root)
    area = next((found for found in document if tag(found) == "CommonData"), None)
    usual = _page_area(area) if area is not None else None
    listed = [page for pages in document if tag(pages) == "Pages" for page in pages if tag(page) == "Page"]
    if not listed:
        raise InputError(name, "the OFD has no page")
    if len(listed) > _MOST_PAGES:
        raise InputError(name, f"the OFD has {len(listed):,} pages; {_MOST_PAGES:,} is the limit")
    pages: list[PageText] = []
    broken: list[str] = []
    for number, page in enumerate(listed, 1):
        place = page.get("BaseLoc", "")
        part = (
            place.lstrip("/") if place.startswith("/") else posixpath.normpath(posixpath.join(folder, place))
        )
        try:
            pages.append(read_content(_read_page(package.xml(part), number, usual)))
        except InputError as error:
            broken.append(f"page {number} cannot be read: {error.reason}")
    if not pages:
        raise InputError(name, f"no page of the OFD can be read: {broken[0]}")
    return write_pages(pages, name, broken)


def _page_area(element: Element) -> tuple[float, ...] | None:
    """The physical box of a page: left, top, width, height in millimetres."""
    for area in element.iter():
        if tag(area) == "PhysicalBox" and area.text:
            box = numbers(area.text)
            if len(box) == 4 and box[2] > 0 and box[3] > 0:
                return tuple(box)
    return None


def _read_page(page: Element, number: int, usual: tuple[float, ...] | None) -> PageContent:
    box = _page_area(page) or usual or _A4
    glyphs: list[Glyph] = []
    rulings: list[Ruling] = []
    pictures = 0
    place = Placement(-box[0], -box[1], _POINTS)
    for kind, item in _objects(page):
        if kind == "TextObject":
            glyphs += glyphs_of(item, place)
        elif kind == "PathObject":
            rulings += rulings_of(item, place)
        else:
            pictures += 1
    return PageContent(
        number, box[2] * _POINTS, box[3] * _POINTS, glyphs, rulings, scanned=pictures > 0 and not glyphs
    )


def _objects(page: Element) -> Iterator[tuple[str, Element]]:
    """Text, path and image objects of all layers, in the order of the file."""
    seen = 0
    for item in page.iter():
        kind = tag(item)
        if kind in ("TextObject", "PathObject", "ImageObject"):
            seen += 1
            if seen > _MOST_OBJECTS:
                return
            yield kind, item

"""PDF: the text layer in reading order, tables with their cells, page and box of every few characters."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from ingest.errors import InputError
from ingest.model import Source
from ingest.readers import ocr
from ingest.readers.paper import PageText, read_content, write_pages
from ingest.readers.pdf_page import read_page
from ingest.readers.pdf_scan import recognise_page

MEDIA_TYPES = {".pdf": "application/pdf"}
_HEAD = 1024  # bytes in which the mark of a PDF stands, as Acrobat reads them
_MOST_PAGES = 5_000
_MOST_RECOGNISED = 400  # pages of one file that are pictures; each takes seconds
_REASONS = {
    "Incorrect password": "the PDF is encrypted: it opens with a password only",
    "Unsupported security scheme": "the PDF is encrypted in a way that is not known here",
}


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes are a PDF."""
    return b"%PDF-" in data[:_HEAD]


def read(data: bytes, name: str) -> Iterator[Source]:
    """Read the text layer. Raises InputError for a file that is broken, encrypted or has no text."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise InputError(name, _reason(str(error))) from error
    try:
        pages, broken = _read_pages(document, name)
    finally:
        document.close()
    yield write_pages(pages, name, [f"page {number} cannot be read" for number in broken])


def _reason(said: str) -> str:
    return next((reason for mark, reason in _REASONS.items() if mark in said), "the PDF is broken or cut off")


def _read_pages(document: pdfium.PdfDocument, name: str) -> tuple[list[PageText], list[int]]:
    count = len(document)
    if count == 0:
        raise InputError(name, "the PDF has no page")
    if count > _MOST_PAGES:
        raise InputError(name, f"the PDF has {count:,} pages; {_MOST_PAGES:,} is the limit")
    pages: list[PageText] = []
    broken: list[int] = []
    recognised = 0
    engine = ocr.find_engine() if ocr.WANTED.get() else None
    for index in range(count):
        try:
            content = read_page(document, index)
            if content.scanned and engine is not None and recognised < _MOST_RECOGNISED:
                content = recognise_page(document, content, engine)
                recognised += 1
            pages.append(read_content(content))
        except pdfium.PdfiumError:
            broken.append(index + 1)
    if not pages:
        raise InputError(name, "no page of the PDF can be read")
    return pages, broken

"""Web pages: the text of the document on the page, what the page says of it, its tables and attachments."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator

from ingest.errors import InputError
from ingest.model import Failure, Source
from ingest.readers.text import CHINESE, detect_encoding

MEDIA_TYPES = {
    ".html": "text/html",
    ".htm": "text/html",
    ".shtml": "text/html",
    ".xhtml": "application/xhtml+xml",
}
LARGEST = 20_000_000  # bytes; the tree of a page takes some ten times its size
_OPENING = 4_000  # bytes in which a page shows that it is one
_TAG = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p|span|iframe)[\s>/]", re.I)
_TEXT_TAG = re.compile(rb"<(?:!doctype\s+html|html)[\s>]", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.I)
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_GB = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "hz-gb-2312"})


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes are a page: it begins with tags, or its name says so and tags are in it."""
    opening = data[:_OPENING].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if opening.startswith(b"<") and _TAG.search(opening):
        return True
    if name.lower().endswith(tuple(MEDIA_TYPES)):
        return _TAG.search(data.replace(b"\0", b"") if b"\0" in opening else data) is not None
    return _TEXT_TAG.search(opening) is not None and b"<body" in data[: 10 * _OPENING].lower()


def read(data: bytes, name: str) -> Iterator[Source | Failure]:
    """Yield the text of a page. Raises InputError for a page that is too large or has no text."""
    if len(data) > LARGEST:
        raise InputError(name, f"a page of {len(data):,} bytes; {LARGEST:,} is the limit")
    html, encoding, notices = decode_page(data)
    from ingest.readers.page_text import read_page  # noqa: PLC0415 - a build of plain texts needs no parser

    source = read_page(html, name, encoding, notices)
    if not source.text.strip():
        raise InputError(name, "no text on this page")
    yield source


def decode_page(data: bytes) -> tuple[str, str | None, tuple[str, ...]]:
    """Return a page as characters, its encoding (None for UTF-8) and notices.

    What the bytes are counts for more than what the page says that they are: the two often differ.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if data.startswith(mark):
            return _clean(data[2:].decode(encoding, "replace")), encoding, ()
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        return _clean(data.decode("utf-8")), None, ()
    except UnicodeDecodeError:
        found = detect_encoding(data)
    if found is not None:
        return _clean(data.decode(found)), found, ()
    declared = _CHARSET.search(data[:_OPENING])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    encoding = "gb18030" if name in _GB else CHINESE[1] if name.startswith("big5") else "utf-8"
    text = _clean(data.decode(encoding, "replace"))
    notice = f"{text.count(chr(0xFFFD))} places that are not {encoding.upper()} are marked with U+FFFD"
    return text, None if encoding == "utf-8" else encoding, (notice,)


def _clean(html: str) -> str:
    return _NO_TEXT.sub("", html)

"""Sitemaps (sitemaps.org, 0.9) and indexes of them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from lxml import etree

from ingest.fetch.addresses import parse
from ingest.fetch.errors import AddressError

_LARGEST = 50_000_000  # bytes, unpacked; the protocol's own limit
_GZIP = b"\x1f\x8b"
_OPENING = 2_000  # bytes in which a sitemap shows that it is one
_MARKS = (b"<urlset", b"<sitemapindex")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """The addresses of pages and of further sitemaps, and what in it is no address."""

    pages: tuple[str, ...]
    sitemaps: tuple[str, ...]
    errors: tuple[AddressError, ...]


def is_sitemap(body: bytes) -> bool:
    """Whether some bytes are a sitemap, packed or not."""
    try:
        opening = _unpack(body, "", _OPENING, whole=False) if body.startswith(_GZIP) else body[:_OPENING]
    except AddressError:
        return False
    return any(mark in opening for mark in _MARKS)


def read_sitemap(body: bytes, address: str) -> Sitemap:
    """Read a sitemap. Raises AddressError for what is none; one bad entry is only told."""
    if body.startswith(_GZIP):
        body = _unpack(body, address, _LARGEST, whole=True)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise AddressError(address, f"not a sitemap: {error}") from error
    if root.getroottree().docinfo.doctype:
        raise AddressError(address, "a sitemap with a document type, which none has")
    found: dict[str, dict[str, None]] = {"url": {}, "sitemap": {}}
    errors: list[AddressError] = []
    for entry in root:
        kind = etree.QName(entry).localname if isinstance(entry.tag, str) else ""
        if kind not in found:
            continue
        for place in entry.iterchildren("{*}loc"):
            try:
                found[kind][parse(place.text or "", address if "://" in address else None)] = None
            except AddressError as error:
                errors.append(error)
    return Sitemap(tuple(found["url"]), tuple(found["sitemap"]), tuple(errors))


def _unpack(body: bytes, address: str, largest: int, *, whole: bool) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        data = unpacking.decompress(body, largest)
    except zlib.error as error:
        raise AddressError(address, f"a packed sitemap that is broken: {error}") from error
    if whole and (unpacking.unconsumed_tail or not unpacking.eof):
        raise AddressError(address, f"a packed sitemap that is broken, or more than {largest:,} bytes")
    return data

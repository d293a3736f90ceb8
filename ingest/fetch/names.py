"""The name under which the bytes of an address are kept."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePosixPath

import httpx

from ingest.readers import SUFFIXES
from ingest.readers.html import claims

_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-works": ".wps",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/ofd": ".ofd",
    "application/zip": ".zip",
    "text/csv": ".csv",
    "message/rfc822": ".eml",
}
_LONGEST = 60  # characters of the name before its digest; at most 240 bytes in UTF-8 with it
_NOT_IN_NAMES = re.compile(r"[\s/\\:*?\"<>|%#\x00-\x1f\x7f-\x9f]+")
_DIGEST = 10  # hexadecimal digits
_HOST = re.compile(r"[^a-z0-9.-]+")


def file_name(address: str, media_type: str, body: bytes) -> str:
    """Return ``HOST/NAME-DIGEST.ENDING`` for an address.

    The digest is of the address: two addresses never share a name, and one has always the same. The ending
    is the address's own where a build reads such files, else that of the media type.

    >>> file_name("http://www.yunzhou.example/../etc/passwd?x=1", "text/html", b"")
    'www.yunzhou.example/passwd-2d9e2d0c72.html'
    """
    url = httpx.URL(address)
    last = unicodedata.normalize("NFC", url.path.rstrip("/").rpartition("/")[2])
    stem, ending = last, PurePosixPath(last).suffix.lower()
    if ending in SUFFIXES or ending in _ENDINGS.values():
        stem = last[: -len(ending)]
    else:
        ending = _ENDINGS.get(media_type) or _told(body) or ".bin"
    stem = _NOT_IN_NAMES.sub("-", "".join(c for c in stem if unicodedata.category(c)[0] != "C"))
    stem = stem.strip(".-_ ")[:_LONGEST].rstrip(".-_ ") or "index"
    digest = hashlib.sha256(address.encode()).hexdigest()[:_DIGEST]
    port = f"-{url.port}" if url.port else ""
    host = _HOST.sub("-", url.raw_host.decode("ascii").lower()).strip(".-")[:200] or "host"
    return f"{host}{port}/{stem}-{digest}{ending}"


def _told(body: bytes) -> str | None:
    """The ending that the bytes themselves tell."""
    if body.startswith(b"%PDF-"):
        return ".pdf"
    return ".html" if claims(body, "") else None

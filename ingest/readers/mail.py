"""Messages (.eml): their text and their attachments. Web archives (.mht): the page that they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from ingest.errors import InputError
from ingest.model import Failure, Source
from ingest.readers import archive

MEDIA_TYPES = {".eml": "message/rfc822", ".mht": "multipart/related", ".mhtml": "multipart/related"}
_OPENING = 8_000  # bytes in which the fields of a message's head stand
_FIELD = re.compile(
    rb"^(?:from|to|subject|date|received|return-path|message-id|mime-version|x-[\w-]+):", re.I
)
_TYPE = re.compile(rb"^(?:mime-version|content-type):", re.I | re.M)
_MOST_PARTS = 500
_SHORTEST_TEXT = 200  # characters; a shorter text beside attachments only announces them


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes begin with the fields of a message's head."""
    opening = data[:_OPENING].lstrip(b"\xef\xbb\xbf\r\n")
    return _FIELD.match(opening) is not None and _TYPE.search(opening) is not None


def read(data: bytes, name: str) -> Iterator[Source | Failure]:
    """Yield the page of a web archive, or a message's text and the texts of its attachments."""
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if len(parts) > _MOST_PARTS:
        raise InputError(name, f"{len(parts):,} parts; {_MOST_PARTS:,} is the limit")
    if message.get_content_type() == "multipart/related" or name.lower().endswith((".mht", ".mhtml")):
        pages = [part for part in parts if part.get_content_type() == "text/html"]
        if not pages:
            raise InputError(name, "no page in this web archive")
        yield from archive.read_part(_bytes(pages[0]), name)
        return
    found: list[Source | Failure] = []
    for part in parts:
        if file := part.get_filename():
            found += _attachment(part, f"{name}/{file.replace('/', '_')}")
    yield from found
    body = next(
        (part for kind in ("text/html", "text/plain") for part in parts if _is_body(part, kind)), None
    )
    if body is not None:
        yield from _body(body, name, alone=not any(isinstance(item, Source) for item in found))
    elif not found:
        raise InputError(name, "no text in this message")


def _is_body(part: EmailMessage, kind: str) -> bool:
    return part.get_content_type() == kind and not part.get_filename()


def _attachment(part: EmailMessage, name: str) -> Iterator[Source | Failure]:
    from ingest.readers import SUFFIXES as KNOWN  # noqa: PLC0415 - that package imports this module

    if not name.lower().endswith(tuple(KNOWN)):
        return
    data = _bytes(part)
    try:
        zipped = name.lower().endswith(".zip") and archive.claims(data, name)
        yield from archive.read(data, name) if zipped else archive.read_part(data, name)
    except InputError as error:
        yield Failure(error.name, error.reason, error.line)


def _body(part: EmailMessage, name: str, *, alone: bool) -> Iterator[Source | Failure]:
    try:
        for item in archive.read_part(_bytes(part), name):
            if isinstance(item, Source) and (alone or len(item.text) >= _SHORTEST_TEXT):
                yield item
    except InputError as error:
        if alone:
            yield Failure(error.name, error.reason, error.line)


def _bytes(part: EmailMessage) -> bytes:
    """The bytes of a part; text in a declared charset is brought to UTF-8 where the declaration is true."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return b""
    charset = part.get_content_charset()
    if part.get_content_maintype() != "text" or charset is None or charset in ("utf-8", "us-ascii"):
        return data
    try:
        return data.decode(charset).encode("utf-8")
    except (LookupError, UnicodeError):
        return data

"""Plain text and Markdown in UTF-8, UTF-16, GB18030 (with GBK and GB2312) or Big5."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from datetime import date

import yaml

from ingest.errors import InputError
from ingest.field_names import collect
from ingest.model import Failure, Field, Source
from ingest.pattern import book

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown"}
LONGEST_LINE = 200_000  # code points; a circular's longest paragraph has a few thousand
_MOST_BYTES = 4  # of a code point in UTF-8
_CONTINUATION = tuple(bytes([byte]) for byte in range(0x80, 0xC0))
_MAYBE_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\uffff]")
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CHINESE = ("gb18030", "big5hkscs")
_WIDE = ("utf-16-le", "utf-16-be")
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.{1,8000}?\n)---[ \t]*(?:\r?\n|$)", re.DOTALL)
_NOT_A_BREAK = re.compile(r"[^\n]")
_SAMPLE = 200_000  # characters by which an encoding is told
_COMMON = book("paper").compile("{common_character}")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ue000-\uf8ff\u3000-\u303f\uff00-\uffef]")
_COMMON_SHARE = 0.1  # of the characters of Chinese text; of Chinese in a wrong encoding it is under 0.03


def claims(data: bytes, name: str) -> bool:
    """Every file that no other reader claims is tried as text."""
    return True


def read(data: bytes, name: str) -> Iterator[Source | Failure]:
    """Yield the text. Raises InputError with the line for what is no text."""
    text, encoding = decode(data, name)
    text, known = take_front_matter(text)
    yield Source(name, text, metadata=known, encoding=None if encoding == "utf-8" else encoding)


def take_front_matter(text: str) -> tuple[str, dict[str, Field]]:
    """Return the text with blanks for YAML between two lines of --- above it, and what that says of the text.

    The blanks keep all lines and offsets of the file. What names no known field stays text.
    """
    match = _FRONT_MATTER.match(text)
    if match is None:
        return text, {}
    try:
        found = yaml.load(match["yaml"], Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return text, {}
    if not isinstance(found, dict):
        return text, {}
    values = {str(name): str(value) for name, value in found.items() if isinstance(value, str | int | date)}
    known = {name: Field(value, "sidecar") for name, value in collect(values).items()}
    return (_NOT_A_BREAK.sub(" ", match[0]) + text[match.end() :], known) if known else (text, {})


def decode(data: bytes, name: str) -> tuple[str, str]:
    """Decode a text; return it and the name of its encoding.

    Raises InputError with the line for NUL bytes, control characters and bytes that are in no known encoding.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    wide = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if wide is not None:
        text = _decode_wide(data[2:], wide, name)
        return _check(text, name), wide
    _refuse_endless_lines(data, name)
    nul = data.find(b"\0")
    if nul >= 0:
        wide = detect_encoding(data, _WIDE)
        if wide is not None:
            return _check(data.decode(wide), name), wide
        raise InputError(name, "a NUL byte: this is not a text file", data.count(b"\n", 0, nul) + 1)
    try:
        return _check(data.decode("utf-8"), name), "utf-8"
    except UnicodeDecodeError as error:
        encoding = detect_encoding(data)
        if encoding is not None:
            return _check(data.decode(encoding), name), encoding
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(name, f"not UTF-8 (byte {data[error.start]:#04x}): {error.reason}", line) from error


def _decode_wide(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise InputError(name, f"not {encoding.upper()}: {error.reason}", line) from error


def _check(text: str, name: str) -> str:
    if not text.strip():
        raise InputError(name, "the file is empty")
    control = _MAYBE_CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise InputError(name, f"a control character (U+{ord(control.group()):04X}): not a text file", line)
    return text


def detect_encoding(data: bytes, encodings: tuple[str, ...] = CHINESE) -> str | None:
    """Return the one of some encodings in which bytes that are not UTF-8 are Chinese; None where none fits.

    Nearly all bytes can be decoded as GB18030, and most as Big5, so the text must look like Chinese too: the
    commonest characters of official prose make up a good part of it in the right encoding only. (Measured on
    circulars and pieces of 40 characters in GB18030, GBK and Big5: all 477 right; charset-normalizer, which
    asks for no language, 305 of the 318 longer ones.)
    """
    best, share = None, _COMMON_SHARE
    for encoding in encodings:
        try:
            text = data.decode(encoding)[:_SAMPLE]  # a piece of the bytes might end inside a character
        except UnicodeDecodeError:
            continue
        han = len(_HAN.findall(text))
        found = len(_COMMON.findall(text)) / han if han else 0.0
        if found > share:
            best, share = encoding, found
    return best


def _refuse_endless_lines(data: bytes, name: str) -> None:
    """Refuse a line that is too long in any encoding before it is decoded and copied."""
    start, number = 0, 1
    while start <= len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if end - start > LONGEST_LINE * _MOST_BYTES:
            # every code point has one byte that is no continuation byte
            length = end - start - sum(data.count(byte, start, end) for byte in _CONTINUATION)
            raise InputError(name, too_long(length), number)
        start, number = end + 1, number + 1


def too_long(length: int) -> str:
    """Return why a line of so many characters is refused."""
    return f"a line of {length:,} characters; {LONGEST_LINE:,} is the limit"

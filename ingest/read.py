"""Read a file: decode, normalise with a map back to the file, mend paragraphs broken by pages.

The normalised text has one paragraph a line. White space beside Chinese characters, Markdown marks and
``<sup>`` notes are taken out; nothing else is changed, so quotes are the file's own characters.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ingest.errors import InputError
from ingest.folding import fold
from ingest.line_kinds import Line, classify_line, strip_marks
from ingest.model import OffsetMap, Paragraph, ParagraphKind, Text
from ingest.paragraphs import group_lines
from ingest.source_tables import find_tables, place_tables

SUFFIXES = frozenset({".txt", ".md"})
STORE_MARK = "gongbao-store.json"  # a folder with this file is a store, not something to read
LONGEST_LINE = 200_000  # code points; a circular's longest paragraph has a few thousand
_MOST_BYTES = 4  # of a code point in UTF-8
_CONTINUATION = tuple(bytes([byte]) for byte in range(0x80, 0xC0))
_DROP = re.compile(
    r"<sup>[^<]{0,20}</sup>|<!--[^>]{0,200}-->|</?(?:p|br|b|i|u|em|strong|span|div|font|center|sub|a|img|hr|h\d|ul|ol|li|table|tr|td|th|tbody|thead)(?=[\s/>])[^<>\n]{0,60}>|\*\*"
    r"|^[ \t\u3000]*(?:#{1,6}|[-*•](?=\s)|>)\s*"
    r"|[\ue000-\uf8ff]+|\\(?=[.\-*_#()\[\]])|&nbsp;|[ \t\x0b\x0c\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff]+"
)
_SPACE = re.compile(r"[ \t\x0b\x0c\u3000\u00a0\u2002\u2003\u2009]+")
_INDENT = re.compile(r"^(?:\u3000{1,}| {2,}|\t)")
_MAYBE_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes, name: str) -> str:
    """Decode UTF-8. Raises InputError with the line for NUL bytes, binary data and invalid UTF-8."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    _refuse_endless_lines(data, name)
    nul = data.find(b"\0")
    if nul >= 0:
        raise InputError(name, "a NUL byte: this is not a text file", data.count(b"\n", 0, nul) + 1)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(name, f"not UTF-8 (byte {data[error.start]:#04x}): {error.reason}", line) from error
    if not text.strip():
        raise InputError(name, "the file is empty")
    control = _MAYBE_CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        raise InputError(name, f"a control character (U+{ord(control.group()):04X}): not a text file", line)
    return text


def _refuse_endless_lines(data: bytes, name: str) -> None:
    """Refuse a line that is too long in any encoding before it is decoded and copied."""
    start, number = 0, 1
    while start <= len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if end - start > LONGEST_LINE * _MOST_BYTES:
            # every code point has one byte that is no continuation byte
            length = end - start - sum(data.count(byte, start, end) for byte in _CONTINUATION)
            raise InputError(name, _too_long(length), number)
        start, number = end + 1, number + 1


def _too_long(length: int) -> str:
    return f"a line of {length:,} characters; {LONGEST_LINE:,} is the limit"


def read(path: Path, name: str | None = None) -> Text:
    """Read one file; ``name`` is what facts call it (by default its file name).

    Raises InputError where the file cannot be read as text.
    """
    name = name or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(name, error.strerror or str(error)) from error
    return read_bytes(data, name)


def read_bytes(data: bytes, name: str) -> Text:
    """As ``read``, for bytes that are at hand."""
    source = decode(data, name)
    line_starts, lines = _lines(source, name)
    builder = _Builder(source)
    for group in group_lines(lines):
        builder.add(group)
    text = builder.text()
    read_text = Text(
        name=name,
        text=text,
        folded=fold(text),
        sha256=hashlib.sha256(text.encode("utf8")).hexdigest(),
        original_sha256=hashlib.sha256(data).hexdigest(),
        offsets=OffsetMap(tuple(builder.starts), tuple(builder.sources), tuple(line_starts)),
        paragraphs=tuple(builder.paragraphs),
    )
    return place_tables(read_text, find_tables(source), merges=False)


def _lines(source: str, name: str) -> tuple[list[int], list[Line]]:
    """Offsets of all lines (broken at LF, as editors count them) and the non-blank ones."""
    starts: list[int] = []
    lines: list[Line] = []
    position, folded = 0, fold(source)
    for number, raw in enumerate(source.split("\n"), 1):
        starts.append(position)
        if len(raw) > LONGEST_LINE:
            raise InputError(name, _too_long(len(raw)), number)
        stripped = raw.strip()
        if stripped:
            bare = strip_marks(folded[position : position + len(raw)].strip())
            if bare:
                marks = stripped.lstrip("*> ")
                lines.append(
                    Line(
                        start=position,
                        end=position + len(raw.rstrip()),
                        bare=bare,
                        heading=len(marks) - len(marks.lstrip("#")),
                        indented=bool(_INDENT.match(raw)),
                        kind=classify_line(bare, stripped),
                    )
                )
        position += len(raw) + 1
    return starts, lines


class _Builder:
    """Copies the kept runs of lines into the normalised text and notes where each came from."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.sources: list[int] = []
        self.paragraphs: list[Paragraph] = []

    def add(self, lines: list[Line]) -> None:
        """One paragraph."""
        if self.parts:
            self.parts.append("\n")
            self.length += 1
        start = self.length
        breaks: list[int] = []
        for line in lines:
            if self.length > start:
                breaks.append(self.length)
                if self._latin(self.parts[-1][-1]) and self._latin(self.source[line.start]):
                    self._copy(line.start - 1, line.start, " ")
            self._line(line, breaks)
        if self.length == start:  # nothing but marks
            if self.parts:
                self.parts.pop()
                self.length -= 1
            return
        head = lines[0]
        self.paragraphs.append(
            Paragraph(start, self.length, head.kind, head.heading, head.indented, tuple(breaks))
        )

    def _line(self, line: Line, breaks: list[int]) -> None:
        source, keep_space = self.source, line.kind is not ParagraphKind.BODY
        cells = line.kind is ParagraphKind.TABLE
        position = line.start
        raw = source[line.start : line.end]
        for match in _DROP.finditer(raw):
            start, end = line.start + match.start(), line.start + match.end()
            self._copy(position, start)
            position = end
            if _SPACE.fullmatch(match.group()) and position < line.end and self.parts:
                after, before = source[end], source[start - 1] if start > line.start else ""
                if before and (keep_space or (self._latin(before) and self._latin(after))):
                    tab = source.find("\t", start, end) if cells else -1
                    self._copy(max(tab, start), max(tab, start) + 1, None if tab >= 0 else " ")
                elif before:
                    breaks.append(self.length)
        self._copy(position, line.end)

    def _copy(self, start: int, end: int, instead: str | None = None) -> None:
        if end > start:
            self.starts.append(self.length)
            self.sources.append(start)
            self.parts.append(self.source[start:end] if instead is None else instead)
            self.length += end - start

    @staticmethod
    def _latin(character: str) -> bool:
        return character.isascii() and (character.isalnum() or character in ".,:;()&'")

    def text(self) -> str:
        """The normalised text."""
        return "".join(self.parts)


def files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The readable files under paths with the names that facts use, in a fixed order.

    Stores below a folder are passed by.

    A file given by itself goes by its name; below a folder, by the path relative to that folder.
    Raises InputError for a path that is not there, a folder with no text in it, another suffix.
    """
    for path in paths:
        if path.is_dir():
            stores = [mark.parent for mark in path.rglob(STORE_MARK)]
            found = sorted(
                p
                for p in path.rglob("*")
                if p.suffix.lower() in SUFFIXES
                and p.name.lower() != "readme.md"
                and not p.is_dir()
                and not any(p.is_relative_to(store) for store in stores)
            )
            if not found:
                raise InputError(str(path), "no .txt or .md file in this folder")
            for file in found:
                yield file, file.relative_to(path).as_posix()
        elif path.exists():
            if path.suffix.lower() not in SUFFIXES:
                raise InputError(str(path), "neither .txt nor .md")
            yield path, path.name
        else:
            raise InputError(str(path), "no such file or folder")

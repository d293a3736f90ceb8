"""Read a file: find its texts, normalise each with a map back, mend paragraphs broken by pages.

A normalised text has one paragraph a line. White space beside Chinese characters, Markdown marks, ``<sup>``
notes and what readers of PDF leave for unknown characters are taken out; nothing else is changed.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ingest.errors import InputError
from ingest.folding import fold
from ingest.line_kinds import Line, classify_line, strip_marks
from ingest.model import OffsetMap, Paragraph, ParagraphKind, Source, Text
from ingest.paragraphs import group_lines
from ingest.readers import SUFFIXES, isolated
from ingest.readers.text import LONGEST_LINE, too_long
from ingest.source_tables import find_tables, place_tables
from ingest.store_mark import STORE_MARK

PLAIN = frozenset({"text/plain", "text/markdown"})  # media types of files that are their text
_NAMES_SHOWN = 3
_DROP = re.compile(
    r"<sup>[^<]{0,20}</sup>|<!--[^>]{0,200}-->|</?(?:p|br|b|i|u|em|strong|span|div|font|center|sub|a|img|hr|h\d|ul|ol|li|table|tr|td|th|tbody|thead)(?=[\s/>])[^<>\n]{0,60}>|\*\*"
    r"|^[ \t\u3000]*(?:#{1,6}|[-*•](?=\s)|>)\s*"
    r"|\\(?=[.\-*_#()\[\]])|&nbsp;|[\u00ad\ufffe\ue000-\uf8ff]+"
    r"|[ \t\x0b\x0c\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff]+"
)
_MAY_DROP = re.compile(  # every character with which _DROP can begin: quick to look for
    r"[<*#\-•>\\& \t\x0b\x0c\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\u00ad\ufffe\ue000-\uf8ff]"
)
_LINE_END = re.compile(r"<br\b")
_INDENTS = ("\u3000", "  ", "\t")


def read(path: Path, name: str | None = None, *, ocr: bool = False) -> Text:
    """Read a file with one text; ``name`` is what facts call it (by default its file name).

    Raises InputError where the file cannot be read, and where it holds several texts (see ``read_all``).
    """
    return _only(read_all(path, name, ocr=ocr))


def read_bytes(data: bytes, name: str) -> Text:
    """As ``read``, for bytes that are at hand."""
    return _only(read_all_bytes(data, name))


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a file, and those of its parts that could not be read.

    ``originals`` are the bytes of files that are more than a plain text, by their SHA-256.
    """

    name: str
    texts: tuple[Text, ...]
    errors: tuple[InputError, ...]
    originals: Mapping[str, bytes] = field(default_factory=dict, repr=False, hash=False)
    sha256: str = ""  # of the bytes of the file


def read_all(path: Path, name: str | None = None, *, ocr: bool = False) -> Texts:
    """Read all texts of a file: an archive, a workbook or a message may hold several.

    ``ocr`` has pages that are pictures recognised. Raises InputError where nothing of the file can be read.
    """
    name = name or path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(name, error.strerror or str(error)) from error
    return read_all_bytes(data, name, ocr=ocr)


def read_all_bytes(data: bytes, name: str, *, ocr: bool = False) -> Texts:
    """As ``read_all``, for bytes that are at hand."""
    reading = isolated.read(data, name, ocr=ocr)
    sha256 = hashlib.sha256(data).hexdigest()
    errors = [InputError(failure.name, failure.reason, failure.line) for failure in reading.failures]
    texts: list[Text] = []
    originals: dict[str, bytes] = {}
    for source in _tell_apart(reading.sources):
        file, own = source.file_sha256 or sha256, source.sha256 or sha256
        if source.media_type not in PLAIN and (source.data or file == sha256):
            originals[file] = source.data or data
        try:
            text = normalise(source, own)
        except InputError as error:
            errors.append(error)
            continue
        texts.append(replace(text, file_sha256=file) if file != own else text)
    if not texts:
        raise errors[0]
    return Texts(name, tuple(texts), tuple(errors), originals, sha256)


def _tell_apart(sources: tuple[Source, ...]) -> Iterator[Source]:
    """Give each of several texts of a file a name and a digest of its own."""
    names: Counter[str] = Counter()
    for source in sources:
        names[source.name] += 1
        name = source.name if names[source.name] == 1 else f"{source.name} ({names[source.name]})"
        own = source.sha256
        if own is None and len(sources) > 1:
            own = hashlib.sha256(f"{name}\n{source.text}".encode()).hexdigest()
        yield replace(source, name=name, sha256=own)


def _only(found: Texts) -> Text:
    if len(found.texts) > 1:
        names = ", ".join(text.name for text in found.texts[:_NAMES_SHOWN])
        raise InputError(found.name, f"{len(found.texts)} texts in it ({names} …): build a store from it")
    return found.texts[0]


def normalise(source: Source, original_sha256: str) -> Text:
    """Bring the text that a reader gives to paragraphs. Raises InputError for a line that is too long."""
    folded = fold(source.text)
    line_starts, lines = _lines(source.text, folded, source.name)
    builder = _Builder(source.text, folded)
    for group in group_lines(lines):
        builder.add(group)
    text = builder.text()
    read_text = Text(
        name=source.name,
        text=text,
        folded=builder.folded(),
        sha256=hashlib.sha256(text.encode("utf8")).hexdigest(),
        original_sha256=original_sha256,
        offsets=OffsetMap(tuple(builder.starts), tuple(builder.sources), tuple(line_starts)),
        paragraphs=tuple(builder.paragraphs),
        origins=source.origins,
        metadata=source.metadata,
        links=source.links,
        encoding=source.encoding,
        notices=source.notices,
        recognised=source.recognised,
        media_type=source.media_type or "text/plain",
    )
    if source.tables:
        return place_tables(read_text, source.tables)
    found = find_tables(source.text)
    return place_tables(read_text, found, merges=False) if found else read_text


def _lines(source: str, folded: str, name: str) -> tuple[list[int], list[Line]]:
    """Offsets of all lines (broken at LF, as editors count them) and the non-blank ones."""
    starts: list[int] = []
    lines: list[Line] = []
    position = 0
    for number, raw in enumerate(source.split("\n"), 1):
        starts.append(position)
        if len(raw) > LONGEST_LINE:
            raise InputError(name, too_long(len(raw)), number)
        stripped = raw.strip()
        if stripped:
            bare = strip_marks(folded[position : position + len(raw)])
            if bare:
                marks = stripped.lstrip("*> ")
                lines.append(
                    Line(
                        start=position,
                        end=position + len(raw.rstrip()),
                        bare=bare,
                        heading=len(marks) - len(marks.lstrip("#")),
                        indented=raw.startswith(_INDENTS),
                        kind=classify_line(bare, stripped),
                    )
                )
        position += len(raw) + 1
    return starts, lines


def _drops(raw: str) -> Iterator[re.Match[str]]:
    """What is taken out of a line, from left to right."""
    at = 0
    while mark := _MAY_DROP.search(raw, at):
        match = _DROP.match(raw, mark.start())
        at = match.end() if match else mark.end()
        if match:
            yield match


class _Builder:
    """Copies the kept runs of lines into the normalised text and notes where each came from."""

    def __init__(self, source: str, folded: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self._source_folded = folded
        self._parts_folded: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.sources: list[int] = []
        self.paragraphs: list[Paragraph] = []

    def add(self, lines: list[Line]) -> None:
        """One paragraph."""
        if self.parts:
            self.parts.append("\n")
            self._parts_folded.append("\n")
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
                self._parts_folded.pop()
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
        for match in _drops(raw):
            start, end = line.start + match.start(), line.start + match.end()
            self._copy(position, start)
            position = end
            if cells and _LINE_END.match(match.group()):
                self._copy(start, start + 1, " ")
            elif position < line.end and self.parts and match.group().isspace():
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
            self._parts_folded.append(self._source_folded[start:end] if instead is None else instead)
            self.length += end - start

    @staticmethod
    def _latin(character: str) -> bool:
        return character.isascii() and (character.isalnum() or character in ".,:;()&'")

    def text(self) -> str:
        """The normalised text."""
        return "".join(self.parts)

    def folded(self) -> str:
        """The same text as ``fold`` gives it."""
        return "".join(self._parts_folded)


def files(paths: Iterable[Path]) -> Iterator[tuple[Path, str]]:
    """The readable files under paths with the names that facts use, in a fixed order.

    In a folder those are listed whose names end as a reader's files do; a file given by itself is read
    whatever its name is. Stores below a folder are passed by.

    A file given by itself goes by its name; below a folder, by the path relative to that folder.
    Raises InputError for a path that is not there and a folder with nothing to read in it.
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
                raise InputError(str(path), f"nothing to read in this folder (read are {endings()})")
            yield from ((file, file.relative_to(path).as_posix()) for file in found)
        elif path.exists():
            yield path, path.name
        else:
            raise InputError(str(path), "no such file or folder")


def endings() -> str:
    """Return the endings of the files that are read, for people."""
    return " ".join(sorted(SUFFIXES))

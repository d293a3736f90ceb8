"""The text of a Word file. Its XML is walked as it is: the paragraphs of python-docx leave out text boxes.

Deleted text, hidden text, fields' instructions, headers and footers are left out; what is shown twice for old
programs (mc:Fallback) is read once.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

from ingest.errors import InputError
from ingest.model import Origin, OriginMap, Source, Table
from ingest.readers.grid import MOST_COLUMNS, MOST_ROWS, Grid, fill, is_data, to_table
from ingest.readers.repeated_title import count_repeated
from ingest.readers.word_numbering import Numbering

_P, _TBL, _TR, _TC, _SDT = (qn(f"w:{name}") for name in ("p", "tbl", "tr", "tc", "sdt"))
_CONTENT = qn("w:sdtContent")
_T, _TAB, _BR, _CR = (qn(f"w:{name}") for name in ("t", "tab", "br", "cr"))
_HYPHEN, _SYMBOL = qn("w:noBreakHyphen"), qn("w:sym")
_BOX = qn("w:txbxContent")
_SKIPPED = frozenset(qn(f"w:{name}") for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr"))
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_VALUE = qn("w:val")
_BREAKS = frozenset(("page", "column"))
_BROKEN = (
    OpcError,
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    TypeError,
    OSError,
    EOFError,
    NotImplementedError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
    etree.LxmlError,
)
"""What python-docx raises for parts that are missing or wrong: it checks few of them itself."""
_BEGINNING = 12  # lines that a title and its repetition may take
_INDENT = "\u3000\u3000"


def read_word(data: bytes, name: str) -> Source:
    """Return the text of a Word file. Raises InputError for a file that is broken."""
    try:
        document = docx.Document(io.BytesIO(data))
        writer = _Writer(Numbering(document))
        writer.write(document.element.body)
        writer.leave_out_repeated_title()
    except _BROKEN as error:
        what = " ".join(str(error).split())[:100]
        raise InputError(name, f"a Word file that is broken ({what or type(error).__name__})") from error
    return Source(
        name=name,
        text="".join(writer.parts),
        origins=OriginMap(tuple(writer.starts), tuple(writer.origins)),
        tables=tuple(writer.tables),
    )


class _Writer:
    """Writes paragraphs and rows as lines and notes which paragraph or table each comes from."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.origins: list[Origin] = []
        self.tables: list[Table] = []
        self.paragraphs = 0

    def write(self, body: BaseOxmlElement) -> None:
        for element in _blocks(body):
            if element.tag == _P:
                self.write_paragraph(element)
            else:
                self.write_table(element)

    def write_paragraph(self, paragraph: BaseOxmlElement) -> None:
        self.paragraphs += 1
        for box in _boxes(paragraph):
            for inner in _blocks(box):
                if inner.tag == _P and (text := _text(inner).strip()):
                    self._line(text, Origin(part=f"paragraph {self.paragraphs}"))
        label = self.numbering.label(paragraph)
        lines = [line for line in _text(paragraph).split("\n") if line.strip()]
        for place, line in enumerate(lines):
            own = not place and not _is_centred(paragraph)
            front = f"{_INDENT if own else ''}{'' if place else label}"
            text = line.strip() if own else line.rstrip()
            self._line(front + text, Origin(part=f"paragraph {self.paragraphs}"))

    def write_table(self, table: BaseOxmlElement) -> None:
        grid = _grid(table)
        if grid is None or not is_data(grid):
            for cell in table.iter(_TC):
                for element in _blocks(cell):
                    if element.tag == _P:
                        self.write_paragraph(element)
            return
        made = to_table(grid, self.length)
        self.tables.append(made)
        self._line(grid.text(), Origin(part=f"table {len(self.tables)}"))

    def leave_out_repeated_title(self) -> None:
        """Leave out the name of the file where it stands above the title; its line stays, empty."""
        for place in range(count_repeated([line.strip() for line in self.parts[: 2 * _BEGINNING : 2]])):
            self.parts[2 * place] = " " * len(self.parts[2 * place])

    def _line(self, text: str, origin: Origin) -> None:
        self.starts.append(self.length)
        self.origins.append(origin)
        self.parts += (text, "\n")
        self.length += len(text) + 1


def _blocks(parent: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """Yield paragraphs and tables of a body or cell, those inside content controls too."""
    waiting = list(reversed(parent))
    while waiting:
        element = waiting.pop()
        if element.tag in (_P, _TBL):
            yield element
        elif element.tag == _SDT:
            content = element.find(_CONTENT)
            waiting += reversed(content) if content is not None else ()


def _boxes(paragraph: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for box in paragraph.iter(_BOX):
        if not any(outer.tag == _FALLBACK for outer in box.iterancestors()):
            yield box


def _text(paragraph: BaseOxmlElement) -> str:
    """The text of a paragraph as one string; line breaks stand in it as they are."""
    parts: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        tag = element.tag
        if tag == _T:
            parts.append(element.text or "")
        elif tag == _TAB:
            parts.append(" ")
        elif tag in (_BR, _CR):
            parts.append("" if element.get(qn("w:type")) in _BREAKS else "\n")
        elif tag == _HYPHEN:
            parts.append("-")
        elif tag not in _SKIPPED and tag not in (_BOX, _FALLBACK, _SYMBOL):
            waiting += reversed(element)
    return "".join(parts)


def _is_centred(paragraph: BaseOxmlElement) -> bool:
    properties = paragraph.find(qn("w:pPr"))
    alignment = properties.find(qn("w:jc")) if properties is not None else None
    return alignment is not None and alignment.get(_VALUE) == "center"


def _grid(table: BaseOxmlElement) -> Grid | None:
    """The grid of a table; None where it is larger than any of a circular."""
    rows: list[list[int]] = []
    cells: list[str] = []
    for tr in table.findall(_TR):
        row: list[int] = []
        properties = tr.find(qn("w:trPr"))
        before = properties.find(qn("w:gridBefore")) if properties is not None else None
        row += [-1] * min(_number(before), MOST_COLUMNS)
        for tc in _cells(tr):
            properties = tc.find(qn("w:tcPr"))
            across = properties.find(qn("w:gridSpan")) if properties is not None else None
            merged = properties.find(qn("w:vMerge")) if properties is not None else None
            above = rows[-1][len(row)] if rows and len(row) < len(rows[-1]) else -1
            if merged is not None and merged.get(_VALUE, "continue") == "continue" and above >= 0:
                cell = above
            else:
                words = (_text(paragraph).split() for paragraph in tc.iter(_P))
                cells.append(" ".join(" ".join(part) for part in words if part))
                cell = len(cells) - 1
            row += [cell] * max(1, min(_number(across), MOST_COLUMNS))
        if len(row) > 2 * MOST_COLUMNS or len(rows) > MOST_ROWS:
            return None
        rows.append(row)
    return Grid(fill(rows, cells), tuple(cells))


def _cells(tr: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    for element in tr:
        if element.tag == _TC:
            yield element
        elif element.tag == _SDT and (content := element.find(_CONTENT)) is not None:
            yield from content.findall(_TC)


def _number(element: BaseOxmlElement | None) -> int:
    value = element.get(_VALUE, "") if element is not None else ""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0

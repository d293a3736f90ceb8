"""Workbooks (.xlsx, .xlsm) and .csv: each sheet a table, merged cells with the cells that they cover."""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from ingest.errors import InputError
from ingest.readers.model import Origin, Source
from ingest.readers.package import Package
from ingest.readers.written import Grown, PlacedWords, Writer

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

SUFFIXES = frozenset({".xlsx", ".xlsm", ".csv"})
_MOST_SHEETS = 500
_MOST_CELLS = 1_000_000  # with a value, of all sheets
_MOST_ROWS = 50_000  # of a sheet
_WIDEST = 200  # columns
_LONGEST_TITLE = 80
_SPACE = re.compile(r"[\s\u200b]+")
_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    EOFError,
    OSError,
    ParseError,
    AssertionError,
)


def claims(data: bytes, name: str) -> bool:
    """Whether the bytes are a workbook, or a file of separated values by its name."""
    if data.startswith(_MARKS):
        return b"xl/workbook" in data or name.lower().endswith((".xlsx", ".xlsm"))
    if data.startswith(_OLD):
        return name.lower().endswith((".xls", ".xlsx"))
    return name.lower().endswith(".csv")


def read(data: bytes, name: str) -> Iterator[Source]:
    """Read all sheets into one text; a sheet is a title and a table. Raises InputError."""
    if data.startswith(_OLD):
        raise InputError(name, "an encrypted workbook, or one of Excel 97 (.xls); save it as .xlsx")
    yield _read_workbook(data, name) if data.startswith(_MARKS) else _read_csv(data, name)


class _Sheet:
    """The words and merged cells of a sheet."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.rows: list[list[str]] = []
        self.merged: dict[tuple[int, int], tuple[int, int]] = {}

    def write(self, writer: Writer) -> None:
        """Write the rows that have words: as a table, titles above it as paragraphs."""
        filled = [number for number, row in enumerate(self.rows) if any(row)]
        if not filled:
            return
        places = {number: place for place, number in enumerate(filled)}
        first = next((place for place, number in enumerate(filled) if self._is_row(number)), len(filled))
        for number in filled[:first]:
            for column, words in enumerate(self.rows[number]):
                if words:
                    writer.paragraph(self._words(words, number, column), indented=True)
        body = filled[first:]
        last = next((place for place in range(len(body) - 1, -1, -1) if self._is_row(body[place])), -1)
        table: list[Mapping[int, Grown]] = []
        width = max((len(_trimmed(self.rows[number])) for number in body[: last + 1]), default=0)
        for number in body[: last + 1]:
            cells: dict[int, Grown] = {}
            for column, words in enumerate(self.rows[number][:width]):
                rows, columns = self.merged.get((number, column), (1, 1))
                down = sum(number <= other < number + rows for other in places)
                if words or (rows, columns) != (1, 1):
                    cells[column] = Grown(self._words(words, number, column), down, columns)
            table.append(cells)
        if table:
            writer.table(table, max(width, 1))
        for number in body[last + 1 :]:
            for column, words in enumerate(self.rows[number]):
                if words:
                    writer.paragraph(self._words(words, number, column), indented=True)

    def _is_row(self, number: int) -> bool:
        return sum(bool(words) for words in self.rows[number]) > 1

    def _words(self, words: str, row: int, column: int) -> PlacedWords:
        return PlacedWords(
            words, ((0, Origin(sheet=self.title, cell=f"{_letters(column)}{row + 1}")),) if words else ()
        )


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return row[:end]


def _letters(column: int) -> str:
    """A for column 0, AA for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _read_workbook(data: bytes, name: str) -> Source:
    from openpyxl import load_workbook  # noqa: PLC0415  (slow to load; a build of plain texts needs none)
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    package = Package(data, name)
    for part in sorted(package.names):
        if part.endswith((".xml", ".rels", ".vml")):
            package.refuse_entities(part, package.read(part))
    notices = ["macros in the workbook are not looked at"] if "xl/vbaProject.bin" in package.names else []
    try:
        book = load_workbook(io.BytesIO(data), read_only=False, data_only=True, keep_links=False)
    except (*_BROKEN, InvalidFileException) as error:
        raise InputError(name, f"the workbook is broken: {error}") from error
    if len(book.worksheets) > _MOST_SHEETS:
        raise InputError(name, f"the workbook has {len(book.worksheets)} sheets; {_MOST_SHEETS} is the limit")
    writer = Writer()
    cells = 0
    for sheet in book.worksheets:
        found = _read_sheet(sheet)
        cells += sum(map(len, found.rows))
        if cells > _MOST_CELLS:
            raise InputError(name, f"the workbook has more than {_MOST_CELLS:,} cells")
        found.write(writer)
    if not writer.length:
        raise InputError(name, "the workbook is empty")
    return writer.source(name, notices)


def _read_sheet(sheet: Worksheet) -> _Sheet:
    found = _Sheet(sheet.title)
    rows = min(sheet.max_row or 0, _MOST_ROWS)
    columns = min(sheet.max_column or 0, _WIDEST)
    for row in sheet.iter_rows(min_row=1, max_row=rows, max_col=columns, values_only=True):
        found.rows.append([as_words(value) for value in row])
    for area in sheet.merged_cells.ranges:
        down, across = area.max_row - area.min_row + 1, area.max_col - area.min_col + 1
        found.merged[area.min_row - 1, area.min_col - 1] = (down, across)
    return found


def as_words(value: object) -> str:
    """A cell's value as the sheet shows it, near enough: no tabs, line ends as spaces."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return _SPACE.sub(" ", "".join(c for c in str(value) if c >= " " or c.isspace())).strip()


def _read_csv(data: bytes, name: str) -> Source:
    text, encoding = _decode(data, name)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], ",;\t")
    except csv.Error:
        dialect = csv.excel
    found = _Sheet(name)
    try:
        for row in csv.reader(io.StringIO(text), dialect):
            found.rows.append([as_words(value) for value in row[:_WIDEST]])
            if len(found.rows) > _MOST_ROWS:
                raise InputError(name, f"more than {_MOST_ROWS:,} rows")
    except csv.Error as error:
        raise InputError(name, f"no file of separated values: {error}", len(found.rows) + 1) from error
    writer = Writer()
    found.write(writer)
    if not writer.length:
        raise InputError(name, "the file is empty")
    return writer.source(name, encoding=encoding)


def _decode(data: bytes, name: str) -> tuple[str, str]:
    for encoding in (
        "utf-8-sig",
        "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030",
        "gb18030",
    ):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, encoding.removesuffix("-sig")
    raise InputError(name, "neither UTF-8 nor GB18030 nor UTF-16")

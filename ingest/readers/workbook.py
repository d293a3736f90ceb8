"""Workbooks (.xlsx, .xlsm) and .csv: each sheet a table, merged cells with the cells that they cover."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import posixpath
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ingest.errors import InputError
from ingest.model import Origin, Source
from ingest.readers.package import Package
from ingest.readers.written import Grown, PlacedWords, Writer

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".csv": "text/csv",
}
_MOST_SHEETS = 500
_MOST_CELLS = 1_000_000  # with a value, of all sheets
_MOST_ROWS = 50_000  # of a sheet
_WIDEST = 200  # columns
_LONGEST_TITLE = 80
_SPACE = re.compile(r"[\s\u200b]+")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]{0,200}?\bref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    OSError,
    EOFError,
    SyntaxError,  # of XML: lxml's errors and those of the standard library are its children
    RecursionError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What openpyxl lets through from broken workbooks."""


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

    def __init__(self, title: str, *, merges: bool = True) -> None:
        self.title = title
        self.merges = merges  # whether the file tells which cells are merged
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
            writer.table(table, max(width, 1), merges=self.merges)
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
    writer = Writer()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not know (drawings, validations)
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            if len(book.worksheets) > _MOST_SHEETS:
                many = f"the workbook has {len(book.worksheets)} sheets; {_MOST_SHEETS} is the limit"
                raise InputError(name, many)
            _write_sheets(book.worksheets, package, writer)
    except (*_BROKEN, InvalidFileException) as error:
        raise InputError(name, f"the workbook is broken: {error}") from error
    if not writer.has_words:
        raise InputError(name, "the workbook is empty")
    return writer.source(name, notices)


def _write_sheets(sheets: Sequence[Worksheet], package: Package, writer: Writer) -> None:
    cells = 0
    merged = _merged_areas(package)
    for sheet in sheets:
        found = _Sheet(sheet.title)
        for row in itertools.islice(sheet.iter_rows(max_col=_WIDEST), _MOST_ROWS):
            words = [
                as_words(cell.value, cell.number_format if cell.value is not None else "") for cell in row
            ]
            found.rows.append(list(_trimmed(words)))
            cells += len(found.rows[-1])
            if cells > _MOST_CELLS:
                raise InputError(package.name, f"the workbook has more than {_MOST_CELLS:,} cells")
        for top, left, bottom, right in merged.get(sheet.title, ()):
            found.merged[top, left] = (bottom - top + 1, right - left + 1)
        found.write(writer)


def _merged_areas(package: Package) -> dict[str, list[tuple[int, int, int, int]]]:
    """The merged cells of each sheet by its title: top, left, bottom, right from 0."""
    from openpyxl.utils.cell import range_boundaries  # noqa: PLC0415

    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= package.names:
        return {}
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).lstrip("/")
        for relation in package.xml("xl/_rels/workbook.xml.rels")
    }
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    for sheet in package.xml("xl/workbook.xml").iter():
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        part = targets.get(link)
        if part is None or part not in package.names:
            continue
        areas = _MERGED.findall(package.read(part))[:_MOST_ROWS]
        bounds = (range_boundaries(area.decode()) for area in areas)
        found[sheet.get("name", "")] = [
            (top - 1, left - 1, bottom - 1, right - 1)
            for left, top, right, bottom in bounds
            if left and top and right and bottom
        ]
    return found


def as_words(value: object, shown: str = "") -> str:
    """A cell's value as the sheet shows it, near enough: no tabs, line ends as spaces."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, int | float) and shown.endswith("%"):
        return f"{value * 100:.10g}%"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return _SPACE.sub(" ", "".join(c for c in str(value) if c >= " " or c.isspace())).strip()


def _read_csv(data: bytes, name: str) -> Source:
    text, encoding = _decode(data, name)
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], ",;\t")
    except csv.Error:
        dialect = csv.excel
    found = _Sheet(name, merges=False)
    try:
        for row in csv.reader(io.StringIO(text), dialect):
            found.rows.append([as_words(value) for value in row[:_WIDEST]])
            if len(found.rows) > _MOST_ROWS:
                raise InputError(name, f"more than {_MOST_ROWS:,} rows")
    except csv.Error as error:
        raise InputError(name, f"no file of separated values: {error}", len(found.rows) + 1) from error
    writer = Writer()
    found.write(writer)
    if not writer.has_words:
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

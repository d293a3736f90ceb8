"""Tables as files to hand on: CSV and XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from xlsxwriter import Workbook

CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int | float | None

_FORMULA = re.compile(r"[=+\-@\t\r]")
_ROWS = 1_048_575  # of a sheet, without the head
_CHARACTERS = 32_767  # of a cell
_WIDEST = 60


def csv_file(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A CSV file as spreadsheets open it: UTF-8 with a mark, so that Chinese stays Chinese.

    What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    out = StringIO(newline="")
    written = csv.writer(out)
    written.writerow(head)
    written.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def xlsx_file(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A workbook with one sheet: the head stays in view, columns can be filtered, text is text."""
    out = BytesIO()
    widths = [_width(name) for name in head]
    with Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}) as book:
        sheet = book.add_worksheet("gongbao")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, head, bold)
        last = 0
        for last, row in enumerate(rows, 1):
            if last > _ROWS:
                break
            for column, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(last, column, cell[:_CHARACTERS])
                    widths[column] = max(widths[column], _width(cell))
                elif cell is not None:
                    sheet.write_number(last, column, cell)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        if head:
            sheet.autofilter(0, 0, min(last, _ROWS), len(head) - 1)
    return out.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text[:_WIDEST])

"""Tables as files to hand on: CSV and XLSX."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO

import streamlit as st
from xlsxwriter import Workbook

from queries.present.cells import CellValue

Rows = Iterable[Sequence[CellValue]]

_FORMULA = re.compile(r"[=+\-@\t\r]")
_ROWS = 1_048_575  # of a sheet, without the head
_CHARACTERS = 32_767  # of a cell
_WIDEST = 60


def write_csv(head: Sequence[str], rows: Rows) -> bytes:
    """Return a CSV file as spreadsheets open it: UTF-8 with a mark, so that Chinese stays Chinese.

    What a spreadsheet would take for a formula gets an apostrophe before it (OWASP, CSV injection).
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([_without_formula(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(head: Sequence[str], rows: Rows) -> bytes:
    """Return a workbook with one sheet: the head stays in view, columns can be filtered, text is text."""
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


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """A kind of file: its ending, its media type, and what writes it from a head and rows."""

    ending: str
    media_type: str
    write: Callable[[Sequence[str], Rows], bytes]


FORMATS = (
    ExportFormat("csv", "text/csv", write_csv),
    ExportFormat("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", write_xlsx),
)


def download_buttons(name: str, key: str, make_table: Callable[[], tuple[Sequence[str], Rows]]) -> None:
    """Show a button for each format; head and rows are made when one is clicked."""
    for export in FORMATS:
        st.download_button(
            export.ending.upper(),
            _file_maker(export, make_table),
            f"{name}.{export.ending}",
            export.media_type,
            key=f"{export.ending}:{key}",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )


def _file_maker(
    export: ExportFormat, make_table: Callable[[], tuple[Sequence[str], Rows]]
) -> Callable[[], bytes]:
    return lambda: export.write(*make_table())


def _without_formula(cell: CellValue) -> CellValue:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text[:_WIDEST])

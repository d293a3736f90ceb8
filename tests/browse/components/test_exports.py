"""Files to hand on, read back with other people's readers."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.browse.components.exports import write_csv, write_xlsx

HEAD = ["机构", "任务数"]
ROWS: list[list[str | int | float | None]] = [
    ["云州市科技创新局", 12],
    ["=1+1", None],
    ["<script>alert(1)</script>", 0.5],
    ["https://example.org/a", -3],
]


def test_csv_opens_as_unicode_and_computes_nothing() -> None:
    content = write_csv(HEAD, ROWS)
    assert content.startswith("\ufeff".encode())
    read = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert read == [
        HEAD,
        ["云州市科技创新局", "12"],
        ["'=1+1", ""],
        ["<script>alert(1)</script>", "0.5"],
        ["https://example.org/a", "-3"],
    ]


def test_xlsx_has_text_as_text_and_numbers_as_numbers() -> None:
    sheet = load_workbook(BytesIO(write_xlsx(HEAD, ROWS))).active
    assert sheet is not None
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [HEAD, *ROWS]
    assert sheet["A3"].data_type == "s"  # "=1+1" is no formula
    assert sheet["B2"].data_type == "n"
    assert sheet["A5"].hyperlink is None
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.title) == ("A2", "A1:B5", "gongbao")


def test_without_rows() -> None:
    assert write_csv(HEAD, []).decode("utf-8-sig") == "机构,任务数\r\n"
    sheet = load_workbook(BytesIO(write_xlsx(HEAD, []))).active
    assert sheet is not None
    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [HEAD]


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_no_cell_of_a_csv_begins_as_a_formula_does(cells: list[str]) -> None:
    read = list(csv.reader(StringIO(write_csv(cells, [cells]).decode("utf-8-sig"), newline="")))
    assert len(read) == 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in read[1])

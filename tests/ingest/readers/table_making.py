"""A circular and a table of tasks, drawn from data, as a file of each format."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import docx
from docx.enum.text import WD_BREAK
from openpyxl import Workbook
from reportlab.platypus import Flowable, PageBreak, Paragraph, Table
from reportlab.platypus.tables import TableStyle

from ingest.model import Source
from ingest.readers import docx as docx_reader
from ingest.readers import html, pdf, text, workbook
from tests.cases import Case
from tests.ingest.readers import making
from tests.ingest.readers.taking import Task

UP, LEFT = "^", "<"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table: cells of all rows, how many rows its head has, and the rows at which pages begin."""

    rows: tuple[tuple[str, ...], ...]
    heads: int
    pages: tuple[int, ...] = ()

    def span(self, row: int, column: int) -> tuple[int, int]:
        """How many rows and columns a cell covers."""
        down = across = 1
        while column + across < len(self.rows[row]) and self.rows[row][column + across] == LEFT:
            across += 1
        while row + down < len(self.rows) and self.rows[row + down][column] == UP:
            down += 1
        return down, across

    def parts(self) -> list[Drawn]:
        """The table of each page, its head on each."""
        head, body = self.rows[: self.heads], self.rows[self.heads :]
        starts = [0, *(place - 1 for place in self.pages), len(body)]
        return [Drawn((*head, *body[a:b]), self.heads) for a, b in pairwise(starts)]

    def words(self, end: str) -> list[list[str]]:
        """The cells as words, merged ones empty; ``end`` stands for a line's end."""
        return [["" if cell in (UP, LEFT) else cell.replace("/", end) for cell in row] for row in self.rows]


def drawn(case: Case) -> Drawn:
    rows = tuple(tuple(cell.strip() for cell in line.split("|")) for line in case["rows"].splitlines())
    return Drawn(rows, case["heads"], tuple(case.get("pages", ())))


def tasks_of_case(case: Case) -> list[Task]:
    """What the table says; fields of a task are divided by ; and its items by commas."""
    tasks = []
    for line in case["tasks"]:
        name, bodies, days, targets = ([part.strip() for part in line.split(";")] + [""] * 3)[:4]
        items = [frozenset(filter(None, part.split(", "))) for part in (bodies, days, targets)]
        tasks.append(Task(name, items[0], items[1], items[2]))
    return tasks


def as_html(table: Drawn) -> Source:
    body = "".join(f"<p>{escape(line)}</p>" for line in making.HEAD)
    for part in table.parts():
        body += "<table border=1>"
        for row, cells in enumerate(part.rows):
            body += "<tr>"
            for column, cell in enumerate(cells):
                if cell not in (UP, LEFT):
                    down, across = part.span(row, column)
                    words = escape(cell).replace("/", "<br>")
                    body += f'<td rowspan="{down}" colspan="{across}"><p>{words}</p></td>'
            body += "</tr>"
        body += "</table>"
    return _only(html.read(f"<html><body><div>{body}</div></body></html>".encode(), "a.html"))


def as_docx(table: Drawn) -> Source:
    document = docx.Document()
    for line in making.HEAD:
        document.add_paragraph(line)
    for place, part in enumerate(table.parts()):
        if place:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        made = document.add_table(len(part.rows), len(part.rows[0]))
        for row, cells in enumerate(part.rows):
            for column, cell in enumerate(cells):
                if cell not in (UP, LEFT):
                    down, across = part.span(row, column)
                    whole = made.cell(row, column).merge(made.cell(row + down - 1, column + across - 1))
                    first, *others = cell.split("/")
                    whole.text = first
                    for words in others:
                        whole.add_paragraph(words)
    out = io.BytesIO()
    document.save(out)
    return _only(docx_reader.read(out.getvalue(), "a.docx"))


def as_xlsx(table: Drawn) -> Source:
    book = Workbook()
    sheet = book.worksheets[0]
    for line in making.HEAD:
        sheet.append([line])
    for part in table.parts():
        top = sheet.max_row + 1
        for cells in part.words("\n"):
            sheet.append([int(cell) if cell.isdigit() else cell or None for cell in cells])
        for row, cells_of_row in enumerate(part.rows):
            for column, cell in enumerate(cells_of_row):
                down, across = part.span(row, column)
                if cell not in (UP, LEFT) and (down, across) != (1, 1):
                    sheet.merge_cells(
                        start_row=top + row,
                        end_row=top + row + down - 1,
                        start_column=column + 1,
                        end_column=column + across,
                    )
    out = io.BytesIO()
    book.save(out)
    return _only(workbook.read(out.getvalue(), "a.xlsx"))


def as_csv(table: Drawn) -> Source:
    lines = [f'"{line}"' for line in making.HEAD]
    for part in table.parts():
        lines += [",".join(f'"{cell}"' for cell in row) for row in part.words("\n")]
    return _only(workbook.read("\r\n".join(lines).encode(), "a.csv"))


def as_markdown(table: Drawn) -> Source:
    lines = list(making.HEAD)
    for part in table.parts():
        rows = [f"| {' | '.join(row)} |" for row in part.words("<br>")]
        lines += ["", rows[0], "|" + " --- |" * len(part.rows[0]), *rows[1:], ""]
    return _only(
        text.read(
            "\n\n".join(lines[: len(making.HEAD)]).encode()
            + b"\n"
            + "\n".join(lines[len(making.HEAD) :]).encode(),
            "a.md",
        )
    )


def as_tabs(table: Drawn) -> Source:
    lines = [*making.HEAD, *("\t".join(row) for part in table.parts() for row in part.words(" "))]
    return _only(text.read("\n".join(lines).encode(), "a.txt"))


def as_ruled_pdf(table: Drawn) -> Source:
    return _pdf(table, [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


def as_bare_pdf(table: Drawn) -> Source:
    """Without a line; cells stand at the top of their rows."""
    return _pdf(table, [("VALIGN", (0, 0), (-1, -1), "TOP")])


def as_bare_pdf_in_the_middle(table: Drawn) -> Source:
    """Without a line; cells stand in the middle of their rows."""
    return _pdf(table, [("VALIGN", (0, 0), (-1, -1), "MIDDLE")])


def _pdf(table: Drawn, style: Sequence[tuple[object, ...]]) -> Source:
    story: list[Flowable] = making.front()
    for place, part in enumerate(table.parts()):
        if place:
            story.append(PageBreak())
        spans = [
            ("SPAN", (column, row), (column + across - 1, row + down - 1))
            for row, cells in enumerate(part.rows)
            for column, cell in enumerate(cells)
            if cell not in (UP, LEFT)
            for down, across in [part.span(row, column)]
            if (down, across) != (1, 1)
        ]
        words = [
            [Paragraph(cell, making.body(10)) if cell else "" for cell in row] for row in part.words("<br/>")
        ]
        longest = [
            max(len(cell) for row, cell in enumerate(column) if part.rows[row][1] != LEFT)
            for column in zip(*part.words(""), strict=True)
        ]
        widths = [min(max(count, 4), 9) * 10 + 16 for count in longest]
        story.append(Table(words, colWidths=widths, style=TableStyle([*style, *spans])))
    return _only(pdf.read(making.pdf(story), "a.pdf"))


def _only(found: object) -> Source:
    (source,) = list(found)  # type: ignore[call-overload]
    assert isinstance(source, Source)
    return source


Maker = Callable[[Drawn], Source]
MERGING: tuple[Maker, ...] = (as_html, as_docx, as_xlsx, as_ruled_pdf)
"""Formats that tell merged cells."""
FLAT: tuple[Maker, ...] = (as_csv, as_markdown, as_tabs, as_bare_pdf, as_bare_pdf_in_the_middle)

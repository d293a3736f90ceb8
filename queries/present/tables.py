"""The answer to a question as a table in plain text: CSV and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from queries.model import Language, Question
from queries.present.cells import Cell, cell_of, visible_columns
from queries.run import Row

_MARKDOWN = re.compile(r"([\\|\[\]*_`<>])")


def csv_rows(question: Question, rows: Iterable[Row]) -> Iterator[list[str]]:
    """Return the names of all columns, then the values as the graph has them."""
    yield [column.name for column in question.columns]
    for row in rows:
        yield [row[column.name] or "" for column in question.columns]


def markdown_lines(question: Question, rows: Iterable[Row], language: Language) -> Iterator[str]:
    """Return a table for people in which cells that stand for things are links."""
    columns = visible_columns(question)
    yield _line(escape_markdown(column.words.of(language)) for column in columns)
    yield _line("---:" if column.show == "number" else "---" for column in columns)
    for row in rows:
        yield _line(_markdown(cell_of(column, row)) for column in columns)


def escape_markdown(text: str) -> str:
    """Return text as Markdown that shows just these characters in a cell of a table, in one line."""
    return " ".join(_MARKDOWN.sub(r"\\\1", text).split())


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown(cell: Cell) -> str:
    text = escape_markdown(cell.text)
    return f"[{text}](<{cell.iri}>)" if cell.iri else text

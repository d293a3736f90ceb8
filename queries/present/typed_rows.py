"""The rows of an answer with Python's own types, as a data frame takes them."""

from __future__ import annotations

import re
from datetime import date

from queries.model import Question
from queries.present.cells import record_of
from queries.run import Row

TypedValue = str | int | float | date | None
TypedRow = dict[str, TypedValue]

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def typed_row(question: Question, row: Row) -> TypedRow:
    """Return a row whose number columns hold int or float and whose date columns hold ``datetime.date``.

    What is no number or no whole date (``2022-10``) stays text; an empty cell is None.
    """
    typed: TypedRow = dict(record_of(question, row))
    for column in question.columns:
        if column.show == "date":
            typed[column.name] = _parse_date(row[column.name])
    return typed


def _parse_date(value: str | None) -> str | date | None:
    if value is None or not _DATE.fullmatch(value):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:  # such as 2022-02-30
        return value

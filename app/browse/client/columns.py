"""The columns of an answer, and what their values are: numbers, dates, things or text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.browse.client.answers import QueryAnswer
from queries.model import IRI_SHOWS, Column, Show, Words
from queries.present.cells import visible_columns
from queries.run import Row

FieldKind = Literal["number", "date", "year", "thing", "text"]

_SAMPLE = 5000  # rows whose values say what a column is
_MOST_VALUES = 0.8  # the share of numbers in a column that a chart takes for numbers
_UNIT = "unit"  # the column with the unit of another column's values
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_IRI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|urn:)\S+")
_GONGBAO_IRI = re.compile(
    r"/(?P<kind>doc|fact|org|area|class|function|generic|body)/[^/#?]+(?P<clause>/[^#?]*?)?(?P<task>/task)?$"
)


@dataclass(frozen=True, slots=True)
class AnswerField:
    """A column, and what its values are to a chart."""

    column: Column
    kind: FieldKind


def columns_of(answer: QueryAnswer) -> tuple[Column, ...]:
    """Return the columns that people see: those of the question's header, else every variable."""
    if answer.question is not None and answer.question.columns:
        return visible_columns(answer.question)
    return tuple(
        Column(name, Words(name, name), _show_of_values(values_of(answer, name))) for name in answer.columns
    )


def fields_of(answer: QueryAnswer) -> tuple[AnswerField, ...]:
    """Return the columns that people see, with what their values are to a chart."""
    return tuple(
        AnswerField(column, _kind_of(column, values_of(answer, column.name))) for column in columns_of(answer)
    )


def values_of(answer: QueryAnswer, name: str) -> list[str]:
    """Return the values of a column in the first rows, without the empty ones."""
    return [value for row in islice(answer.rows, _SAMPLE) if (value := row.get(name))]


def parse_number(value: str | None) -> float | None:
    """Return the number that a value is; None where it is none."""
    return float(value) if value is not None and _NUMBER.fullmatch(value) else None


def is_iri(value: str) -> bool:
    """Whether a value is an IRI."""
    return _IRI.fullmatch(value) is not None


def show_of_iri(iri: str) -> Show:
    """Return the kind of thing that an IRI of gongbao names, by its form; text for any other IRI."""
    found = _GONGBAO_IRI.search(iri)
    if found is None:
        return "text"
    if found["kind"] == "doc":
        return "task" if found["task"] else "clause" if found["clause"] else "document"
    return "iri" if found["kind"] == "fact" else "agency"


def count_units(answer: QueryAnswer) -> dict[str, int]:
    """Return the number of rows by unit, the most frequent first; empty where the answer has no units."""
    if _UNIT not in answer.columns:
        return {}
    return dict(Counter(row.get(_UNIT) or "" for row in answer.rows).most_common())


def rows_in_unit(rows: Iterable[Row], unit: str) -> list[Row]:
    """Return the rows of one unit."""
    return [row for row in rows if (row.get(_UNIT) or "") == unit]


def _kind_of(column: Column, values: list[str]) -> FieldKind:
    if column.show in IRI_SHOWS:
        return "thing"
    if column.show == "date":
        return "date"
    if column.show == "number" or _share(values, parse_number) >= _MOST_VALUES:
        return "year" if values and all(map(_YEAR.fullmatch, values)) else "number"
    if _share(values, _IRI.fullmatch) == 1:
        return "thing"
    return "date" if _share(values, _DATE.fullmatch) == 1 else "text"


def _show_of_values(values: list[str]) -> Show:
    if not values:
        return "text"
    if all(map(_NUMBER.fullmatch, values)):
        return "number"
    if all(map(_DATE.fullmatch, values)):
        return "date"
    shows = {show_of_iri(value) if is_iri(value) else "text" for value in values}
    return shows.pop() if len(shows) == 1 else "text"


def _share(values: list[str], test: Callable[[str], object]) -> float:
    return sum(test(value) is not None for value in values) / len(values) if values else 0

"""The cells of an answer: what people see, the thing that it stands for, and the value for programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from queries.model import IRI_SHOWS, Column, Question, Show
from queries.present.labels import local_name

Number = int | float
CellValue = str | Number | None

_UNTITLED = "（无题）"
_NUMBER = re.compile(r"[+-]?[0-9]{1,300}(?P<real>(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?)")


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of an answer. ``kind`` is what its column shows."""

    kind: Show
    value: str | None
    """as the graph has it; None where the variable is unbound"""
    label: str | None = None
    """the words that stand for an IRI"""

    @property
    def text(self) -> str:
        """What people see: the label of a thing where the answer has one, else the value.

        A document that has no title is called so: an IRI is no name.
        """
        return self.label or (_UNTITLED if self.kind == "document" and self.value else self.value or "")

    @property
    def iri(self) -> str | None:
        """The thing that the cell stands for, in a column of things."""
        return self.value if self.kind in IRI_SHOWS else None

    @property
    def name(self) -> str:
        """The label of a thing, else the last part of its IRI: a text for a link."""
        return self.text if self.label or self.kind == "document" or not self.iri else local_name(self.iri)

    @property
    def number(self) -> Number | None:
        """The number, in a column of numbers; None for what is none."""
        return parse_number(self.value) if self.kind == "number" and self.value is not None else None


def cell_of(column: Column, row: Mapping[str, str | None]) -> Cell:
    """Return the cell of a column in a row, with its label where the answer has one."""
    return Cell(column.show, row.get(column.name), row.get(column.label) if column.label else None)


def visible_columns(question: Question) -> tuple[Column, ...]:
    """Return the columns for people: a column that labels another one is seen in its place."""
    labels = {column.label for column in question.columns}
    return tuple(column for column in question.columns if column.name not in labels)


def record_of(question: Question, row: Mapping[str, str | None]) -> dict[str, CellValue]:
    """Return a row for programs, with every column."""
    return {column.name: _data(column.show, row[column.name]) for column in question.columns}


def _data(kind: Show, value: str | None) -> CellValue:
    """Return a value for programs: numbers are numbers, everything else is text."""
    number = parse_number(value) if kind == "number" and value is not None else None
    return value if number is None else number


def parse_number(text: str) -> Number | None:
    """Return the number that a text is: an int where it is whole as it is written, else a float."""
    match = _NUMBER.fullmatch(text)
    if match is None:
        return None
    if not match["real"]:
        return int(text)
    return number if isfinite(number := float(text)) else None

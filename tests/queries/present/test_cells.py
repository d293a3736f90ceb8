"""Cells of an answer: one model for the command line, the endpoint and the browser."""

from __future__ import annotations

import pytest

from queries.model import Column, Question, Show, Words
from queries.present.cells import Cell, cell_of, parse_number, record_of, visible_columns

ORG = "https://w3id.org/gongbao/id/org/甲"
WORDS = Words("甲", "a")
BODY = Column("body", WORDS, "agency", "body_name")
NAME = Column("body_name", WORDS, "text")
TASKS = Column("tasks", WORDS, "number")
QUESTION = Question("a/b", WORDS, WORDS, (), (BODY, NAME, TASKS), False, "SELECT * {}")


def test_a_thing_is_seen_by_its_label_in_place_of_the_column_that_labels_it() -> None:
    assert visible_columns(QUESTION) == (BODY, TASKS)
    cell = cell_of(BODY, {"body": ORG, "body_name": "甲局", "tasks": "3"})
    assert (cell.text, cell.name, cell.iri, cell.number) == ("甲局", "甲局", ORG, None)


def test_without_a_label_it_is_seen_by_its_iri_and_a_link_by_the_last_part_of_it() -> None:
    cell = cell_of(BODY, {"body": ORG, "body_name": None})
    assert (cell.text, cell.name, cell.iri) == (ORG, "甲", ORG)


def test_a_document_without_a_title_is_called_so() -> None:
    document = Column("document", WORDS, "document", "title")
    cell = cell_of(document, {"document": ORG, "title": None})
    assert (cell.text, cell.name, cell.iri) == ("（无题）", "（无题）", ORG)


def test_what_is_unbound_is_empty() -> None:
    cell = cell_of(BODY, {"body": None, "body_name": None})
    assert (cell.text, cell.name, cell.iri, cell.number) == ("", "", None, None)


@pytest.mark.parametrize("kind", ["text", "code", "date"])
def test_only_things_have_an_iri(kind: Show) -> None:
    cell = Cell(kind, ORG)
    assert (cell.text, cell.name, cell.iri) == (ORG, ORG, None)


def test_a_record_has_every_column_and_numbers_that_are_numbers() -> None:
    row = {"body": ORG, "body_name": "7", "tasks": "3"}
    assert record_of(QUESTION, row) == {"body": ORG, "body_name": "7", "tasks": 3}
    assert record_of(QUESTION, {**row, "tasks": "约3"})["tasks"] == "约3"
    assert record_of(QUESTION, {**row, "tasks": None})["tasks"] is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3),
        ("-007", -7),
        ("+2", 2),
        ("1.50", 1.5),
        ("2.0", 2.0),
        ("1.5E2", 150.0),
        ("1E999", None),
        ("INF", None),
        ("1.", None),
        ("三", None),
        ("٣", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_number(text: str, number: float | None) -> None:
    found = parse_number(text)
    assert (found, type(found)) == (number, type(number))

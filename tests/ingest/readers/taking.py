"""From a source to documents and the tasks of its tables, as a build goes."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from ingest.extract import extract
from ingest.model import Document, Source, Text
from ingest.pipeline import documents
from ingest.read import read_bytes
from ingest.source_tables import place_tables


class Task(NamedTuple):
    """A row of a table as facts say it."""

    name: str
    bodies: frozenset[str]
    deadlines: frozenset[str]
    targets: frozenset[str]


def text_of(source: Source) -> Text:
    text = read_bytes(source.text.encode(), "a.txt")  # a plain text, whatever the source was
    return place_tables(text, source.tables) if source.tables else text


def only_document(source: Source) -> Document:
    (document,) = documents(text_of(source))
    return document


def tasks_of(document: Document) -> list[Task]:
    """The tasks of all tables, in the order of the text."""
    facts = extract(document)
    starts = [row for row, _ in facts.names]

    def row_of(start: int, home: int | None) -> int:
        return bisect_right(starts, start if home is None else home) - 1

    tasks = []
    for place, (_, name) in enumerate(facts.names):
        tasks.append(
            Task(
                document.text.quote(name),
                frozenset(
                    f"{fact.role} {fact.unit}"
                    for fact in facts.responsibilities
                    if row_of(fact.span.start, fact.home) == place
                ),
                frozenset(
                    fact.norm for fact in facts.deadlines if row_of(fact.span.start, fact.home) == place
                ),
                frozenset(
                    f"{fact.comparator}{fact.value}{fact.unit} {fact.by}"
                    for fact in facts.targets
                    if row_of(fact.span.start, fact.home) == place
                ),
            )
        )
    return tasks

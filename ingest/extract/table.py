"""What the rows of a table of tasks say: who does what, by when and towards what."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ingest.extract import deadline, target
from ingest.extract.annotation import Proof, Reader
from ingest.extract.table_times import times_of
from ingest.extract.task_table import Kind, Row, task_rows
from ingest.model import (
    Block,
    Deadline,
    DeadlineKind,
    Document,
    ParagraphKind,
    Part,
    Responsibility,
    Role,
    Sentence,
    Span,
    Target,
)
from ingest.pattern import book

_HEAD = book("bracket")["bracket.table"]
_FIRST_LEADS = book("table").regex("table.first-leads")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_APART = book("table").regex("table.apart")
_SENTENCE_END = re.compile(r"[。;!?]+")


@dataclass(frozen=True, slots=True)
class TableFacts:
    """The facts of all tables of a document, and the words that name the task of a row."""

    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    names: tuple[tuple[int, Span], ...] = ()


def extract(document: Document) -> TableFacts:
    """The facts of every table with a column of bodies or of times, in the order of the text."""
    tables = list(task_rows(document))
    if not tables:
        return TableFacts()
    bodies: list[Responsibility] = []
    targets: list[Target] = []
    deadlines: list[Deadline] = []
    names: dict[int, Span] = {}
    reader = Reader(document)
    for rows in tables:
        for row in rows:
            if row.name is not None:
                names.setdefault(row.start, row.name)
            bodies += _bodies_of(document, reader, row)
            times = [
                time for _, cell in row.of(Kind.TIME) for time in times_of(document, cell, _home(row, cell))
            ]
            said, outcomes = _said_in_words(document, row, times)
            deadlines += times + said
            targets += outcomes
    return TableFacts(
        tuple(dict.fromkeys(bodies)),
        tuple(dict.fromkeys(targets)),
        tuple(dict.fromkeys(deadlines)),
        tuple(names.items()),
    )


def _home(row: Row, cell: Span) -> int | None:
    """Where the row stands, for a cell that another row has."""
    return None if row.start <= cell.start < row.end else row.start


def _bodies_of(document: Document, reader: Reader, row: Row) -> Iterator[Responsibility]:
    folded = document.text.folded
    for column, cell in row.of(Kind.BODY):
        if not _HAN.search(folded, cell.start, cell.end):
            continue
        leads = bool(_FIRST_LEADS.search(column.head))
        for stretch in _apart(folded, cell):
            facts = reader.read(stretch, _HEAD.id, Proof.CELL, column.role)
            leads = leads and len(facts) > 1 and not facts[0].unit.startswith("各")
            for fact in facts:
                own = Role.LEAD if leads and fact.role is Role.RESPONSIBLE else fact.role
                leads = False
                yield replace(fact, role=own, home=_home(row, cell))


def _apart(folded: str, cell: Span) -> Iterator[Span]:
    """Names that stand below one another in a cell, with a space for the line's end between them."""
    start = cell.start
    for gap in _APART.finditer(folded, cell.start, cell.end):
        yield Span(start, gap.start())
        start = gap.end()
    yield Span(start, cell.end)


def _said_in_words(
    document: Document, row: Row, times: list[Deadline]
) -> tuple[list[Deadline], list[Target]]:
    """Deadlines and targets in the cells that name the task and its aim; the row's time is the targets'."""
    cells = [(column, cell) for kind in (Kind.TASK, Kind.TARGET) for column, cell in row.of(kind)]
    own = sorted({cell for _, cell in cells if _home(row, cell) is None})
    if not own:
        return [], []
    view = _as_text(document, own)
    day = next((time.norm for time in times if time.kind is DeadlineKind.BY), None)
    years = {cell: year for column, cell in cells if (year := _year_of(column.head))}
    outcomes: list[Target] = []
    for outcome in target.extract(view):
        cell = next((cell for cell in own if cell.start <= outcome.span.start < cell.end), None)
        by = outcome.by or (years.get(cell) if cell else None) or day
        outcomes.append(replace(outcome, by=by))
    known = {time.norm for time in times}
    return [said for said in deadline.extract(view) if said.norm not in known], outcomes


def _year_of(head: str) -> str | None:
    year = re.match(r"(20\d\d)", head)
    return f"{year.group()}-12-31" if year else None


def _as_text(document: Document, cells: list[Span]) -> Document:
    """The document as if it had nothing but these cells, each a paragraph."""
    folded = document.text.folded
    sentences: list[Sentence] = []
    starts = [clause.span.start for clause in document.clauses]
    for cell in cells:
        start, clause = cell.start, max(bisect_right(starts, cell.start) - 1, 0)
        for mark in _SENTENCE_END.finditer(folded, cell.start, cell.end):
            if mark.start() > start:
                sentences.append(Sentence(start, mark.start(), start, clause))
            start = mark.end()
        if start < cell.end:
            sentences.append(Sentence(start, cell.end, start, clause))
    blocks = tuple(Block(cell.start, cell.end, Part.BODY, 0, ParagraphKind.BODY) for cell in cells)
    return replace(document, blocks=blocks, sentences=tuple(sentences))

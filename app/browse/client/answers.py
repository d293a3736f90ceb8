"""What an answer is made of: which columns are numbers, dates or things, and what can be drawn from them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from app.browse.client.endpoint import Answer
from queries.model import IRI_SHOWS, Column, Show, Words
from queries.present.cells import visible_columns
from queries.present.labels import local_name
from queries.run import Row

FieldKind = Literal["number", "date", "year", "thing", "text"]

_LOOKED_AT = 5000  # rows that say what a column holds
_MOSTLY = 0.8  # of the values of a column that is a number to a chart
_EDGES = frozenset(
    {"relation", "role", "kind", "via", "change"}
)  # columns that say how two things are linked
_UNIT = "unit"  # the column whose values say in what another one counts
_NUMBER = re.compile(r"[+-]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
_IRI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.\-]*://|urn:)\S+")
_OURS = re.compile(
    r"/(?P<kind>doc|fact|org|area|class|function|generic|body)/[^/#?]+(?P<clause>/[^#?]*?)?(?P<task>/task)?$"
)


@dataclass(frozen=True, slots=True)
class Field:
    """A column with what its values are."""

    column: Column
    kind: FieldKind


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of a graph."""

    iri: str
    name: str
    show: Show


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two things by their IRIs, with the word or the IRI that says which."""

    source: str
    target: str
    means: str
    width: int | None = None
    """how much stands behind it, as a place in ``graphs.WIDTHS``; None for a link that has a direction"""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A graph, and how many links there are in all."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    total: int
    centre: str | None = None
    """the node that all of it is about, if there is one"""


def columns_of(answer: Answer) -> tuple[Column, ...]:
    """The columns that people see: those of the question's header, else every variable with what it holds."""
    if answer.question is not None and answer.question.columns:
        return visible_columns(answer.question)
    return tuple(Column(name, Words(name, name), _show(values_of(answer, name))) for name in answer.columns)


def fields_of(answer: Answer) -> tuple[Field, ...]:
    """The columns that people see, with what their values are to a chart."""
    return tuple(
        Field(column, _kind(column, values_of(answer, column.name))) for column in columns_of(answer)
    )


def values_of(answer: Answer, name: str) -> list[str]:
    """The values of a column in the first rows, without the empty ones."""
    return [value for row in islice(answer.rows, _LOOKED_AT) if (value := row.get(name))]


def number_of(value: str | None) -> float | None:
    """The number that a value is, if it is one."""
    return float(value) if value is not None and _NUMBER.fullmatch(value) else None


def show_of(iri: str) -> Show:
    """What an IRI names, by the way in which gongbao mints them; text where it is of others."""
    found = _OURS.search(iri)
    if found is None:
        return "text"
    if found["kind"] == "doc":
        return "task" if found["task"] else "clause" if found["clause"] else "document"
    return "iri" if found["kind"] == "fact" else "agency"


def units_of(answer: Answer) -> dict[str, int]:
    """Unit → how many rows are in it, the most frequent first; empty where the answer has no units."""
    if _UNIT not in answer.columns:
        return {}
    return dict(Counter(row.get(_UNIT) or "" for row in answer.rows).most_common())


def in_unit(rows: Iterable[Row], unit: str) -> list[Row]:
    """The rows that are in a unit."""
    return [row for row in rows if (row.get(_UNIT) or "") == unit]


def graph_of(answer: Answer, most: int) -> Drawn | None:
    """The first two columns of things as nodes and links; None where there are not two of them.

    Each link is drawn once; at most so many are.
    """
    things = [field.column for field in fields_of(answer) if field.kind == "thing"]
    means = next((name for name in answer.columns if name in _EDGES), None)
    if len(things) == 3 and answer.question is None:  # ?s ?p ?o
        means = things.pop(1).name
    if len(things) < 2:
        return None
    first, second = things[:2]
    nodes: dict[str, Node] = {}
    edges: dict[Edge, None] = {}
    for row in answer.rows:
        source, target = row.get(first.name), row.get(second.name)
        if not source or not target or not _IRI.fullmatch(source) or not _IRI.fullmatch(target):
            continue
        edge = Edge(source, target, (row.get(means) if means else None) or "")
        if edge in edges:
            continue
        edges[edge] = None
        if len(edges) <= most:
            for column, iri in ((first, source), (second, target)):
                nodes.setdefault(iri, Node(iri, _name(answer, column, row, iri), _node_show(column, iri)))
    return Drawn(tuple(nodes.values()), tuple(islice(edges, most)), len(edges)) if edges else None


def _node_show(column: Column, iri: str) -> Show:
    return column.show if column.show in IRI_SHOWS else show_of(iri)


def _name(answer: Answer, column: Column, row: Mapping[str, str | None], iri: str) -> str:
    names = (
        [column.label]
        if column.label
        else [f"{column.name}{end}" for end in ("_name", "Name", "_label", "Label")]
    )
    return next((said for name in names if (said := row.get(name))), local_name(iri))


def _kind(column: Column, values: list[str]) -> FieldKind:
    if column.show in IRI_SHOWS:
        return "thing"
    if column.show == "date":
        return "date"
    if column.show == "number" or _share(values, number_of) >= _MOSTLY:
        return "year" if values and all(map(_YEAR.fullmatch, values)) else "number"
    if _share(values, _IRI.fullmatch) == 1:
        return "thing"
    return "date" if _share(values, _DATE.fullmatch) == 1 else "text"


def _show(values: list[str]) -> Show:
    if not values:
        return "text"
    if all(map(_NUMBER.fullmatch, values)):
        return "number"
    if all(map(_DATE.fullmatch, values)):
        return "date"
    shows = {show_of(value) if _IRI.fullmatch(value) else "text" for value in values}
    return shows.pop() if len(shows) == 1 else "text"


def _share(values: list[str], holds: Callable[[str], object]) -> float:
    return sum(holds(value) is not None for value in values) / len(values) if values else 0

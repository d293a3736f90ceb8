"""An answer as a graph: two of its columns name things, and each row links two of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from app.browse.client.answers import QueryAnswer
from app.browse.client.columns import fields_of, is_iri, show_of_iri
from queries.model import IRI_SHOWS, Column, Show
from queries.present.labels import local_name

_EDGE_COLUMNS = frozenset({"relation", "role", "kind", "via", "change"})  # that say how two things are linked


@dataclass(frozen=True, slots=True)
class AnswerNode:
    """A thing of a graph."""

    iri: str
    name: str
    show: Show


@dataclass(frozen=True, slots=True)
class AnswerEdge:
    """A link between two things by their IRIs; ``relation`` is the code or the IRI that says which link."""

    source: str
    target: str
    relation: str
    strength: int | None = None
    """how much stands behind it, as an index of ``graphs.WIDTHS``; None for a link that has a direction"""


@dataclass(frozen=True, slots=True)
class AnswerGraph:
    """A graph, and how many links there are in all."""

    nodes: tuple[AnswerNode, ...]
    edges: tuple[AnswerEdge, ...]
    total: int
    centre: str | None = None
    """the IRI of the node that all of it is about, if there is one"""


def graph_of(answer: QueryAnswer, most: int) -> AnswerGraph | None:
    """Return the first two columns of things as nodes and edges; None where there are not two of them.

    Each link is one edge; there are at most so many.
    """
    things = [field.column for field in fields_of(answer) if field.kind == "thing"]
    relation = next((name for name in answer.columns if name in _EDGE_COLUMNS), None)
    if len(things) == 3 and answer.question is None:  # ?s ?p ?o
        relation = things.pop(1).name
    if len(things) < 2:
        return None
    first, second = things[:2]
    nodes: dict[str, AnswerNode] = {}
    edges: dict[AnswerEdge, None] = {}
    for row in answer.rows:
        source, target = row.get(first.name), row.get(second.name)
        if not source or not target or not is_iri(source) or not is_iri(target):
            continue
        edge = AnswerEdge(source, target, (row.get(relation) if relation else None) or "")
        if edge in edges:
            continue
        edges[edge] = None
        if len(edges) <= most:
            for column, iri in ((first, source), (second, target)):
                nodes.setdefault(iri, _node(column, row, iri))
    return AnswerGraph(tuple(nodes.values()), tuple(islice(edges, most)), len(edges)) if edges else None


def _node(column: Column, row: Mapping[str, str | None], iri: str) -> AnswerNode:
    suffixes = ("_name", "Name", "_label", "Label")
    columns = [column.label] if column.label else [f"{column.name}{suffix}" for suffix in suffixes]
    name = next((value for label in columns if (value := row.get(label))), local_name(iri))
    return AnswerNode(iri, name, column.show if column.show in IRI_SHOWS else show_of_iri(iri))

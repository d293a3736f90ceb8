"""Explores an endpoint from node to node: asks the questions of link/ and puts the answers into a graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from app.browse.client.endpoint import Answer, Source
from app.browse.views.links.graph import (
    Direction,
    Graph,
    Neighbour,
    Thing,
    Way,
    begin,
    looked,
    opened,
    reference,
    without,
)
from app.browse.views.links.trail import Step, added

PAGE = 12
"""Neighbours a page, as link/neighbours gives them"""

LISTED = 8
"""Things of a kind that a search lists"""

_SEARCHED = ("agency", "document", "task")
_PAGES = 20  # that are read on where all of a page is in the graph already


@dataclass(frozen=True, slots=True)
class Explored:
    """A graph with the steps that lead to it, and how many steps of an address could not be followed."""

    graph: Graph
    steps: tuple[Step, ...]
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind that words found, the best of them, and how many there are in all."""

    kind: str
    things: tuple[Thing, ...]
    total: int


def things(source: Source, words: str) -> list[Thing]:
    """The nodes that have just this IRI, name, number or title."""
    return [_thing(row) for row in source.ask("info/node", {"node": words}).rows]


def searched(source: Source, words: str) -> list[Group]:
    """Nodes that words find, by kind: those of just that name first, the best, and how many there are."""
    exact = [thing for thing in things(source, words) if thing.kind in _SEARCHED]
    groups = []
    for kind in _SEARCHED:
        first = {thing.iri: thing for thing in exact if thing.kind == kind}
        others, total = _found(source, words, kind)
        found = list({**first, **{thing.iri: thing for thing in others if thing.iri not in first}}.values())
        if found:
            groups.append(Group(kind, tuple(found[:LISTED]), max(total, len(found))))
    return groups


def _found(source: Source, words: str, kind: str) -> tuple[list[Thing], int]:
    found = source.search(words, kind)
    if found is not None:
        return [Thing(hit.iri, hit.title, hit.kind) for hit in found.hits], found.total
    rows = source.ask("info/named", {"words": words, "kind": kind}).rows
    return [_thing(row) for row in rows], len(rows)


def started(source: Source, thing: Thing) -> Graph:
    """A graph of one node, which knows its ways."""
    return begin(thing, _ways(source.ask("link/degrees", {"node": thing.iri})))


def look(source: Source, graph: Graph, iri: str) -> Graph:
    """The graph that knows the ways out of a node."""
    if iri in graph.ways:
        return graph
    return looked(graph, iri, _ways(source.ask("link/degrees", {"node": iri})))


def follow(source: Source, explored: Explored, step: Step) -> Explored:
    """One step further; one that changes nothing is none, and one at a node that is not there is lost."""
    graph = explored.graph
    iri = graph.named(step.at)
    if iri is None or (step.what == "x" and iri == graph.start):
        return Explored(graph, explored.steps, explored.lost + 1)
    if step.what == "x":
        graph = without(graph, iri)
    else:
        graph = look(source, graph, iri)
        for _ in range(step.times):
            ways = [step.what] if isinstance(step.what, Way) else _open_ways(graph, iri)
            graph = _opened(source, graph, iri, ways)
    changed = len(graph.edges) != len(explored.graph.edges) or step.what == "x"
    return Explored(graph, added(explored.steps, step) if changed else explored.steps, explored.lost)


def followed(source: Source, thing: Thing, steps: Iterable[Step]) -> Explored:
    """The graph to which all the steps lead; without any, the start with a page of all that is around it."""
    explored = Explored(started(source, thing), ())
    for step in tuple(steps) or (Step(reference(thing.iri), "all"),):
        explored = follow(source, explored, step)
    return explored


def _open_ways(graph: Graph, iri: str) -> list[Way]:
    return [way for way, shown in graph.shown(iri).items() if shown.more]


def _opened(source: Source, graph: Graph, iri: str, ways: list[Way]) -> Graph:
    """Ways opened by a page each, and by more where a page has nothing that is not there yet."""
    for _ in range(_PAGES):
        if not ways or not graph.room:
            break
        asked = [("link/neighbours", _values(graph, iri, way)) for way in ways]
        again = []
        for way, answer in zip(ways, source.ask_all(asked), strict=True):
            before = len(graph.edges)
            graph = opened(graph, iri, way, _neighbours(answer))
            if len(graph.edges) == before and len(answer.rows) == PAGE:
                again.append(way)
        ways = again
    return graph


def _values(graph: Graph, iri: str, way: Way) -> dict[str, str]:
    values = {"node": iri, "edge": way.edge, "direction": way.direction}
    cursor = graph.cursors.get((iri, way))
    return values if cursor is None else {**values, "after": cursor}


def _neighbours(answer: Answer) -> list[Neighbour]:
    return [
        Neighbour(
            Thing(row["neighbour"] or "", row["name"] or "", row["kind"] or "", row["date"] or None),
            row["key"] or "",
            row["change"],
        )
        for row in answer.rows
    ]


def _ways(answer: Answer) -> dict[Way, int]:
    return {
        Way(row["edge"] or "", cast("Direction", row["direction"])): int(row["neighbours"] or 0)
        for row in answer.rows
    }


def _thing(row: dict[str, str | None]) -> Thing:
    return Thing(row["node"] or "", row["name"] or "", row["kind"] or "", row.get("date"))

"""Explores an endpoint from node to node: asks the questions of link/ and puts the answers into a graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from app.browse.client.answers import QueryAnswer
from app.browse.client.endpoint import EndpointClient
from app.browse.views.links.graph import (
    Direction,
    LinkGraph,
    LinkType,
    Neighbour,
    Thing,
    add_neighbours,
    remove_node,
    short_id,
    start_graph,
    with_totals,
)
from app.browse.views.links.trail import TrailStep, append_step
from queries.run import Row

PAGE = 12
"""Neighbours of a page, as link/neighbours gives them"""

LISTED = 8
"""Things of a kind that a search lists"""

_SEARCHED = ("agency", "document", "task")
_PAGES = 20  # that are read on where all of a page is in the graph already


@dataclass(frozen=True, slots=True)
class Exploration:
    """A graph with the steps that lead to it, and how many steps of an address could not be repeated."""

    graph: LinkGraph
    steps: tuple[TrailStep, ...]
    lost: int = 0


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """Things of one kind that words found, the best of them, and how many there are in all."""

    kind: str
    things: tuple[Thing, ...]
    total: int


def find_things(client: EndpointClient, name: str) -> list[Thing]:
    """Return the things with exactly this IRI, name, number or title."""
    return [_thing(row) for row in client.ask("info/node", {"node": name}).rows]


def search_things(client: EndpointClient, words: str) -> list[SearchGroup]:
    """Return the things that words find, by kind: those with exactly that name first."""
    exact = [thing for thing in find_things(client, words) if thing.kind in _SEARCHED]
    groups = []
    for kind in _SEARCHED:
        things = {thing.iri: thing for thing in exact if thing.kind == kind}
        others, total = _search_kind(client, words, kind)
        for thing in others:
            things.setdefault(thing.iri, thing)
        if things:
            groups.append(SearchGroup(kind, tuple(things.values())[:LISTED], max(total, len(things))))
    return groups


def load_totals(client: EndpointClient, graph: LinkGraph, iri: str) -> LinkGraph:
    """Return the graph that knows the number of all neighbours of a node."""
    if iri in graph.totals:
        return graph
    return with_totals(graph, iri, _ask_totals(client, iri))


def apply_step(client: EndpointClient, exploration: Exploration, step: TrailStep) -> Exploration:
    """Go one step further.

    A step that changes nothing is not remembered; one at a node that is not there counts as lost.
    """
    graph, steps = exploration.graph, exploration.steps
    iri = graph.find(step.node)
    if iri is None or (step.action == "x" and iri == graph.start):
        return Exploration(graph, steps, exploration.lost + 1)
    if step.action == "x":
        graph = remove_node(graph, iri)
    else:
        graph = load_totals(client, graph, iri)
        for _ in range(step.times):
            links = [step.action] if isinstance(step.action, LinkType) else _unfinished(graph, iri)
            graph = _open_links(client, graph, iri, links)
    changed = len(graph.edges) != len(exploration.graph.edges) or step.action == "x"
    return Exploration(graph, append_step(steps, step) if changed else steps, exploration.lost)


def replay(client: EndpointClient, thing: Thing, steps: Iterable[TrailStep]) -> Exploration:
    """Return the graph to which the steps lead; without any, the start with a page of all its neighbours."""
    exploration = Exploration(start_graph(thing, _ask_totals(client, thing.iri)), ())
    for step in tuple(steps) or (first_step(thing),):
        exploration = apply_step(client, exploration, step)
    return exploration


def first_step(thing: Thing) -> TrailStep:
    """Return the step with which a graph begins if there is no other: all links of its start are opened."""
    return TrailStep(short_id(thing.iri), "all")


def _search_kind(client: EndpointClient, words: str, kind: str) -> tuple[list[Thing], int]:
    page = client.search(words, kind)
    if page is not None:
        return [Thing(hit.iri, hit.title, hit.kind) for hit in page.hits], page.total
    rows = client.ask("info/named", {"words": words, "kind": kind}).rows
    return [_thing(row) for row in rows], len(rows)


def _unfinished(graph: LinkGraph, iri: str) -> list[LinkType]:
    return [link for link, count in graph.count_neighbours(iri).items() if count.more]


def _open_links(client: EndpointClient, graph: LinkGraph, iri: str, links: list[LinkType]) -> LinkGraph:
    """Add a page of neighbours of each type, and more where all of a page is in the graph already."""
    for _ in range(_PAGES):
        if not links or not graph.remaining:
            break
        calls = [("link/neighbours", _parameters(graph, iri, link)) for link in links]
        again = []
        for link, answer in zip(links, client.ask_all(calls), strict=True):
            before = len(graph.edges)
            graph = add_neighbours(graph, iri, link, _neighbours(answer))
            if len(graph.edges) == before and len(answer.rows) == PAGE:
                again.append(link)
        links = again
    return graph


def _parameters(graph: LinkGraph, iri: str, link: LinkType) -> dict[str, str]:
    values = {"node": iri, "edge": link.edge, "direction": link.direction}
    cursor = graph.cursors.get((iri, link))
    return values if cursor is None else {**values, "after": cursor}


def _neighbours(answer: QueryAnswer) -> list[Neighbour]:
    return [
        Neighbour(
            Thing(row["neighbour"] or "", row["name"] or "", row["kind"] or "", row["date"] or None),
            row["key"] or "",
            row["change"],
        )
        for row in answer.rows
    ]


def _ask_totals(client: EndpointClient, iri: str) -> dict[LinkType, int]:
    return {
        LinkType(row["edge"] or "", cast("Direction", row["direction"])): int(row["neighbours"] or 0)
        for row in client.ask("link/degrees", {"node": iri}).rows
    }


def _thing(row: Row) -> Thing:
    return Thing(row["node"] or "", row["name"] or "", row["kind"] or "", row.get("date"))

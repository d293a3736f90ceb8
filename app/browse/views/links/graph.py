"""A graph that is explored: nodes that stay where they are, edges between them, how many more there are.

A graph is a value: every change returns another one. Only the neighbours that were asked for are in it; for
each type of links of a node it knows the number of all neighbours, so that none is left out in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Literal

from app.browse.views.links.layout import Point, place_around

MOST = 500
"""Largest number of nodes in a graph that a browser draws smoothly and a person can read"""

Direction = Literal["out", "in"]


@dataclass(frozen=True, slots=True, order=True)
class LinkType:
    """The edges of one kind that start at a node (out) or end there (in)."""

    edge: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Thing:
    """The entity that a node represents; ``kind`` is agency, document, cited, task, target or deadline."""

    iri: str
    name: str
    kind: str
    date: str | None = None

    @property
    def year(self) -> str | None:
        """The year of its date."""
        return self.date[:4] if self.date else None


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A thing at its point of the drawing."""

    thing: Thing
    point: Point


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """One edge by the IRIs of its ends; ``change`` is the code of what happened where bodies changed."""

    source: str
    target: str
    kind: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour in an answer, with the key after which the next page begins."""

    thing: Thing
    key: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class NeighbourCount:
    """Neighbours of a node by one type of links: how many are in the graph, and how many more there are."""

    shown: int
    more: int


@lru_cache(maxsize=10 * MOST)
def short_id(iri: str) -> str:
    """Return a short id of an IRI for addresses and the drawing: 40 bits of its SHA-256 in base 32."""
    digits = "abcdefghijklmnopqrstuvwxyz234567"
    number = int.from_bytes(sha256(iri.encode()).digest()[:5], "big")
    return "".join(digits[number >> shift & 31] for shift in range(35, -5, -5))


@dataclass(frozen=True, slots=True)
class LinkGraph:
    """Nodes by IRI in the order in which they came, the first of them the start.

    ``totals`` has the number of all neighbours by type of links, for the nodes of which it was asked;
    ``cursors`` the key of the last neighbour that was fetched for a node and a type of links.
    """

    nodes: Mapping[str, GraphNode]
    edges: tuple[GraphEdge, ...] = ()
    totals: Mapping[str, Mapping[LinkType, int]] = field(default_factory=lambda: MappingProxyType({}))
    cursors: Mapping[tuple[str, LinkType], str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def start(self) -> str:
        """The IRI that it began with."""
        return next(iter(self.nodes))

    @property
    def remaining(self) -> int:
        """How many nodes can still be added."""
        return MOST - len(self.nodes)

    def count_neighbours(self, iri: str) -> dict[LinkType, NeighbourCount]:
        """Return the neighbours of a node by type of links; empty where its totals are not known."""
        present = Counter(link for edge in self.edges for end, link in _ends(edge) if end == iri)
        return {
            link: NeighbourCount(present[link], max(total - present[link], 0))
            for link, total in self.totals.get(iri, {}).items()
        }

    def count_missing(self) -> dict[str, int]:
        """Return how many neighbours are not in the graph, for each node whose totals are known."""
        present = Counter(end for edge in self.edges for end in _ends(edge))
        return {
            iri: sum(max(total - present[iri, link], 0) for link, total in totals.items())
            for iri, totals in self.totals.items()
        }

    def find(self, short: str) -> str | None:
        """Return the IRI in the graph with that short id; None where there is none."""
        return next((iri for iri in self.nodes if short_id(iri) == short), None)


def _ends(edge: GraphEdge) -> tuple[tuple[str, LinkType], tuple[str, LinkType]]:
    """Return both ends, each with the type of links by which the other is its neighbour."""
    return (edge.source, LinkType(edge.kind, "out")), (edge.target, LinkType(edge.kind, "in"))


def start_graph(thing: Thing, totals: Mapping[LinkType, int]) -> LinkGraph:
    """Return a graph of one node."""
    nodes = MappingProxyType({thing.iri: GraphNode(thing, Point(0.0, 0.0))})
    return with_totals(LinkGraph(nodes), thing.iri, totals)


def with_totals(graph: LinkGraph, iri: str, totals: Mapping[LinkType, int]) -> LinkGraph:
    """Return the same graph, which knows the number of all neighbours of a node."""
    known = {**graph.totals, iri: MappingProxyType(dict(totals))}
    return replace(graph, totals=MappingProxyType(known))


def add_neighbours(graph: LinkGraph, iri: str, link: LinkType, page: Iterable[Neighbour]) -> LinkGraph:
    """Return the graph with a page of a node's neighbours, as many as fit; what was there stays."""
    nodes = dict(graph.nodes)
    edges = dict.fromkeys(graph.edges)
    cursor = graph.cursors.get((iri, link))
    fitting: list[Neighbour] = []
    for neighbour in page:
        if neighbour.thing.iri not in nodes and len(nodes) + _count_new(fitting, nodes) >= MOST:
            break
        fitting.append(neighbour)
        cursor = neighbour.key
    new = [each.thing for each in fitting if each.thing.iri not in nodes]
    points = place_around(
        nodes[iri].point,
        _outward(graph, iri),
        len(new),
        [node.point for node in nodes.values()],
        [nodes[other].point for other in _neighbours_of(graph, iri)],
    )
    nodes.update({thing.iri: GraphNode(thing, point) for thing, point in zip(new, points, strict=True)})
    for each in fitting:
        ends = (iri, each.thing.iri) if link.direction == "out" else (each.thing.iri, iri)
        edges[GraphEdge(*ends, link.edge, each.change)] = None
    cursors = {**graph.cursors, **({} if cursor is None else {(iri, link): cursor})}
    return replace(
        graph, nodes=MappingProxyType(nodes), edges=tuple(edges), cursors=MappingProxyType(cursors)
    )


def _count_new(neighbours: Iterable[Neighbour], nodes: Mapping[str, GraphNode]) -> int:
    return sum(each.thing.iri not in nodes for each in neighbours)


def _neighbours_of(graph: LinkGraph, iri: str) -> list[str]:
    """Return the nodes that have an edge with a node."""
    return [
        other
        for edge in graph.edges
        for mine, other in ((edge.source, edge.target), (edge.target, edge.source))
        if mine == iri
    ]


def _outward(graph: LinkGraph, iri: str) -> Point | None:
    """Return the direction away from the node from which a node was reached: there is most room."""
    order = {each: place for place, each in enumerate(graph.nodes)}
    before = [other for other in _neighbours_of(graph, iri) if order[other] < order[iri]]
    if not before:
        return None
    origin = graph.nodes[min(before, key=order.__getitem__)].point
    point = graph.nodes[iri].point
    return Point(point.x - origin.x, point.y - origin.y)


def remove_node(graph: LinkGraph, iri: str) -> LinkGraph:
    """Return the graph without a node and all that is linked to the start by it alone; the start stays.

    What was removed counts among the neighbours that are not in the graph, and can be fetched again.
    """
    if iri == graph.start or iri not in graph.nodes:
        return graph
    neighbours: dict[str, set[str]] = {each: set() for each in graph.nodes}
    for edge in graph.edges:
        neighbours[edge.source].add(edge.target)
        neighbours[edge.target].add(edge.source)
    connected, frontier = {graph.start}, [graph.start]
    while frontier:
        new = neighbours[frontier.pop()] - connected - {iri}
        connected |= new
        frontier.extend(new)
    around = {other for each in graph.nodes.keys() - connected for other in neighbours[each]}
    return LinkGraph(
        MappingProxyType({each: node for each, node in graph.nodes.items() if each in connected}),
        tuple(edge for edge in graph.edges if edge.source in connected and edge.target in connected),
        MappingProxyType({each: totals for each, totals in graph.totals.items() if each in connected}),
        MappingProxyType(
            {
                at: key for at, key in graph.cursors.items() if at[0] in connected and at[0] not in around
            }  # pages begin anew where something was taken away
        ),
    )


def move_nodes(graph: LinkGraph, points: Mapping[str, Point]) -> LinkGraph:
    """Return the graph with some nodes at other points, by their IRIs."""
    nodes = {
        iri: replace(node, point=points[iri]) if iri in points else node for iri, node in graph.nodes.items()
    }
    return replace(graph, nodes=MappingProxyType(nodes))

"""What someone has explored: nodes that stay where they are, edges between them, how many more there are.

A graph is a value: what is done to it gives another. Only the neighbours that were asked for are in it; of
the ways out of a node it knows how many neighbours lie there in all, so that none is left out in silence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from types import MappingProxyType
from typing import Literal

from app.browse.views.links.layout import Spot, placed

MOST = 500
"""Nodes that a graph has at most: what a browser draws fluently and a person can still read"""

Direction = Literal["out", "in"]


@dataclass(frozen=True, slots=True, order=True)
class Way:
    """Edges of one kind that start at a node (out) or end there (in)."""

    edge: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class Thing:
    """What a node stands for; ``kind`` is agency, document, cited, task, target or deadline."""

    iri: str
    name: str
    kind: str
    date: str | None = None

    @property
    def year(self) -> str | None:
        """The year of its date."""
        return self.date[:4] if self.date else None


@dataclass(frozen=True, slots=True)
class Node:
    """A thing at its place."""

    thing: Thing
    spot: Spot


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge by the IRIs of its ends; ``change`` is the code of what happened where bodies changed."""

    source: str
    target: str
    kind: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour as an answer has it, with the key after which the next page begins."""

    thing: Thing
    key: str
    change: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Of a way out of a node: how many neighbours are in the graph, and how many more there are."""

    shown: int
    more: int


@lru_cache(maxsize=10 * MOST)
def reference(iri: str) -> str:
    """A short name for an IRI, as addresses and the browser's graph have it: 40 bits in base 32."""
    digits = "abcdefghijklmnopqrstuvwxyz234567"
    number = int.from_bytes(sha256(iri.encode()).digest()[:5], "big")
    return "".join(digits[number >> shift & 31] for shift in range(35, -5, -5))


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes by IRI in the order in which they came, the first of them the start.

    ``ways`` has, for the nodes that were looked at, how many neighbours there are in all; ``cursors`` the
    key of the last neighbour that was fetched that way.
    """

    nodes: Mapping[str, Node]
    edges: tuple[Edge, ...] = ()
    ways: Mapping[str, Mapping[Way, int]] = field(default_factory=lambda: MappingProxyType({}))
    cursors: Mapping[tuple[str, Way], str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def start(self) -> str:
        """The IRI that it began with."""
        return next(iter(self.nodes))

    @property
    def room(self) -> int:
        """How many nodes can still be added."""
        return MOST - len(self.nodes)

    def shown(self, iri: str) -> dict[Way, Shown]:
        """Every way out of a node that was looked at; empty for one that was not."""
        present = Counter(way for edge in self.edges for end, way in _ends(edge) if end == iri)
        return {
            way: Shown(present[way], max(total - present[way], 0))
            for way, total in self.ways.get(iri, {}).items()
        }

    def more(self) -> dict[str, int]:
        """For the nodes that were looked at, how many neighbours are not in the graph, by all ways."""
        present = Counter(place for edge in self.edges for place in _ends(edge))
        return {
            iri: sum(max(total - present[iri, way], 0) for way, total in ways.items())
            for iri, ways in self.ways.items()
        }

    def named(self, short: str) -> str | None:
        """The IRI in the graph with a reference."""
        return next((iri for iri in self.nodes if reference(iri) == short), None)


def _ends(edge: Edge) -> tuple[tuple[str, Way], tuple[str, Way]]:
    """Both ends, each with the way on which the other lies."""
    return (edge.source, Way(edge.kind, "out")), (edge.target, Way(edge.kind, "in"))


def begin(thing: Thing, ways: Mapping[Way, int]) -> Graph:
    """A graph of one node."""
    return looked(Graph(MappingProxyType({thing.iri: Node(thing, Spot(0.0, 0.0))})), thing.iri, ways)


def looked(graph: Graph, iri: str, ways: Mapping[Way, int]) -> Graph:
    """The same graph that knows how many neighbours a node of it has each way."""
    return replace(graph, ways=MappingProxyType({**graph.ways, iri: MappingProxyType(dict(ways))}))


def opened(graph: Graph, iri: str, way: Way, page: Iterable[Neighbour]) -> Graph:
    """The graph with a page of a node's neighbours, as many as there is room for; what was there stays."""
    nodes = dict(graph.nodes)
    edges = dict.fromkeys(graph.edges)
    cursor = graph.cursors.get((iri, way))
    taken: list[Neighbour] = []
    for neighbour in page:
        if neighbour.thing.iri not in nodes and len(nodes) + _new(taken, nodes) >= MOST:
            break
        taken.append(neighbour)
        cursor = neighbour.key
    coming = [each.thing for each in taken if each.thing.iri not in nodes]
    spots = placed(
        nodes[iri].spot,
        _outward(graph, iri),
        len(coming),
        [node.spot for node in nodes.values()],
        [nodes[other].spot for other in _beside(graph, iri)],
    )
    nodes.update({thing.iri: Node(thing, spot) for thing, spot in zip(coming, spots, strict=True)})
    for each in taken:
        ends = (iri, each.thing.iri) if way.direction == "out" else (each.thing.iri, iri)
        edges[Edge(*ends, way.edge, each.change)] = None
    cursors = {**graph.cursors, **({} if cursor is None else {(iri, way): cursor})}
    return replace(
        graph, nodes=MappingProxyType(nodes), edges=tuple(edges), cursors=MappingProxyType(cursors)
    )


def _new(taken: Iterable[Neighbour], nodes: Mapping[str, Node]) -> int:
    return sum(each.thing.iri not in nodes for each in taken)


def _beside(graph: Graph, iri: str) -> list[str]:
    """Nodes that have an edge with a node."""
    return [
        other
        for edge in graph.edges
        for mine, other in ((edge.source, edge.target), (edge.target, edge.source))
        if mine == iri
    ]


def _outward(graph: Graph, iri: str) -> Spot | None:
    """The direction from the node that a node came from, where its neighbours have most room."""
    order = {each: place for place, each in enumerate(graph.nodes)}
    before = [other for other in _beside(graph, iri) if order[other] < order[iri]]
    if not before:
        return None
    here, parent = graph.nodes[iri].spot, graph.nodes[min(before, key=order.__getitem__)].spot
    return Spot(here.x - parent.x, here.y - parent.y)


def without(graph: Graph, iri: str) -> Graph:
    """The graph without a node and all that hangs on the start by it alone; the start itself stays.

    What was removed counts among the neighbours that are not shown, and can be fetched again.
    """
    if iri == graph.start or iri not in graph.nodes:
        return graph
    beside: dict[str, set[str]] = {each: set() for each in graph.nodes}
    for edge in graph.edges:
        beside[edge.source].add(edge.target)
        beside[edge.target].add(edge.source)
    kept, frontier = {graph.start}, [graph.start]
    while frontier:
        fresh = beside[frontier.pop()] - kept - {iri}
        kept |= fresh
        frontier.extend(fresh)
    around = {other for each in graph.nodes.keys() - kept for other in beside[each]}
    return Graph(
        MappingProxyType({each: node for each, node in graph.nodes.items() if each in kept}),
        tuple(edge for edge in graph.edges if edge.source in kept and edge.target in kept),
        MappingProxyType({each: ways for each, ways in graph.ways.items() if each in kept}),
        MappingProxyType(
            {
                at: key for at, key in graph.cursors.items() if at[0] in kept and at[0] not in around
            }  # pages begin anew where something was taken away
        ),
    )


def moved(graph: Graph, spots: Mapping[str, Spot]) -> Graph:
    """The graph with some nodes where someone has put them."""
    nodes = {
        iri: replace(node, spot=spots[iri]) if iri in spots else node for iri, node in graph.nodes.items()
    }
    return replace(graph, nodes=MappingProxyType(nodes))


@dataclass(frozen=True, slots=True)
class Filter:
    """What to show of a graph; an empty set shows all."""

    kinds: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()

    def hidden(self, graph: Graph) -> frozenset[str]:
        """IRIs that are not shown. The start always is, and years say nothing of what has no date."""
        return frozenset(
            iri
            for iri, node in graph.nodes.items()
            if iri != graph.start
            and (
                bool(self.kinds and node.thing.kind not in self.kinds)
                or bool(self.years and node.thing.year and node.thing.year not in self.years)
            )
        )

    def visible(self, graph: Graph) -> tuple[Edge, ...]:
        """Edges that are shown, which both ends of them are."""
        hidden = self.hidden(graph)
        return tuple(
            edge
            for edge in graph.edges
            if edge.source not in hidden
            and edge.target not in hidden
            and (not self.edges or edge.kind in self.edges)
        )

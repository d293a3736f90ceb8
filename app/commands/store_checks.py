"""Check a whole store: shapes graph by graph, bodies over all graphs, quotes against their texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from pyoxigraph import NamedNode, RdfFormat, Store
from rdflib import Graph

from ingest.validate import Violation, shapes, validate_graph
from queries.library import question
from queries.run import rows


def violations(store: Store) -> Iterator[Violation]:
    """Violations of the shapes, file by file."""
    shapes_graph = shapes()
    for row in rows(store, question("checks/files")):
        dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(row["graph"] or ""))
        data = Graph().parse(data=dumped or b"", format="nt")
        yield from validate_graph(data, row["file"] or "", shapes_graph)


def contradictions(store: Store) -> Iterator[Violation]:
    """Bodies of which the graphs together say two things where there can be only one: a name that means two
    bodies (各开发区管委会 of two cities) would be one node for both.
    """
    for row in rows(store, question("checks/contradictions")):
        one, other, name = (_last(row[key]) for key in ("one", "other", "property"))
        yield Violation(row["file"] or "store", None, _last(row["node"]), f"{name}: both {one} and {other}")


def _last(iri: str | None) -> str:
    return unquote(re.split(r"[/#]", iri or "")[-1])


def misplaced(store: Store, source: Callable[[str], str]) -> Iterator[Violation]:
    """Places whose quote is not what stands there: ``text[begin:end] == quote`` must always hold."""
    texts: dict[str, str] = {}
    for row in rows(store, question("checks/places")):
        sha = row["sha256"] or ""
        if sha not in texts:
            texts[sha] = source(sha)
        begin, end = int(row["begin"] or 0), int(row["end"] or 0)
        if texts[sha][begin:end] != row["quote"]:
            message = f"the place {begin}..{end} does not hold its quote {row['quote']!r}"
            yield Violation(row["file"] or "", int(row["line"] or 0), row["place"] or "", message)

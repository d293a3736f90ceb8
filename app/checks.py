"""Check a whole store: shapes graph by graph, and every quote against the text it is a quote of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

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

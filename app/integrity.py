"""Whether a whole store is sound: shapes by graph, bodies over all graphs, quotes against their texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from pyoxigraph import NamedNode, RdfFormat, Store

from ingest.validate import Violation, validate_triples
from queries.library import question
from queries.run import rows


def violations(store: Store, *, full: bool = False) -> Iterator[Violation]:
    """Find violations of the shapes, file by file; with ``full`` pySHACL judges every graph."""
    for row in rows(store, question("checks/files")):
        dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(row["graph"] or "")) or b""
        yield from validate_triples(dumped.decode("utf8"), row["file"] or "", full=full)


def contradictions(store: Store) -> Iterator[Violation]:
    """Find bodies with two values of a property that can have one only.

    Each graph may be right alone: a name that means two bodies (各开发区管委会 of two cities) would make one
    node of both.
    """
    for row in rows(store, question("checks/contradictions")):
        one, other, name = (_local_name(row[key]) for key in ("one", "other", "property"))
        yield Violation(
            row["file"] or "store", None, _local_name(row["node"]), f"{name}: both {one} and {other}"
        )


def _local_name(iri: str | None) -> str:
    return unquote(re.split(r"[/#]", iri or "")[-1])


def misplaced_quotes(store: Store, source: Callable[[str], str]) -> Iterator[Violation]:
    """Find places whose quote is not what the text has there: ``text[begin:end] == quote`` must always hold.

    ``source`` gives the text with a SHA-256.
    """
    texts: dict[str, str] = {}
    for row in rows(store, question("checks/places")):
        sha = row["sha256"] or ""
        if sha not in texts:
            texts[sha] = source(sha)
        begin, end = int(row["begin"] or 0), int(row["end"] or 0)
        if texts[sha][begin:end] != row["quote"]:
            message = f"the place {begin}..{end} does not hold its quote {row['quote']!r}"
            yield Violation(row["file"] or "", int(row["line"] or 0), row["place"] or "", message)

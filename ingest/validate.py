"""Check a graph against ontology/shapes.ttl (SHACL); violations carry the file and line of their place.

Each named graph is checked on its own: the counts in the shapes hold per source file. A graph that passes
the quick tests (``ingest.quick_shapes``) conforms; pySHACL, which takes many times as long, judges all others
and says what is wrong with them. ``full`` asks pySHACL of every graph.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.nquads import without_graph
from ingest.quick_shapes import quick_shapes
from ingest.violation import Violation

__all__ = ["Violation", "validate", "validate_triples"]


def validate(lines: Sequence[str], name: str, *, full: bool = False) -> list[Violation]:
    """Violations of one file's graph, given as N-Quads lines, sorted by line."""
    if not lines or (not full and quick_shapes().pass_all(lines, lines[0][lines[0].rindex(" <") :])):
        return []
    return _judged("".join(map(without_graph, lines)), name)


def validate_triples(triples: str, name: str, *, full: bool = False) -> list[Violation]:
    """As ``validate``, for a graph as N-Triples."""
    if not full and quick_shapes().pass_all(triples.removesuffix("\n").split("\n"), " ."):
        return []
    return _judged(triples, name)


def _judged(triples: str, name: str) -> list[Violation]:
    from ingest.shacl import judged  # noqa: PLC0415 - slow to import, and most builds do without

    return judged(triples, name)

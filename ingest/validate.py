"""Check a graph against ontology/shapes.ttl (SHACL); violations carry the file and line of their place.

Each named graph is checked on its own: the counts in the shapes hold per source file. A graph that passes the
quick tests (``ingest.quick_shapes``) conforms; pySHACL, which takes a hundred times as long, judges all others
and says what is wrong with them. ``full`` asks pySHACL of every graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rdflib import Graph, Namespace, URIRef
from rdflib.term import Node

from ingest.nquads import without_graph
from ingest.quick_shapes import quick_shapes
from ontology.errors import GongbaoError
from ontology.terms import GB, source

_SH = Namespace("http://www.w3.org/ns/shacl#")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that breaks a shape; ``line`` is the file's, where the thing has a place."""

    file: str
    line: int | None
    focus: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message} ({self.focus})"


@cache
def shapes() -> Graph:
    """The shapes of the vocabulary, read once."""
    return Graph().parse(data=source("shapes.ttl"), format="turtle")


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
    """What pySHACL finds wrong."""
    import pyshacl  # noqa: PLC0415 - slow to import, and a build that checks nothing does without

    data = Graph().parse(data=triples, format="nt")
    conforms, report, message = pyshacl.validate(data, shacl_graph=shapes(), advanced=False)
    if conforms:
        return []
    if not isinstance(report, Graph):
        raise GongbaoError(f"{name}: the shapes could not be checked: {message}")
    found = set()
    for result in report.subjects(_SH.resultSeverity, None):
        focus = report.value(result, _SH.focusNode)
        messages = sorted(report.objects(result, _SH.resultMessage), key=_english_first)
        about = str(messages[0]) if messages else "violates its shape"
        found.add(Violation(name, _line(data, focus), _short(focus), about))
    return sorted(found, key=lambda violation: (violation.line or 0, violation.focus, violation.message))


def _english_first(message: Node) -> tuple[bool, str]:
    return getattr(message, "language", None) != "en", str(message)


def _short(node: Node | None) -> str:
    text = str(node)
    return text.rsplit("/", 1)[-1] if isinstance(node, URIRef) else text


def _line(data: Graph, focus: Node | None) -> int | None:
    """The line of a node's place, or of its own if it is one."""
    if focus is None:
        return None
    for place in (focus, *data.objects(focus, URIRef(GB.place))):
        for line in data.objects(place, URIRef(GB.line)):
            return int(str(line))
    return None

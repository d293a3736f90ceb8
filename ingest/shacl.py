"""The shapes of ontology/shapes.ttl as pySHACL checks them; slow to import, so only where it is needed."""

from __future__ import annotations

from functools import cache

import pyshacl
from rdflib import Graph, Namespace, URIRef
from rdflib.term import Node

from ingest.violation import Violation
from ontology.errors import GongbaoError
from ontology.terms import GB, source

_SH = Namespace("http://www.w3.org/ns/shacl#")


@cache
def shapes() -> Graph:
    """The shapes of the vocabulary, read once."""
    return Graph().parse(data=source("shapes.ttl"), format="turtle")


def judged(triples: str, name: str) -> list[Violation]:
    """What is wrong with a graph in N-Triples, sorted by line."""
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

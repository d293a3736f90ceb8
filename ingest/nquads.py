"""Writing N-Quads, line by line: the fastest way into Oxigraph, and rdflib can read it too.

Every predicate, class and concept comes from ``ontology.terms``, so nothing undeclared can be written.
"""

from __future__ import annotations

from collections.abc import Mapping
from json.encoder import encode_basestring

from ontology.terms import RDF, XSD, Term, notations

_TYPE = f"<{RDF.type}>"
_INTEGER = f"^^<{XSD.integer}>"


def node(iri: str) -> str:
    """An IRI in N-Quads."""
    return f"<{iri}>"


def text(value: str) -> str:
    """A plain string."""
    return encode_basestring(value)


def chinese(value: str) -> str:
    """A string in Chinese."""
    return f"{encode_basestring(value)}@zh"


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"{_INTEGER}'


def is_a(name: Term) -> str:
    """The statement that a subject is of a class, for ``GraphWriter.add_all``."""
    return f"{_TYPE} <{name}>"


def typed(value: str, datatype: Term) -> str:
    """A literal of a declared datatype."""
    return f"{encode_basestring(value)}^^<{datatype}>"


def concepts(kind: Term) -> Mapping[str, str]:
    """Return the concepts of a class as N-Quads terms, by their notations."""
    return {notation: node(concept) for notation, concept in notations(kind).items()}


def without_graph(line: str) -> str:
    """Return an N-Quads line as an N-Triples line: the same triple without its graph."""
    return f"{line[: line.rindex(' <')]} .\n"


class GraphWriter:
    """Collects the quads of one named graph; each quad once, in the order in which it came."""

    def __init__(self, graph_iri: str) -> None:
        self._end = f" <{graph_iri}> .\n"
        self._lines: dict[str, None] = {}

    def add(self, subject: str, predicate: str, value: str) -> None:
        """Add a quad whose terms are already in N-Quads form (``node``, ``text`` …)."""
        self._lines[f"{subject} {predicate} {value}{self._end}"] = None

    def add_all(self, subject: str, *statements: str) -> None:
        """Add several quads of one subject; each statement is predicate and value, with a blank between."""
        lines, end = self._lines, self._end
        for statement in statements:
            lines[f"{subject} {statement}{end}"] = None

    def type(self, subject: str, name: Term) -> None:
        """State the class of a subject."""
        self._lines[f"{subject} {_TYPE} <{name}>{self._end}"] = None

    def __len__(self) -> int:
        return len(self._lines)

    def lines(self) -> list[str]:
        """The quads, a line each, in the order of writing."""
        return list(self._lines)

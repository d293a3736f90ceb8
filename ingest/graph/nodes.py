"""Nodes that every part of the graph shares: places, bodies and parties, rules, documents."""

from __future__ import annotations

from functools import cache

from ingest import nquads as nq
from ingest.model import HeadField, Span, Text
from ingest.nquads import GraphWriter
from ingest.pattern import books
from ontology.iris import Iris
from ontology.places import place_iri
from ontology.terms import DCTERMS, GB, NIF, SKOS, XSD, Term

_ANCHOR, _BEGIN, _END = nq.node(NIF.anchorOf), nq.node(NIF.beginIndex), nq.node(NIF.endIndex)
_CONTEXT, _LABEL = nq.node(NIF.referenceContext), nq.node(SKOS.prefLabel)
_LINE, _PAGE = nq.node(GB.line), nq.node(GB.page)
_IS_PLACE = nq.is_a(NIF.OffsetBasedString)
_RECOGNISED, _TRUE = nq.node(GB.recognised), nq.typed("true", XSD.boolean)
_SAID_BY = nq.concepts(GB.FieldSource)
_SOURCES = {
    GB.titlePlace: GB.titleSource,
    GB.numberPlace: GB.numberSource,
    GB.issuerPlace: GB.issuerSource,
    GB.addresseesPlace: GB.addresseesSource,
    GB.datePlace: GB.dateSource,
    GB.effectivePlace: GB.effectiveSource,
    GB.expiresPlace: GB.expiresSource,
}


@cache
def _versions() -> dict[str, int]:
    return {pattern.id: pattern.version for book in books() for pattern in book}


class SharedNodes:
    """Writes shared nodes into the graph of one file, each once."""

    def __init__(self, text: Text, writer: GraphWriter, iris: Iris) -> None:
        self.text = text
        self.writer = writer
        self.iris = iris
        self.text_iri = iris.text(text.sha256)
        self._described: set[str] = set()
        self._nodes: dict[tuple[str, str], str] = {}
        self._places: dict[Span, str] = {}
        self._quoted: set[Span] = set()
        node = nq.node(self.text_iri)
        self._in_text = f"{_CONTEXT} {node}"
        writer.type(node, NIF.Context)
        writer.add(node, nq.node(GB.textSha256), nq.text(text.sha256))
        writer.add(node, nq.node(GB.originalSha256), nq.text(text.file_sha256 or text.original_sha256))
        writer.add(node, nq.node(GB.fileName), nq.text(text.name))
        writer.add(node, nq.node(DCTERMS["format"]), nq.text(text.media_type))
        if text.encoding is not None:
            writer.add(node, nq.node(GB.encoding), nq.text(text.encoding))
        if text.recognised:
            writer.add(node, _RECOGNISED, _TRUE)

    def place(self, span: Span, *, quoted: bool = True) -> str:
        """The node of a place; ``quoted`` puts its characters beside it."""
        node = self._places.get(span)
        if node is None:
            start, end = span
            node = self._places[span] = f"<{place_iri(self.text_iri, start, end)}>"
            self.writer.add_all(
                node,
                _IS_PLACE,
                f"{_BEGIN} {nq.integer(start)}",
                f"{_END} {nq.integer(end)}",
                self._in_text,
                f"{_LINE} {nq.integer(self.text.offsets.line(start))}",
            )
            page = self.text.page(start)
            if page is not None:
                self.writer.add(node, _PAGE, nq.integer(page))
                if page in self.text.recognised:
                    self.writer.add(node, _RECOGNISED, _TRUE)
        if quoted and span not in self._quoted:
            self._quoted.add(span)
            self.writer.add(node, _ANCHOR, nq.text(self.text.text[span.start : span.end]))
        return node

    def field(self, owner: str, predicate: Term, field: HeadField) -> None:
        """Say where a field of a document stands, if the text gives it, and who says the field."""
        if field.span is not None:
            self.writer.add(owner, nq.node(predicate), self.place(field.span))
        self.said_by(owner, _SOURCES[predicate], field)

    def said_by(self, owner: str, predicate: Term, field: HeadField) -> None:
        """Say who says a field of a document."""
        said_by = field.said_by or ("text" if field.span is not None else "inferred")
        self.writer.add(owner, nq.node(predicate), _SAID_BY[said_by])

    def named(self, kind: Term, name: str) -> str:
        """The node of a body (gb:NamedBody) or party (gb:Party) as a text names it."""
        known = self._nodes.get((kind, name))
        if known is None:
            iri = self.iris.body(name) if kind == GB.NamedBody else self.iris.party(name)
            known = self._nodes[(kind, name)] = nq.node(iri)
            self.writer.type(known, kind)
            self.writer.add(known, _LABEL, nq.chinese(name))
        return known

    def rule(self, identifier: str) -> str:
        """The node of an extraction rule in its present version."""
        known = self._nodes.get(("rule", identifier))
        if known is None:
            version = str(_versions()[identifier])
            known = self._nodes[("rule", identifier)] = nq.node(self.iris.rule(identifier, version))
        return known

    def first_time(self, node: str) -> bool:
        """Tell whether a node has not been described in this file before."""
        if node in self._described:
            return False
        self._described.add(node)
        return True

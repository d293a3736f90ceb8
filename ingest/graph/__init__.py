"""Facts to quads: deterministic, one named graph a source file, every fact with its place.

IRIs come from what a thing is (``ontology.iris``); nothing here depends on the clock, on the order of
files or on other files.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest import nquads as nq
from ingest.confidence import measured
from ingest.graph.agencies import registry_graph
from ingest.graph.documents import write_document
from ingest.graph.facts import write_facts
from ingest.graph.nodes import SharedNodes
from ingest.graph.resources import Resources, mint
from ingest.model import Document, Facts, Text
from ingest.nquads import GraphWriter
from ingest.pattern import PatternBook
from ingest.resolve.model import Resolution
from ontology.iris import Iris
from ontology.terms import DCTERMS, GB, RDFS, XSD

__all__ = ["ResolvedDocument", "Resources", "file_graph", "mint", "registry_graph", "rules_graph"]

ResolvedDocument = tuple[Document, Facts, Resources, Resolution]
"""A document with its facts, its IRIs and its resolution: the input of its graph"""


def file_graph(text: Text, found: Sequence[ResolvedDocument], iris: Iris) -> GraphWriter:
    """The graph of one file."""
    writer = GraphWriter(iris.graph(text.original_sha256))
    nodes = SharedNodes(text, writer, iris)
    for order, (document, facts, resources, resolution) in enumerate(found):
        clauses = write_document(nodes, order, document, resources, resolution)
        write_facts(nodes, document, facts, resources, clauses, resolution)
    return writer


def rules_graph(books: Sequence[PatternBook], iris: Iris) -> GraphWriter:
    """The graph that describes every extraction rule."""
    writer = GraphWriter(iris.rules_graph())
    for book in books:
        for pattern in book:
            rule = nq.node(iris.rule(pattern.id, str(pattern.version)))
            writer.type(rule, GB.Rule)
            writer.add(rule, nq.node(RDFS.label), nq.text(pattern.id))
            writer.add(rule, nq.node(DCTERMS.description), nq.text(pattern.note))
            found = measured(pattern.id, pattern.version)
            writer.add(rule, nq.node(GB.judgedFacts), nq.typed(str(found.judged), XSD.integer))
            if found.confidence is not None:
                writer.add(rule, nq.node(GB.confidence), nq.typed(f"{found.confidence:g}", XSD.decimal))
            writer.add(rule, nq.node(GB.factKind), nq.text(book.kind))
    return writer

"""The way of the data for one file: read → segment → structure → extract → resolve → quads.

``extract_file`` brings a file to its facts and agencies and knows nothing of other files. When all files are
extracted, ``collect_citations`` knows every document, and ``build_quads`` makes the quads of each file. The
files can be processed in any order and any place; ``ingest.build`` runs all of them and writes the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.acts import numbers as history_numbers
from ingest.collector import waiting_collector
from ingest.errors import InputError
from ingest.extract import extract
from ingest.graph import ResolvedDocument, Resources, file_graph, mint
from ingest.head import read_head
from ingest.known import choose_document, override, whole_text, with_address
from ingest.model import Document, Facts, Relation, Text
from ingest.read import read
from ingest.resolve.citations import (
    CitationMention,
    CitationQuestions,
    Citations,
    DocumentHead,
    mentions,
    questions,
)
from ingest.resolve.model import AgencyMention, Resolution
from ingest.resolve.resolver import Resolver, builtin_resolver
from ingest.segment import segment
from ingest.structure import structure
from ontology.errors import OntologyError
from ontology.iris import Iris

_REPLACES = frozenset({Relation.REPEALS, Relation.AMENDS})


@dataclass(frozen=True, slots=True)
class ExtractedFile:
    """One file: its text, its documents with their facts, and the agencies named in them.

    The three tuples are parallel: one item a document.
    """

    text: Text
    documents: tuple[tuple[Document, Facts], ...]
    resources: tuple[Resources, ...]
    resolutions: tuple[Resolution, ...]

    @property
    def fact_count(self) -> int:
        """Number of facts; heads of documents do not count."""
        return sum(sum(1 for _ in facts.all()) for _, facts in self.documents)

    @property
    def contradictions(self) -> tuple[str, ...]:
        """What the text says otherwise than what is known beside it."""
        return tuple(note for document, _ in self.documents for note in document.fields.contradictions)

    def agency_mentions(self) -> Iterator[AgencyMention]:
        """Yield every mention of an agency."""
        for resolution in self.resolutions:
            yield from resolution.mentions()

    def heads(self) -> Iterator[DocumentHead]:
        """Yield what other documents can know this file's documents by."""
        parts = zip(self.documents, self.resources, self.resolutions, strict=True)
        for (document, facts), resources, resolution in parts:
            fields = document.fields
            replaced = {
                each.number for each in facts.references if each.number and each.relation in _REPLACES
            }
            issuers = tuple(m.agency.name if m.agency else m.name for m in resolution.issuers)
            yield DocumentHead(
                iri=resources.primary,
                title=fields.title.value if fields.title else None,
                circular_title=fields.circular_title.value if fields.circular_title else None,
                number=fields.number.value if fields.number else None,
                issuers=issuers,
                date=fields.date.value if fields.date else None,
                file=self.text.name,
                replaced=tuple(sorted(replaced)),
            )
            if resources.republished is not None:
                yield DocumentHead(
                    iri=resources.republished,
                    title=fields.also[-1].value,
                    circular_title=None,
                    number=None,
                    issuers=issuers,
                    date=None,
                    file=self.text.name,
                    earlier=history_numbers(document),
                )

    def citation_mentions(self) -> Iterator[CitationMention]:
        """Yield how this file's documents mention the documents that they cite."""
        for _, facts in self.documents:
            yield from mentions(facts.references)

    def citation_questions(self) -> Iterator[CitationQuestions]:
        """Yield what the quads of each document depend on beside the document itself."""
        parts = zip(self.documents, self.resources, self.resolutions, strict=True)
        for (document, facts), resources, resolution in parts:
            citing = Resolver.citing(document, facts, resolution, own_iris(resources))
            yield questions(citing, facts.references)


def own_iris(resources: Resources) -> tuple[str, ...]:
    """Return the IRIs of a document, the circular's first."""
    return tuple(dict.fromkeys((resources.primary, resources.policy)))


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """One file: its text, its documents with their facts, and its graph as N-Quads lines."""

    text: Text
    documents: tuple[tuple[Document, Facts], ...]
    lines: tuple[str, ...]


def documents(text: Text) -> tuple[Document, ...]:
    """Return the documents of a text, ready for extraction.

    What is known beside the text belongs to one of them, its address to all. Raises
    InputError for what is no circular.
    """
    try:
        parts = segment(text)
    except InputError:
        if not text.metadata.keys() & {"title", "number"}:
            raise
        parts = (whole_text(text),)
    heads = [read_head(text, part) for part in parts]
    if text.metadata:
        meant = choose_document(tuple(heads), text.metadata)
        heads[meant] = override(heads[meant], text.metadata)
        heads = [with_address(head, text.metadata) for head in heads]
    return tuple(structure(text, part, head) for part, head in zip(parts, heads, strict=True))


def extract_file(path: Path, name: str, iris: Iris, resolver: Resolver) -> ExtractedFile:
    """Extract the facts and agencies of a file with one text. Raises InputError where that cannot be done."""
    return extract_text(read(path, name), iris, resolver)


@waiting_collector()
def extract_text(text: Text, iris: Iris, resolver: Resolver) -> ExtractedFile:
    """Extract the facts and agencies of a text. Raises InputError for what cannot be processed."""
    extracted = tuple((document, extract(document)) for document in documents(text))
    try:
        resources = mint(text, [document for document, _ in extracted], iris)
    except OntologyError as error:
        raise InputError(text.name, str(error)) from error
    return ExtractedFile(text, extracted, resources, resolver.bodies(extracted))


def collect_citations(
    heads: Iterable[DocumentHead], cited: Iterable[CitationMention], iris: Iris, resolver: Resolver
) -> Citations:
    """Index all documents that are known or cited; their order makes no difference."""
    return Citations(
        heads, cited, iris=iris, organ_of=resolver.level_of_code, area_of=resolver.level_of_title
    )


@waiting_collector()
def build_quads(file: ExtractedFile, citations: Citations, iris: Iris, resolver: Resolver) -> tuple[str, ...]:
    """Return the N-Quads lines of one file. Raises InputError where something can have no IRI."""
    resolved: list[ResolvedDocument] = []
    parts = zip(file.documents, file.resources, file.resolutions, strict=True)
    for (document, facts), resources, agencies in parts:
        resolution = resolver.citations(document, facts, agencies, citations, own_iris(resources))
        resolved.append((document, facts, resources, resolution))
    try:
        return tuple(file_graph(file.text, resolved, iris).lines())
    except OntologyError as error:
        raise InputError(file.text.name, str(error)) from error


def build_file(path: Path, name: str, iris: Iris, resolver: Resolver | None = None) -> BuiltFile:
    """Build the graph of one file alone: what it cites is looked up in itself only. Raises InputError."""
    resolver = resolver or builtin_resolver()
    file = extract_file(path, name, iris, resolver)
    citations = collect_citations(file.heads(), file.citation_mentions(), iris, resolver)
    return BuiltFile(file.text, file.documents, build_quads(file, citations, iris, resolver))

"""The legal resources of a document and their IRIs, minted from what the document is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.model import Clause, Document, Part, Span, Text
from ontology.iris import Iris


@dataclass(frozen=True, slots=True)
class Resources:
    """The legal resources of one document: the circular (or decision), the policy that it issues, and
    the text that it publishes again; IRIs. Without a circular the first two are the same.
    """

    primary: str
    policy: str
    republished: str | None
    republished_from: int  # offset at which the republished text begins

    def of(self, clause: Clause) -> str:
        """The resource whose clause it is."""
        if self.republished is not None and clause.span.start >= self.republished_from:
            return self.republished
        return self.primary if clause.part is Part.NOTICE else self.policy

    def put_out(self, clause: Clause) -> str:
        """As ``of``, but the circular for what it issues."""
        owner = self.of(clause)
        return self.primary if owner == self.policy else owner


def mint(text: Text, documents: Sequence[Document], iris: Iris) -> tuple[Resources, ...]:
    """The resources of a file's documents, in their order."""
    minter = _Minter(text, iris)
    return tuple(minter.resources(document) for document in documents)


def first(document: Document, part: Part) -> int | None:
    """Where the first piece of a part begins."""
    return next((piece.start for piece in document.blocks if piece.part is part), None)


def puts_out(document: Document) -> bool:
    """Whether it is a circular with a policy behind it."""
    notice, own_title = first(document, Part.NOTICE), first(document, Part.TITLE)
    behind = notice is not None and own_title is not None and own_title > notice
    return document.fields.circular_title is not None or behind


class _Minter:
    """Mints within one file: a second document of the same name is told apart by its place."""

    def __init__(self, text: Text, iris: Iris) -> None:
        self.text = text
        self.iris = iris
        self._minted: set[str] = set()

    def mint(self, number: str | None, title: str | None, issuers: Sequence[str], span: Span) -> str:
        fallback = f"{self.text.original_sha256} {span.start}"
        iri = self.iris.document(number, title, issuers, fallback)
        if iri in self._minted:
            iri = f"{iri}~{span.start}"
        self._minted.add(iri)
        return iri

    def resources(self, document: Document) -> Resources:
        fields = document.fields
        issuers = [issuer.value for issuer in fields.issuers]
        number = fields.number.value if fields.number else None
        title = fields.title.value if fields.title else None
        own_title, issues = first(document, Part.TITLE), puts_out(document)
        circular_title = fields.circular_title.value if fields.circular_title else None
        primary = self.mint(number, circular_title if issues else title, issuers, document.span)
        policy = primary
        if issues:
            start = own_title if own_title is not None else document.span.start
            policy = self.mint(None, title, issuers, Span(start + 1, document.span.end))
        republished, begins = None, document.span.end
        for also in fields.also:
            begins = also.span.start if also.span else begins
            republished = self.mint(None, also.value, issuers, Span(begins, document.span.end))
        return Resources(primary, policy, republished, begins)

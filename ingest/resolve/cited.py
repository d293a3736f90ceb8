"""The nouns of citation: who cites, what a mention gives, what is known of what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingest.model import Reference, Relation

LevelOf = Callable[[str], str | None]
"""Administrative level (a gb:AdministrativeLevel's notation) of an organ code, or of a title's place."""
CitationMention = tuple[str | None, str | None]
"""A mention of a document: title (that of its definition, for a short form) and number."""


def unknown_level(_: str) -> str | None:
    """A lookup that knows no level."""
    return None


@dataclass(frozen=True, slots=True)
class DocumentHead:
    """A document of the corpus. ``iri`` is its circular's; ``earlier`` are other numbers under which
    its text was published before (a republished text's orders), ``replaced`` those of what it repeals or
    amends, which may bear the same title.
    """

    iri: str
    title: str | None
    circular_title: str | None
    number: str | None
    issuers: tuple[str, ...]
    date: str | None
    file: str
    earlier: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document that a mention names, as far as it is known. ``year`` is that of its number or date."""

    iri: str
    title: str | None
    number: str | None
    level: str | None
    type: str | None
    issuers: tuple[str, ...]
    year: int | None
    in_corpus: bool


@dataclass(frozen=True, slots=True)
class CitingDocument:
    """The document that cites. ``own`` are the IRIs of the document itself (circular and policy, not the
    text that a decision amends), ``on`` the ISO date after which it was not written, ``beside`` its other
    mentions, ``scope`` (its IRI) tells its short forms from those of other documents.
    """

    own: frozenset[str] = frozenset()
    on: str | None = None
    beside: tuple[CitationMention, ...] = ()
    scope: str = ""


@dataclass(frozen=True, slots=True)
class CitationQuestions:
    """All that one document asks of the other documents of a build: title, number and relation."""

    citing: CitingDocument
    asked: tuple[tuple[str | None, str | None, Relation], ...]


def questions(citing: CitingDocument, references: Iterable[Reference]) -> CitationQuestions:
    """Return what the references of a document ask, each question once."""
    asked = dict.fromkeys((each.definition or each.title, each.number, each.relation) for each in references)
    return CitationQuestions(citing, tuple(asked))


def mentions(references: Iterable[Reference]) -> tuple[CitationMention, ...]:
    """The different mentions among references, sorted; all that the index needs of a document."""
    found = {(reference.definition or reference.title, reference.number) for reference in references}
    return tuple(sorted(found, key=lambda mention: (mention[0] or "", mention[1] or "")))

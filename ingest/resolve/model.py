"""What resolving gives: the agency that a name means, and the document's mentions with theirs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.model import Span
from ingest.resolve.citations import Cited
from ontology.registry import Interval


class Form(StrEnum):
    """What a name turned out to mean."""

    BODY = "body"  # one organisation
    AREA = "area"  # a place
    CLASS = "class"  # all bodies of a kind: 各区政府
    FUNCTIONAL = "functional"  # whoever holds a function: 税务部门
    GENERIC = "generic"  # whoever is concerned: 有关部门


@dataclass(frozen=True, slots=True)
class Agency:
    """What a name means. ``name`` is canonical, ``kind`` a notation of gb:BodyKind (of a body or an area).

    ``holder`` is who held the function at the document's time, ``members`` the bodies of a class as far as
    the registry knows them, ``listed`` whether it is a row of the registry.
    """

    form: Form
    name: str
    kind: str | None = None
    level: str | None = None
    area: str | None = None
    function: str | None = None
    holder: str | None = None
    members: tuple[str, ...] = ()
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A body's name where it stands. ``how`` is the step that resolved it, None where none did."""

    span: Span
    name: str  # as written, without white space
    agency: Agency | None
    how: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """What a name's meaning depends on: the document's time, its areas from its own outward, and by what
    names judgements can speak of it.
    """

    interval: Interval
    areas: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """What one document's names, citations and internal references mean; each tuple is parallel to the
    facts it is about. ``bearers`` is () where a norm's bearer is no public body. ``earliest`` and ``latest``
    bound the date of a document that tells none.
    """

    context: Context
    issuers: tuple[Mention, ...]
    addressees: tuple[Mention, ...]
    responsibilities: tuple[Mention, ...]
    bearers: tuple[tuple[Mention, ...], ...]
    earliest: str | None = None
    latest: str | None = None
    cited: tuple[Cited, ...] = ()
    clauses: tuple[tuple[int, ...], ...] = ()  # indexes into Document.clauses
    annexes: tuple[tuple[Span, ...], ...] = ()

    def mentions(self) -> Iterator[Mention]:
        """Every mention of a body."""
        yield from self.issuers
        yield from self.addressees
        yield from self.responsibilities
        for bearers in self.bearers:
            yield from bearers

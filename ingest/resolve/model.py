"""The nouns of resolving: agencies, the mentions that name them, and everything resolved in a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from ingest.model import Span
from ingest.resolve.citations import CitedDocument
from ontology.registry import Body, Interval


class Form(StrEnum):
    """The kinds of thing that a name can mean."""

    BODY = "body"  # one organisation
    AREA = "area"  # a place
    CLASS = "class"  # all bodies of a kind: 各区政府
    FUNCTIONAL = "functional"  # whoever holds a function: 税务部门
    GENERIC = "generic"  # whoever is concerned: 有关部门
    LINE = "line"  # one body under the names that it bore one after the other: which one then, nobody says


@dataclass(frozen=True, slots=True)
class Agency:
    """The body, area or class that a name means. ``name`` is canonical, ``kind`` a notation of
    gb:BodyKind (of a body or an area).

    ``holder`` is who held the function at the document's time, ``members`` the bodies of a class as far as
    the registry knows them, ``listed`` whether it is a row of the registry, ``line`` the bodies of a line in
    their order, ``current`` what a body that is no row, a line or a function has become.
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
    line: tuple[Agency, ...] = ()
    current: Agency | None = None

    @classmethod
    def of_row(cls, body: Body, current: Body | None = None) -> Agency:
        """Return the agency that a row of the registry is; of a derived body, with what it is today."""
        form = Form.AREA if body.is_area else Form.BODY
        now = cls.of_row(current) if body.derived and current is not None and current != body else None
        area = body.area or None
        return cls(form, body.name, body.kind, body.level, area, listed=not body.derived, current=now)

    @classmethod
    def of_line(cls, bodies: Sequence[Body], current: Body) -> Agency:
        """Return the line of bodies that became one another and in the end ``current``."""
        line = tuple(map(cls.of_row, bodies))
        name = "→".join(agency.name for agency in line)
        area = current.area or None
        return cls(Form.LINE, name, None, current.level, area, line=line, current=cls.of_row(current))


class ResolutionStep(StrEnum):
    """The step that resolved a name. shapes.ttl allows these values of gb:resolvedBy."""

    JUDGEMENT = "judgement"  # a person decided
    DEFINITION = "definition"  # the document defines the short name
    REGISTRY = "registry"  # a label of one row
    GENERIC = "generic"  # 有关部门
    COLLECTIVE = "collective"  # a class of bodies
    GRAMMAR = "grammar"  # an area and an organ of it
    FUNCTION = "function"  # 税务部门
    ANAPHORA = "anaphora"  # named in full before
    PLACE = "place"  # a place stands for its government


class ResolvedName(NamedTuple):
    """The agency that a name means, and the step that found it."""

    agency: Agency
    step: ResolutionStep


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A body's name where it stands. ``agency`` and ``step`` are None where nothing resolved it."""

    span: Span
    name: str  # as written, without white space
    agency: Agency | None
    step: ResolutionStep | None

    @classmethod
    def of(cls, span: Span, name: str, resolved: ResolvedName | None) -> AgencyMention:
        """Return the mention of a name that means ``resolved``."""
        return cls(span, name, *(resolved or (None, None)))


@dataclass(frozen=True, slots=True)
class DocumentContext:
    """Everything that the meaning of a name depends on: the document's time, its areas from its own outward,
    and the names (number, title, areas) by which judgements refer to it.
    """

    interval: Interval
    areas: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resolution:
    """The meaning of one document's names, citations and internal references; each tuple is parallel to the
    facts it is about. ``bearers`` is () where a norm's bearer is no public body. ``earliest`` and ``latest``
    bound the date of a document that tells none.
    """

    context: DocumentContext
    issuers: tuple[AgencyMention, ...]
    addressees: tuple[AgencyMention, ...]
    responsibilities: tuple[AgencyMention, ...]
    bearers: tuple[tuple[AgencyMention, ...], ...]
    earliest: str | None = None
    latest: str | None = None
    cited: tuple[CitedDocument, ...] = ()
    clauses: tuple[tuple[int, ...], ...] = ()  # indexes into Document.clauses
    annexes: tuple[tuple[Span, ...], ...] = ()

    def mentions(self) -> Iterator[AgencyMention]:
        """Every mention of a body."""
        yield from self.issuers
        yield from self.addressees
        yield from self.responsibilities
        for bearers in self.bearers:
            yield from bearers

"""The facts that are drawn from a document, one class a kind; docs/annotation.md says what counts as one.

``span`` is the place that a fact is drawn from, ``rule`` the id of the pattern that found it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ingest.model.text import Span


class Role(StrEnum):
    """Part that a body plays in a task."""

    LEAD = "lead"  # 牵头 主责 主办
    RESPONSIBLE = "responsible"  # 责任 负责
    COOPERATE = "cooperate"  # 配合 协办 参与 会同


@dataclass(frozen=True, slots=True)
class Responsibility:
    """A body and its part in what its clause lays down. ``span`` is the body's name."""

    span: Span
    rule: str
    role: Role
    unit: str
    explicit: bool
    home: int | None = None  # offset in the clause that it is of, where a merged cell of another row says it


class Comparator(StrEnum):
    """How a target's value is meant."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE = ">"
    LESS = "<"
    EQUAL = "="
    ABOUT = "~"


@dataclass(frozen=True, slots=True)
class Target:
    """A quantified planned outcome. ``span`` is the clause that says it, ``value`` as docs/annotation.md
    writes it."""

    span: Span
    rule: str
    value: str
    unit: str
    comparator: Comparator
    by: str | None
    indicator: str
    home: int | None = None


class DeadlineKind(StrEnum):
    """The function of a time expression."""

    BY = "by"
    WITHIN = "within"
    RECURRING = "recurring"
    EFFECTIVE = "effective"
    EXPIRES = "expires"
    VALIDITY = "validity"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time expression that binds; ``norm`` is an ISO date, a duration, R/duration or on-issue."""

    span: Span
    rule: str
    kind: DeadlineKind
    norm: str
    home: int | None = None


class Relation(StrEnum):
    """How a document relates to the document it names."""

    BASIS = "basis"
    IMPLEMENTS = "implements"
    ISSUES = "issues"
    REPEALS = "repeals"
    AMENDS = "amends"
    CITES = "cites"


@dataclass(frozen=True, slots=True)
class Reference:
    """A mention of another document. ``definition`` is the title that a short form stands for."""

    span: Span
    rule: str
    title: str | None
    number: str | None
    relation: Relation
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class InternalReference:
    """A mention of another place of the same document."""

    span: Span
    rule: str
    target: str


class Modality(StrEnum):
    """The modality of a norm: it obliges, forbids or permits."""

    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    PERMISSION = "permission"


@dataclass(frozen=True, slots=True)
class Norm:
    """A deontic rule. ``span`` is the sentence, ``modal`` the word that makes it one."""

    span: Span
    rule: str
    modality: Modality
    modal: Span
    bearer: Span | None


Fact = Responsibility | Target | Deadline | Reference | InternalReference | Norm


@dataclass(frozen=True, slots=True)
class Facts:
    """All facts of one document, each tuple in the order of the text.

    ``names`` are no facts: the words that name the task of a table's row, by the offset of the row.
    """

    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    references: tuple[Reference, ...] = ()
    internal_references: tuple[InternalReference, ...] = ()
    norms: tuple[Norm, ...] = ()
    names: tuple[tuple[int, Span], ...] = ()

    def all(self) -> Iterator[Fact]:
        """Every fact, kind by kind."""
        yield from self.responsibilities
        yield from self.targets
        yield from self.deadlines
        yield from self.references
        yield from self.internal_references
        yield from self.norms

"""What may stand in the pattern files: one structure for what all share, one a kind for their attributes.

``STRUCTURES`` says which file has which; msgspec refuses a key or a value that a structure does not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Generic, Literal, TypeVar

from msgspec import Meta, Struct, field

from ingest.lexicon.file import NonEmpty, PartName
from ingest.model import ClauseKind, Comparator, DeadlineKind, Modality, ParagraphKind, Relation

PatternId = Annotated[str, Meta(pattern=r"^[a-z]+\.[a-z-]+$")]


class PatternEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern of a file, without attributes."""

    id: PatternId
    note: NonEmpty
    regex: NonEmpty
    examples: Annotated[tuple[str, ...], Meta(min_length=1)] = field(name="for")
    counterexamples: tuple[str, ...] = field(name="against", default=())
    version: Annotated[int, Meta(ge=1)] = 1


class Attributes(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a pattern of some kind says beside its expression."""

    def references(self) -> Iterator[tuple[str, str]]:
        """Keys that name another pattern of the same file, with that pattern's id."""
        yield from ()


A_co = TypeVar("A_co", covariant=True)
E_co = TypeVar("E_co", bound=PatternEntry, covariant=True)


class EntryWith(PatternEntry, Generic[A_co], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern of a file in which every pattern has attributes."""

    attributes: A_co


class EntryMaybeWith(PatternEntry, Generic[A_co], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pattern of a file in which some patterns have attributes."""

    attributes: A_co | None = None


class PatternFile(Struct, Generic[E_co], frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pattern file. A part is an expression, or a list of words that mean themselves."""

    kind: NonEmpty
    parts: dict[PartName, NonEmpty | list[NonEmpty]] = {}
    patterns: tuple[E_co, ...] = ()


class AgencyAttributes(Attributes, frozen=True, kw_only=True):
    """The class of the bodies whose names end so."""

    kind: NonEmpty


class CitationAttributes(Attributes, frozen=True, kw_only=True):
    """The level of the body that makes what is cited so."""

    level: NonEmpty


class ClauseAttributes(Attributes, frozen=True, kw_only=True):
    """The level of clause that a label opens. A clause's parent is the last one before of a lower rank;
    ``code`` is the letter that stands for the level in paths.
    """

    kind: ClauseKind
    code: Annotated[str, Meta(pattern="^[a-z]$")]
    rank: int


DeadlineNorm = Literal[
    "moment",
    "start",
    "running",
    "current",
    "coming",
    "plan",
    "duration",
    "cycle",
    "every",
    "step",
    "issue",
]
"""How the value of a time expression is worked out, see ``extract.deadline_values``."""


class DeadlineAttributes(Attributes, frozen=True, kw_only=True):
    """What a time expression is (``none``: no deadline), how its value is worked out (``norm``), and which
    ``context`` must or must not end where it begins.
    """

    kind: Literal["by", "within", "recurring", "effective", "expires", "validity", "none", "context"]
    norm: DeadlineNorm | None = None
    left: PatternId | None = None
    unless: PatternId | None = None
    every: Annotated[str, Meta(pattern=r"^P\d+[YMWD]$")] | None = None  # ISO 8601
    extend: bool = False  # whether the event from which a limit runs belongs to the place

    def __post_init__(self) -> None:
        if self.kind == "context" and (self.left or self.unless):
            raise ValueError("a context has no context of its own")
        if (self.norm is not None) != (self.kind in list(DeadlineKind)):
            raise ValueError("a deadline has a norm, a context or what is no deadline has none")
        if (self.every is not None) != (self.norm == "every"):
            raise ValueError("`every` and `norm: every` go together")

    def references(self) -> Iterator[tuple[str, str]]:
        """The contexts."""
        if self.left:
            yield "left", self.left
        if self.unless:
            yield "unless", self.unless


class EvidenceAttributes(Attributes, frozen=True, kw_only=True):
    """Which bound of a document's date the evidence gives, and whether only its title counts."""

    kind: Literal["earliest", "latest"]
    place: Literal["title"] | None = field(name="in", default=None)


class InternalAttributes(Attributes, frozen=True, kw_only=True):
    """The character with which a reference to a place of the same document begins."""

    starts: Annotated[str, Meta(min_length=1, max_length=1)]


class LineAttributes(Attributes, frozen=True, kw_only=True):
    """What a line is that looks so."""

    kind: ParagraphKind


class ModalAttributes(Attributes, frozen=True, kw_only=True, tag_field="kind", tag="modal"):
    """What a modal word makes of a sentence, and the characters with which it may begin."""

    modality: Modality
    starts: NonEmpty


class CutAttributes(Attributes, frozen=True, kw_only=True, tag_field="kind", tag="cut"):
    """A pattern that cuts the subject out of the words before a modal."""


class ReferenceAttributes(Attributes, frozen=True, kw_only=True):
    """What a document does to one that it names in these words."""

    relation: Relation


QuantityLabel = Literal[
    "bare",
    "listed",
    "chain",
    "cash",
    "count",
    "factor",
    "few",
    "grade",
    "nothing",
    "one",
    "percent",
    "point",
    "rate",
    "round",
    "series",
    "size",
    "step",
    "time",
    "times",
]
"""What a number with its unit is, see ``extract.quantity``."""

Where = Literal["lead", "tail", "before", "clause", "clause-end", "sentence", "behind"]
"""Which words around a number a pattern looks at."""


class FindAttributes(Attributes, frozen=True, kw_only=True, tag_field="kind", tag="find"):
    """A pattern that finds numbers with their units."""


class ContextAttributes(Attributes, frozen=True, kw_only=True, tag_field="kind", tag="context"):
    """A pattern that others, or the program, name."""


class _Circumstance(Attributes, frozen=True, kw_only=True):
    where: Where = field(name="in")
    labels: frozenset[QuantityLabel] = field(name="for", default=frozenset())  # empty: any
    with_: PatternId | None = field(name="with", default=None)

    def references(self) -> Iterator[tuple[str, str]]:
        """What must stand behind the number too."""
        if self.with_:
            yield "with", self.with_


class TakeAttributes(_Circumstance, frozen=True, kw_only=True, tag_field="kind", tag="take"):
    """Words that show a planned outcome."""


class LeaveAttributes(_Circumstance, frozen=True, kw_only=True, tag_field="kind", tag="leave"):
    """Words that show that a number is no planned outcome."""


class CompareAttributes(Attributes, frozen=True, kw_only=True, tag_field="kind", tag="compare"):
    """Words that say how a value is meant."""

    where: Literal["around", "lead", "tail"] = field(name="in")
    sign: Comparator


TargetAttributes = FindAttributes | ContextAttributes | TakeAttributes | LeaveAttributes | CompareAttributes

STRUCTURES: Mapping[str, type[PatternFile[PatternEntry]]] = {
    "agency": PatternFile[EntryMaybeWith[AgencyAttributes]],
    "bodies": PatternFile[PatternEntry],
    "bracket": PatternFile[PatternEntry],
    "citation": PatternFile[EntryMaybeWith[CitationAttributes]],
    "clauses": PatternFile[EntryMaybeWith[ClauseAttributes]],
    "deadline": PatternFile[EntryWith[DeadlineAttributes]],
    "evidence": PatternFile[EntryWith[EvidenceAttributes]],
    "head": PatternFile[PatternEntry],
    "internal": PatternFile[EntryMaybeWith[InternalAttributes]],
    "lines": PatternFile[EntryMaybeWith[LineAttributes]],
    "norm": PatternFile[EntryMaybeWith[ModalAttributes | CutAttributes]],
    "numbers": PatternFile[PatternEntry],
    "paper": PatternFile[PatternEntry],
    "prose": PatternFile[PatternEntry],
    "reference": PatternFile[EntryMaybeWith[ReferenceAttributes]],
    "table": PatternFile[PatternEntry],
    "target": PatternFile[EntryWith[TargetAttributes]],
    "titles": PatternFile[PatternEntry],
}
"""The structure of each pattern file, by its name without ``.yaml``."""

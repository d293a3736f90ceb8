"""What may stand in the grammar of invented circulars; msgspec refuses every other key or value."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ontology.written_files import read_yaml

Written = Annotated[str, Meta(min_length=1)]
Choices = Annotated[tuple[Written, ...], Meta(min_length=1)]
Blocks = tuple[Choices, ...]


class PlannedFact(Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind"):
    """A fact that a sentence says, in the form of the annotation guide, with slots for what is drawn."""


class PlannedDocument(PlannedFact, frozen=True, tag="doc", kw_only=True):
    """The document itself."""

    title: str
    circular_title: str | None
    number: str
    issuers: tuple[str, ...]
    date: str
    effective: str | None = None
    expires: str | None = None
    addressees: str | None = None


class PlannedResponsibility(PlannedFact, frozen=True, tag="resp", kw_only=True):
    """A body and its role."""

    role: Literal["lead", "responsible", "cooperate"]
    unit: str
    explicit: bool


class PlannedTarget(PlannedFact, frozen=True, tag="target", kw_only=True):
    """A number that is to be reached."""

    text: str
    value: str
    unit: str
    cmp: str
    by: str | None = None


class PlannedDeadline(PlannedFact, frozen=True, tag="deadline", kw_only=True):
    """A time that binds."""

    text: str
    type: Literal["by", "within", "recurring", "effective", "expires", "validity"]
    norm: str


class PlannedReference(PlannedFact, frozen=True, tag="ref", kw_only=True):
    """Another document that is named."""

    title: str
    number: str | None = None
    rel: Literal["basis", "implements", "issues", "repeals", "amends", "cites"]


class PlannedInternal(PlannedFact, frozen=True, tag="iref", kw_only=True):
    """A place of the same document that is named."""

    text: str
    target: str


class PlannedNorm(PlannedFact, frozen=True, tag="norm", kw_only=True):
    """A rule; its text is the beginning of the sentence."""

    modality: Literal["obligation", "prohibition", "permission"]
    bearer: str | None = None


Planned = (
    PlannedDocument
    | PlannedResponsibility
    | PlannedTarget
    | PlannedDeadline
    | PlannedReference
    | PlannedInternal
    | PlannedNorm
)


class PlannedSentence(Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence with what it says."""

    text: Written
    facts: tuple[Planned, ...] = ()


class CircularForm(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A kind of circular, as paragraphs of pools."""

    title: Written
    begin: Blocks
    section: tuple[Written, Written]  # what stands before a section's title, and the pool of titles
    in_section: Annotated[int, Meta(ge=1)]
    label: Written
    labels_go_on: bool  # over sections, as articles do
    repeat: Blocks
    end: Blocks


class PlaceParts(Struct, frozen=True, forbid_unknown_fields=True):
    """What the names of places are made of."""

    first: Choices
    second: Choices
    level: Choices


class CitedFirst(Struct, frozen=True, forbid_unknown_fields=True):
    """What the first circular of a place cites."""

    title: Written
    number: Written


class Grammar(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The grammar as a whole."""

    about: Written
    place: PlaceParts
    numerals: Choices
    offices: Annotated[tuple[Written, ...], Meta(min_length=4)]
    own_number: Written
    first_cited: CitedFirst
    circular: dict[Written, Choices]
    sentence: dict[Written, Choices]
    forms: Annotated[dict[Written, CircularForm], Meta(min_length=1)]
    pools: dict[Written, Annotated[tuple[PlannedSentence, ...], Meta(min_length=1)]]


@cache
def grammar() -> Grammar:
    """The grammar that comes with the program. Raises FileFormatError with the line."""
    name = "grammar.yaml"
    return read_yaml((resources.files("ingest.synth") / name).read_text("utf8"), f"synth/{name}", Grammar)

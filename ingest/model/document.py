"""A document of a file: its parts, the fields of its head, its clauses and sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.model.text import ParagraphKind, Span, Text

_YEAR = re.compile(r"(?:19|20)\d\d")


class Part(StrEnum):
    """Which part of a document a paragraph belongs to."""

    MASTHEAD = (
        "masthead"  # what stands above or in the head and is no part of it: a red head, 附件, a page's field
    )
    HEADING = "heading"  # a page's own heading above a title that says the same
    CIRCULAR_TITLE = "circular-title"  # of the notice that issues something
    TITLE = "title"
    REPUBLISHED_TITLE = "republished-title"  # of what a decision amends and publishes again
    NUMBER = "number"
    ADDRESSEES = "addressees"
    NOTICE = "notice"  # the circular's own text
    SIGNATURE = "signature"
    BODY = "body"  # the policy's text (or the circular's, where nothing is attached)
    HISTORY = "history"  # (2003年…公布 根据…修改) below a title
    ANNEX = "annex"


FACT_PARTS = frozenset({Part.NOTICE, Part.BODY, Part.HISTORY, Part.ANNEX})
"""The parts whose text can carry facts."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a paragraph that belongs to one part of one document.

    A paragraph that has the next document's title glued to its end gives two blocks.
    """

    start: int
    end: int
    part: Part
    heading: int
    kind: ParagraphKind = ParagraphKind.BODY
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """The blocks of one document, in the order of the text; titles and heads are blocks of their own.

    ``issued`` are the titles that its circular says it issues, or its decision amends.
    """

    span: Span
    blocks: tuple[Block, ...]
    issued: tuple[str, ...] = ()

    def of(self, part: Part) -> tuple[Block, ...]:
        """The blocks of one part."""
        return tuple(block for block in self.blocks if block.part is part)


@dataclass(frozen=True, slots=True)
class HeadField:
    """A field of a document with the place that gives it; ``span`` is None where it was inferred.

    ``said_by`` is None for what the text says, else what beside it does: page, manifest, sidecar.
    """

    value: str
    span: Span | None
    said_by: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """The head of a document. Dates are ISO; titles have no outer 《》 and no white space."""

    title: HeadField | None = None
    circular_title: HeadField | None = None
    type: str | None = None  # 通知, 办法 … of ``title``
    circular_type: str | None = None
    number: HeadField | None = None
    issuers: tuple[HeadField, ...] = ()
    addressees: HeadField | None = None
    date: HeadField | None = None
    effective: HeadField | None = None
    expires: HeadField | None = None
    also: tuple[HeadField, ...] = ()  # what a decision republishes in full
    published: HeadField | None = None  # known only beside the text
    address: HeadField | None = None  # where the text was got from, an http or https IRI
    contradictions: tuple[str, ...] = ()  # between the text and what is known beside it, for people

    def said_by(self) -> dict[str, str]:
        """Return who says each field that the text does not say itself."""
        named = {"title": self.title, "circular_title": self.circular_title, "number": self.number}
        named |= {"issuers": self.issuers[0] if self.issuers else None, "date": self.date}
        named |= {
            "published": self.published,
            "address": self.address,
            "effective": self.effective,
            "expires": self.expires,
        }
        return {name: field.said_by for name, field in named.items() if field and field.said_by}


class ClauseKind(StrEnum):
    """A level of the tree of clauses (第X章 › 第X条 › 款 › (一) › 1. › (1)) or of 一、 › (一) › 1. › (1)."""

    CHAPTER = "chapter"  # 第X章, 第X编
    SECTION = "section"  # 第X节
    HEADING = "heading"  # 一、
    ARTICLE = "article"  # 第X条
    PARAGRAPH = "paragraph"  # 款: unnumbered paragraph
    ITEM = "item"  # (一)
    SUBITEM = "subitem"  # 1.
    POINT = "point"  # (1) ①


@dataclass(frozen=True, slots=True)
class Clause:
    """A node of a document's tree. ``path`` is unique in the document, e.g. ``c1/a3/i2``."""

    path: str
    parent: int | None  # index into Document.clauses
    kind: ClauseKind
    label: str  # as written: 第三条, (一), 1.; "" for a 款
    number: int  # the label's number; for a 款 its place in its parent
    heading: Span | None
    span: Span  # own text, without the children's
    part: Part


@dataclass(frozen=True, slots=True)
class Sentence:
    """Up to 。；！？ or the end of its block. ``body`` is where the text after labels begins."""

    start: int
    end: int  # without the final mark
    body: int
    clause: int  # index into Document.clauses


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a file, ready for extraction."""

    text: Text
    span: Span
    fields: DocumentFields
    blocks: tuple[Block, ...]
    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    _bodies: tuple[Span, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        stretches = tuple(
            Span(block.start, block.end)
            for block in self.blocks
            if block.kind is ParagraphKind.BODY and block.part in FACT_PARTS
        )
        object.__setattr__(self, "_bodies", stretches)

    def __repr__(self) -> str:
        title = self.fields.title or self.fields.circular_title
        counts = f"{len(self.clauses)} clauses, {len(self.sentences)} sentences"
        return f"<document {title.value if title else '?'} in {self.text.name}: {counts}>"

    @property
    def year(self) -> int | None:
        """Year of the document as far as it is known from its date or number, else the first of its title."""
        fields = self.fields
        for known in (fields.date, fields.number, fields.effective, fields.title):
            year = _YEAR.search(known.value) if known is not None else None
            if year is not None:
                return int(year.group())
        return None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, if it lies in text that can carry facts."""
        place = bisect_right(self.sentences, offset, key=lambda sentence: sentence.start) - 1
        if place < 0 or offset > self.sentences[place].end:
            return None
        return self.sentences[place]

    def tables(self) -> Iterator[tuple[Span, ...]]:
        """The rows of each table from which facts are drawn."""
        rows: list[Span] = []
        for block in self.blocks:
            if block.kind is ParagraphKind.TABLE and block.part in FACT_PARTS:
                rows.append(Span(block.start, block.end))
            elif rows and block.kind is ParagraphKind.BODY:
                yield tuple(rows)
                rows = []
        if rows:
            yield tuple(rows)

    def bodies(self) -> tuple[Span, ...]:
        """The stretches from which facts are drawn, in order."""
        return self._bodies

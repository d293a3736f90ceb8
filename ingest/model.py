"""The nouns of the pipeline: text, document, clause and the seven kinds of fact.

Every offset counts Unicode code points of the normalised text, end exclusive, so that
``text.text[start:end]`` is the quote.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of the normalised text: code points, end exclusive."""

    start: int
    end: int


class ParagraphKind(StrEnum):
    """What a paragraph of the file is, before anything is known about documents."""

    BODY = "body"
    CONTENTS = "contents"  # 目录 / CONTENTS
    FOREIGN = "foreign"  # pages in another language
    FURNITURE = "furniture"  # running heads, page numbers, image names, rules
    TABLE = "table"  # rows with tabs or bars
    NOTE = "note"  # footnotes
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, page breaks inside it already mended."""

    start: int
    end: int
    kind: ParagraphKind
    heading: int  # number of Markdown # marks, 0 if none
    indented: bool  # begins with white space in the file
    breaks: tuple[int, ...] = ()  # offsets at which white space or a line break of the file was taken out


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """From the normalised text back to the file: runs that were copied without a change in length.

    ``starts[i]`` is where run i begins in the normalised text, ``sources[i]`` where it begins in the
    decoded file, both in code points; ``line_starts`` are the offsets of the file's lines.
    """

    starts: tuple[int, ...]
    sources: tuple[int, ...]
    line_starts: tuple[int, ...]

    def source(self, offset: int) -> int:
        """Offset in the decoded file of the character at ``offset`` of the normalised text."""
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run] if run >= 0 else 0

    def line(self, offset: int) -> int:
        """1-based line of the file on which the character at ``offset`` stands."""
        return bisect_right(self.line_starts, self.source(offset))


@dataclass(frozen=True, slots=True)
class Text:
    """A file as read: ``text`` is what places point into, ``folded`` the same length for matching.

    ``folded`` has half-width brackets, commas, colons, digits and letters, and [ ] for 〔〕【】［］;
    one character stands for one character, so offsets are the same in both.
    """

    name: str
    text: str
    folded: str
    sha256: str  # of the normalised text, UTF-8
    original_sha256: str  # of the file's bytes
    offsets: OffsetMap
    paragraphs: tuple[Paragraph, ...]

    def quote(self, span: Span) -> str:
        """The very characters of a span."""
        return self.text[span.start : span.end]


class Part(StrEnum):
    """Which part of a document a paragraph belongs to."""

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


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph that belongs to one part of one document.

    A paragraph that has the next document's title glued to its end gives two pieces.
    """

    start: int
    end: int
    part: Part
    heading: int
    kind: ParagraphKind = ParagraphKind.BODY
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """The pieces of one document, in the order of the text; titles and heads are pieces of their own.

    ``issued`` are the titles that its circular says it issues, or its decision amends.
    """

    span: Span
    pieces: tuple[Piece, ...]
    issued: tuple[str, ...] = ()

    def of(self, part: Part) -> tuple[Piece, ...]:
        """The pieces of one part."""
        return tuple(piece for piece in self.pieces if piece.part is part)


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a document with the place that gives it; ``span`` is None where it was inferred."""

    value: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class DocumentFields:
    """The head of a document. Dates are ISO; titles have no outer 《》 and no white space."""

    title: Field | None = None
    circular_title: Field | None = None
    type: str | None = None  # 通知, 办法 … of ``title``
    circular_type: str | None = None
    number: Field | None = None
    issuers: tuple[Field, ...] = ()
    addressees: Field | None = None
    date: Field | None = None
    effective: Field | None = None
    expires: Field | None = None
    also: tuple[Field, ...] = ()  # what a decision republishes in full


class ClauseKind(StrEnum):
    """A level of the tree of clauses (STYLE: 第X章 › 第X条 › 款 › (一) › 1. › (1))."""

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
    """Up to 。；！？ or the end of its piece. ``body`` is where the text after labels begins."""

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
    pieces: tuple[Piece, ...]
    clauses: tuple[Clause, ...]
    sentences: tuple[Sentence, ...]
    _bodies: tuple[Span, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        stretches = tuple(
            Span(piece.start, piece.end)
            for piece in self.pieces
            if piece.kind is ParagraphKind.BODY and piece.part in FACT_PARTS
        )
        object.__setattr__(self, "_bodies", stretches)

    @property
    def year(self) -> int | None:
        """Year of the document as far as it is known from its date or number."""
        for known in (self.fields.date, self.fields.number, self.fields.effective):
            if known is not None:
                for i in range(len(known.value) - 3):
                    if known.value[i : i + 2] in ("19", "20") and known.value[i : i + 4].isdigit():
                        return int(known.value[i : i + 4])
        return None

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, if it lies in text that can carry facts."""
        low, high = 0, len(self.sentences)
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].start <= offset:
                low = middle + 1
            else:
                high = middle
        if low == 0:
            return None
        found = self.sentences[low - 1]
        return found if offset <= found.end else None

    def tables(self) -> Iterator[tuple[Span, ...]]:
        """The rows of each table from which facts are drawn."""
        rows: list[Span] = []
        for piece in self.pieces:
            if piece.kind is ParagraphKind.TABLE and piece.part in FACT_PARTS:
                rows.append(Span(piece.start, piece.end))
            elif rows and piece.kind is ParagraphKind.BODY:
                yield tuple(rows)
                rows = []
        if rows:
            yield tuple(rows)

    def bodies(self) -> tuple[Span, ...]:
        """The stretches from which facts are drawn, in order."""
        return self._bodies


FACT_PARTS = frozenset({Part.NOTICE, Part.BODY, Part.HISTORY, Part.ANNEX})


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
    """A quantified planned outcome. ``span`` is the clause that says it, ``value`` as in GUIDELINES."""

    span: Span
    rule: str
    value: str
    unit: str
    comparator: Comparator
    by: str | None
    indicator: str


class DeadlineKind(StrEnum):
    """What a time expression does."""

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


class Relation(StrEnum):
    """What a document does to the one it names."""

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
    """What a rule does to its bearer."""

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
    """All facts of one document, each tuple in the order of the text."""

    responsibilities: tuple[Responsibility, ...] = ()
    targets: tuple[Target, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    references: tuple[Reference, ...] = ()
    internal_references: tuple[InternalReference, ...] = ()
    norms: tuple[Norm, ...] = ()

    def all(self) -> Iterator[Fact]:
        """Every fact, kind by kind."""
        yield from self.responsibilities
        yield from self.targets
        yield from self.deadlines
        yield from self.references
        yield from self.internal_references
        yield from self.norms

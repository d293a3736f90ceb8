"""The tree of a document's clauses, and its sentences.

第X章 › 第X节 › 第X条 › 款 › (一) › 1. › (1) or 一、 › (一) › 1. › (1), in full or half width. Every piece
of text that can carry facts is the own text of exactly one clause.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ingest.labels import label_at
from ingest.model import (
    FACT_PARTS,
    Clause,
    ClauseKind,
    Document,
    DocumentFields,
    ParagraphKind,
    Part,
    Piece,
    Segment,
    Sentence,
    Span,
    Text,
)
from ingest.numerals import integer
from ingest.pattern import book

_BOOK = book("clauses")
_RUN_IN = _BOOK.regex("clause.run-in-heading")
_RULE_WORD = _BOOK.regex("clause.rule-word")
_SENTENCE_END = re.compile(r"[。;!?]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")  # a row without any is a rule between rows
_LONGEST_HEADING = 60
_LONGEST_SENTENCE = 1_000  # code points; what is longer is no sentence, and is cut to keep rules linear
_PREFIX = {Part.NOTICE: "notice/", Part.ANNEX: "annex/", Part.HISTORY: "history/"}
_PARAGRAPH_RANK = 35  # a 款 stands below its article and above the items that it introduces


@dataclass(frozen=True, slots=True)
class _Label:
    kind: ClauseKind
    code: str
    rank: int
    number: int
    end: int


def structure(text: Text, segment: Segment, fields: DocumentFields) -> Document:
    """The document of a segment with its clauses and sentences."""
    tree = _Tree(text)
    sentences: list[Sentence] = []
    for piece in segment.pieces:
        if piece.kind is ParagraphKind.BODY and piece.part in FACT_PARTS:
            index, body = tree.add(piece)
            _sentences(text.folded, piece, body, index, sentences)
        elif _is_row(text, piece):
            tree.add_row(piece)
    return Document(text, segment.span, fields, segment.pieces, tuple(tree.clauses), tuple(sentences))


def _is_row(text: Text, piece: Piece) -> bool:
    """Whether a piece is a row of a table with words in it."""
    row = piece.kind is ParagraphKind.TABLE and piece.part in FACT_PARTS
    return row and _HAN.search(text.folded, piece.start, piece.end) is not None


def _label(folded: str, piece: Piece) -> _Label | None:
    found = label_at(folded, piece.start, piece.end, piece.breaks)
    if found is None:
        return None
    pattern, match = found
    groups = match.groupdict()
    circled = groups.get("circled")
    number = int(unicodedata.numeric(circled)) if circled else integer(groups["number"] or "")
    end = match.end()
    while end < piece.end and folded[end] in " 、.":
        end += 1
    return _Label(
        ClauseKind(pattern.attributes["kind"]),
        pattern.attributes["code"],
        int(pattern.attributes["rank"]),
        number or 0,
        end,
    )


class _Tree:
    """Clauses so far, with the stack of open ones as (rank, index)."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.clauses: list[Clause] = []
        self.open: list[tuple[int, int]] = []
        self.part: Part | None = None
        self.counts: dict[tuple[int | None, str], int] = {}
        self.stems: dict[str, int] = {}  # how often a path has come, for labels that are used twice

    def add(self, piece: Piece) -> tuple[int, int]:
        """Add the clause of a piece; gives its index and the offset at which its text begins."""
        folded = self.text.folded
        if piece.part is not self.part:
            self.part, self.open, self.counts = piece.part, [], {}
        label = _label(folded, piece)
        if label is None:
            return self._paragraph(piece), piece.start
        while self.open and self.open[-1][0] >= label.rank:
            self.open.pop()
        parent = self.open[-1][1] if self.open else None
        heading = self._heading(piece, label)
        index = self._append(
            piece,
            parent,
            label.kind,
            folded[piece.start : label.end].rstrip(),
            label.code,
            label.number,
            heading,
        )
        self.open.append((label.rank, index))
        return index, label.end

    def add_row(self, piece: Piece) -> None:
        """Add a row of a table below the clause that it stands in; it holds no sentences."""
        parent = self.open[-1][1] if self.open else None
        number = self.counts[(parent, "r")] = self.counts.get((parent, "r"), 0) + 1
        self._append(piece, parent, ClauseKind.ITEM, "", "r", number, None)

    def _paragraph(self, piece: Piece) -> int:
        """An unnumbered paragraph: a 款 of the open article, else text below the last heading."""
        article = next((place for place, (rank, _) in enumerate(self.open) if rank == 30), None)
        if article is not None:
            del self.open[article + 1 :]
        else:
            lead_in = next((p for p, (rank, _) in enumerate(self.open) if rank == _PARAGRAPH_RANK), None)
            if lead_in is not None:
                del self.open[lead_in:]
        parent = self.open[-1][1] if self.open else None
        number = self.counts.get((parent, "p"), 0) + 1
        if article is not None and number == 1:
            number = 2  # the article's own text is its first 款
        self.counts[(parent, "p")] = number
        index = self._append(piece, parent, ClauseKind.PARAGRAPH, "", "p", number, None)
        if self.text.folded[piece.end - 1] == ":":
            self.open.append((_PARAGRAPH_RANK, index))
        return index

    def _append(
        self,
        piece: Piece,
        parent: int | None,
        kind: ClauseKind,
        label: str,
        code: str,
        number: int,
        heading: Span | None,
    ) -> int:
        base = self.clauses[parent].path + "/" if parent is not None else _PREFIX.get(piece.part, "")
        stem = f"{base}{code}{number}"
        again = self.stems[stem] = self.stems.get(stem, 0) + 1
        path = stem if again == 1 else f"{stem}~{again}"
        own = Span(piece.start, piece.end)
        self.clauses.append(Clause(path, parent, kind, label, number, heading, own, piece.part))
        return len(self.clauses) - 1

    def _heading(self, piece: Piece, label: _Label) -> Span | None:
        folded = self.text.folded
        if label.end >= piece.end:
            return None
        own = folded[label.end : piece.end].rstrip("”")
        if len(own) <= _LONGEST_HEADING and own[-1:] not in ";:!?" and "。" not in own:
            return Span(label.end, piece.end)
        run_in = _RUN_IN.match(folded, label.end, piece.end)
        if run_in and not _RULE_WORD.search(run_in["heading"]):
            return Span(*run_in.span("heading"))
        return None


def _sentences(folded: str, piece: Piece, body: int, clause: int, out: list[Sentence]) -> None:
    start = piece.start
    ends = [(mark.start(), mark.end()) for mark in _SENTENCE_END.finditer(folded, piece.start, piece.end)]
    for end, following in [*ends, (piece.end, piece.end)]:
        while end - start > _LONGEST_SENTENCE:
            out.append(Sentence(start, start + _LONGEST_SENTENCE, max(body, start), clause))
            start += _LONGEST_SENTENCE
        if end > start:
            out.append(Sentence(start, end, max(body, start), clause))
        start = following

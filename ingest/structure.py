"""The tree of a document's clauses, and its sentences.

第X章 › 第X节 › 第X条 › 款 › (一) › 1. › (1) or 一、 › (一) › 1. › (1), in full or half width. Every block
of text that can carry facts is the own text of exactly one clause.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ingest.clause_labels import match_label
from ingest.model import (
    FACT_PARTS,
    Block,
    Clause,
    ClauseKind,
    Document,
    DocumentFields,
    ParagraphKind,
    Part,
    Segment,
    Sentence,
    Span,
    Text,
)
from ingest.numerals import parse_integer
from ingest.pattern import book

_BOOK = book("clauses")
_RUN_IN = _BOOK.regex("clause.run-in-heading")
_RULE_WORD = _BOOK.regex("clause.rule-word")
_SENTENCE_END = re.compile(r"[。;!?][。;!?]*")  # begins with one character: quick to look for
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
    for block in segment.blocks:
        if block.kind is ParagraphKind.BODY and block.part in FACT_PARTS:
            index, body = tree.add(block)
            _sentences(text.folded, block, body, index, sentences)
        elif _is_row(text, block):
            tree.add_row(block)
    return Document(text, segment.span, fields, segment.blocks, tuple(tree.clauses), tuple(sentences))


def _is_row(text: Text, block: Block) -> bool:
    """Whether a block is a row of a table with words in it."""
    row = block.kind is ParagraphKind.TABLE and block.part in FACT_PARTS
    return row and _HAN.search(text.folded, block.start, block.end) is not None


def _label(folded: str, block: Block) -> _Label | None:
    found = match_label(folded, block.start, block.end, block.breaks)
    if found is None:
        return None
    pattern, match = found
    groups = match.groupdict()
    circled = groups.get("circled")
    number = int(unicodedata.numeric(circled)) if circled else parse_integer(groups["number"] or "")
    end = match.end()
    while end < block.end and folded[end] in " 、.":
        end += 1
    return _Label(
        pattern.attributes.kind,
        pattern.attributes.code,
        pattern.attributes.rank,
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

    def add(self, block: Block) -> tuple[int, int]:
        """Add the clause of a block; gives its index and the offset at which its text begins."""
        folded = self.text.folded
        if block.part is not self.part:
            self.part, self.open, self.counts = block.part, [], {}
        label = _label(folded, block)
        if label is None:
            return self._paragraph(block), block.start
        while self.open and self.open[-1][0] >= label.rank:
            self.open.pop()
        parent = self.open[-1][1] if self.open else None
        heading = self._heading(block, label)
        index = self._append(
            block,
            parent,
            label.kind,
            folded[block.start : label.end].rstrip(),
            label.code,
            label.number,
            heading,
        )
        self.open.append((label.rank, index))
        return index, label.end

    def add_row(self, block: Block) -> None:
        """Add a row of a table below the clause that it stands in; it holds no sentences."""
        parent = self.open[-1][1] if self.open else None
        number = self.counts[(parent, "r")] = self.counts.get((parent, "r"), 0) + 1
        self._append(block, parent, ClauseKind.ITEM, "", "r", number, None)

    def _paragraph(self, block: Block) -> int:
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
        index = self._append(block, parent, ClauseKind.PARAGRAPH, "", "p", number, None)
        if self.text.folded[block.end - 1] == ":":
            self.open.append((_PARAGRAPH_RANK, index))
        return index

    def _append(
        self,
        block: Block,
        parent: int | None,
        kind: ClauseKind,
        label: str,
        code: str,
        number: int,
        heading: Span | None,
    ) -> int:
        base = self.clauses[parent].path + "/" if parent is not None else _PREFIX.get(block.part, "")
        stem = f"{base}{code}{number}"
        again = self.stems[stem] = self.stems.get(stem, 0) + 1
        path = stem if again == 1 else f"{stem}~{again}"
        own = Span(block.start, block.end)
        self.clauses.append(Clause(path, parent, kind, label, number, heading, own, block.part))
        return len(self.clauses) - 1

    def _heading(self, block: Block, label: _Label) -> Span | None:
        folded = self.text.folded
        if label.end >= block.end:
            return None
        own = folded[label.end : block.end].rstrip("”")
        if len(own) <= _LONGEST_HEADING and own[-1:] not in ";:!?" and "。" not in own:
            return Span(label.end, block.end)
        run_in = _RUN_IN.match(folded, label.end, block.end)
        if run_in and not _RULE_WORD.search(run_in["heading"]):
            return Span(*run_in.span("heading"))
        return None


def _sentences(folded: str, block: Block, body: int, clause: int, out: list[Sentence]) -> None:
    start = block.start
    ends = [(mark.start(), mark.end()) for mark in _SENTENCE_END.finditer(folded, block.start, block.end)]
    for end, following in [*ends, (block.end, block.end)]:
        while end - start > _LONGEST_SENTENCE:
            out.append(Sentence(start, start + _LONGEST_SENTENCE, max(body, start), clause))
            start += _LONGEST_SENTENCE
        if end > start:
            out.append(Sentence(start, end, max(body, start), clause))
        start = following

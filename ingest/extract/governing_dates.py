"""The date by which what a sentence says is to be done: its own, or that of the text that governs it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

from ingest.extract.deadline import scan
from ingest.model import ClauseKind, Deadline, DeadlineKind, Document, Sentence, Span
from ingest.pattern import book

_BOOK = book("deadline")
_GOALS = _BOOK.regex("deadline.goals")
_MAY_OPEN = _BOOK.compile("{may_open}")  # spares most sentences the scan
_LIST_MEMBER = _BOOK.compile("{list_member}")  # 一是…二是…: a member does not hand its limit on to the next
_ANNOTATION = re.compile(r"[(][^()]*[)]")
_REACH = 60  # sentences or paragraphs over which a limit can reach
_TASK = 8  # sentences of a task, up to its annotation
_OPENING = 6  # code points that may stand before the limit that opens a sentence (力争, ——)


class GoverningDates:
    """The dates that govern the sentences of a document, worked out when first needed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._found: dict[int, list[Deadline]] = {}

    def of(self, sentence: Sentence) -> list[Deadline]:
        """The deadlines of a sentence."""
        if sentence.start not in self._found:
            self._found[sentence.start] = scan(self.document, Span(sentence.body, sentence.end))
        return self._found[sentence.start]

    def own(self, sentence: Sentence) -> list[Deadline]:
        """The deadlines of a sentence without those of an annotation that opens it: that belongs to the task
        before.
        """
        annotation = _ANNOTATION.match(self.document.text.folded, sentence.body, sentence.end)
        start = annotation.end() if annotation else sentence.body
        return [limit for limit in self.of(sentence) if limit.span.start >= start]

    def annotated(self, sentence: Sentence) -> str | None:
        """The limit that the next annotation of the same clause sets (完成时限：6月底)."""
        sentences, folded = self.document.sentences, self.document.text.folded
        place = bisect_right(sentences, sentence.start, key=lambda other: other.start)
        for other in sentences[place : place + _TASK]:
            if other.clause != sentence.clause:
                return None
            annotation = _ANNOTATION.match(folded, other.body, other.end)
            if annotation:
                limits = (limit for limit in self.of(other) if limit.kind is DeadlineKind.BY)
                return next((limit.norm for limit in limits if limit.span.end < annotation.end()), None)
        return None

    def inherited(self, sentence: Sentence, dated: Mapping[int, str]) -> str | None:
        """The limit of the sentence before (as ``dated`` by its start), or the one with which the
        paragraph opens, or the section: its first paragraph, or any before in a section of goals.
        """
        sentences, clauses = self.document.sentences, self.document.clauses
        place = bisect_right(sentences, sentence.start, key=lambda other: other.start) - 2
        folded = self.document.text.folded
        listed = _LIST_MEMBER.match(folded, sentence.body)
        found = dated.get(sentences[place].start) if place >= 0 and not listed else None
        stop = max(0, place - _REACH)
        while place >= stop and sentences[place].clause == sentence.clause:
            if not (listed and _LIST_MEMBER.match(folded, sentences[place].body)):
                found = found or self._opening(sentences[place])
            if found:
                return found
            place -= 1
        parent = clauses[sentence.clause].parent
        if parent is None:
            return None
        heading = folded[clauses[parent].span.start : clauses[parent].span.end]
        goals = bool(_GOALS.search(heading[:60]))
        above = [other for other in range(parent + 1, sentence.clause) if clauses[other].parent == parent]
        if goals:
            above = above[-_REACH:]
        else:
            above = [other for other in above[:1] if clauses[other].kind is ClauseKind.PARAGRAPH]
        if goals or heading.endswith(":"):
            above.insert(0, parent)
        return next((limit for other in reversed(above) if (limit := self._clause_opening(other))), None)

    def _opening(self, sentence: Sentence) -> str | None:
        reach = sentence.body + _OPENING
        if not _MAY_OPEN.search(self.document.text.folded, sentence.body, min(reach + 3, sentence.end)):
            return None
        limits = (limit for limit in self.of(sentence) if limit.kind is DeadlineKind.BY)
        return next((limit.norm for limit in limits if limit.span.start <= reach), None)

    def _clause_opening(self, index: int) -> str | None:
        """The limit that opens the first sentence of a clause, or the one behind its run-in heading."""
        offset = self.document.clauses[index].span.start
        for _ in range(2):
            sentence = self.document.sentence_at(offset)
            if sentence is None or sentence.clause != index:
                return None
            found = self._opening(sentence)
            if found:
                return found
            offset = sentence.end + 1
        return None

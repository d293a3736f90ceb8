"""Responsibilities in running prose (GUIDELINES.md, resp, explicit=false).

One record a sentence, unit and role. Generic bodies (有关部门) are left out unless the document itself
defines them; a permission (可以, 有权) is no responsibility.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.bodies import defined_names, is_generic, is_name, shared_head, split_hard, split_soft, trimmed
from ingest.model import Document, Part, Responsibility, Role, Sentence, Span
from ingest.pattern import book

_BOOK = book("prose")
_SUBJECT = _BOOK["prose.subject"]
_BY = _BOOK["prose.by"]
_APPROVAL = _BOOK["prose.approval"]
_WITH = _BOOK.regex("prose.with")
_COOPERATES = _BOOK.regex("prose.cooperates")
_LEADS = _BOOK.regex("prose.leads")
_NO_SUBJECT = _BOOK.regex("prose.no-subject")
_OPENING = _BOOK.regex("prose.opening")
_TAIL = _BOOK.compile(r"(?:{generic_tail})?(?:[(][^()]{1,60}[)])?$")
_ITEM_LABEL = re.compile(r"“?(?:[(]|\d|[一二三四五六七八九十]+、)")
_BOUNDARY = re.compile(r"[,:“”()《》!?]")
_LOOK_AHEAD = 40
_LONGEST_DESCRIPTION = 40  # code points
_NO_DESCRIPTION = re.compile(r"[在为以对向按根经报由与]|根据|鼓励|支持")
_NEGATED = re.compile(r"不再|无需|不需|无须|不必")
_BY_INSIDE = re.compile(r"(?<![自理缘来])由|经(?=[市区省县各国北])|报(?=[市区省县各国])")


class _Reader:
    """Collects the records of one document."""

    def __init__(self, document: Document, annotations: Sequence[Span]) -> None:
        self.document = document
        self.annotation_starts = [span.start for span in annotations]
        self.annotations = annotations
        self.folded = document.text.folded
        self.defined = defined_names(document)
        self.found: dict[tuple[int, str, Role], Responsibility] = {}

    def run(self) -> list[Responsibility]:
        for piece in self.document.bodies():
            for match in _SUBJECT.regex.finditer(self.folded, piece.start, piece.end):
                self.subject(match)
            for match in _APPROVAL.regex.finditer(self.folded, piece.start, piece.end):
                self.approval(match)
        return sorted(self.found.values(), key=lambda fact: (fact.span.start, fact.role))

    # one hit ------------------------------------------------------------------------------------

    def subject(self, match: re.Match[str]) -> None:
        sentence = self.document.sentence_at(match.start())
        if sentence is None or match.end() > sentence.end or self.annotated(match.start()):
            return
        heading = self.document.clauses[sentence.clause].heading
        if heading is not None and match.start() < heading.end and _ITEM_LABEL.match(self.folded, sentence.start):
            return
        start = self.clause_start(sentence, match.start())
        name_end = self.without_tail(start, match.end())
        if start > 0 and self.folded[start - 1] in "(《":
            return  # a bracket explains a name, a title cites it: neither makes anybody do anything
        behind = self.folded[match.end() : min(match.end() + _LOOK_AHEAD, sentence.end)].lstrip(",")
        introduced = self.introduced(start, name_end)
        begin = introduced if introduced is not None else self.after_opening(start, name_end)
        if _NO_SUBJECT.match(behind) or _NEGATED.search(self.folded, start, name_end):
            return
        role = self.role(behind)
        rule = _BY.id if introduced is not None else _SUBJECT.id
        units = self.units(begin, name_end) or self.introduced_by_definition(begin, match)
        for unit in units:
            self.add(sentence, unit, role, rule)
        if units:
            self.together(sentence, match.end())

    def introduced_by_definition(self, begin: int, match: re.Match[str]) -> list[Span]:
        """A long description that the document gives a short name: 承担法制职责的机构(以下简称法制机构)."""
        bracket = self.folded.find("(", match.start(), match.end())
        if bracket < 0 or bracket - begin > _LONGEST_DESCRIPTION or _NO_DESCRIPTION.match(self.folded, begin):
            return []
        named = any(bracket < place.start < match.end() for place in self.defined.values())
        return [Span(begin, bracket)] if named else []

    def annotated(self, offset: int) -> bool:
        place = bisect_right(self.annotation_starts, offset) - 1
        return place >= 0 and offset < self.annotations[place].end

    def approval(self, match: re.Match[str]) -> None:
        sentence = self.document.sentence_at(match.start())
        if sentence is None or self.document.clauses[sentence.clause].part is Part.NOTICE:
            return  # how the circular itself was passed is no duty
        for unit in self.units(*match.span("body")):
            self.add(sentence, unit, Role.RESPONSIBLE, _APPROVAL.id)

    def together(self, sentence: Sentence, offset: int) -> None:
        """X会同Y: Y cooperates."""
        match = _WITH.match(self.folded, offset, sentence.end) or _WITH.search(
            self.folded, offset, min(offset + 3, sentence.end)
        )
        if match is None:
            return
        clause = _BOUNDARY.search(self.folded, match.end(), sentence.end)
        limit = clause.start() if clause else sentence.end
        best: list[Span] = []
        for end in range(match.end() + 2, min(limit, match.end() + 60) + 1):
            units = self.units(match.end(), self.without_tail(match.end(), end))
            if units and (end == limit or _AFTER_NAME.match(self.folded, end, limit)):
                best = units
                break
        for unit in best:
            self.add(sentence, unit, Role.COOPERATE, "prose.with")

    def add(self, sentence: Sentence, unit: Span, role: Role, rule: str) -> None:
        name = "".join(self.document.text.quote(unit).split())
        key = (sentence.start, name, role)
        if key not in self.found:
            self.found[key] = Responsibility(unit, rule, role, name, explicit=False)

    # parts of a hit -----------------------------------------------------------------------------

    def clause_start(self, sentence: Sentence, offset: int) -> int:
        """Where the clause that holds ``offset`` begins: behind the last mark before it."""
        depth = 0
        position = offset
        while position > sentence.body:
            character = self.folded[position - 1]
            if character == ")":
                depth += 1
            elif character == "(" and depth:
                depth -= 1
            elif depth == 0 and _BOUNDARY.match(character):
                break
            position -= 1
        return position

    def without_tail(self, start: int, end: int) -> int:
        tail = _TAIL.search(self.folded, start, end)
        return tail.start() if tail else end

    def introduced(self, start: int, end: int) -> int | None:
        """Offset behind the last 由 before the name, if there is one in its clause."""
        position = None
        for match in _BY_INSIDE.finditer(self.folded, start, end):
            position = match.end()
        return position

    def after_opening(self, start: int, end: int) -> int:
        while True:
            match = _OPENING.match(self.folded[start:end])
            if match is None or match.end() == 0:
                return start
            start += match.end()

    def role(self, behind: str) -> Role:
        if _COOPERATES.match(behind):
            return Role.COOPERATE
        return Role.LEAD if _LEADS.match(behind) else Role.RESPONSIBLE

    def units(self, start: int, end: int) -> list[Span]:
        """The bodies that a stretch lists; empty unless all of it is bodies."""
        span = trimmed(self.folded, Span(start, end))
        text = self.folded[span.start : span.end]
        if len(text) < 2 or len(text) > 400:
            return []
        if self.body(text) and ("、" not in text or shared_head(self.folded, span)) and not _inner_and(self.folded, span):
            return [] if self.generic(text) else [span]
        units: list[Span] = []
        for part in split_hard(self.folded, span.start, span.end, self.document.year):
            units += split_soft(self.folded, part)
        units = self.merged(units)
        texts = [self.folded[unit.start : unit.end] for unit in units]
        doubtful = [text for text in texts if not self.body(text)]
        if doubtful and (len(doubtful) * 3 > len(texts) or not all(map(_ENDS_AS_BODY.search, doubtful))):
            return []
        return [unit for unit in units if not self.generic(self.folded[unit.start : unit.end])]

    def merged(self, units: list[Span]) -> list[Span]:
        """各区、开发区相关部门 in a list stays one unit: the head is shared."""
        merged: list[Span] = []
        for unit in units:
            if merged and _COLLECTIVE.fullmatch(self.folded, *merged[-1]) and shared_head(
                self.folded, Span(merged[-1].start, unit.end)
            ):
                merged[-1] = Span(merged[-1].start, unit.end)
            else:
                merged.append(unit)
        return merged

    def body(self, text: str) -> bool:
        if "、" in text and _SHARED.search(text):
            return True
        return text in self.defined or is_name(_without_bracket(text)) or is_generic(text)

    def generic(self, text: str) -> bool:
        return is_generic(text) and text not in self.defined


_ENDS_AS_BODY = re.compile(r"(?:局|委|办|部|厅|政府|部门|单位|机构|中心|公司|集团)$")
_COLLECTIVE = re.compile(r"各[区县市州镇乡]+")
_SHARED = re.compile(r"^各[区县市州镇乡]+、[^、]*(?:相关|有关)部门$")
_AFTER_NAME = _BOOK.compile(r"{verb}|等")


def _without_bracket(text: str) -> str:
    return re.sub(r"[(][^()]*[)]$", "", text)


def _inner_and(folded: str, span: Span) -> bool:
    return len(split_soft(folded, span)) > 1


def extract(document: Document, annotations: Sequence[Span] = ()) -> list[Responsibility]:
    """Responsibilities of named bodies in the prose of a document, outside its annotations, in the
    order of the text.
    """
    return _Reader(document, annotations).run()


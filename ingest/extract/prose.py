"""Responsibilities in running prose (docs/annotation.md, responsibilities).

One record a sentence, unit and role. Generic bodies (有关部门) are left out unless the document itself
defines them; a permission (可以, 有权) is no responsibility.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from ingest.extract.prose_bodies import ProseBodies
from ingest.model import Document, Part, Responsibility, Role, Sentence, Span
from ingest.pattern import book
from ontology.normal import without_space

_BOOK = book("prose")
_SUBJECT = _BOOK["prose.subject"]
_BY = _BOOK["prose.by"]
_APPROVAL = _BOOK["prose.approval"]
_WITH = _BOOK["prose.with"]
_COOPERATES = _BOOK.regex("prose.cooperates")
_LEADS = _BOOK.regex("prose.leads")
_NO_SUBJECT = _BOOK.regex("prose.no-subject")
_OPENING = _BOOK.regex("prose.opening")
_INTRODUCED = _BOOK.regex("prose.introducer")
_ITEM_LABEL = _BOOK.compile("{item_label}")
_NEGATED = _BOOK.compile("{negation}")
_PERMITTED = _BOOK.compile(r"{permission}\Z")
_NO_DUTY = _BOOK.compile("{no_duty}")
_PUNISHES = _BOOK.compile("{punishes}")
_PASSED = _BOOK.compile("{passed}")
_PERSON = _BOOK.compile("{person}")
_CAN_JOIN = _BOOK.compile("{can_join}$")
_SHORT_HEADING = 8  # a run-in heading this short (各区初审。) names a step, it does not state a duty
_LOOK_AHEAD = 40


def extract(document: Document, annotations: Sequence[Span] = ()) -> list[Responsibility]:
    """Responsibilities of named bodies in the prose of a document, outside its annotations, in the
    order of the text.
    """
    return _ProseReader(document, annotations).read()


class _ProseReader:
    """Collects the records of one document."""

    def __init__(self, document: Document, annotations: Sequence[Span]) -> None:
        self.document = document
        self.annotations = annotations
        self.annotation_starts = [span.start for span in annotations]
        self.folded = document.text.folded
        self.bodies = ProseBodies(document)
        self.found: dict[tuple[int, str, Role], Responsibility] = {}

    def read(self) -> list[Responsibility]:
        for stretch in self.document.bodies():
            for match in _SUBJECT.regex.finditer(self.folded, stretch.start, stretch.end):
                self.read_subject(match)
            for match in _BY.regex.finditer(self.folded, stretch.start, stretch.end):
                self.read_agent(match)
            for match in _APPROVAL.regex.finditer(self.folded, stretch.start, stretch.end):
                self.read_approval(match)
        return sorted(self.found.values(), key=lambda fact: (fact.span.start, fact.role))

    # one hit ------------------------------------------------------------------------------------

    def read_subject(self, match: re.Match[str]) -> None:
        """A body's name followed by a word that can begin a predicate."""
        sentence = self.sentence_of(match.start(), match.end())
        if sentence is None:
            return
        start = self.clause_start(sentence, match.start())
        if start > 0 and self.folded[start - 1] in "(《":
            return  # a bracket explains a name, a title cites it: neither makes anybody do anything
        name_end = self.bodies.without_tail(start, match.end())
        behind = self.folded[match.end() : min(match.end() + _LOOK_AHEAD, sentence.end)].lstrip(",")
        if _NO_SUBJECT.match(behind) or _NEGATED.search(self.folded, start, name_end):
            return
        if _INTRODUCED.search(self.folded, start, name_end):
            return  # the rules for 由 and 经 see to it
        begin = self.skip_opening(start, name_end)
        found = (
            self.bodies.in_list(begin, name_end)
            or self.bodies.fields(begin, match.end())
            or self.bodies.described(begin, match.start(), match.end())
        )
        for unit in found:
            self.add(sentence, unit, role_of_predicate(behind), _SUBJECT.id)
        if found:
            self.read_companions(sentence, match.end())

    def read_agent(self, match: re.Match[str]) -> None:
        """由X…: the longest list of bodies behind 由."""
        sentence = self.sentence_of(match.start(), match.end())
        if sentence is None:
            return
        permitted = _PERMITTED.search(self.folded, max(match.start() - 2, 0), match.start())
        found, end = self.bodies.longest_list(match.end(), sentence.end)
        behind = self.folded[end : min(end + _LOOK_AHEAD, sentence.end)]
        if (
            not found
            or _NO_DUTY.match(behind)
            or _PERSON.match(behind)
            or (permitted and not _PUNISHES.match(behind))
        ):
            return
        for unit in found:
            self.add(sentence, unit, role_of_predicate(behind), _BY.id)
        self.read_companions(sentence, end)

    def read_approval(self, match: re.Match[str]) -> None:
        """经X同意, 报X批准: what happens needs X's decision."""
        sentence = self.sentence_of(match.start(), match.end())
        if sentence is None:
            return
        notice = self.document.clauses[sentence.clause].part is Part.NOTICE
        if notice and _PASSED.match(self.folded, match.end(), sentence.end):
            return  # how the circular itself was passed is no duty
        if _NEGATED.search(self.folded, self.clause_start(sentence, match.start()), match.start()):
            return
        for unit in self.bodies.in_list(*match.span("body")):
            self.add(sentence, unit, Role.RESPONSIBLE, _APPROVAL.id)

    def read_companions(self, sentence: Sentence, offset: int) -> None:
        """X会同Y: Y cooperates."""
        for match in _WITH.regex.finditer(self.folded, offset, sentence.end):
            if match.start() > offset and not _CAN_JOIN.search(self.folded, offset, match.start()):
                continue
            found, _ = self.bodies.longest_list(match.end(), sentence.end)
            for unit in found:
                self.add(sentence, unit, Role.COOPERATE, _WITH.id)

    def add(self, sentence: Sentence, unit: Span, role: Role, rule: str) -> None:
        name = without_space(self.document.text.quote(unit))
        key = (sentence.start, name, role)
        if key not in self.found:
            self.found[key] = Responsibility(unit, rule, role, name, explicit=False)

    # places in a sentence -----------------------------------------------------------------------

    def sentence_of(self, start: int, end: int) -> Sentence | None:
        """The sentence of a hit; None inside annotations and in headings that name a step."""
        sentence = self.document.sentence_at(start)
        if sentence is None or end > sentence.end:
            return None
        place = bisect_right(self.annotation_starts, start) - 1
        if place >= 0 and start < self.annotations[place].end:
            return None
        heading = self.document.clauses[sentence.clause].heading
        if heading is not None and start < heading.end and heading.end - heading.start <= _SHORT_HEADING:
            return None if _ITEM_LABEL.match(self.folded, sentence.start) else sentence
        return sentence

    def clause_start(self, sentence: Sentence, offset: int) -> int:
        """Where the clause that holds ``offset`` begins: behind the last mark before it."""
        depth = 0
        position = offset
        while position > sentence.body:
            character = self.folded[position - 1]
            if character in ")”":
                depth += 1
            elif character in "(“" and depth:
                depth -= 1
            elif depth == 0 and character in ",:“(《》!?":
                break
            position -= 1
        return position

    def skip_opening(self, start: int, end: int) -> int:
        """Where the subject begins behind 其中, 同时, 每年 and the like."""
        while True:
            match = _OPENING.match(self.folded[start:end])
            if match is None or match.end() == 0:
                return start
            start += match.end()


def role_of_predicate(words: str) -> Role:
    """The role that a predicate gives to its subject."""
    if _COOPERATES.match(words):
        return Role.COOPERATE
    return Role.LEAD if _LEADS.match(words) else Role.RESPONSIBLE

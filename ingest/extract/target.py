"""Targets: quantified planned outcomes (docs/annotation.md, targets).

Every number with a unit is a candidate; the words around it, which are data (patterns/target.yaml), say
whether a policy means to reach it. The time is the sentence's, else that of the text that governs it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from ingest.extract.deadline_values import last_year_of_plan
from ingest.extract.governing_dates import GoverningDates
from ingest.extract.quantity import (
    LONGEST_LEAD,
    Quantity,
    find_quantities,
    in_goals,
    labels_behind,
    value_of,
)
from ingest.model import ClauseKind, Comparator, DeadlineKind, Document, Sentence, Span, Target
from ingest.pattern import Pattern, book
from ingest.pattern_file import CompareAttributes, LeaveAttributes, TakeAttributes

_BOOK = book("target")
_QUANTITY = _BOOK.regex("target.quantity")
_SHARED = _BOOK.regex("target.behind-shared")
_AIMED = _BOOK.regex("target.aimed")
_YEARS_SHARED = _BOOK.regex("target.years-shared")
_YEAR = _BOOK.compile("{goal_year}")
_STRICT = _BOOK.regex("target.strict-document")
_PAST_SECTION = _BOOK.regex("target.past-section")
_RETROSPECT = _BOOK.regex("target.retrospect")
_PROSPECT = _BOOK.regex("target.prospect")
_CONDITION_LIST = _BOOK.regex("target.condition-list")
_OPENING_YEAR = _BOOK.regex("target.opening-year")
_LEFT_OUT = _BOOK.regex("target.left-out")
_MEASURED = _BOOK.regex("target.measured")
_ENDS_COUNTED = _BOOK.compile(r"\d(?:{scale})?(?:{unit})(?:{behind_value})?$")
_TAKE = _BOOK.having(TakeAttributes)
_LEAVE = _BOOK.having(LeaveAttributes)
_ACCOUNT = 12  # sentences of an account of the past
_LIST = 40  # clauses over which a lead-in reaches
_COMPARE = _BOOK.having(CompareAttributes)
_SUFFIX = _BOOK.compile("{value_suffix}")
_LIST_MARK = _BOOK.compile("{list_mark}")
_OPENING_MARK = _BOOK.compile("{opening_mark}")


def extract(document: Document) -> list[Target]:
    """The targets of a document, in the order of the text."""
    return list(_TargetReader(document).read())


class _TargetReader:
    """Reads one document; what it knows of the document is worked out when first needed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = document.text.folded
        title = document.fields.title
        self.strict = bool(title and _STRICT.search(title.value)) or any(
            clause.kind is ClauseKind.ARTICLE for clause in document.clauses
        )
        self.dates = GoverningDates(document)
        self.sections: dict[int, bool] = {}
        self.dated: dict[int, str] = {}
        self.retrospects: dict[int, bool] = {}

    def read(self) -> Iterator[Target]:
        previous: Quantity | None = None
        for quantity in find_quantities(self.document, planned=self.strict):
            if previous is not None and previous.sentence is quantity.sentence:
                more = labels_behind(self.folded, previous, quantity)
                quantity = quantity._replace(labels=quantity.labels | more)  # noqa: PLW2901
            rule = self._find_rule(quantity)
            value = value_of(quantity.groups) if rule else None
            if rule is None or value is None:
                continue
            previous = quantity
            yield Target(
                self._find_surface(quantity),
                rule.id,
                value,
                quantity.unit,
                _find_comparator(quantity),
                self._find_date(quantity),
                _find_indicator(self.folded, quantity),
            )

    def _find_rule(self, quantity: Quantity) -> Pattern[object] | None:
        """The rule that shows a planned outcome; None where there is none or something speaks against it."""
        rule = next((rule for rule in _taking(quantity.labels) if self._holds(rule, quantity)), None)
        if rule is None or any(self._holds(leave, quantity) for leave in _leaving(quantity.labels)):
            return None
        required = (
            self.strict and rule.id not in ("target.built", "target.chain") and not self._aimed(quantity)
        )
        return None if required or self._looks_back(quantity) else rule

    def _holds(self, rule: Pattern[TakeAttributes] | Pattern[LeaveAttributes], quantity: Quantity) -> bool:
        where, sentence = rule.attributes.where, quantity.sentence
        if where == "lead":
            text = quantity.lead
        elif where == "tail":
            text = quantity.tail
        elif where == "clause":
            text = self.folded[quantity.clause.start : quantity.clause.end]
        elif where == "clause-end":
            text = self.folded[max(quantity.span.end, quantity.clause.end - 1) : quantity.clause.end]
        elif where == "behind":
            text = self.folded[quantity.span.end : min(sentence.end, quantity.span.end + LONGEST_LEAD)]
        else:
            text = self.folded[sentence.body : quantity.span.start if where == "before" else sentence.end]
        if not rule.regex.search(text):
            return False
        behind = rule.attributes.with_
        return behind is None or bool(_BOOK.regex(behind).search(quantity.tail))

    def _looks_back(self, quantity: Quantity) -> bool:
        """Whether the section tells of the past or lists conditions, or the sentence names a past year."""
        index = quantity.sentence.clause
        if index not in self.sections:
            self.sections[index] = any(
                _PAST_SECTION.search(heading) or _CONDITION_LIST.search(heading)
                for heading in self._headings(index)
            )
        year, told = self.document.year, self._opening_year(quantity)
        past = self.sections[index] or bool(told and year and int(told) < year)
        if past:
            return True
        start = quantity.sentence.start
        if start not in self.retrospects:
            self.retrospects[start] = self._in_retrospect(quantity.sentence)
        return self.retrospects[start]

    def _in_retrospect(self, sentence: Sentence) -> bool:
        """Whether a sentence goes on with an account of the past that one before it in its clause opens."""
        sentences, folded = self.document.sentences, self.folded
        place = bisect_right(sentences, sentence.start, key=lambda other: other.start) - 1
        stop = max(-1, place - _ACCOUNT)
        while place > stop and sentences[place].clause == sentence.clause:
            start, end = sentences[place].start, sentences[place].end
            if _PROSPECT.search(folded, start, end):
                return False
            if _RETROSPECT.search(folded, start, end):
                return True
            place -= 1
        return False

    def _opening_year(self, quantity: Quantity) -> str | None:
        """The last year that opens a clause before a number, or the last of the plan that opens it."""
        before = self.folded[quantity.sentence.body : quantity.span.start]
        found = list(_OPENING_YEAR.finditer(before))
        if not found:
            return None
        return found[-1]["year"] or str(last_year_of_plan(found[-1]["plan"]))

    def _aimed(self, quantity: Quantity) -> bool:
        sentence = quantity.sentence
        return bool(_AIMED.search(self.folded, sentence.start, sentence.end)) or in_goals(
            self.document, sentence
        )

    def _headings(self, index: int) -> Iterator[str]:
        """The headings and lead-ins above a clause, also a paragraph that ends in a colon before its list."""
        clauses = self.document.clauses
        clause = clauses[index]
        siblings = (
            other
            for other in reversed(clauses[max(0, index - _LIST) : index])
            if other.parent == clause.parent
        )
        before = next((other for other in siblings if other.kind is not clause.kind), None)
        if before is not None and before.kind is ClauseKind.PARAGRAPH:
            lead_in = self.folded[max(before.span.start, before.span.end - 60) : before.span.end]
            if lead_in.endswith(":"):
                yield lead_in
        while clause.parent is not None:
            clause = self.document.clauses[clause.parent]
            span = clause.heading or clause.span
            yield self.folded[max(span.start, span.end - 60) : span.end]

    def _find_surface(self, quantity: Quantity) -> Span:
        """The clause, cut at the marks that separate it from other counted members of a list."""
        folded, (start, end), (left, right) = self.folded, quantity.span, quantity.clause
        near = max(left, start - LONGEST_LEAD)
        for mark in _LIST_MARK.finditer(folded, near, start):
            if _QUANTITY.match(folded, mark.end()) or _ENDS_COUNTED.search(folded, near, mark.start()):
                left = mark.end()
        stop = suffix.end() if (suffix := _SUFFIX.match(folded, end, right)) else end
        for mark in _LIST_MARK.finditer(folded, stop, right):
            if (_QUANTITY.search if mark.start() == stop else _QUANTITY.match)(folded, mark.end(), right):
                right = mark.start()
                break
        opening = _OPENING_MARK.match(folded, left, start)
        return Span(opening.end() if opening else left, max(right, stop))

    def _find_date(self, quantity: Quantity) -> str | None:
        """The time that governs a target: its sentence's, else one that it inherits."""
        sentence = quantity.sentence
        shared = self._find_shared_date(quantity)
        if shared:
            return shared
        times = self.dates.own(sentence)
        limits = [time for time in times if time.kind is DeadlineKind.BY]
        opening = None if limits else self._opening_year(quantity)
        if limits:
            before = [limit for limit in limits if limit.span.start < quantity.span.start]
            by: str | None = (before[-1] if before else limits[0]).norm
        elif opening:
            by = f"{opening}-12-31"
        elif any(time.kind is DeadlineKind.WITHIN for time in times):
            by = None
        else:
            by = self.dates.annotated(sentence) or self.dates.inherited(sentence, self.dated)
        if by:
            self.dated[sentence.start] = by
        return by

    def _find_shared_date(self, quantity: Quantity) -> str | None:
        """The end of its year, where several years share a verb and each has a number of its own."""
        sentence, start = quantity.sentence, quantity.span.start
        near = max(sentence.body, start - LONGEST_LEAD)
        found = list(_YEARS_SHARED.finditer(self.folded, near, start))
        if not found:
            return None
        shared = found[-1]
        years = _YEAR.findall(shared["years"])
        place = sum(1 for _ in _QUANTITY.finditer(self.folded, shared.end(), start))
        return f"{years[place]}-12-31" if place < len(years) else None


def _find_comparator(quantity: Quantity) -> Comparator:
    """What the words behind the number say, else those before it."""
    shared = _SHARED.match(quantity.tail)
    around = f"{quantity.lead}#{quantity.tail}"
    tail = shared["sign"] if shared else quantity.tail
    for where, text in (("around", around), ("tail", tail), ("lead", quantity.lead)):
        for rule in _COMPARE:
            if rule.attributes.where == where and rule.regex.search(text):
                return rule.attributes.sign
    return Comparator.EQUAL


def _find_indicator(folded: str, quantity: Quantity) -> str:
    """The noun phrase that is measured: before a level, else behind the unit, else before the number."""
    lead = _LEFT_OUT.sub(
        "", folded[max(quantity.clause.start, quantity.span.start - 60) : quantity.span.start]
    )
    measured = _MEASURED.match(lead)
    noun = (measured["noun"] if measured else lead).strip("、和及的")
    behind = _SUFFIX.sub("", quantity.tail.rstrip(",。;:"), count=1).split("、")[0].removeprefix("的")
    counted = not quantity.labels.isdisjoint({"count", "few", "one", "grade"})
    return behind if counted and behind[:1] not in ("", "(", ")") else noun or behind


_Circumstances = tuple[Pattern[TakeAttributes] | Pattern[LeaveAttributes], ...]


@cache
def _taking(labels: frozenset[str]) -> _Circumstances:
    """The rules by which quantities with these labels are planned outcomes."""
    return tuple(rule for rule in _TAKE if _speaks_of(rule.attributes.labels, labels))


@cache
def _leaving(labels: frozenset[str]) -> _Circumstances:
    """The rules by which quantities with these labels are none."""
    return tuple(rule for rule in _LEAVE if _speaks_of(rule.attributes.labels, labels))


def _speaks_of(named: frozenset[str], labels: frozenset[str]) -> bool:
    return not named or not labels.isdisjoint(named)

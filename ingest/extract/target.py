"""Targets: quantified planned outcomes (GUIDELINES.md, target).

Every number with a unit is a candidate; the words around it, which are data (patterns/target.yaml), say
whether a policy means to reach it. The time is the sentence's, else that of the text that governs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ingest.extract.governing_dates import GoverningDates
from ingest.model import ClauseKind, Comparator, DeadlineKind, Document, Sentence, Span, Target
from ingest.numerals import parse_integer
from ingest.pattern import Pattern, book
from ingest.pattern_file import CompareAttributes, LeaveAttributes, TakeAttributes

_BOOK = book("target")
_TRIGGER = _BOOK.regex("target.trigger")
_QUANTITY = _BOOK.regex("target.quantity")
_SHARED = _BOOK.regex("target.behind-shared")
_STRICT = _BOOK.regex("target.strict-document")
_PLANNED = _BOOK.regex("target.planned")
_PAST_SECTION = _BOOK.regex("target.past-section")
_CONDITION_LIST = _BOOK.regex("target.condition-list")
_OPENING_YEAR = _BOOK.regex("target.opening-year")
_LEFT_OUT = _BOOK.regex("target.left-out")
_MEASURED = _BOOK.regex("target.measured")
_ENDS_COUNTED = _BOOK.compile(r"\d(?:{scale})?(?:{unit})(?:以上|左右|以内|以下)?$")
_TAKE = _BOOK.having(TakeAttributes)
_LEAVE = _BOOK.having(LeaveAttributes)
_COMPARE = _BOOK.having(CompareAttributes)
_SHAPES = {
    "rate": _BOOK.compile(r"{rate}"),
    "cash": _BOOK.compile(r"{money}"),
    "time": _BOOK.compile(r"{time}"),
    "size": _BOOK.compile(r"{size_unit}"),
}
_SUFFIX = re.compile(r"以上|及以上|以内|以下|左右|上下")
_CUT = re.compile(r"[,。;:!?\n]")
_LIST_MARK = re.compile(r"[、和与]|及(?!以)")
_OPENING_MARK = re.compile(r"[“(]|[一二三四五六七八九十]是|——|[(]\d{1,2}[)]")
_QUOTED = re.compile(r"“[^“”]*”")
_LONGEST_LEAD = 160  # code points of a clause that are looked at on either side of a number
_NO_COUNT = frozenset("第月前")  # before an ordinal, a day of a month, a rank
_FEW = frozenset("一二两三四五六七八九十")
_COUNTED = frozenset({"count", "few"})


class _Quantity(NamedTuple):
    """A number with its unit, what kind it is, and the words around it in its clause."""

    span: Span
    groups: Mapping[str, str | None]
    unit: str
    labels: frozenset[str]
    sentence: Sentence
    clause: Span
    lead: str
    tail: str


def extract(document: Document) -> list[Target]:
    """The targets of a document, in the order of the text."""
    return list(_Reader(document).targets())


class _Reader:
    """Reads one document; what it knows of the document is worked out when first needed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.folded = document.text.folded
        title = document.fields.title
        self.strict = bool(title and _STRICT.search(title.value)) or any(
            clause.kind is ClauseKind.ARTICLE for clause in document.clauses
        )
        self.limits = GoverningDates(document)
        self.sections: dict[int, bool] = {}
        self.told: dict[int, str] = {}

    def targets(self) -> Iterator[Target]:
        previous: _Quantity | None = None
        for quantity in self._quantities():
            if previous is not None and previous.sentence is quantity.sentence:
                more = _following(self.folded, previous, quantity)
                quantity = quantity._replace(labels=quantity.labels | more)  # noqa: PLW2901
            rule = self._rule(quantity)
            value = _value(quantity.groups) if rule else None
            if rule is None or value is None:
                continue
            previous = quantity
            yield Target(
                self._surface(quantity),
                rule.id,
                value,
                quantity.unit,
                _comparator(quantity),
                self._by(quantity),
                _indicator(self.folded, quantity),
            )

    def _quantities(self) -> Iterator[_Quantity]:
        folded = self.folded
        for body in self.document.bodies():
            taken = body.start
            for trigger in _TRIGGER.finditer(folded, body.start, body.end):
                start = trigger.start()
                if start < taken or (start and folded[start - 1] in _NO_COUNT):
                    continue
                match = _QUANTITY.match(folded, start, body.end)
                sentence = self.document.sentence_at(start) if match else None
                if match is None or sentence is None or start < sentence.body:
                    continue
                if self.strict and not _PLANNED.search(folded, sentence.start, sentence.end):
                    continue
                taken = end = match.end()
                left = max(folded.rfind(mark, sentence.body, start) for mark in ",:") + 1 or sentence.body
                right = cut.start() if (cut := _CUT.search(folded, end, sentence.end)) else sentence.end
                groups = match.groupdict()
                unit, labels = _kind(groups)
                lead = folded[max(left, start - _LONGEST_LEAD) : start]
                tail = folded[end : min(right + 1, end + _LONGEST_LEAD, sentence.end)]
                lead = _QUOTED.sub("“”", lead) if "”" in lead else lead
                yield _Quantity(
                    Span(start, end), groups, unit, labels, sentence, Span(left, right), lead, tail
                )

    def _rule(self, quantity: _Quantity) -> Pattern[object] | None:
        """The rule that shows a planned outcome; None where there is none or something speaks against it."""
        rule = next((rule for rule in _taking(quantity.labels) if self._holds(rule, quantity)), None)
        if rule is None or any(self._holds(leave, quantity) for leave in _leaving(quantity.labels)):
            return None
        required = self.strict and rule.id not in ("target.built", "target.chain")
        return None if required or self._looks_back(quantity) else rule

    def _holds(self, rule: Pattern[TakeAttributes] | Pattern[LeaveAttributes], quantity: _Quantity) -> bool:
        where, sentence = rule.attributes.where, quantity.sentence
        if where == "lead":
            text = quantity.lead
        elif where == "tail":
            text = quantity.tail
        elif where == "clause":
            text = self.folded[quantity.clause.start : quantity.clause.end]
        elif where == "clause-end":
            text = self.folded[max(quantity.span.end, quantity.clause.end - 1) : quantity.clause.end]
        else:
            text = self.folded[sentence.body : quantity.span.start if where == "before" else sentence.end]
        if not rule.regex.search(text):
            return False
        behind = rule.attributes.with_
        return behind is None or bool(_BOOK.regex(behind).search(quantity.tail))

    def _looks_back(self, quantity: _Quantity) -> bool:
        """Whether the section tells of the past or lists conditions, or the sentence names a past year."""
        index = quantity.sentence.clause
        if index not in self.sections:
            self.sections[index] = any(
                _PAST_SECTION.search(heading) or _CONDITION_LIST.search(heading)
                for heading in self._headings(index)
            )
        year, told = self.document.year, self._opening_year(quantity)
        return self.sections[index] or bool(told and year and int(told) < year)

    def _opening_year(self, quantity: _Quantity) -> str | None:
        """The last year before a number that opens a clause of its sentence."""
        before = self.folded[quantity.sentence.body : quantity.span.start]
        years = [match["year"] for match in _OPENING_YEAR.finditer(before)] if "年" in before else []
        return years[-1] if years else None

    def _headings(self, index: int) -> Iterator[str]:
        """The headings and lead-ins above a clause."""
        clause = self.document.clauses[index]
        while clause.parent is not None:
            clause = self.document.clauses[clause.parent]
            span = clause.heading or clause.span
            yield self.folded[max(span.start, span.end - 60) : span.end]

    def _surface(self, quantity: _Quantity) -> Span:
        """The clause, cut at the marks that separate it from other counted members of a list."""
        folded, (start, end), (left, right) = self.folded, quantity.span, quantity.clause
        near = max(left, start - _LONGEST_LEAD)
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

    def _by(self, quantity: _Quantity) -> str | None:
        """The time that governs a target: its sentence's, else one that it inherits."""
        sentence = quantity.sentence
        times = self.limits.of(sentence)
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
            by = self.limits.inherited(sentence, self.told)
        if by:
            self.told[sentence.start] = by
        return by


def _following(folded: str, previous: _Quantity, quantity: _Quantity) -> set[str]:
    """Labels of a quantity behind another one: "chain" where it is the next of a list (behind 、 or 和, or
    at the head of the next clause), "series" where it is a further count.
    """
    counted = not quantity.labels.isdisjoint(_COUNTED)
    alike = not previous.labels.isdisjoint(quantity.labels) or "分别" in quantity.lead
    commas = folded.count(",", previous.span.end, quantity.span.start)
    listed = (
        quantity.lead[-1:] in tuple("、和及与或近约") if commas == 0 else commas == 1 and not quantity.lead
    )
    chain = listed and (alike or (counted and not previous.labels.isdisjoint(_COUNTED)))
    return ({"chain"} if chain else set()) | ({"series"} if counted else set())


def _kind(groups: Mapping[str, str | None]) -> tuple[str, frozenset[str]]:
    """The unit as written, and what kind of quantity it is, in the words of the patterns' ``for``."""
    if groups["grade"]:
        return "", frozenset({"grade"})
    plain, low = groups["unit"] or "", groups["low"] or ""
    unit = "%" if groups["hundredth"] else (groups["scale"] or groups["bare_scale"] or "") + plain
    label = next(
        (label for label, shape in _SHAPES.items() if shape.match(unit if unit == "%" else plain)), ""
    )
    if label == "rate":
        labels = {"rate", "point" if "点" in plain else "percent" if unit == "%" else "factor"}
    elif label == "cash" or groups["bare_scale"]:
        labels = {"size" if "亿" in unit else "cash"}
    elif label or low == "一":
        labels = {label or "one"}
    elif low[0].isdigit() or groups["scale"]:
        labels = {"count", "times"} if plain == "次" else {"count"}
    else:
        labels = {"few"} if _FEW.issuperset(low) else {"count", "round"}
    return unit, frozenset(labels)


def _value(groups: Mapping[str, str | None]) -> str | None:
    """The number in Arabic digits; a range as 3-5; a magnitude as a whole (GUIDELINES.md, target)."""
    if groups["grade"]:
        return groups["grade"]
    low = groups["hundredth"] or groups["low"] or groups["bare_low"] or ""
    values = [_digits(number) for number in (low, groups["high"]) if number]
    return None if None in values else "-".join(value for value in values if value)


def _digits(number: str) -> str | None:
    if number[0].isdigit():
        return number.replace(",", "")
    value = 10000 if number == "万" else parse_integer(number)
    return None if value is None else str(value)


def _comparator(quantity: _Quantity) -> Comparator:
    """What the words behind the number say, else those before it."""
    shared = _SHARED.match(quantity.tail)
    for where, text in (("tail", shared["sign"] if shared else quantity.tail), ("lead", quantity.lead)):
        for rule in _COMPARE:
            if rule.attributes.where == where and rule.regex.search(text):
                return rule.attributes.sign
    return Comparator.EQUAL


def _indicator(folded: str, quantity: _Quantity) -> str:
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

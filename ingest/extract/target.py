"""Targets: quantified planned outcomes (GUIDELINES.md, target).

Every number with a unit is a candidate; the words around it, which are data (patterns/target.yaml), say
whether a policy means to reach it. The time is the sentence's, else that of the text that governs it: the
sentence before, the beginning of the paragraph, the first paragraph of a section of goals.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ingest.extract import deadline
from ingest.model import ClauseKind, Comparator, Deadline, DeadlineKind, Document, Sentence, Span, Target
from ingest.numerals import integer
from ingest.pattern import Pattern, book

_BOOK = book("target")
_TRIGGER = _BOOK.regex("target.trigger")
_QUANTITY = _BOOK.regex("target.quantity")
_SHARED = _BOOK.regex("target.behind-shared")
_STRICT = _BOOK.regex("target.strict-document")
_PLANNED = _BOOK.regex("target.planned")
_PAST_SECTION = _BOOK.regex("target.past-section")
_GOAL_SECTION = _BOOK.regex("target.goal-section")
_CONDITION_LIST = _BOOK.regex("target.condition-list")
_OPENING_YEAR = _BOOK.regex("target.opening-year")
_LEFT_OUT = _BOOK.regex("target.left-out")
_MEASURED = _BOOK.regex("target.measured")
_RATE = _BOOK.compile(r"^(?:{rate})")
_TIME = _BOOK.compile(r"^(?:{time})")
_SIZE = _BOOK.compile(r"^(?:{size_unit})")
_MONEY = _BOOK.compile(r"^(?:{money})")
_SUFFIX = re.compile(r"以上|及以上|以内|以下|左右|上下")
_CUT = re.compile(r"[,。;:!?\n]")
_LIST_MARK = re.compile(r"[、和及与]")
_OPENING_MARK = re.compile(r"[“(]|[一二三四五六七八九十]是|——|[(]\d{1,2}[)]")
_QUOTED = re.compile(r"“[^“”]*”")
_NO_COUNT = frozenset("第月前")  # before an ordinal, a day of a month, a rank
_FEW = frozenset("一二两三四五六七八九十")
_OPENING = 6  # code points that may stand before the time that opens a sentence (力争, ——)


class _Quantity(NamedTuple):
    """A number with its unit, and the words around it in its clause."""

    span: Span
    value: str
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
        self.sections: dict[int, bool] = {}
        self.told: dict[int, str] = {}
        self.times: dict[int, list[Deadline]] = {}

    def targets(self) -> Iterator[Target]:
        previous: _Quantity | None = None
        for body in self.document.bodies():
            taken = body.start
            for trigger in _TRIGGER.finditer(self.folded, body.start, body.end):
                start = trigger.start()
                if start < taken or (start and self.folded[start - 1] in _NO_COUNT):
                    continue
                match = _QUANTITY.match(self.folded, start, body.end)
                if match is None:
                    continue
                taken = match.end()
                quantity = self._quantity(match, previous)
                rule = quantity and self._rule(quantity)
                if quantity is None or rule is None:
                    continue
                previous = quantity
                start, end = self._surface(quantity)
                yield Target(
                    Span(start, end),
                    rule.id,
                    quantity.value,
                    quantity.unit,
                    _comparator(quantity),
                    self._by(quantity),
                    _indicator(quantity),
                )

    def _quantity(self, match: re.Match[str], previous: _Quantity | None) -> _Quantity | None:
        folded, (start, end) = self.folded, match.span()
        sentence = self.document.sentence_at(start)
        if sentence is None or start < sentence.body:
            return None
        value, unit = _value(match)
        if value is None:
            return None
        cuts = [cut.end() for cut in _CUT.finditer(folded, sentence.body, start)]
        left = cuts[-1] if cuts else sentence.body
        cut = _CUT.search(folded, end, sentence.end)
        right = cut.start() if cut else sentence.end
        lead, tail = _QUOTED.sub("“”", folded[left:start]), folded[end : min(right + 1, sentence.end)]
        labels = _labels(match, unit)
        if previous is not None and previous.sentence is sentence and _alike(previous.labels, labels):
            between = folded[previous.span.end : start]
            if ("," not in between and lead[-1:] in "、和及与或近约") or (
                not lead and between.count(",") == 1
            ):
                labels |= {"chain"}
        return _Quantity(Span(start, end), value, unit, labels, sentence, Span(left, right), lead, tail)

    def _rule(self, quantity: _Quantity) -> Pattern | None:
        """The rule that shows a planned outcome, None where there is none or something speaks against it."""
        rule = next((rule for rule in _rules("take", quantity.labels) if self._holds(rule, quantity)), None)
        if rule is None or any(self._holds(leave, quantity) for leave in _rules("leave", quantity.labels)):
            return None
        folded, sentence = self.folded, quantity.sentence
        before = folded[sentence.body : quantity.span.start]
        if before.rfind("(") > before.rfind(")") or before.rfind("《") > before.rfind("》"):
            return None
        opened = before.rfind("“")
        if opened > before.rfind("”"):
            closing = folded.find("”", quantity.span.end, sentence.end)
            if 0 <= closing - sentence.body - opened < 16:
                return None
        if self.strict and not (
            rule.id in ("target.built", "target.chain")
            and _PLANNED.search(folded, sentence.start, sentence.end)
        ):
            return None
        return None if self._looks_back(quantity) else rule

    def _holds(self, rule: Pattern, quantity: _Quantity) -> bool:
        told = rule.attributes
        if not rule.regex.search(self._text(told["in"], quantity)):
            return False
        return "with" not in told or bool(_BOOK.regex(told["with"]).search(quantity.tail))

    def _text(self, where: str, quantity: _Quantity) -> str:
        if where == "lead":
            return quantity.lead
        if where == "tail":
            return quantity.tail
        if where == "clause":
            return self.folded[quantity.clause.start : quantity.clause.end]
        if where == "clause-end":
            return self.folded[max(quantity.span.end, quantity.clause.end - 1) : quantity.clause.end]
        sentence = quantity.sentence
        return self.folded[sentence.body : quantity.span.start if where == "before" else sentence.end]

    def _looks_back(self, quantity: _Quantity) -> bool:
        """Whether the section tells of the past or lists conditions, or the sentence names a past year."""
        index = quantity.sentence.clause
        if index not in self.sections:
            self.sections[index] = any(
                _PAST_SECTION.search(heading) or _CONDITION_LIST.search(heading)
                for heading in self._headings(index)
            )
        if self.sections[index]:
            return True
        year = self.document.year
        opening = self._opening_year(quantity)
        return bool(opening and year and int(opening) < year)

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
        left, right = quantity.clause
        folded, (start, end) = self.folded, quantity.span
        for mark in _LIST_MARK.finditer(folded, left, start):
            if _QUANTITY.match(folded, mark.end()) or _ENDS_COUNTED.search(folded[left : mark.start()]):
                left = mark.end()
        suffix = _SUFFIX.match(folded, end, right)
        stop = suffix.end() if suffix else end
        for mark in _LIST_MARK.finditer(folded, stop, right):
            another = _QUANTITY.search if mark.start() == stop else _QUANTITY.match
            if another(folded, mark.end(), right):
                right = mark.start()
                break
        opening = _OPENING_MARK.match(folded, left, start)
        return Span(opening.end() if opening else left, max(right, stop))

    def _by(self, quantity: _Quantity) -> str | None:
        """The time that governs a target."""
        sentence = quantity.sentence
        times = self._times(sentence)
        limits = [time for time in times if time.kind is DeadlineKind.BY]
        if limits:
            before = [limit for limit in limits if limit.span.start < quantity.span.start]
            self.told[sentence.start] = (before[-1] if before else limits[0]).norm
            return self.told[sentence.start]
        opening = self._opening_year(quantity)
        if opening:
            self.told[sentence.start] = f"{opening}-12-31"
            return self.told[sentence.start]
        if any(time.kind is DeadlineKind.WITHIN for time in times):
            return None
        return self._governing(sentence)

    def _governing(self, sentence: Sentence) -> str | None:
        document = self.document
        place = bisect_right(document.sentences, sentence.start, key=lambda other: other.start) - 2
        first = True
        while place >= 0 and document.sentences[place].clause == sentence.clause:
            other = document.sentences[place]
            found = self.told.get(other.start) if first else None
            found = found or self._opens(other)
            if found:
                self.told[sentence.start] = found
                return found
            first = False
            place -= 1
        return self._lead_in(sentence.clause)

    def _opens(self, sentence: Sentence) -> str | None:
        """The limit with which a sentence begins."""
        for time in self._times(sentence):
            if time.kind is DeadlineKind.BY and time.span.start - sentence.body <= _OPENING:
                return time.norm
        return None

    def _times(self, sentence: Sentence) -> list[Deadline]:
        if sentence.start not in self.times:
            self.times[sentence.start] = deadline.scan(self.document, Span(sentence.body, sentence.end))
        return self.times[sentence.start]

    def _lead_in(self, index: int) -> str | None:
        """The limit of a section: of its first paragraph, or any before in a section of goals."""
        clauses = self.document.clauses
        parent = clauses[index].parent
        if parent is None:
            return None
        above = clauses[parent]
        heading = self.folded[above.span.start : above.span.end]
        of_goals = bool(_GOAL_SECTION.search(heading[:60]))
        if of_goals or heading.endswith(":"):
            found = self._clause_opens(parent)
            if found:
                return found
        siblings = [place for place in range(parent + 1, index) if clauses[place].parent == parent]
        for place in reversed(siblings if of_goals else siblings[:1]):
            if clauses[place].kind is ClauseKind.PARAGRAPH or of_goals:
                found = self._clause_opens(place)
                if found:
                    return found
        return None

    def _clause_opens(self, index: int) -> str | None:
        span = self.document.clauses[index].span
        offset = span.start
        for _ in range(2):
            sentence = self.document.sentence_at(offset)
            if sentence is None or sentence.clause != index:
                return None
            found = self._opens(sentence)
            if found:
                return found
            offset = sentence.end + 1
        return None


def _value(match: re.Match[str]) -> tuple[str | None, str]:
    """The number in Arabic digits and the unit as written (GUIDELINES.md, target)."""
    groups = match.groupdict()
    if groups["grade"]:
        return groups["grade"], ""
    if groups["hundredth"]:
        value = integer(groups["hundredth"])
        return (None if value is None else str(value)), "%"
    low, scale = groups["low"] or groups["bare_low"], groups["scale"] or groups["bare_scale"] or ""
    unit = groups["unit"] or ""
    if low == "万" and not scale:
        return "10000", unit
    if low == "万" or (not low[0].isdigit() and scale == "万亿" and low == ""):
        return "10000", scale + unit
    values = [_digits(number) for number in (low, groups["high"]) if number]
    if None in values:
        return None, unit
    return "-".join(value for value in values if value), scale + unit


def _digits(number: str) -> str | None:
    if number[0].isdigit():
        return number.replace(",", "")
    value = integer(number)
    return None if value is None else str(value)


def _labels(match: re.Match[str], unit: str) -> frozenset[str]:
    """What kind of quantity it is, in the words of the patterns' ``for``."""
    groups = match.groupdict()
    if groups["grade"]:
        return frozenset({"grade"})
    plain = groups["unit"] or ""
    if groups["hundredth"] or _RATE.match(plain):
        kind = "point" if "点" in plain else "percent" if unit == "%" else "factor"
        return frozenset({"rate", kind})
    if _MONEY.match(plain) or groups["bare_scale"]:
        return frozenset({"size" if "亿" in unit else "cash"})
    for label, shape in (("time", _TIME), ("size", _SIZE)):
        if shape.match(plain):
            return frozenset({label})
    low = groups["low"]
    if low == "一":
        return frozenset({"one"})
    if not low[0].isdigit() and not groups["scale"]:
        return frozenset({"few"} if _FEW.issuperset(low) else {"count", "round"})
    return frozenset({"count", "times"} if plain == "次" else {"count"})


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    counted = {"count", "few"}
    return not one.isdisjoint(other) or (not one.isdisjoint(counted) and not other.isdisjoint(counted))


def _comparator(quantity: _Quantity) -> Comparator:
    shared = _SHARED.match(quantity.tail)
    tail = shared["sign"] if shared else quantity.tail
    for rule in _COMPARE:
        if rule.regex.search(tail if rule.attributes["in"] == "tail" else quantity.lead):
            return Comparator(rule.attributes["sign"])
    return Comparator.EQUAL


def _indicator(quantity: _Quantity) -> str:
    """The noun phrase that is measured: before a level, else behind the unit, else before the number."""
    left_out = _LEFT_OUT.match(quantity.lead)
    lead = quantity.lead[left_out.end() if left_out else 0 :]
    measured = _MEASURED.match(lead)
    noun = (measured["noun"] if measured else lead).strip("、和及的")
    behind = _SUFFIX.sub("", quantity.tail.rstrip(",。;:"), count=1).split("、")[0]
    if quantity.labels.isdisjoint({"count", "few", "one", "grade"}):
        return noun or behind
    return behind.removeprefix("的") or noun


_ENDS_COUNTED = _BOOK.compile(r"\d(?:{scale})?(?:{unit})(?:以上|左右|以内|以下)?$")


@cache
def _rules(kind: str, labels: frozenset[str]) -> tuple[Pattern, ...]:
    """The rules of a kind that speak about quantities with these labels."""
    return tuple(
        rule
        for rule in _BOOK
        if rule.attributes["kind"] == kind
        and ("for" not in rule.attributes or not labels.isdisjoint(rule.attributes["for"].split()))
    )


_COMPARE = tuple(
    sorted(
        (rule for rule in _BOOK if rule.attributes["kind"] == "compare"),
        key=lambda rule: rule.attributes["in"] != "tail",
    )
)

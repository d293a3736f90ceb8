"""Deadlines: the time expressions that bind (GUIDELINES.md, deadline).

The patterns and their contexts are data (patterns/deadline.yaml). Here is how a value comes from a match:
ISO dates, ISO 8601 durations with BD for working days (P5BD), R/duration for what comes back, and
"on-issue" where the text's own publication is the start.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ingest.model import ClauseKind, Deadline, DeadlineKind, Document, Part, Sentence, Span
from ingest.numerals import integer, iso, last_day
from ingest.pattern import Pattern, book, first_of
from ingest.pattern_file import DeadlineAttributes

_BOOK = book("deadline")
_TRIGGER = _BOOK.regex("deadline.trigger")
_FROM_EVENT = _BOOK.regex("deadline.from-event")
_YEAR = _BOOK.compile(r"(?<!\d)(?P<year>{year})年")
_YEARLY = re.compile(r"每年|次年|翌年|上一?年度|本年度")
_FORCE = _BOOK.compile(r"{force}")
_GOALS = _BOOK.regex("deadline.goals")
_REACH = 60  # sentences or paragraphs over which a limit can reach
_MAY_OPEN = re.compile(r"[\d“年月]")  # spares most sentences the scan
_OPENING = 6  # code points that may stand before the limit that opens a sentence (力争, ——)
_LEFT = 60  # code points of context that are looked at
# A member of a list (一是…二是…) does not hand its limit on to the next.
_LISTED = re.compile(r"[一二三四五六七八九十]是|第[一二三四五六七八九十],|[(]\d{1,2}[)]")
_QUARTER = re.compile(r"[一二三四1-4](?=季度)")
_UNITS = {"工作日": "BD", "交易日": "BD", "自然日": "D", "日": "D", "天": "D", "周": "W", "星期": "W"}
_UNITS |= {"月": "M", "月度": "M", "年": "Y", "年度": "Y", "学年": "Y"}
_DAYS = {"上旬": 10, "中旬": 20}


class _Place(NamedTuple):
    """A match in its sentence."""

    document: Document
    sentence: Sentence
    match: re.Match[str]
    rule: _Rule

    def get(self, name: str) -> str | None:
        """A named group, None where the pattern lacks it or it did not take part."""
        return self.match.groupdict().get(name)


class _Rule(NamedTuple):
    pattern: Pattern[DeadlineAttributes]
    kind: str
    norm: Callable[[_Place], str | None] | None  # None for what is no deadline
    left: re.Pattern[str] | None
    unless: re.Pattern[str] | None


def extract(document: Document) -> list[Deadline]:
    """The deadlines of a document, in the order of the text."""
    found: list[Deadline] = []
    for span in document.bodies():
        found += scan(document, span)
    return found


def scan(document: Document, span: Span) -> list[Deadline]:
    """The deadlines of one stretch of a document."""
    folded = document.text.folded
    found: list[Deadline] = []
    seen: set[tuple[int, str, str]] = set()
    taken = span.start
    for trigger in _TRIGGER.finditer(folded, span.start, span.end):
        if trigger.start() < taken:
            continue
        place = _match(document, trigger.start(), span)
        if place is None:
            continue
        taken = place.match.end()
        norm = place.rule.norm(place) if place.rule.norm else None
        if norm is None:
            continue
        start = _surface_start(folded, place)
        plain = norm.startswith("R/") and not any(map(str.isdigit, folded[start:taken]))
        key = (place.sentence.start, norm, "" if plain else folded[start:taken])
        if key not in seen:
            seen.add(key)
            kind = DeadlineKind(place.rule.kind)
            found.append(Deadline(Span(start, taken), place.rule.pattern.id, kind, norm))
    return found


class Limits:
    """The calendar limits that govern the sentences of a document, worked out when first needed."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.found: dict[int, list[Deadline]] = {}

    def of(self, sentence: Sentence) -> list[Deadline]:
        """The deadlines of a sentence."""
        if sentence.start not in self.found:
            self.found[sentence.start] = scan(self.document, Span(sentence.body, sentence.end))
        return self.found[sentence.start]

    def inherited(self, sentence: Sentence, told: Mapping[int, str]) -> str | None:
        """The limit of the sentence before (as ``told`` by its start), or the one with which the
        paragraph opens, or the section: its first paragraph, or any before in a section of goals.
        """
        sentences, clauses = self.document.sentences, self.document.clauses
        place = bisect_right(sentences, sentence.start, key=lambda other: other.start) - 2
        folded = self.document.text.folded
        listed = _LISTED.match(folded, sentence.body)
        found = told.get(sentences[place].start) if place >= 0 and not listed else None
        stop = max(0, place - _REACH)
        while place >= stop and sentences[place].clause == sentence.clause:
            if not (listed and _LISTED.match(folded, sentences[place].body)):
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


def _match(document: Document, start: int, span: Span) -> _Place | None:
    """The first rule that holds at a place."""
    folded = document.text.folded
    first = _ANY.match(folded, start, span.end)
    if first is None or first.lastgroup is None:
        return None
    sentence = document.sentence_at(start)
    if sentence is None or document.clauses[sentence.clause].part is Part.HISTORY:
        return None
    left = max(sentence.start, start - _LEFT)
    for rule in _RULES[int(first.lastgroup[1:]) :]:
        match = rule.pattern.regex.match(folded, start, span.end)
        if match is None:
            continue
        if rule.left is not None and not rule.left.search(folded, left, start):
            continue
        if rule.unless is not None and rule.unless.search(folded, left, start):
            continue
        if folded.rfind("《", sentence.start, start) > folded.rfind("》", sentence.start, start):
            return None
        return _Place(document, sentence, match, rule)
    return None


def _surface_start(folded: str, place: _Place) -> int:
    """Where the surface begins: a limit's event belongs to it (自收到申请之日起5个工作日内)."""
    start = place.match.start()
    left = max(place.sentence.start, start - _LEFT) if place.rule.pattern.attributes.extend else start
    event = _FROM_EVENT.search(folded, left, start)
    return event.start() if event else start


def _number(text: str | None) -> int | None:
    return integer(text.replace("零", "〇")) if text else None


def _year(place: _Place) -> int | None:
    """The year told, else the last one before in the sentence, else the document's."""
    told = _number(place.get("year"))
    if told is not None:
        return told
    stop = place.match.start("month") if place.get("month") else place.match.start()
    before = list(_YEAR.finditer(place.document.text.folded, place.sentence.start, stop))
    return _number(before[-1]["year"]) if before else place.document.year


def _moment(place: _Place) -> str | None:
    """The last day of a year, half-year, quarter, month or third of a month, or the day itself."""
    year, sentence = _year(place), place.sentence
    if not place.get("year") and _YEARLY.search(place.document.text.folded, sentence.start, sentence.end):
        return None
    if year is None or (place.rule.kind == DeadlineKind.BY and year < (place.document.year or 0)):
        return None  # what lies in the past is a case or a fact
    month, day, part = _number(place.get("month")), _number(place.get("day")), place.get("part") or ""
    if month is None:
        quarter = _QUARTER.search(part)
        month = 3 * (_number(quarter.group()) or 4) if quarter else 6 if part == "上半年" else 12
    return iso(year, month, day or _DAYS.get(part) or last_day(year, month))


def _start(place: _Place) -> str | None:
    """The first day of a year or month, or the day itself."""
    year, month, day = (_number(place.get(name)) for name in ("year", "month", "day"))
    if (year or 0) < (place.document.year or 0) and not _FORCE.search(place.match.group()):
        return None
    return iso(year or 0, month or 1, day or 1)


def _running(place: _Place) -> str | None:
    """The end of the year that runs, or of the next one."""
    words = place.match.group()
    year = (_year(place) or -1) + words.startswith("明年")
    return iso(year, 6, 30) if "上半年" in words else iso(year, 12, 31)


def _plan(place: _Place) -> str | None:
    """The end of a five-year plan: 十一五 ended in 2010."""
    return iso(2005 + 5 * (_number((place.get("plan") or "")[1:2]) or 0), 12, 31)


def _period(number: str, unit: str) -> str | None:
    """ISO 8601 duration of a number and a unit, BD for working days."""
    unit = unit.removeprefix("个")
    if number == "半":
        return {"年": "P6M", "月": "P15D"}.get(unit)
    value = _number(number)
    if value is None:
        return None
    if unit.startswith("季"):
        return f"P{3 * value}M"
    if unit in ("小时", "分钟"):
        return f"PT{value}{'H' if unit == '小时' else 'M'}"
    return f"P{value}{_UNITS[unit]}"


def _duration(place: _Place) -> str | None:
    """P5BD; a range gives both ends (P3Y/P5Y)."""
    unit = place.get("unit") or ""
    ends = [_period(number, unit) for number in (place.get("n"), place.get("m")) if number]
    return None if not ends or None in ends else "/".join(end for end in ends if end)


def _cycle(place: _Place) -> str | None:
    unit = place.get("unit") or ""
    if unit == "半年":
        return "R/P6M"
    ends = [_period(number, unit) for number in (place.get("n") or "一", place.get("m")) if number]
    return None if None in ends else "R/" + "/".join(end for end in ends if end)


def _issue(place: _Place) -> str | None:
    wait = _duration(place) if place.get("n") else None
    return f"on-issue+{wait}" if wait else "on-issue"


_NORMS: dict[str, Callable[[_Place], str | None]] = {
    "moment": _moment,
    "start": _start,
    "running": _running,
    "plan": _plan,
    "duration": _duration,
    "cycle": _cycle,
    "every": lambda place: f"R/{place.rule.pattern.attributes.every}",
    "step": lambda place: "R/P3M" if place.get("quarter") else "R/P1M",
    "issue": _issue,
}


def _rules() -> Iterator[_Rule]:
    for pattern in _BOOK.having(DeadlineAttributes):
        attributes = pattern.attributes
        if attributes.kind != "context":
            left, unless = (
                _BOOK.regex(name) if name else None for name in (attributes.left, attributes.unless)
            )
            yield _Rule(pattern, attributes.kind, _NORMS.get(attributes.norm or ""), left, unless)


_RULES = tuple(_rules())
_ANY = first_of([rule.pattern for rule in _RULES])

"""Deadlines: the time expressions that bind (docs/annotation.md, deadlines).

The patterns and their contexts are data (patterns/deadline.yaml). How a value comes from a match stands in
``deadline_values``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ingest.extract.deadline_values import TimeMatch, value_of
from ingest.model import Deadline, DeadlineKind, Document, Part, Sentence, Span
from ingest.numerals import parse_integer
from ingest.pattern import Pattern, book, first_of
from ingest.pattern_file import DeadlineAttributes

_BOOK = book("deadline")
_TRIGGER = _BOOK.regex("deadline.trigger")
_FROM_EVENT = _BOOK.regex("deadline.from-event")
_WORKING_DAYS = _BOOK.regex("deadline.working-days")
_DAYS = re.compile(r"P\d+D")
_DAYS_TOLD = _BOOK.compile("{days_told}")
_LEFT = 60  # code points of context that are looked at


class _Rule(NamedTuple):
    pattern: Pattern[DeadlineAttributes]
    left: re.Pattern[str] | None
    unless: re.Pattern[str] | None


class _Hit(NamedTuple):
    rule: _Rule
    sentence: Sentence
    match: re.Match[str]


def extract(document: Document) -> list[Deadline]:
    """The deadlines of a document, in the order of the text."""
    found: list[Deadline] = []
    for span in document.bodies():
        found += scan(document, span)
    return _in_working_days(document, found)


def _in_working_days(document: Document, found: list[Deadline]) -> list[Deadline]:
    """The same, limits in days as working days where the document says that its days are such, all of
    them or those whose numbers it tells.
    """
    if not any(_in_days(fact) for fact in found):
        return found
    folded = document.text.folded
    said = next(
        (
            match
            for span in document.bodies()
            for match in _WORKING_DAYS.finditer(folded, span.start, span.end)
        ),
        None,
    )
    sentence = document.sentence_at(said.start()) if said else None
    if said is None or sentence is None:
        return found
    told = _DAYS_TOLD.finditer(folded, sentence.start, said.end())
    numbers = {number for match in told if (number := parse_integer(match["n"])) is not None}
    return [
        replace(fact, norm=f"{fact.norm[:-1]}BD")
        if _in_days(fact) and (not numbers or int(fact.norm[1:-1]) in numbers)
        else fact
        for fact in found
    ]


def _in_days(fact: Deadline) -> bool:
    return fact.kind is DeadlineKind.WITHIN and bool(_DAYS.fullmatch(fact.norm))


def scan(document: Document, span: Span) -> list[Deadline]:
    """The deadlines of one stretch of a document.

    Within a sentence the same cycle is told once, by the words that name its day if there are any.
    """
    folded = document.text.folded
    found: list[Deadline] = []
    seen: set[tuple[int, str, str]] = set()
    cycles: dict[tuple[int, str], Deadline] = {}
    vague: set[Deadline] = set()
    taken = span.start
    for trigger in _TRIGGER.finditer(folded, span.start, span.end):
        if trigger.start() < taken:
            continue
        hit = _match(document, trigger.start(), span)
        if hit is None:
            continue
        rule, sentence, match = hit
        taken = match.end()
        attributes = rule.pattern.attributes
        norm = value_of(TimeMatch(document, sentence, match, attributes))
        if norm is None:
            continue
        start = _surface_start(folded, hit)
        fact = Deadline(Span(start, taken), rule.pattern.id, DeadlineKind(attributes.kind), norm)
        if fact.kind is DeadlineKind.RECURRING:
            first = cycles.setdefault((sentence.start, norm), fact)
            if not _names_day(folded, fact) and first is not fact:
                continue
            if first is not fact and not _names_day(folded, first):
                vague.add(first)
        key = (sentence.start, norm, folded[start:taken])
        if key not in seen:
            seen.add(key)
            found.append(fact)
    return [fact for fact in found if fact not in vague] if vague else found


def _names_day(folded: str, fact: Deadline) -> bool:
    return any(map(str.isdigit, folded[fact.span.start : fact.span.end]))


def _match(document: Document, start: int, span: Span) -> _Hit | None:
    """The first rule that holds at an offset."""
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
        return _Hit(rule, sentence, match)
    return None


def _surface_start(folded: str, hit: _Hit) -> int:
    """Where the surface begins: a limit's event belongs to it (自收到申请之日起5个工作日内)."""
    start = hit.match.start()
    left = max(hit.sentence.start, start - _LEFT) if hit.rule.pattern.attributes.extend else start
    event = _FROM_EVENT.search(folded, left, start)
    return event.start() if event else start


def _rules() -> Iterator[_Rule]:
    for pattern in _BOOK.having(DeadlineAttributes):
        attributes = pattern.attributes
        if attributes.kind != "context":
            left, unless = (
                _BOOK.regex(name) if name else None for name in (attributes.left, attributes.unless)
            )
            yield _Rule(pattern, left, unless)


_RULES = tuple(_rules())
_ANY = first_of([rule.pattern for rule in _RULES])

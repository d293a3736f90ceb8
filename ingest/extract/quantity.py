"""Quantities: numbers with a unit, their kind, and the words around them in their clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ingest.model import Document, Sentence, Span
from ingest.numerals import parse_integer
from ingest.pattern import book

_BOOK = book("target")
_TRIGGER = _BOOK.regex("target.trigger")
_QUANTITY = _BOOK.regex("target.quantity")
_PLANNED = _BOOK.regex("target.planned")
_GOAL_LEAD = _BOOK.regex("target.goal-lead")
_SHAPES = {
    "rate": _BOOK.compile(r"{rate}"),
    "cash": _BOOK.compile(r"{money}"),
    "time": _BOOK.compile(r"{time}"),
    "step": _BOOK.compile("{steps_of}"),
    "size": _BOOK.compile(r"{size_unit}|{latin_unit}"),
}
_NO_COUNT = _BOOK.compile("{no_count}")  # before an ordinal, a day of a month, a rank
_FEW = _BOOK.compile("{few}")
_JOINS_LIST = _BOOK.compile("{joins_list}")
_NEXT_NOUN = _BOOK.compile("{next_noun}")
_CUT = re.compile(r"[,。;:!?\n]")
_QUOTED = re.compile(r"“[^“”]*”")
_COUNTED = frozenset({"count", "few"})
LONGEST_LEAD = 160  # code points of a clause that are looked at on either side of a number


class Quantity(NamedTuple):
    """A number with its unit, what kind it is, and the words around it in its clause."""

    span: Span
    groups: Mapping[str, str | None]
    unit: str
    labels: frozenset[str]
    sentence: Sentence
    clause: Span
    lead: str
    tail: str


def find_quantities(document: Document, *, planned: bool) -> Iterator[Quantity]:
    """The quantities of a document, in the order of the text; with ``planned`` only those in sentences that
    tell of something planned.
    """
    folded = document.text.folded
    for body in document.bodies():
        taken = body.start
        for trigger in _TRIGGER.finditer(folded, body.start, body.end):
            start = trigger.start()
            if start < taken or (start and _NO_COUNT.match(folded, start - 1)):
                continue
            match = _QUANTITY.match(folded, start, body.end)
            sentence = document.sentence_at(start) if match else None
            if match is None or sentence is None or start < sentence.body:
                continue
            if planned and not (
                _PLANNED.search(folded, sentence.start, sentence.end) or in_goals(document, sentence)
            ):
                continue
            taken = end = match.end()
            left = max(folded.rfind(mark, sentence.body, start) for mark in ",:") + 1 or sentence.body
            right = cut.start() if (cut := _CUT.search(folded, end, sentence.end)) else sentence.end
            groups = match.groupdict()
            unit, labels = _label(groups)
            lead = folded[max(left, start - LONGEST_LEAD) : start]
            tail = folded[end : min(right + 1, end + LONGEST_LEAD, sentence.end)]
            lead = _QUOTED.sub("“”", lead) if "”" in lead else lead
            yield Quantity(Span(start, end), groups, unit, labels, sentence, Span(left, right), lead, tail)


def in_goals(document: Document, sentence: Sentence) -> bool:
    """Whether the paragraph of a sentence is introduced as goals."""
    start = document.clauses[sentence.clause].span.start
    return bool(_GOAL_LEAD.match(document.text.folded, start, sentence.end))


def labels_behind(folded: str, previous: Quantity, quantity: Quantity) -> set[str]:
    """Labels of a quantity behind another one: "chain" where it is the next of a list (behind 、 or 和, or
    at the head of the next clause), "listed" where its noun stands between the mark and it, "series" where
    it is a further count.
    """
    counted = not quantity.labels.isdisjoint(_COUNTED)
    alike = not previous.labels.isdisjoint(quantity.labels) or "分别" in quantity.lead
    start, end = previous.span.end, quantity.span.start
    commas = folded.count(",", start, end)
    next_one = (
        bool(_JOINS_LIST.match(quantity.lead[-1:])) if commas == 0 else commas == 1 and not quantity.lead
    )
    found = {
        "chain": next_one and (alike or (counted and not previous.labels.isdisjoint(_COUNTED))),
        "listed": bool(_NEXT_NOUN.fullmatch(folded, start, end)),
        "series": counted,
    }
    return {label for label, holds in found.items() if holds}


def _label(groups: Mapping[str, str | None]) -> tuple[str, frozenset[str]]:
    """The unit as written, and what kind of quantity it is, in the words of the patterns' ``for``."""
    for name in ("grade", "nothing", "bare"):
        if groups[name]:
            return "", frozenset({name})
    plain, low = groups["unit"] or "", groups["low"] or ""
    unit = "%" if groups["hundredth"] else (groups["scale"] or groups["bare_scale"] or "") + plain
    label = next(
        (label for label, shape in _SHAPES.items() if shape.match(unit if unit == "%" else plain)), ""
    )
    if label == "rate":
        labels = {"rate", "point" if "点" in plain else "percent" if unit == "%" else "factor"}
    elif label == "cash" or groups["bare_scale"]:
        labels = {"size" if groups["bare_scale"] or "亿" in unit else "cash"}
    elif label or low == "一":
        labels = {label or "one"}
    elif low[0].isdigit() or groups["scale"]:
        labels = {"count", "times"} if plain == "次" else {"count"}
    else:
        labels = {"few"} if _FEW.fullmatch(low) else {"count", "round"}
    return unit, frozenset(labels)


def value_of(groups: Mapping[str, str | None]) -> str | None:
    """The number in Arabic digits; a range as 3-5; a magnitude as a whole (docs/annotation.md, targets)."""
    if groups["grade"] or groups["nothing"]:
        return groups["grade"] or "0"
    if groups["bare"]:
        return groups["bare"]
    low = groups["hundredth"] or groups["low"] or groups["bare_low"] or ""
    values = [_digits(number) for number in (low, groups["high"]) if number]
    return None if None in values else "-".join(value for value in values if value)


def _digits(number: str) -> str | None:
    if number[0].isdigit():
        return number.replace(",", "")
    value = 10000 if number == "万" else parse_integer(number)
    return None if value is None else str(value)

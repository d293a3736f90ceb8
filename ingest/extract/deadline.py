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

from ingest.model import Deadline, DeadlineKind, Document, Part, Sentence, Span
from ingest.numerals import integer, iso, last_day
from ingest.pattern import Pattern, book

_BOOK = book("deadline")
_TRIGGER = _BOOK.regex("deadline.trigger")
_FROM_EVENT = _BOOK.regex("deadline.from-event")
_YEAR = _BOOK.compile(r"(?<!\d)(?P<year>{year})年")
_YEARLY = re.compile(r"每年|次年|翌年|上一?年度|本年度")
_LEFT = 40  # code points of context that are looked at
_UNITS = {"工作日": "BD", "自然日": "D", "交易日": "BD", "日": "D", "天": "D", "周": "W", "星期": "W"}
_UNITS |= {"月": "M", "年": "Y", "学年": "Y", "年度": "Y", "月度": "M"}
_PLANS = {"一": 2015, "二": 2015, "三": 2020, "四": 2025, "五": 2030, "六": 2035, "七": 2040} | {"一": 2010}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12}


class _Rule(NamedTuple):
    pattern: Pattern
    kind: DeadlineKind | None
    norm: Callable[[_Place, re.Match[str], Mapping[str, str]], str | None] | None
    left: re.Pattern[str] | None
    unless: re.Pattern[str] | None


class _Place(NamedTuple):
    """Where a match stands."""

    document: Document
    sentence: Sentence


def extract(document: Document) -> list[Deadline]:
    """The deadlines of a document, in the order of the text."""
    found: list[Deadline] = []
    for span in document.bodies():
        found += scan(document, span)
    return found

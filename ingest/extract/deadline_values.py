"""What a time expression is worth: ISO dates, ISO 8601 durations with BD for working days (P5BD),
R/duration for what comes back, and "on-issue" where the text's own publication is the start.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ingest.lexicon import values
from ingest.model import Document, Sentence
from ingest.numerals import iso_date, last_day, parse_integer
from ingest.pattern import book
from ingest.pattern_file import DeadlineAttributes

_BOOK = book("deadline")
_YEAR = _BOOK.compile("{year_before}")
_YEARLY = _BOOK.compile("{yearly}")
_FORCE = _BOOK.compile("{be_in_force}")
_QUARTER = _BOOK.compile("{quarter}")
_BEFORE_IT_BEGINS = _BOOK.compile("{opening_before}")
_UNITS = values("time_unit")
_DAYS = {part: int(day) for part, day in values("third_of_month").items()}


class TimeMatch(NamedTuple):
    """A match of a deadline's pattern, in its sentence."""

    document: Document
    sentence: Sentence
    match: re.Match[str]
    attributes: DeadlineAttributes

    def get(self, name: str) -> str | None:
        """A named group, None where the pattern lacks it or it did not take part."""
        return self.match.groupdict().get(name)


def value_of(found: TimeMatch) -> str | None:
    """The value of a deadline; None if it is not a deadline or its date is unknown."""
    norm = found.attributes.norm
    return None if norm is None else _NORMS[norm](found)


def _number(text: str | None) -> int | None:
    return parse_integer(text.replace("零", "〇")) if text else None


def _year(found: TimeMatch) -> int | None:
    """The year told, else the last one before in the sentence, else the document's."""
    told = _number(found.get("year"))
    if told is not None:
        return told
    stop = found.match.start("month") if found.get("month") else found.match.start()
    before = list(_YEAR.finditer(found.document.text.folded, found.sentence.start, stop))
    return _number(before[-1]["year"]) if before else found.document.year


def _moment(found: TimeMatch) -> str | None:
    """The last day of a year, half-year, quarter, month or third of a month, or the day itself.

    Before a year, a quarter or a month (三季度前, without 底 or 末) is before it begins.
    """
    year, sentence = _year(found), found.sentence
    if not found.get("year") and _YEARLY.search(found.document.text.folded, sentence.start, sentence.end):
        return None
    if year is None or (found.attributes.kind == "by" and year < (found.document.year or 0)):
        return None  # what lies in the past is a case or a fact
    month, day, part = _number(found.get("month")), _number(found.get("day")), found.get("part") or ""
    if not day and (not part or _QUARTER.search(part)) and _BEFORE_IT_BEGINS.search(found.match.group()):
        return _day_before(year, (_last_month(part) - 2 if part else 1) if month is None else month)
    month = month or _last_month(part)
    return iso_date(year, month, day or _DAYS.get(part) or last_day(year, month))


def _coming(found: TimeMatch) -> str | None:
    """The end of a year after that of the document."""
    year = _year(found) or 0
    return _moment(found) if year > (found.document.year or year) else None


def _last_month(part: str) -> int:
    """The last month of a quarter or half-year, of a year where none is told."""
    quarter = _QUARTER.search(part)
    return 3 * (_number(quarter.group()) or 4) if quarter else 6 if part == "上半年" else 12


def _day_before(year: int, month: int) -> str | None:
    """The last day before a month."""
    year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return iso_date(year, month, last_day(year, month))


def _start(found: TimeMatch) -> str | None:
    """The first day of a year or month, or the day itself."""
    year, month, day = (_number(found.get(name)) for name in ("year", "month", "day"))
    if (year or 0) < (found.document.year or 0) and not _FORCE.search(found.match.group()):
        return None
    return iso_date(year or 0, month or 1, day or 1)


def _running(found: TimeMatch) -> str | None:
    """The end of the year that runs or of the next one, or of a part, month or day of it."""
    year = (_year(found) or -1) + bool(found.get("next"))
    month = _number(found.get("month")) or _last_month(found.get("part") or "")
    return iso_date(year, month, _number(found.get("day")) or last_day(year, month)) if year > 0 else None


def _current(found: TimeMatch) -> str | None:
    """The end of the month or quarter of the document's own date."""
    issued = found.document.fields.date
    if issued is None:
        return None
    year, month = int(issued.value[:4]), int(issued.value[5:7])
    if found.get("unit") == "季":
        month += -month % 3
    return iso_date(year, month, last_day(year, month))


def _plan(found: TimeMatch) -> str | None:
    """The end of a five-year plan, None where that is past."""
    year = last_year_of_plan((found.get("plan") or "")[1:2])
    return iso_date(year, 12, 31) if year >= (found.document.year or year) else None


def last_year_of_plan(number: str) -> int:
    """The last year of a five-year plan of the numbering from 十 on: 一 (十一五) ended in 2010."""
    return 2005 + 5 * (_number(number) or 0)


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


def _duration(found: TimeMatch) -> str | None:
    """P5BD; a range gives both ends (P3Y/P5Y)."""
    unit = found.get("unit") or ""
    ends = [_period(number, unit) for number in (found.get("n"), found.get("m")) if number]
    return None if not ends or None in ends else "/".join(end for end in ends if end)


def _cycle(found: TimeMatch) -> str | None:
    unit = found.get("unit") or ""
    if unit == "半年":
        return "R/P6M"
    ends = [_period(number, unit) for number in (found.get("n") or "一", found.get("m")) if number]
    return None if None in ends else "R/" + "/".join(end for end in ends if end)


def _issue(found: TimeMatch) -> str | None:
    wait = _duration(found) if found.get("n") else None
    return f"on-issue+{wait}" if wait else "on-issue"


_NORMS: dict[str, Callable[[TimeMatch], str | None]] = {
    "moment": _moment,
    "start": _start,
    "running": _running,
    "current": _current,
    "coming": _coming,
    "plan": _plan,
    "duration": _duration,
    "cycle": _cycle,
    "every": lambda found: f"R/{found.attributes.every}",
    "step": lambda found: "R/P3M" if found.get("quarter") else "R/P1M",
    "issue": _issue,
}

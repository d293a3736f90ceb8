"""Periods whose ends are known to the year, the month or the day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from typing import NamedTuple

_PARTIAL = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12]\d|3[01]))?)?")
_FIRST, _LAST = "0000-01-01", "9999-12-31"


class Interval(NamedTuple):
    """ISO dates between which a day lies, both included: a document's date as far as it is known."""

    earliest: str = _FIRST
    latest: str = _LAST

    @classmethod
    def of(cls, date: str | None, earliest: str | None = None, latest: str | None = None) -> Interval:
        """A known date, or what is known of an unknown one."""
        return cls(date, date) if date else cls(earliest or _FIRST, latest or _LAST)


def is_partial_date(text: str) -> bool:
    """Tell whether a string is YYYY, YYYY-MM or YYYY-MM-DD and names a day that exists."""
    match = _PARTIAL.fullmatch(text)
    if match is None:
        return False
    day = match["day"]
    return day is None or int(day) <= monthrange(int(match["year"]), int(match["month"]))[1]


def first_day(partial: str) -> str:
    """The first day of a year, month or day: 2018-11 → 2018-11-01."""
    return partial + "-01-01"[len(partial) - 4 :] if len(partial) in (4, 7) else partial


def last_day(partial: str) -> str:
    """The last day of a year, month or day: 2018-11 → 2018-11-30."""
    if len(partial) == 4:
        return f"{partial}-12-31"
    if len(partial) == 7:
        return f"{partial}-{monthrange(int(partial[:4]), int(partial[5:]))[1]:02d}"
    return partial


def middle_day(partial: str) -> str:
    """The day with which the second half of a year or month begins; a day itself: 2018 → 2018-07-01."""
    return partial + {4: "-07-01", 7: "-16"}.get(len(partial), "")


@dataclass(frozen=True, slots=True)
class Period:
    """From ``since`` up to, not including, ``until``; partial dates, None where open or unknown."""

    since: str | None = None
    until: str | None = None

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two have a day in common, partial dates taken by their first day."""
        return _start(self) < _stop(other) and _start(other) < _stop(self)

    def may_begin_by(self, interval: Interval) -> bool:
        """Tell whether it can have begun by a time, be it over or not."""
        return self.since is None or first_day(self.since) <= interval.latest

    def may_meet(self, interval: Interval) -> bool:
        """Tell whether it can have a day in common with an interval: what is known to the year only may lie
        anywhere in that year.
        """
        begins = first_day(self.since) if self.since else _FIRST
        if self.until is None:
            return begins <= interval.latest
        if len(self.until) == len("YYYY-MM-DD"):
            return begins <= interval.latest and interval.earliest < self.until
        return begins <= interval.latest and interval.earliest <= last_day(self.until)


def _start(period: Period) -> str:
    return first_day(period.since) if period.since else _FIRST


def _stop(period: Period) -> str:
    return first_day(period.until) if period.until else "9999-99-99"

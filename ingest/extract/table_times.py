"""The times in a table's cells: by when a row's task is to be done."""

from __future__ import annotations

import re

from ingest.lexicon import values
from ingest.model import Deadline, DeadlineKind, Document, Span
from ingest.numerals import iso_date, last_day, parse_integer
from ingest.pattern import book

_DAY = book("table")["table.day"]
_EVERY = book("table")["table.every"]
_QUARTER = book("table").compile("{quarter_number}")
_CYCLES = values("cycle")
_DAYS = {part: int(day) for part, day in values("third_of_month").items()}


def times_of(document: Document, cell: Span, home: int | None) -> list[Deadline]:
    """The deadlines of a cell, in its order; a stage that goes on for ever has none."""
    folded = document.text.folded
    every = _EVERY.regex.search(folded, cell.start, cell.end)
    if every is not None:
        cycle = _CYCLES[every["unit"] or every["word"]]
        return [Deadline(Span(*every.span()), _EVERY.id, DeadlineKind.RECURRING, f"R/{cycle}", home)]
    found: list[Deadline] = []
    position, year = cell.start, document.year
    while position < cell.end:
        match = _DAY.regex.match(folded, position, cell.end)
        norm, told = _value(match, year) if match is not None and match.group() else (None, None)
        if match is None or norm is None:
            position += 1
            while position < cell.end and folded[position].isdigit() and folded[position - 1].isdigit():
                position += 1  # the rest of a number begins nothing
            continue
        year = told or year
        end = match.end() + (folded[match.end() : match.end() + 1] == "前")
        if not any(deadline.norm == norm for deadline in found):
            found.append(Deadline(Span(match.start(), end), _DAY.id, DeadlineKind.BY, norm, home))
        position = max(end, match.start() + 1)
    return found


def _value(match: re.Match[str], known: int | None) -> tuple[str | None, int | None]:
    """The last day of what is told, and the year that it tells."""
    told = int(match["year"]) if match["year"] else None
    year = told or known
    part = match["part"] or ""
    month = int(match["month"]) if match["month"] else None
    if year is None or not (told or month or match["this"] or len(part) > 1) or (match["day"] and not month):
        return None, None
    if month is not None:
        if not 1 <= month <= 12 or not (told or part or match["day"] or "月" in match.group()):
            return None, None
        day = int(match["day"]) if match["day"] else _DAYS.get(part, last_day(year, month))
        return iso_date(year, month, day), told
    if "季度" in part:
        number = _QUARTER.search(part)
        month = 3 * (parse_integer(number.group()) or 0) if number else 12
        return iso_date(year, month, last_day(year, month)), told
    return (f"{year}-06-30" if part == "上半年" else f"{year}-12-31"), told

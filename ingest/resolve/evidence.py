"""Between which days a document without a date was written, from what its text says.

A document is not older than what it cites, tells as past or names; it is not younger than the end of its
plan, its own effect or a limit that it still sets. Conservative: a year counts from its first day for the
earliest and to its last for the latest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ingest import numerals
from ingest.folding import fold
from ingest.model import FACT_PARTS, DeadlineKind, Document, Facts, Part
from ingest.pattern import Pattern, book
from ingest.pattern_file import EvidenceAttributes
from ingest.resolve.identity import edition_of, parse_number

Life = tuple[str | None, str | None]
"""ISO dates from and to which a body or document that the text names existed; None where open."""

_BOOK = book("evidence")
_IN_TEXT = tuple(p for p in _BOOK.having(EvidenceAttributes) if p.attributes.kind == "earliest")
_IN_TITLE = tuple(p for p in _BOOK.having(EvidenceAttributes) if p.attributes.place == "title")
_YEAR = _BOOK.compile("{any_year}")
_DATE = _BOOK.compile("{full_date}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ENDS = frozenset({DeadlineKind.BY, DeadlineKind.EXPIRES})


def bounds(document: Document, facts: Facts, *, lives: Iterable[Life] = ()) -> Life:
    """ISO dates of the earliest and latest day on which a document can have been written.

    None where there is no evidence; (None, None) where what cannot both hold is found. ``lives`` are the
    lifespans of what the document names: bodies, and documents of known date (from, None).
    """
    if document.fields.date:
        return document.fields.date.value, document.fields.date.value
    known = tuple(lives)
    earliest = max(
        (*_numbers(document, facts), *_told(document), *(since for since, _ in known if since)), default=None
    )
    firm = min((*_limits(document), *(until for _, until in known if until)), default=None)
    if earliest and firm and earliest > firm:
        return None, None  # two texts in one, or a slip: nothing can be said
    # A limit before the earliest day is told as past, so that it says nothing of the latest one.
    open_limits = [day for day in _deadlines(facts) if earliest is None or day >= earliest]
    return earliest, min((*open_limits, *([firm] if firm else [])), default=None)


def _numbers(document: Document, facts: Facts) -> Iterator[str]:
    """First days of the years in numbers and editions of what is cited, and in the own number."""
    own = document.fields.number
    written = [own.value] if own else []
    for reference in facts.references:
        if reference.number:
            written.append(reference.number)
        edition = edition_of(reference.title) if reference.title else None
        if edition:
            yield f"{edition:04d}-01-01"
    for number in written:
        year = parse_number(number).year
        if year is not None:
            yield f"{year:04d}-01-01"


def _told(document: Document) -> Iterator[str]:
    """Days of what the text tells as past, and those of the history below its title."""
    folded = document.text.folded
    for piece in document.blocks:
        if piece.part is Part.HISTORY:
            yield from _dates(folded[piece.start : piece.end])
        if piece.part not in FACT_PARTS:
            continue
        if not _YEAR.search(folded, piece.start, piece.end):
            continue
        for pattern in _IN_TEXT:
            for match in pattern.regex.finditer(folded, piece.start, piece.end):
                if day := _first_day(match):
                    yield day


def _dates(text: str) -> Iterator[str]:
    for match in _DATE.finditer(text):
        day = numerals.parse_date(match.group())
        if day:
            yield day


def _first_day(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    return numerals.iso_date(int(match["year"]), int(groups.get("month") or 1), int(groups.get("day") or 1))


def _limits(document: Document) -> Iterator[str]:
    """Days after which the document was not made: the end of its plan, number's year, effect, expiry."""
    fields = document.fields
    for title in (fields.title, fields.circular_title):
        for pattern in _IN_TITLE if title else ():
            yield from _last_days(pattern, fold(title.value if title else ""))
    number = parse_number(fields.number.value) if fields.number else None
    if number and number.year:
        yield f"{number.year:04d}-12-31"  # GB/T 9704-2012, 7.2.5: the year of issue
    for field in (fields.effective, fields.expires):
        if field and _DAY.fullmatch(field.value):
            yield field.value  # effect before issue is rare (立法法, article 104: no retroactive effect)


def _last_days(pattern: Pattern[object], title: str) -> Iterator[str]:
    for match in pattern.regex.finditer(title):
        yield f"{int(match['year']):04d}-12-31"


def _deadlines(facts: Facts) -> Iterator[str]:
    """Days by which something is still to be done, or until which it is to hold."""
    for deadline in facts.deadlines:
        if deadline.kind in _ENDS and _DAY.fullmatch(deadline.norm):
            yield deadline.norm

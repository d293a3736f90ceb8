"""From when until when a document is in force, as its own text tells it.

The head gives the calendar dates (``ingest.head``). Where it has none, a day follows from what the
document says of itself, which is extracted as deadlines: 自印发之日起30日后施行,有效期三年. The expiry is the
last day on which the document holds: three years from 1 May 2022 end on 30 April 2025.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from isodate import parse_duration

from ingest.model import Clause, Deadline, DeadlineKind, Document, Part
from ingest.pattern import book
from ingest.titles import normalise_title

_OF_ITSELF = book("head").regex("head.of-itself")
_OWN_TERM = book("head").regex("head.own-term")
_FORCE = book("head").compile(r"(?:{be_in_force})$")
_QUOTATION = 2000  # code points of a quotation around a start that are looked at: a long clause is no stall
_REACH = 200  # code points of a sentence before a start or an end that are looked at
_ON_ISSUE = "on-issue"
_LENGTH = re.compile(r"P[1-9]\d{0,3}[DWMY]")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MARK = 2  # code points that may stand between a sentence and the next: its mark and white space
_ENDS = frozenset({DeadlineKind.VALIDITY, DeadlineKind.EXPIRES})


@dataclass(frozen=True, slots=True)
class ForceDay:
    """An ISO date and the deadline from which it follows, None where the head states it."""

    iso: str
    follows_from: Deadline | None


@dataclass(frozen=True, slots=True)
class Force:
    """First and last day on which a resource is in force, None where they are not known.

    ``issued`` is the day of its issue; ``told`` whether the text says at all when it takes effect.
    """

    issued: str | None
    entry: ForceDay | None
    expiry: ForceDay | None
    told: bool


def in_force(document: Document, deadlines: Sequence[Deadline], *, again: bool = False) -> Force:
    """The force of a document, or of the text that it publishes ``again``.

    ``deadlines`` are those of the one or the other. A text that is published again was in force before, so
    neither the date nor the head of the document is that of the text.
    """
    fields = document.fields
    issued = fields.date.value if fields.date and not again else None
    starts = [each for each in deadlines if each.kind is DeadlineKind.EFFECTIVE]
    own = [each for each in starts if _is_of_document(document, each)]
    told = bool(own) or any(each.norm.startswith(_ON_ISSUE) for each in starts)
    entry = expiry = None
    days = {day_of(each.norm, issued) for each in own}
    if fields.effective and not again:
        entry = ForceDay(fields.effective.value, None)
    elif len(days) == 1 and (day := days.pop()) is not None:
        entry = ForceDay(day, own[0])
    if fields.expires and not again:
        expiry = ForceDay(fields.expires.value, None)
    elif entry:
        said = [_word(document, each) for each in own if day_of(each.norm, issued) == entry.iso]
        if not said and fields.effective and fields.effective.span:
            said = [fields.effective.span.end]
        expiry = _expiry(document, entry, said, deadlines)
    return Force(issued, entry, expiry, told or entry is not None)


def day_of(norm: str, issued: str | None) -> str | None:
    """The day that the norm of a start means; None where it is not told in days of the calendar, as working
    days are, or the day of issue is not known.

    >>> day_of("on-issue+P30D", "2020-10-14"), day_of("on-issue+P5BD", "2020-10-14"), day_of("on-issue", None)
    ('2020-11-13', None, None)
    """
    if _ISO_DAY.fullmatch(norm):
        return norm
    if issued is None or not _ISO_DAY.fullmatch(issued) or not norm.startswith(_ON_ISSUE):
        return None
    wait = norm.removeprefix(_ON_ISSUE)
    return issued if not wait else later(issued, wait.removeprefix("+"))


def later(day: str, length: str) -> str | None:
    """The day so much later; the last of its month where that has no such day. None where the length is not
    one of days, weeks, months or years, or the calendar ends.

    >>> later("2020-01-31", "P1M"), later("2024-02-29", "P1Y"), later("2020-10-14", "P30D")
    ('2020-02-29', '2025-02-28', '2020-11-13')
    """
    if _LENGTH.fullmatch(length) is None:
        return None
    start, wait = date.fromisoformat(day), parse_duration(length)
    try:
        end: date = start + wait
    except (ValueError, OverflowError):  # beyond the year 9999
        return None
    return end.isoformat()


def last(day: str, length: str) -> str | None:
    """The last day of a time that begins with a day: the one before its day comes round again. Where the
    month has no such day the time ends with the month.

    >>> last("2022-05-01", "P3Y"), last("2024-02-29", "P1Y"), last("2020-01-01", "P1D")
    ('2025-04-30', '2025-02-28', '2020-01-01')
    """
    end = later(day, length)
    if end is None or (length[-1] in "MY" and end[-2:] != day[-2:]):
        return end
    return (date.fromisoformat(end) - timedelta(days=1)).isoformat()


def _is_of_document(document: Document, start: Deadline) -> bool:
    """Tell whether a start is the one that a document gives itself: it is the subject of the sentence, or the
    last clause says nothing else. What it quotes or adds to itself does not speak of it.
    """
    sentence = document.sentence_at(start.span.start)
    if sentence is None or _word(document, start) == start.span.end:
        return False
    clause = document.clauses[sentence.clause]
    before = _between(document, sentence.body, start)
    found = _OF_ITSELF.match(before) if before is not None else None
    if found is None or clause.part not in (Part.NOTICE, Part.BODY) or _quoted(document, clause, start):
        return False
    if found["title"]:
        return normalise_title(found["title"]) in _titles(document)
    return bool(found["itself"] or found["aside"]) or _closes(document, sentence.clause)


def _word(document: Document, start: Deadline) -> int:
    """Where the word of force (施行) begins in which a start ends; the end where there is none."""
    found = _FORCE.search(document.text.folded, start.span.start, start.span.end)
    return found.start() if found else start.span.end


def _between(document: Document, start: int, deadline: Deadline) -> str | None:
    """Return the text between an offset and a deadline; None where they are far apart."""
    far = not 0 <= deadline.span.start - start <= _REACH
    return None if far else document.text.folded[start : deadline.span.start]


def _quoted(document: Document, clause: Clause, deadline: Deadline) -> bool:
    """Tell whether a deadline stands in a quotation that begins or ends within its clause, near it."""
    folded = document.text.folded
    first = max(clause.span.start, deadline.span.start - _QUOTATION)
    last = min(clause.span.end, deadline.span.end + _QUOTATION)
    opened = folded.rfind("“", first, deadline.span.start) > folded.rfind("”", first, deadline.span.start)
    closes = folded.find("”", deadline.span.end, last)
    opens = folded.find("“", deadline.span.end, last)
    return opened or (closes >= 0 and not 0 <= opens < closes)


def _titles(document: Document) -> set[str]:
    fields = document.fields
    titles = (fields.title, fields.circular_title, *fields.also)
    return {normalise_title(each.value) for each in titles if each}


def _closes(document: Document, clause: int) -> bool:
    """Tell whether a clause is the last of its part."""
    clauses = document.clauses
    return clause + 1 == len(clauses) or clauses[clause + 1].part is not clauses[clause].part


def _expiry(
    document: Document, entry: ForceDay, said: Sequence[int], deadlines: Sequence[Deadline]
) -> ForceDay | None:
    """The end that a document gives itself beside its starts, of which ``said`` tells where their words of
    force stand; None where there is none, or more than one.
    """
    ends: dict[str | None, Deadline] = {}
    for each in deadlines:
        if each.kind in _ENDS and any(_ends_with(document, word, each) for word in said):
            until = each.norm if _ISO_DAY.fullmatch(each.norm) else last(entry.iso, each.norm)
            ends.setdefault(until, each)
    until, source = next(iter(ends.items()), (None, None))
    return ForceDay(until, source) if len(ends) == 1 and until and source and until >= entry.iso else None


def _ends_with(document: Document, word: int, end: Deadline) -> bool:
    """Tell whether an end is that of the force whose word of start stands at ``word``, in the same clause."""
    first, second = document.sentence_at(word), document.sentence_at(end.span.start)
    if first is None or second is None or first.clause != second.clause:
        return False
    together = first == second
    behind = together and word < end.span.start
    gap = _between(document, word if behind else second.body, end)
    found = _OWN_TERM.match(gap) if gap is not None else None
    if found is None or (not found["term"] and (end.kind is DeadlineKind.VALIDITY or not behind)):
        return False
    return bool(found["itself"]) or together or 0 < second.start - first.end <= _MARK

"""From when on a document does to another what it says: repeals it, amends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from ingest import numerals
from ingest.model import Deadline, DeadlineKind, Document, Reference, Relation
from ingest.pattern import book

_EFFECTIVE = book("head").regex("head.effective")
_REPEALED_FROM = book("reference").regex("relation.repealed-from")
_ON_ISSUE = "on-issue"
_AFTER_ISSUE = re.compile(r"on-issue(?:\+P(?P<days>\d{1,4})D)?")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NEXT_TITLE = re.compile(
    r"(?:[(][^()]*[)])?(?:、|和|及|以及|与)[^《》。;]{0,30}《[^《》]*(?:《[^《》]*》[^《》]*)*》"
)


def since_when(
    document: Document,
    reference: Reference,
    deadlines: Sequence[Deadline] = (),
    republished_from: int | None = None,
) -> str | None:
    """The ISO date from which a reference takes effect: as the clause says, else with the document.

    None where that is not known. ``deadlines`` are those of the resource that refers; ``republished_from`` is
    given where that is a text which the document publishes again: it was in force before, so neither the
    document's date nor its effective date is that of the text.
    """
    fields = document.fields
    again = republished_from is not None
    issued = fields.date.value if fields.date and not again else None
    stated = _stated(document, reference) if reference.relation is Relation.REPEALS else None
    if stated is not None and stated["issue"]:
        return issued
    if stated is not None and not stated["force"]:
        try:
            return date(int(stated["year"]), int(stated["month"]), int(stated["day"])).isoformat()
        except ValueError:  # 2月30日
            stated = None
    if republished_from is not None:
        read = _EFFECTIVE.finditer(document.text.folded, republished_from)
        days = {numerals.date(found["date"]) for found in read}
        return next(iter(days)) if len(days) == 1 else None
    if fields.effective:
        return fields.effective.value
    norms = _in_force(document, reference, deadlines)
    if not norms and stated is None:
        return issued  # a document that says nothing of it is in force from its issue
    return _day(norms.pop(), issued) if len(norms) == 1 else None


def _in_force(document: Document, reference: Reference, deadlines: Sequence[Deadline]) -> set[str]:
    """From when on the document holds, as deadlines say: those of the sentence, else those from its issue.

    A date elsewhere may be that of anything that the document lays down.
    """
    starts = [deadline for deadline in deadlines if deadline.kind is DeadlineKind.EFFECTIVE]
    sentence = document.sentence_at(reference.span.start)
    beside = {
        deadline.norm
        for deadline in starts
        if sentence is not None and sentence.start <= deadline.span.start < sentence.end
    }
    return beside or {deadline.norm for deadline in starts if deadline.norm.startswith(_ON_ISSUE)}


def _day(norm: str, issued: str | None) -> str | None:
    """The day that a deadline means; None where it is a month, or the day of issue is not known."""
    if _ISO_DAY.fullmatch(norm):
        return norm
    wait = _AFTER_ISSUE.fullmatch(norm)
    if wait is None or issued is None or not _ISO_DAY.fullmatch(issued):
        return None
    return (date.fromisoformat(issued) + timedelta(days=int(wait["days"] or 0))).isoformat()


def _stated(document: Document, reference: Reference) -> re.Match[str] | None:
    """What the words behind a title, or behind the row of titles in which it stands, say of the time."""
    sentence = document.sentence_at(reference.span.start)
    if sentence is None:
        return None
    folded, start = document.text.folded, reference.span.end
    while following := _NEXT_TITLE.match(folded, start, sentence.end):
        start = following.end()
    return _REPEALED_FROM.match(folded[start : sentence.end])

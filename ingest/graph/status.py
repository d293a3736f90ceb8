"""From when on a document does to another what it says: repeals it, amends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ingest.graph.force import Force, day_of
from ingest.model import Deadline, DeadlineKind, Document, Reference, Relation
from ingest.pattern import book

_REPEALED_FROM = book("reference").regex("relation.repealed-from")
_NEXT_TITLE = book("reference").regex("relation.next-title")


def since_when(
    document: Document, reference: Reference, deadlines: Sequence[Deadline], force: Force
) -> str | None:
    """The ISO date from which a reference takes effect: as the clause says, else with the text that refers.

    None where that is not known. ``deadlines`` are the document's, ``force`` is that of the text that refers.
    """
    stated = _stated(document, reference) if reference.relation is Relation.REPEALS else None
    if stated is not None and stated["issue"]:
        return force.issued
    if stated is not None and not stated["force"]:
        try:
            return date(int(stated["year"]), int(stated["month"]), int(stated["day"])).isoformat()
        except ValueError:  # 2月30日
            stated = None
    if force.entry and force.entry.follows_from is None:
        return force.entry.iso
    beside = _beside(document, reference, deadlines)
    if beside:
        return day_of(beside.pop(), force.issued) if len(beside) == 1 else None
    if force.entry:
        return force.entry.iso
    # a document that says nothing of it is in force from its issue
    return None if force.told or stated is not None else force.issued


def _beside(document: Document, reference: Reference, deadlines: Sequence[Deadline]) -> set[str]:
    """The starts of force in the sentence; a date elsewhere may be that of anything laid down."""
    sentence = document.sentence_at(reference.span.start)
    return {
        deadline.norm
        for deadline in deadlines
        if deadline.kind is DeadlineKind.EFFECTIVE
        and sentence is not None
        and sentence.start <= deadline.span.start < sentence.end
    }


def _stated(document: Document, reference: Reference) -> re.Match[str] | None:
    """Match the words on time that follow a title, or the list of titles in which it stands."""
    sentence = document.sentence_at(reference.span.start)
    if sentence is None:
        return None
    folded, start = document.text.folded, reference.span.end
    while following := _NEXT_TITLE.match(folded, start, sentence.end):
        start = following.end()
    return _REPEALED_FROM.match(folded[start : sentence.end])

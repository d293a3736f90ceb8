"""From when on a document does to another what it says: repeals it, amends it."""

from __future__ import annotations

import re
from datetime import date

from ingest.model import Document, Reference, Relation
from ingest.pattern import book

_REPEALED_FROM = book("reference").regex("relation.repealed-from")
_NEXT_TITLE = re.compile(
    r"(?:[(][^()]*[)])?(?:、|和|及|以及|与)[^《》。;]{0,30}《[^《》]*(?:《[^《》]*》[^《》]*)*》"
)


def since_when(document: Document, reference: Reference) -> str | None:
    """The ISO date from which a reference takes effect: as the clause says, else with the document."""
    fields = document.fields
    issued = fields.date.value if fields.date else None
    effective = fields.effective.value if fields.effective else None
    stated = _stated(document, reference) if reference.relation is Relation.REPEALS else None
    if stated is None or stated["force"]:
        return effective or issued
    if stated["issue"]:
        return issued
    try:
        return date(int(stated["year"]), int(stated["month"]), int(stated["day"])).isoformat()
    except ValueError:  # 2月30日
        return effective or issued


def _stated(document: Document, reference: Reference) -> re.Match[str] | None:
    """What the words behind a title, or behind the row of titles in which it stands, say of the time."""
    sentence = document.sentence_at(reference.span.start)
    if sentence is None:
        return None
    folded, start = document.text.folded, reference.span.end
    while following := _NEXT_TITLE.match(folded, start, sentence.end):
        start = following.end()
    return _REPEALED_FROM.match(folded[start : sentence.end])

"""Who is responsible for what: annotations and tables first, then the prose outside them."""

from __future__ import annotations

from ingest.extract import bracket, judge, table
from ingest.model import Document, Responsibility


def extract(document: Document) -> list[Responsibility]:
    """All responsibilities of a document, in the order of the text."""
    annotated = list(bracket.annotations_of(document))
    explicit = [fact for _, facts in annotated for fact in facts]
    implied = judge.extract(document, [span for span, _ in annotated])
    return sorted(explicit + table.extract(document) + implied, key=lambda fact: (fact.span.start, fact.role))

"""Who is responsible for what: annotations and tables first, then the prose outside them."""

from __future__ import annotations

from collections.abc import Iterable

from ingest.extract import bracket, judge, table
from ingest.model import Document, Responsibility


def extract(document: Document, in_tables: Iterable[Responsibility] | None = None) -> list[Responsibility]:
    """All responsibilities of a document, in the order of the text; those of tables may be known before."""
    if in_tables is None:
        in_tables = table.extract(document).responsibilities
    annotated = list(bracket.annotations_of(document))
    explicit = [fact for _, facts in annotated for fact in facts]
    implied = judge.extract(document, [span for span, _ in annotated])
    return sorted([*explicit, *in_tables, *implied], key=lambda fact: (fact.span.start, fact.role))

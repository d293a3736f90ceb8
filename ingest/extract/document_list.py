"""Lists of documents in tables: what is repealed, what goes on holding (继续有效的规范性文件目录)."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.task_table import Kind, task_rows
from ingest.model import Document, ParagraphKind, Reference, Relation, Span
from ingest.pattern import book
from ontology.normal import without_space

_BOOK = book("table")
_RULE = _BOOK["table.reference"]
_REPEALED = _BOOK.regex("table.repealed")
_KEPT = _BOOK.regex("table.kept")
_ABOVE = 4  # paragraphs above a list that can be its name
_LONGEST_NAME = 80  # code points of such a paragraph


def extract(document: Document) -> Iterator[Reference]:
    """A reference for each row whose columns give a title and a number."""
    text = document.text
    for rows in task_rows(document):
        named = [row for row in rows if any(True for _ in row.of(Kind.TITLE))]
        if not named or not any(column.kind is Kind.DOCUMENT_NUMBER for column, _ in named[0].cells):
            continue
        relation = _relation(document, named[0].start)
        for row in named:
            (_, cell), *_ = row.of(Kind.TITLE)
            words = text.folded[cell.start : cell.end].strip("《》 ")
            if not _RULE.regex.match(without_space(words)):
                continue
            number = next((span for _, span in row.of(Kind.DOCUMENT_NUMBER)), None)
            yield Reference(
                span=cell,
                rule=_RULE.id,
                title=without_space(text.quote(cell)).removeprefix("《").removesuffix("》"),
                number=without_space(text.quote(number)).strip("()（）") if number else None,
                relation=relation,
            )


def _relation(document: Document, start: int) -> Relation:
    """What the list does to its documents: the nearest words above it tell, else the title."""
    folded = document.text.folded
    above = [b for b in document.blocks if b.end <= start and b.kind is ParagraphKind.BODY]
    places = [Span(b.start, b.end) for b in reversed(above[-_ABOVE:]) if b.end - b.start <= _LONGEST_NAME]
    title = document.fields.title
    names = [folded[slice(*place)] for place in places] + ([title.value] if title else [])
    for name in names:
        repealed, kept = _REPEALED.search(name), _KEPT.search(name)
        if repealed and not kept:
            return Relation.REPEALS
        if kept:
            return Relation.CITES
    return Relation.CITES

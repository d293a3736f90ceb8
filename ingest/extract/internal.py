"""References from one place of a document to another: 本办法第三条, 前款, 第二章, 附件1.

The target is the place as written, without 本办法 or 本条. Articles of other documents, the articles that an
amending decision changes, and a clause's own label are none (docs/annotation.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.model import Document, InternalReference, Sentence, Span
from ingest.pattern import book
from ingest.pattern_file import InternalAttributes
from ontology.normal import without_space

_BOOK = book("internal")
_TRIGGER = _BOOK.regex("internal.trigger")
_PLACES = {pattern.attributes.starts: pattern for pattern in _BOOK.having(InternalAttributes)}
_OWN = _BOOK.regex("internal.own")
_FOREIGN = _BOOK.regex("internal.foreign")
_CHAIN = _BOOK.regex("internal.chain")
_FOLLOWS = _BOOK.regex("internal.follows")
_LABEL = _BOOK.regex("internal.label")
_AMENDING = _BOOK.regex("internal.amending")
_LOOK_BACK = 80  # characters; 《…》(…号) may stand before an article
_LOOK_AHEAD = 4


def extract(document: Document) -> list[InternalReference]:
    """The internal references of a document, in the order of the text; each of a row is one."""
    folded, text = document.text.folded, document.text.text
    found: list[InternalReference] = []
    row_end, row_own = -1, False  # where the reference before ended, and whether it was to this document
    for start, sentence in _starts(document):
        if start < row_end:
            continue
        pattern = _PLACES[folded[start]]
        match = pattern.regex.match(folded, start, sentence.end)
        if match is None:
            continue
        end = match.end()
        before = folded[max(sentence.start, start - _LOOK_BACK) : start]
        own = _OWN.search(before)
        if row_end >= sentence.start and _CHAIN.match(folded[row_end:start]):
            accepted = own is not None or row_own
        elif own is not None:
            accepted = True
        else:
            accepted = not _FOREIGN.search(before) and _bare(document, sentence, start, end)
        row_end, row_own = end, accepted
        if accepted and before.rfind("《") <= before.rfind("》"):
            first = start - len(own.group()) if own else start
            target = without_space(text[start:end])
            found.append(InternalReference(Span(first, end), pattern.id, target))
    return found


def _starts(document: Document) -> Iterator[tuple[int, Sentence]]:
    """Where a reference may begin, with its sentence."""
    sentences = document.sentences
    position = 0
    for hit in _TRIGGER.finditer(document.text.folded, document.span.start, document.span.end):
        start = hit.start()
        while position < len(sentences) and sentences[position].end <= start:
            position += 1
        if position == len(sentences):
            return
        if sentences[position].start <= start:
            yield start, sentences[position]


def _bare(document: Document, sentence: Sentence, start: int, end: int) -> bool:
    """Whether a place that names no document is a reference to this one."""
    folded = document.text.folded
    after = folded[end : min(sentence.end, end + _LOOK_AHEAD)]
    kind = folded[start]
    if kind == "附":
        return start > sentence.body and folded[start - 1] not in "、:" and folded[end : end + 1] != ":"
    if start < sentence.body or (start == sentence.start and kind == "第" and not _LABEL.match(after)):
        return False
    outside = folded.rfind("“", sentence.start, start) <= folded.rfind("”", sentence.start, start)
    if outside and _AMENDING.search(folded, sentence.start, sentence.end):
        return False
    return kind == "前" or bool(_FOLLOWS.match(after))

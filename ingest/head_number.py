"""The number of a document: below its title, or in the name of a file that a page lists."""

from __future__ import annotations

from ingest import titles
from ingest.model import Block, HeadField, Segment, Span, Text
from ingest.pattern import book
from ontology.normal import without_space

_BOOK = book("head")
_FILE_NAME = _BOOK.regex("head.file-name")
_NUMBER_MARK = "号"  # stands in every number, and is quick to look for
_BRACKETS = _BOOK.regex("head.number-brackets")


def read_number(text: Text, blocks: tuple[Block, ...]) -> HeadField | None:
    """The number in the blocks of a document that tell it."""
    if not blocks:
        return None
    value = "".join(text.text[block.start : block.end] for block in blocks).replace(" ", "")
    if not any(character.isdigit() for character in value):
        return None
    bare = _BRACKETS.sub("", value)
    around = len(blocks) == 1 and bare == value[1:-1]
    return HeadField(bare, Span(blocks[0].start + around, blocks[-1].end - around))


def number_of_file(text: Text, segment: Segment, title: HeadField) -> HeadField | None:
    """The number in the name of a file with this document, as a page lists it."""
    for block in segment.blocks:
        if text.folded.find(_NUMBER_MARK, block.start, block.end) < 0:
            continue
        for found in _FILE_NAME.finditer(text.folded, block.start, block.end):
            if titles.normalise_title(title.value) in titles.normalise_title(found["title"]):
                span = Span(*found.span("number"))
                return HeadField(without_space(text.text[span.start : span.end]), span)
    return None

"""Whether a text without a recognised head is an official one all the same."""

from __future__ import annotations

from ingest.model import Part, Segment, Text
from ingest.pattern import book

_BOOK = book("titles")
_ARTICLE = _BOOK.regex("text.article")
_MARKS = _BOOK.regex("text.official")
_WORDS = _BOOK.regex("text.official-words")
_FEWEST_MARKS = 2  # labels or annotations that make a text without a head a part of a circular
_FEWEST_WORDS = 3  # different ones
_REACH = 3_000  # code points
_HEAD_PARTS = frozenset({Part.CIRCULAR_TITLE, Part.TITLE, Part.NUMBER, Part.ADDRESSEES})


def is_official(text: Text, segments: tuple[Segment, ...]) -> bool:
    """Whether a head, an article, labels, annotations or the words of sentences show an official text."""
    if any(_looks_official(text, found) for found in segments):
        return True
    if len(_MARKS.findall(text.folded)) >= _FEWEST_MARKS:
        return True
    words = {found.group() for found in _WORDS.finditer(text.folded, 0, _REACH)}
    return "。" in text.folded and len(words) >= _FEWEST_WORDS


def _looks_official(text: Text, found: Segment) -> bool:
    if any(block.part in _HEAD_PARTS for block in found.blocks):
        return True
    return any(_ARTICLE.match(text.folded[block.start : block.end]) for block in found.blocks)

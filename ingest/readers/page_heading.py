"""The heading that a site or a database prints above a document, whose own head follows below it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from ingest.pattern import book

_REACH = 12  # paragraphs among which the document's own title stands
_SIMILAR = 0.72  # share of characters in common with the next paragraph
_SHORTEST, _LONGEST = 8, 150
_MARKS = re.compile(r"[^\w]+")
_BODY = book("paper").regex("paper.bodies")
_RUNNING = re.compile(r"[。；：:]$")  # a sentence or addressees, and no head


def is_page_heading(paragraphs: Sequence[str]) -> bool:
    """Whether the first paragraph says what the document's own title says again below.

    Either the very words come again as a paragraph of their own, or the next paragraph is nearly
    the same (such headings shorten names of issuers, or put the number into the title). A body's
    name is no heading: it may come again where it signs.
    """
    if len(paragraphs) < 3 or "。" in paragraphs[0]:
        return False
    first, *others = (_MARKS.sub("", words) for words in paragraphs[:_REACH])
    if not _SHORTEST <= len(first) <= _LONGEST or _BODY.fullmatch(first):
        return False
    if first in others:
        return True
    following = others[0]
    if not _SHORTEST <= len(following) <= _LONGEST or _RUNNING.search(paragraphs[1]):
        return False
    return first.startswith(following) or SequenceMatcher(None, first, following).ratio() >= _SIMILAR

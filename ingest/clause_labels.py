"""Labels of clauses at the beginning of a paragraph: 第三条, (一), 1."""

from __future__ import annotations

import re

from ingest.pattern import Pattern, book, first_of
from ingest.pattern_file import ClauseAttributes

_BOOK = book("clauses")
_SET_OFF = _BOOK.having_id("clause.article-set-off", ClauseAttributes)
_LABELS = tuple(pattern for pattern in _BOOK.having(ClauseAttributes) if pattern is not _SET_OFF)
_ANY = first_of(_LABELS)
_LABEL_START = _BOOK.words("label_start")


def match_label(
    folded: str, start: int, end: int, breaks: tuple[int, ...] = ()
) -> tuple[Pattern[ClauseAttributes], re.Match[str]] | None:
    """The clause label that stands at ``start``, if there is one. ``breaks`` are where the file had
    white space: it tells a label (第五条 规划…) from a reference (第五条规定的…).
    """
    if start >= end or folded[start] not in _LABEL_START:
        return None
    if breaks:
        match = _SET_OFF.regex.match(folded, start, end)
        if match and match.end() == breaks[0]:
            return _SET_OFF, match
    first = _ANY.match(folded, start, end)
    if first is None or first.lastgroup is None:
        return None
    pattern = _LABELS[int(first.lastgroup[1:])]
    match = pattern.regex.match(folded, start, end)
    return (pattern, match) if match else None

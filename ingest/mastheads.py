"""What stands above a document's head, and heads that no form of a title tells."""

from __future__ import annotations

from collections.abc import Sequence

from ingest import titles
from ingest.model import Part
from ingest.pattern import book

_RED_HEAD = book("titles").regex("head.red-head")
_RELEASE = book("titles").regex("head.release")
FIELD = book("lines").regex("line.page-field")
_MOST_LINES = 6
_MOST_LATER = 3  # lines of such a head below another document
_SHORTEST = 5


def is_masthead(line: str) -> bool:
    """Whether a line at the top is a red head, the mark of an annex or a field of a page."""
    return bool(
        _RED_HEAD.match(line) or _RELEASE.match(line) or titles.ANNEX.match(line) or FIELD.match(line)
    )


def find_untold_head(lines: Sequence[str], *, top: bool) -> list[Part]:
    """The parts of the lines above a number or a salutation where no title is told by its form.

    They are the title; above a number that has its title below it, they are names of issuers in a red
    head. Empty where the lines are no head; below another document both number and salutation count.
    """
    for count, line in enumerate(lines[: (_MOST_LINES if top else _MOST_LATER) + 1]):
        number = titles.NUMBER.match(line)
        if number or titles.ADDRESSEES.match(line):
            if not count or (not top and not (number and _greets(lines, count + 1))):
                return []
            below = lines[count + 1 :]
            if number and (titles.match_circular_title(below) or titles.count_policy_title(below)):
                return [Part.MASTHEAD] * count
            return [Part.TITLE] * count if sum(map(len, lines[:count])) >= _SHORTEST else []
        if not titles.can_be_title_line(line) or line[0] == "(":
            return []
        if count and titles.match_circular_title(lines[count:]):
            return []
    return []


def _greets(lines: Sequence[str], place: int) -> bool:
    return place < len(lines) and titles.ADDRESSEES.match(lines[place]) is not None


def says_the_same(first: str, second: str) -> bool:
    """Whether one of two titles holds the other: a page's heading and the document's own title."""
    one, other = titles.normalise_title(first), titles.normalise_title(second)
    return len(min(one, other, key=len)) >= _SHORTEST and (one in other or other in one)

"""References inside a document, to the annexes that they name."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ingest.folding import fold
from ingest.model import Document, InternalReference, Part, Span
from ingest.numerals import parse_integer
from ingest.pattern import book

_ANNEX_NUMBERS = book("internal").compile("{annex_numbers}")
_ANNEX_MARK = book("titles").regex("head.annex")
_ANNEX_NUMBER = book("internal").compile("{annex_number}")
_MOST = 200  # places of one range; a wider one is a slip of the pen


def annexes(document: Document, reference: InternalReference) -> tuple[Span, ...]:
    """Where the annexes stand that a reference names; empty where one of them is not in the text."""
    place = fold(reference.target)
    if not place.startswith("附件"):
        return ()
    numbers = counted(_ANNEX_NUMBERS.finditer(place)) or (None,)
    found = [annex(document, number) for number in numbers]
    spans = tuple(span for span in found if span is not None)
    return spans if len(spans) == len(found) else ()


def annex(document: Document, number: int | None) -> Span | None:
    """The text of an annex, from its mark (附件2) to the next; the only one for None.

    A mark without a number is the first annex if it is the only one.
    """
    marks: list[tuple[int | None, int]] = []
    end = 0
    for piece in document.blocks:
        if piece.part is not Part.ANNEX:
            continue
        end = piece.end
        line = document.text.folded[piece.start : piece.end]
        if _ANNEX_MARK.match(line):
            written = _ANNEX_NUMBER.search(line)
            marks.append((parse_integer(written.group()) if written else None, piece.start))
    if number is None or (len(marks) == 1 and marks[0][0] is None and number == 1):
        chosen = [0] if len(marks) == 1 else []
    else:
        chosen = [place for place, mark in enumerate(marks) if mark[0] == number]
    if len(chosen) != 1:
        return None
    following = marks[chosen[0] + 1][1] if chosen[0] + 1 < len(marks) else end
    inside = [
        piece.end
        for piece in document.blocks
        if piece.part is Part.ANNEX and marks[chosen[0]][1] <= piece.start < following
    ]
    bare = len(inside) < 2  # the mark alone: its text is missing, or stands elsewhere as a body
    return None if bare else Span(marks[chosen[0]][1], inside[-1])


def counted(matches: Iterable[re.Match[str]]) -> tuple[int, ...]:
    """The numbers of a list, those of a range (四至七) all of them."""
    numbers: list[int] = []
    for match in matches:
        number = parse_integer(match["number"]) or 0
        if match["range"] and numbers and 0 < number - numbers[-1] < _MOST:
            numbers.extend(range(numbers[-1] + 1, number))
        numbers.append(number)
    return tuple(numbers)

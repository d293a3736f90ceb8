"""Paragraphs that hold several lines of a document: title, number, salutation, text and signature in one.

Web pages and converters lose line breaks. Where the forms of the lines tell where each ends, the
paragraph is cut again; its pieces keep their offsets.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest import titles
from ingest.model import Paragraph
from ingest.pattern import book

_BOOK = book("titles")
_NUMBER = _BOOK.regex("together.number")
_RED_HEAD = _BOOK.regex("together.red-head")
_TITLE_END = _BOOK.regex("together.title-end")
_SIGNED = _BOOK.regex("together.signed")
_SIGNED_AT_END = _BOOK.regex("together.signed-at-end")
_BEHIND_DATE = _BOOK.regex("together.behind-date")
_LABEL = _BOOK.regex("together.label")
_DUTY = _BOOK.compile("^(?:{duty})")
_FIELD = book("lines").regex("line.page-field")
_LONGEST_TITLE = 200
_LONGEST_SALUTATION = 600
_LONGEST_FIELD = 80
_SHORTEST_TEXT = 10
_MOST_PIECES = 6  # of a head


def cut_head(paragraph: Paragraph, line: str) -> list[Paragraph]:
    """The pieces of a paragraph that begins with a head and goes on with text; itself where it does not.

    ``line`` is its folded text.
    """
    ends, title = _head_ends(paragraph, line)
    if not ends or ends[-1] >= len(line):
        return _pieces(paragraph, ends[:-1]) if ends else [paragraph]
    cuts = [*ends, *_text_ends(paragraph, line, ends[-1], title)]
    return _pieces(paragraph, cuts)


def cut_signature(paragraph: Paragraph, line: str) -> list[Paragraph]:
    """The pieces of a paragraph to whose end the signature and its date are glued, or a date to a number."""
    if line[-1] != "日":
        return [paragraph]
    number = _NUMBER.match(line) if len(line) < _LONGEST_FIELD else None
    if number and titles.DATE.match(line[number.end() :]):
        return _pieces(paragraph, [number.end()])
    found = _SIGNED_AT_END.search(line, max(0, len(line) - 120))
    return _pieces(paragraph, [found.start("name"), found.start("date")]) if found else [paragraph]


def _pieces(paragraph: Paragraph, cuts: Sequence[int]) -> list[Paragraph]:
    breaks = paragraph.breaks
    offsets = sorted({paragraph.start, *(paragraph.start + cut for cut in cuts), paragraph.end})
    return [
        replace(paragraph, start=a, end=b, breaks=breaks[bisect_right(breaks, a) : bisect_left(breaks, b)])
        for a, b in pairwise(offsets)
    ]


def _head_ends(paragraph: Paragraph, line: str) -> tuple[list[int], str]:
    """Where the lines of the head end, and the title among them."""
    ends: list[int] = []
    title, place, numbered, greeted = "", 0, False, False
    for _ in range(_MOST_PIECES):
        end = 0
        if not numbered and (number := _NUMBER.match(line, place)):
            end, numbered = number.end(), True
        elif place == 0 and (red := _RED_HEAD.match(line)):
            end = red.end()
        elif title or not (end := _title_end(paragraph, line, place)):
            end = _salutation_end(line, place, below_head=bool(title))
            greeted = end > 0
        else:
            title = line[place:end]
        if not end and title and _FIELD.match(line[place : place + _LONGEST_FIELD]):
            end = next((at - paragraph.start for at in paragraph.breaks if at > paragraph.start + place), 0)
        if not end:
            break
        ends.append(end)
        place = end
        if greeted:
            break
    return (ends, title) if greeted or title else ([], "")


def _title_end(paragraph: Paragraph, line: str, start: int) -> int:
    """The end of a title at ``start`` that a number or a salutation follows."""
    for found in _TITLE_END.finditer(line, start, start + _LONGEST_TITLE):
        end = found.end()
        if end == len(line) and start == 0:
            return 0
        if not (
            end == len(line)
            or _NUMBER.match(line, end)
            or ((line[end] == "各" or paragraph.start + end in paragraph.breaks) and _greets(line, end))
        ):
            continue
        taken = titles.match_circular_title([line[start:end]])
        if taken or titles.count_policy_title([line[start:end]]):
            return end
    return 0


def _greets(line: str, start: int) -> bool:
    return _salutation_end(line, start, below_head=True) > 0


def _salutation_end(line: str, start: int, *, below_head: bool) -> int:
    """The end of a salutation at ``start`` that text follows; 0 where none stands there."""
    colon = line.find(":", start, start + _LONGEST_SALUTATION) + 1
    if not colon or colon == len(line) or not titles.ADDRESSEES.match(line[start:colon]):
        return 0
    follows = line[colon : colon + 80]
    return colon if below_head or (len(follows) >= _SHORTEST_TEXT and not _DUTY.match(follows)) else 0


def _text_ends(paragraph: Paragraph, line: str, start: int, title: str) -> Iterator[int]:
    """Where the pieces of the text below a head in one line end: signature, date, title, labelled items."""
    circular = titles.match_circular_title([title]) if title else None
    body = start
    for found in _SIGNED.finditer(line, start):
        name = found.start("name")
        own = line.rfind(title.partition("关于")[0], name, found.end("name")) if circular else -1
        yield own if own > name else name
        yield found.start("date")
        yield found.end()
        body = found.end()
        behind = _BEHIND_DATE.match(line, body)
        if behind:
            yield behind.end()
            body = behind.end()
        issued = list(titles.find_issued_titles(line[start : found.start()]))
        for wanted in [*issued, *([circular.issued] if circular and circular.issued else [])]:
            if line.startswith(wanted, body):
                yield body + len(wanted)
                body += len(wanted)
                break
        break
    yield from (label.start() for label in _LABEL.finditer(line, start) if label.start() > start)

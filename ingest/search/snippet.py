"""The piece of a text that shows why it was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from ingest.search.words import Phrase, offsets, search_form

LENGTH = 120  # code points of a snippet
_BEFORE = 24  # code points that lead up to what was found
_EXAMINED = 500  # places of one phrase that are looked at
_ENDS = "。；！？\n"


class SnippetRun(NamedTuple):
    """Some characters of a text, as they stand there, and whether they are what was asked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Snippet:
    """``pieces`` joined are ``text[start:end]``; ``found`` is how many of the phrases stand in the text."""

    start: int
    end: int
    pieces: tuple[SnippetRun, ...]
    found: int


def snippet(text: str, phrases: Sequence[Phrase]) -> Snippet:
    """The stretch with the most different phrases, the first of these; the beginning if there are none."""
    folded = search_form(text)
    back = offsets(text, folded)
    spans = sorted(
        (back[match.start()], back[match.end() - 1] + 1, number)
        for number, phrase in enumerate(phrases)
        for match in islice(phrase.pattern.finditer(folded), _EXAMINED)
    )
    start, end = _window(text, spans)
    return Snippet(start, end, _pieces(text, start, end, spans), len({number for _, _, number in spans}))


def _window(text: str, spans: Sequence[tuple[int, int, int]]) -> tuple[int, int]:
    best, most, last = 0, 0, 0
    for place, (begin, _, _) in enumerate(spans):
        last = max(last, place)
        while last < len(spans) and spans[last][1] <= begin + LENGTH - _BEFORE:
            last += 1
        different = len({number for _, _, number in spans[place:last]})
        if different > most:
            best, most = place, different
    if not spans:
        return 0, min(LENGTH, len(text))
    found = spans[best][0]
    start = max(found - _BEFORE, 0)
    # rather begin with a sentence than inside the one before
    start = max(start, *(text.rfind(mark, start, found) + 1 for mark in _ENDS))
    return start, min(start + LENGTH, len(text))


def _pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int, int]]) -> tuple[SnippetRun, ...]:
    pieces: list[SnippetRun] = []
    done = start
    for begin, stop, _ in spans:
        first, last = max(begin, done), min(stop, end)
        if first >= last:
            continue
        if first > done:
            pieces.append(SnippetRun(text[done:first], False))
        if first == done and pieces and pieces[-1].marked:
            pieces[-1] = SnippetRun(pieces[-1].text + text[first:last], True)
        else:
            pieces.append(SnippetRun(text[first:last], True))
        done = last
    if done < end:
        pieces.append(SnippetRun(text[done:end], False))
    return tuple(pieces)

"""Where a thing stands in a text: the passage around it with its own characters marked.

Offsets are code points of the normalised text, ends exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ontology.places import Place

_DIGEST = re.compile(r".*/text/(?P<sha>[0-9a-f]{64})")
_LONGEST = 6000  # code points of a passage on a page
_BEFORE = 600  # code points kept before the first mark of a passage that is longer


@dataclass(frozen=True, slots=True)
class PassageRun:
    """Some characters of a passage, and whether they are marked."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Characters of a source as they stand there; ``before`` and ``after`` say that it goes on."""

    text: str
    """IRI of the text"""
    runs: tuple[PassageRun, ...]
    before: bool
    after: bool


def text_digest(text: str) -> str | None:
    """Return the SHA-256 of a text, which its IRI has; None of another IRI."""
    match = _DIGEST.fullmatch(text)
    return match["sha"] if match else None


def whole_lines(source: str, within: Place) -> Place:
    """Return the whole lines in which a place lies."""
    start = source.rfind("\n", 0, within.start) + 1
    end = source.find("\n", within.end)
    return Place(within.text, start, len(source) if end < 0 else end)


def innermost(marks: Iterable[Place]) -> list[Place]:
    """Return the places within which no other lies: a rule that is a whole sentence hides nothing in it."""
    known = sorted(set(marks))
    return [mark for mark in known if not any(other != mark and mark.holds(other) for other in known)]


def make_passage(source: str, around: Place, marks: Iterable[Place]) -> Passage:
    """Return the characters of ``around``, those of ``marks`` marked; if long, the part with the first."""
    marked = _merge_overlaps(mark for mark in marks if mark.text == around.text and mark.start < mark.end)
    start, end = around.start, min(around.end, len(source))
    if end - start > _LONGEST:
        first = next((mark for mark, stop in marked if stop > start), start)
        start = max(start, min(first - _BEFORE, end - _LONGEST))
        end = min(end, start + _LONGEST)
    runs: list[PassageRun] = []
    done = start
    for mark, mark_end in marked:
        begin, stop = max(mark, done), min(mark_end, end)
        if begin < stop:
            runs += [PassageRun(source[done:begin], False), PassageRun(source[begin:stop], True)]
            done = stop
    runs.append(PassageRun(source[done:end], False))
    runs = [run for run in runs if run.text]
    return Passage(around.text, tuple(runs), start > around.start, end < around.end)


def _merge_overlaps(marks: Iterable[Place]) -> list[tuple[int, int]]:
    """Spans in their order; those that overlap or touch become one."""
    spans: list[tuple[int, int]] = []
    for mark in sorted(marks):
        if spans and mark.start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mark.end))
        else:
            spans.append((mark.start, mark.end))
    return spans

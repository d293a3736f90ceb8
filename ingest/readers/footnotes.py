"""Footnotes: small lines at the foot of a page that begin with a mark, and their raised marks in the text.

Both are written as ``<sup>1</sup>``, which ``ingest.read`` knows: a footnote is a note and no text of a
clause, and its mark is taken out of the sentence.
"""

from __future__ import annotations

from dataclasses import replace
from statistics import median

from ingest.model import Origin
from ingest.pattern import book
from ingest.readers.lines import PaperLine

_MARK = book("paper").regex("paper.note-mark")
_SMALLER = 0.88  # of the text's type
_FOOT = 0.5  # of a page's height, below which notes stand


def mark_notes(lines: list[PaperLine], height: float) -> list[PaperLine]:
    """The lines of a page with its footnotes marked as such, each run together to one line."""
    if len(lines) < 4:
        return lines
    em = median(line.em for line in lines for _ in range(1 + len(line.text) // 8))
    first = len(lines)
    while first and lines[first - 1].em < _SMALLER * em and lines[first - 1].box.top > _FOOT * height:
        first -= 1
    notes = lines[first:]
    if not notes or not _MARK.match(notes[0].text):
        return lines
    joined: list[PaperLine] = []
    for line in notes:
        if _MARK.match(line.text) or not joined:
            joined.append(line)
        else:
            joined[-1] = _join(joined[-1], line)
    return lines[:first] + [_as_note(line) for line in joined]


def _join(line: PaperLine, more: PaperLine) -> PaperLine:
    runs = (*line.runs, *((start + len(line.text), origin) for start, origin in more.runs))
    return replace(line, text=line.text + more.text, runs=runs)


def _as_note(line: PaperLine) -> PaperLine:
    mark = _MARK.match(line.text)
    if mark is None:
        return line
    end = mark.end()
    opening, closing = "<sup>", "</sup>"
    shift = len(opening) + len(closing)
    runs: list[tuple[int, Origin]] = [
        (start if start == 0 else start + (shift if start >= end else len(opening)), origin)
        for start, origin in line.runs
    ]
    text = opening + mark["mark"].strip("[]") + closing + " " + line.text[end:].lstrip()
    return replace(line, text=text, runs=tuple((min(start, len(text) - 1), origin) for start, origin in runs))

"""Lines to paragraphs: which line goes on with the one before it, told by margins, indents and type."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.pattern import book
from ingest.readers.furniture import inline_numbers
from ingest.readers.glyphs import SOFT_HYPHEN
from ingest.readers.lines import PaperLine
from ingest.readers.written import PlacedWords, join

_TERMINAL = frozenset("。；：！？…”》）;:!?.")
_BOOK = book("paper")
_LABEL = _BOOK.regex("paper.label")
_SHORT = 2.3  # em before the right margin: a line that ends earlier ends its paragraph
_ENOUGH = 1_500  # lines that tell the margins of a whole text
_INDENT = 1.2  # em behind the left margin: a line that begins later begins a paragraph
_ASIDE = 6.0  # em behind the left margin: what begins there is a signature or a date
_LARGE = 1.12  # of the text's type: titles are set larger
_CLOSES = frozenset("》）”，。、；：)")
_CUT_DATE = _BOOK.regex("paper.cut-date")
_REST_OF_DATE = _BOOK.regex("paper.rest-of-date")
_OPENS = frozenset("（《〈“〔")
_BODY = _BOOK.regex("paper.body")
_LEADERS = re.compile(r"[.…·．]{4,}\s*\d*$")
_TITLE = _BOOK.regex("paper.title")
_ENDS_TITLE = _BOOK.regex("paper.ends-title")
_LATIN = re.compile(r"[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of a column begin and end, and how far they lie apart."""

    left: float
    right: float
    pitch: float
    em: float


@dataclass(frozen=True, slots=True)
class Flow:
    """A paragraph: its words, and whether it surely begins one (so that nothing runs it on)."""

    words: PlacedWords
    indented: bool
    lines: tuple[PaperLine, ...]


def margins_of(lines: Sequence[PaperLine]) -> dict[tuple[int, int], Margins]:
    """The margins of each column of each page; a page with few lines takes those of the whole text."""
    groups: dict[tuple[int, int], list[PaperLine]] = {}
    for line in lines:
        groups.setdefault((line.page, line.column), []).append(line)
    whole: dict[int, Margins] = {}
    for column in {line.column for line in lines}:
        own = [line for line in lines if line.column == column]
        whole[column] = _measure(own[:_ENOUGH], None)
    return {
        key: whole[key[1]] if len(group) < 6 else _measure(group, whole[key[1]])
        for key, group in groups.items()
    }


def _measure(lines: Sequence[PaperLine], whole: Margins | None) -> Margins:
    em = median(line.em for line in lines for _ in range(1 + len(line.text) // 8))
    own = [line for line in lines if abs(line.em - em) < 0.15 * em] or list(lines)
    rights = sorted(line.box.right for line in own)
    lefts = sorted(line.box.left for line in own)
    right = _frequent(rights, em, last=True)
    left = _frequent(lefts, em, last=False)
    if whole is not None and right < whole.right - 3 * em and right - left < 0.8 * (whole.right - whole.left):
        right = whole.right  # a page of short lines
    gaps = sorted(
        after.box.top - before.box.top
        for before, after in pairwise(own)
        if before.page == after.page and 0.8 * em < after.box.top - before.box.top < 4 * em
    )
    pitch = gaps[len(gaps) // 2] if gaps else 1.6 * em
    return Margins(left, right, pitch, em)


def _frequent(values: list[float], em: float, *, last: bool) -> float:
    """The outermost place at which several lines begin or end."""
    ordered = values[::-1] if last else values
    need = 2 if len(values) < 30 else max(3, len(values) // 25)
    for value in ordered:
        if sum(abs(value - other) < 0.6 * em for other in values) >= need:
            near = [other for other in values if abs(value - other) < 0.6 * em]
            return median(near)
    return ordered[0]


def is_centred(line: PaperLine, margins: Margins) -> bool:
    """Whether a line stands in the middle between the margins, away from both."""
    before, behind = line.box.left - margins.left, margins.right - line.box.right
    nearest = 1.0 if line.em > 1.1 * margins.em else 3.0
    return abs(before - behind) < 1.6 * line.em and min(before, behind) > nearest * line.em


class Paragraphs:
    """Takes the lines one after the other and makes paragraphs of them."""

    def __init__(self, margins: dict[tuple[int, int], Margins]) -> None:
        self.margins = margins
        self.lines: list[PaperLine] = []
        self.indented = False
        self.last: PaperLine | None = None

    def take(self, line: PaperLine) -> Flow | None:
        """Take a line; gives the paragraph before it where that is complete."""
        margins = self.margins[line.page, line.column]
        if self.lines and self._goes_on(self.lines[-1], line, margins):
            self.lines.append(line)
            return None
        done = self.end()
        self.lines = [line]
        beside = self.last is not None and (self.last.page, self.last.column, self.last.row) == (
            line.page,
            line.column,
            line.row,
        )
        self.indented = not is_centred(line, margins) or beside
        return done

    def end(self) -> Flow | None:
        """The paragraph that is open."""
        if not self.lines:
            return None
        flow = Flow(run_together(self.lines), self.indented, tuple(self.lines))
        self.last = self.lines[-1]
        self.lines = []
        return flow

    def _goes_on(self, before: PaperLine, line: PaperLine, margins: Margins) -> bool:
        if (before.page, before.column, before.row) == (line.page, line.column, line.row):
            return False
        if abs(before.em - line.em) > 0.14 * max(before.em, line.em):
            return False
        above = self.margins[before.page, before.column]
        terminal = before.text[-1] in _TERMINAL
        em, same = line.em, before.page == line.page and before.column == line.column
        down, start = line.box.top - before.box.top, line.box.left - margins.left
        if _LEADERS.search(before.text) or (_BODY.match(before.text) and _BODY.match(line.text)):
            return False
        if same and em > _LARGE * margins.em:
            return down < 2.4 * em and not (_ENDS_TITLE.search(before.text) or _LABEL.match(line.text))
        if (
            same
            and down > 1.75 * max(margins.pitch, before.em * 1.2)
            and (terminal or down > 2.6 * margins.pitch)
        ):
            return False
        first = self.lines[0].box.left - self.margins[self.lines[0].page, self.lines[0].column].left
        opened = _INDENT * em < first < _ASIDE * em
        if same and _is_cut(before.text, line.text):
            return True
        if before.box.right < above.right - _SHORT * em - _push(line, em):
            # a converter's stray line: in a text with indents one that has none goes on
            stray = opened and abs(start) < 0.5 * em and not terminal and down < 1.4 * margins.pitch
            return stray and same and len(self.lines) > 1 and not _LABEL.match(line.text)
        aside = before.box.left - above.left > _ASIDE * em and not is_centred(before, above)
        if len(self.lines) == 1 and not opened and _TITLE.search(before.text) and line.text[0] not in _CLOSES:
            return False
        if is_centred(line, margins):
            return (
                not (aside or _LABEL.match(line.text))
                and not terminal
                and same
                and not _ENDS_TITLE.search(before.text)
                and line.text[0] not in "（("
            )
        if start > _INDENT * em:
            hanging = abs(line.box.left - before.box.left) < 0.5 * em and start < _ASIDE * em
            return hanging and not terminal and not _LABEL.match(line.text)
        if aside and len(self.lines) == 1:
            return False  # a signature
        if terminal and not opened and len(self.lines) == 1:
            return before.box.right >= above.right - 0.6 * em  # a text without indents
        return True


def _is_cut(before: str, after: str) -> bool:
    """Whether no paragraph can end between two lines: at a bracket or inside a date."""
    if before[-1] in _OPENS or after[0] in _CLOSES:
        return True
    return _CUT_DATE.search(before) is not None and _REST_OF_DATE.match(after) is not None


def _push(line: PaperLine, em: float) -> float:
    """How much room the word or number takes that did not fit into the line before."""
    word = re.match(r"[A-Za-z0-9.,%/:_@-]+", line.text)
    return min(len(word.group()) * 0.5 * em, 12 * em) if word else 0.0


def run_together(lines: Iterable[PaperLine]) -> PlacedWords:
    """The words of a paragraph's lines: Latin words keep a space, a divided word loses its hyphen."""
    parts: list[PlacedWords] = []
    for line in lines:
        words = without_inline_numbers(PlacedWords(line.text, line.runs))
        if parts:
            before = parts[-1].text
            if before.endswith(SOFT_HYPHEN):
                divided = before[-2:-1].isalpha() and words.text[:1].isalpha() and words.text[0].isascii()
                parts[-1] = PlacedWords(before[:-1] + ("" if divided else "-"), parts[-1].runs)
            elif before and _LATIN.match(before[-1]) and re.match("[A-Za-z]", words.text):
                parts.append(PlacedWords(" "))
        parts.append(words)
    if parts and parts[-1].text.endswith(SOFT_HYPHEN):
        parts[-1] = PlacedWords(parts[-1].text[:-1] + "-", parts[-1].runs)
    return join(parts)


def without_inline_numbers(words: PlacedWords) -> PlacedWords:
    """The words without page numbers inside them."""
    cuts = list(inline_numbers(words.text))
    if not cuts:
        return words
    text, runs, gone, position = "", list(words.runs), 0, 0
    for start, end in cuts:
        text += words.text[position:start]
        runs = [
            (at - (min(end, at + gone) - start) if at + gone > start else at, origin) for at, origin in runs
        ]
        gone += end - start
        position = end
    return PlacedWords(text + words.text[position:], tuple((max(at, 0), origin) for at, origin in runs))

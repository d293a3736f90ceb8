"""What each line of a file is, and which lines are one paragraph broken by a page.

Recognises tables of contents, pages in another language, page furniture, tables, notes and formulas,
so that they are kept out of the facts (GUIDELINES.md: they carry none).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import ParagraphKind
from ingest.pattern import book
from ingest.pattern_file import LineAttributes

_BOOK = book("lines")
_KINDS = tuple((pattern.regex, pattern.attributes.kind) for pattern in _BOOK.having(LineAttributes))
_BEGINS = _BOOK.regex("line.joins-never")
_ALONE = tuple(map(_BOOK.regex, ("line.date-alone", "line.number-alone", "line.act-alone")))
_BODIES = _BOOK.regex("line.bodies-alone")
_TITLE = _BOOK.regex("line.title-like")
_LABEL = _BOOK.compile(r"^{label}")

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_CONTENTS = re.compile(r"^(?:目\s*[录次]|CONTENTS|Contents)$")
_PAGE_REFERENCE = re.compile(r"(?:[.…·]{2,}\s*[(]?\s*\d{0,4}\s*[)]?|[(]\s*\d{1,4}\s*[)]|\s\d{1,4})\s*[.…·]*$")
_GOES_ON = frozenset("，,。;:、)》”")  # no paragraph begins with one of these
_BODY_END = re.compile(r"[。;:]$")
_TERMINAL = frozenset("。;:!?…”》)】]」』")
_MARKS = re.compile(r"[*#>\s]+")
_RUN_ON = 22  # a line without any punctuation is text, not a heading, from this length on
_LONGEST_FURNITURE = 80  # code points; a longer line is text unless it is marked as something else
_CONTENTS_REACH = 400  # lines; no table of contents seen is longer


@dataclass(frozen=True, slots=True)
class Line:
    """A non-blank line; ``start`` is its offset in the decoded file, ``bare`` its folded text, unmarked."""

    start: int
    end: int
    bare: str
    heading: int
    indented: bool
    kind: ParagraphKind


def bare_text(folded: str) -> str:
    """A folded line without outer white space, Markdown emphasis and heading marks."""
    text = folded.strip()
    if text[:1] in "#*->_•" or text.endswith("*"):
        text = text.replace("**", "").strip()
        text = re.sub(r"^(?:#{1,6}\s*|[-*•]\s+|>\s*)", "", text)
    return text


def kind_of(bare: str, raw: str) -> ParagraphKind:
    """The kind of one line by its own looks."""
    han = _CJK.search(bare) is not None
    if not (han and len(bare) > _LONGEST_FURNITURE) or raw[0] in "|<" or "\t" in raw:
        for regex, kind in _KINDS:
            if regex.search(raw if kind is ParagraphKind.TABLE else bare) or (not han and regex.search(raw)):
                return kind
    return ParagraphKind.BODY if han or not _LATIN.search(bare) else ParagraphKind.FOREIGN


def contents_end(lines: list[Line], start: int) -> int:
    """Index after the last line of the table of contents whose heading is line ``start``.

    The table reaches as far as lines with page references go, and pages in another language between
    them; it ends before the first running sentence, or where its first entry comes again as a title.
    """
    end = start + 1
    seen: dict[str, int] = {}
    for index in range(start + 1, min(len(lines), start + _CONTENTS_REACH)):
        line = lines[index]
        if line.kind is ParagraphKind.FOREIGN or line.kind is ParagraphKind.FURNITURE:
            end = index + 1
            continue
        text = _MARKS.sub("", line.bare)
        if text in seen and len(text) > 4:
            return max(end, min(seen[text] + 1, index)) if end > seen[text] else index
        seen[text] = index
        if _PAGE_REFERENCE.search(line.bare) or _CONTENTS.match(line.bare):
            end = index + 1
        elif _BODY_END.search(line.bare):
            break
    return end


def unclosed(text: str) -> bool:
    """Whether a text ends inside a bracket that it opened."""
    return text.count("(") > text.count(")") or text.count("《") > text.count("》")


def continues(before: str, heading: int, line: Line) -> bool:
    """Whether ``line`` goes on with the paragraph whose text so far is ``before``."""
    if not before or line.indented or line.heading or _BEGINS.match(line.bare):
        return False
    if any(regex.match(line.bare) for regex in _ALONE):
        return False
    if line.bare[0] in _GOES_ON:
        return True
    if _BODIES.match(line.bare) and _BODIES.match(before):
        return False
    open_bracket = unclosed(before)
    if before[-1] in _TERMINAL and not (open_bracket and before[-1] not in "。;:"):
        return False
    if any(regex.match(before) for regex in _ALONE):
        return False
    if open_bracket:
        return "," in before or "。" in before or not _TITLE.match(before + line.bare)
    if _TITLE.match(before):
        return False
    label = _LABEL.match(before)
    text = before[label.end() :] if label else before
    if re.search(r"[,。;:、]", text):
        return True
    return not heading and len(text) >= _RUN_ON and line.bare[-1] in _TERMINAL


def is_contents(bare: str) -> bool:
    """Whether a line heads a table of contents."""
    return bool(_CONTENTS.match(bare))

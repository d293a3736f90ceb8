"""What each line of a file is by its own looks, and how far a table of contents reaches.

Recognises tables of contents, pages in another language, page furniture, tables, notes and formulas,
so that they are kept out of the facts: docs/annotation.md says that they carry none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.model import ParagraphKind
from ingest.pattern import book
from ingest.pattern_file import LineAttributes

_BOOK = book("lines")
_KINDS = tuple((pattern.regex, pattern.attributes.kind) for pattern in _BOOK.having(LineAttributes))

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2}")
_BODIES = _BOOK.regex("line.bodies-alone")
_CONTENTS = _BOOK.compile(r"^(?:{contents})$")
_PAGE_REFERENCE = re.compile(r"(?:[.…·]{2,}\s*[(]?\s*\d{0,4}\s*[)]?|[(]\s*\d{1,4}\s*[)]|\s\d{1,4})\s*[.…·]*$")
_BODY_END = re.compile(r"[。;:]$")
_MARKS = re.compile(r"[*#>\s]+")
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


def strip_marks(folded: str) -> str:
    """A folded line without outer white space, Markdown emphasis and heading marks."""
    text = folded.strip()
    if text[:1] in "#*->_•" or text.endswith("*"):
        text = text.replace("**", "").strip()
        text = re.sub(r"^(?:#{1,6}\s*|[-*•]\s+|>\s*)", "", text)
    return text


def classify_line(bare: str, raw: str) -> ParagraphKind:
    """The kind of one line by its own looks."""
    han = _CJK.search(bare) is not None
    short = not han or len(bare) <= _LONGEST_FURNITURE or "://" in bare
    if short or raw[0] in "|<" or "\t" in raw:
        for regex, kind in _KINDS:
            if regex.search(raw if kind is ParagraphKind.TABLE else bare) or (not han and regex.search(raw)):
                return kind
    return ParagraphKind.BODY if han or not _LATIN.search(bare) else ParagraphKind.FOREIGN


def find_contents_end(lines: list[Line], start: int) -> int:
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
        if _BODIES.match(text):
            continue  # one body can have several entries
        if text in seen and len(text) > 4:
            return max(end, min(seen[text] + 1, index)) if end > seen[text] else index
        seen[text] = index
        if _PAGE_REFERENCE.search(line.bare) or _CONTENTS.match(line.bare):
            end = index + 1
        elif _BODY_END.search(line.bare):
            break
    return end


def is_contents_heading(bare: str) -> bool:
    """Whether a line heads a table of contents."""
    return bool(_CONTENTS.match(bare))

"""Which lines of a file are one paragraph, broken by the width of a page or by its end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.body_names import is_clause
from ingest.line_kinds import Line, find_contents_end, is_contents_heading
from ingest.model import ParagraphKind
from ingest.pattern import book
from ingest.titles import (
    ADDRESSEES,
    ANNOUNCEMENT,
    ORDER,
    ORDER_NUMBER,
    count_policy_title,
    match_circular_title,
)

_BOOK = book("lines")
_BEGINS = _BOOK.regex("line.joins-never")
_ALONE = tuple(map(_BOOK.regex, ("line.date-alone", "line.number-alone", "line.act-alone")))
_PURPOSE = book("titles").regex("text.purpose")
_YEAR = re.compile(r"^(?:19|20)\d\d$")
_REST_OF_DATE = _BOOK.regex("line.rest-of-date")
_BODIES = _BOOK.regex("line.bodies-alone")
_TITLE = _BOOK.regex("line.title-like")
_LABEL = _BOOK.compile(r"^{label}")
_OPEN_ANNOTATION = _BOOK.regex("line.open-annotation")
_CLOSES_ANNOTATION = _BOOK.regex("line.closes-annotation")
_LONGEST_ANNOTATION = 600
_LONGEST_JOINED = 10_000  # code points; no paragraph of lines is longer, and the work stays linear
_IN_LIST = frozenset(":;、,")
_MARK = re.compile(r"[,。;:、]")
_GOES_ON = frozenset("，,。;:、)》”")  # no paragraph begins with one of these
_TERMINAL = frozenset("。;:!?…”》)】]」』")
_LONGEST_SALUTATION = 2_000
_MOST_SIGNATURES = 12
_RUN_ON = 22  # a line without any punctuation is text, not a heading, from this length on


def group_lines(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines grouped into paragraphs; what is no body text stays one line a paragraph, after the
    paragraph that it interrupts.
    """
    current: list[Line] = []
    before = ""
    aside: list[list[Line]] = []
    contents_until = 0
    for index, read in enumerate(lines):
        line = _as_part_of_head(lines, index) if read.kind is ParagraphKind.FURNITURE else read
        if index >= contents_until and line.kind is ParagraphKind.BODY and is_contents_heading(line.bare):
            contents_until = find_contents_end(lines, index)
        if index < contents_until and line.kind in (ParagraphKind.BODY, ParagraphKind.TABLE):
            aside.append([replace(line, kind=ParagraphKind.CONTENTS)])
        elif line.kind is not ParagraphKind.BODY:
            aside.append([line])
        elif (
            current
            and continues_paragraph(before, current[0].heading, line)
            and not _is_line_of_head(lines, index, before)
        ):
            current.append(line)
            before += line.bare
        else:
            if current:
                yield current
            yield from aside
            aside = []
            current, before = [line], line.bare
    if current:
        yield current
    yield from aside


def _as_part_of_head(lines: list[Line], index: int) -> Line:
    """A line that looks like furniture alone and is a year with the rest of a date, or an order's number."""
    line = lines[index]
    dated = index + 1 < len(lines) and _YEAR.match(line.bare) and _REST_OF_DATE.match(lines[index + 1].bare)
    if dated or (index and _numbers_act(lines[index - 1].bare, line.bare)):
        return replace(line, kind=ParagraphKind.BODY)
    return line


def _numbers_act(before: str, bare: str) -> bool:
    """Whether a line is the number of the order or announcement whose head stands above it."""
    return ORDER_NUMBER.match(bare) is not None and (
        ORDER.match(before) is not None or ANNOUNCEMENT.search(before) is not None
    )


def _ends_in_title(before: str, after: str) -> bool:
    """Whether the title of the next document, which ``after`` begins, is glued to a paragraph's end."""
    tail = before.rpartition("。")[2]
    if not 0 < len(tail) < len(before):
        return False
    if count_policy_title([tail]) and _PURPOSE.match(after):
        return True
    found = match_circular_title([tail])
    return found is not None and bool(found.issuers) and not is_clause(found.issuers)


def _is_line_of_head(lines: list[Line], index: int, before: str) -> bool:
    """Whether a line is a salutation below a title, or a signature: only bodies and a date follow it."""
    bare = lines[index].bare
    if bare[-1] == ":":
        return (
            len(bare) <= _LONGEST_SALUTATION
            and not _MARK.search(before)
            and ADDRESSEES.match(bare) is not None
        )
    if not _BODIES.match(bare):
        return False
    for line in lines[index + 1 : index + 1 + _MOST_SIGNATURES]:
        if _ALONE[0].match(line.bare):
            return True
        if not _BODIES.match(line.bare):
            return False
    return False


def has_open_bracket(text: str) -> bool:
    """Whether a text ends inside a bracket that it opened."""
    return text.count("(") > text.count(")") or text.count("《") > text.count("》")


def goes_on_in_annotation(before: str, line: Line) -> bool:
    """Whether a list of bodies in a labelled bracket goes on, however its lines are set."""
    tail = before[-_LONGEST_ANNOTATION:]
    if line.heading or ":" not in tail or not _OPEN_ANNOTATION.search(tail) or _LABEL.match(line.bare):
        return False
    return tail[-1] in _IN_LIST or _CLOSES_ANNOTATION.match(line.bare) is not None


def continues_paragraph(before: str, heading: int, line: Line) -> bool:
    """Whether ``line`` goes on with the paragraph whose text so far is ``before``."""
    if len(before) > _LONGEST_JOINED:
        return False
    if goes_on_in_annotation(before, line):
        return True
    if not before or line.indented or line.heading or _BEGINS.match(line.bare):
        return False
    if _YEAR.match(before) and _REST_OF_DATE.match(line.bare):
        return True
    if any(regex.match(line.bare) for regex in _ALONE):
        return False
    if line.bare[0] in _GOES_ON:
        return True
    if _BODIES.match(line.bare) and _BODIES.match(before):
        return False
    open_bracket = has_open_bracket(before)
    if before[-1] in _TERMINAL and not (open_bracket and before[-1] not in "。;:"):
        return False
    if any(regex.match(before) for regex in _ALONE):
        return False
    if open_bracket:
        return "," in before or "。" in before or not _TITLE.match(before + line.bare)
    if _TITLE.match(before) or _ends_in_title(before, line.bare):
        return False
    label = _LABEL.match(before)
    text = before[label.end() :] if label else before
    if _MARK.search(text):
        return True
    return not heading and len(text) >= _RUN_ON and line.bare[-1] in _TERMINAL

"""Titles and heads: what a paragraph, or several in a row, says about where a document begins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.pattern import book

_BOOK = book("titles")
_CIRCULAR = _BOOK.regex("title.circular")
_POLICY = _BOOK.regex("title.policy")
_ISSUED = _BOOK.regex("title.issued")
_AMENDED = _BOOK.regex("title.amended")
_APPROVED = _BOOK.regex("title.approved")
_CAPTION = _BOOK.regex("title.caption")
_OPENING = _BOOK.regex("title.numberless-opening")
NEWS = _BOOK.regex("title.news")  # the heading of news that a text was put out
ORDER = _BOOK.regex("title.order")
ANNOUNCEMENT = _BOOK.compile("{announcement}$")
NUMBER = _BOOK.regex("head.number")
ORDER_NUMBER = _BOOK.regex("head.order-number")
ADDRESSEES = _BOOK.regex("head.addressees")
HISTORY = _BOOK.regex("head.history")
NOTE = _BOOK.regex("head.act-line")
DRAFT = _BOOK.regex("head.draft")
SIGNATURE = _BOOK.regex("head.signature")
ANNEX = _BOOK.regex("head.annex")
ANNEX_LIST = _BOOK.regex("head.annex-list")
DATE = book("lines").regex("line.date-alone")
LABEL = book("lines").compile(r"^{label}")

_ET_AL = _BOOK.compile("{et_al}$")
_TERMINAL = frozenset("。;:!?,、…")
_ISSUE_WORD = _BOOK.compile("{says_it_issues}")
_ISSUES = _BOOK.compile("{issues_titles}")
_QUOTED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》")
_IGNORED = re.compile(r"[\s《》〈〉<>“”‘’\"'()\[\]—–\-~]")
_BRACKETS_BEHIND = re.compile(r"(?:[(\[][^()\[\]]{1,25}[)\]])*$")
_TYPES = "|".join(_BOOK.parts[part] for part in ("policy_type", "notice_type", "order_type")).split("|")
_NOTICE_TYPES = frozenset(_BOOK.parts["notice_type"].split("|")) - frozenset(
    _BOOK.parts["also_policy"].split("|")
)
_SHORTEST_POLICY = 8
_LONGEST_LINE = 90
_MOST_LINES = 8
_BRACKETED = re.compile(r"^[(\[][^()\[\]]{1,30}[)\]]$")


def normalise_title(title: str) -> str:
    """A title for comparison: NFKC, without white space, quotes, brackets and dashes."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", title))


def can_be_title_line(text: str) -> bool:
    """Whether a folded paragraph can be a line of a title by its looks alone."""
    return (
        0 < len(text) <= _LONGEST_LINE
        and text[-1] not in _TERMINAL
        and "\t" not in text
        and not LABEL.match(text)
        and not DATE.match(text)
        and not NUMBER.match(text)
        and not ANNEX.match(text)
        and not _CAPTION.match(text)
    )


@dataclass(frozen=True, slots=True)
class CircularTitle:
    """A notice's title over ``lines`` paragraphs; ``issued``, ``amended``, ``approved`` are titles in it."""

    lines: int
    text: str
    issued: str | None
    amended: str | None
    approved: str | None = None
    issuers: str = ""


def match_circular_title(lines: Sequence[str]) -> CircularTitle | None:
    """The notice's title with which ``lines`` (folded paragraphs) begin, if they begin with one.

    Takes as few paragraphs as make a whole title with its brackets closed.
    """
    text = ""
    for count, line in enumerate(lines[:_MOST_LINES], 1):
        if not can_be_title_line(line):
            return None
        text += line
        if line.startswith("(") and count == 1:
            return None
        if text.count("《") != text.count("》") or text.count("〈") != text.count("〉"):
            continue
        match = _CIRCULAR.match(text)
        if match and len(match["issuers"]) > len(lines[0]) and not _is_signature(lines[0]):
            return None
        if match and (match["issuers"] or match["about"] or "《" in text):
            if match["issuers"] and not SIGNATURE.match(match["issuers"].replace("、", "")[-60:]):
                suffix = _ET_AL.sub("", match["issuers"])
                if not SIGNATURE.match(suffix.replace("、", "")[-40:]):
                    return None
            issued, amended, approved = (rule.search(text) for rule in (_ISSUED, _AMENDED, _APPROVED))
            return CircularTitle(
                count,
                text,
                (issued["quoted"] or issued["plain"]) if issued else None,
                amended["quoted"] if amended else None,
                (approved["quoted"] or approved["plain"]) if approved else None,
                match["issuers"],
            )
    return None


def _is_signature(line: str) -> bool:
    return SIGNATURE.match(line.replace("、", "")[-40:]) is not None


def date_alone(line: str) -> bool:
    """Whether a line is a date and nothing else, in brackets or without."""
    return DATE.match(line.strip("()")) is not None


def _count_brackets_behind(lines: Sequence[str], start: int) -> int:
    """How many lines from ``start`` on are brackets that belong to the title: (试行), (2021—2025年)."""
    count = 0
    for line in lines[start:]:
        if (
            not _BRACKETED.match(line)
            or any(rule.match(line) for rule in (HISTORY, DRAFT))
            or date_alone(line)
        ):
            break
        count += 1
    return count


def count_policy_title(lines: Sequence[str], shortest: int = _SHORTEST_POLICY) -> int:
    """Number of paragraphs of the policy title with which ``lines`` begin; 0 if there is none.

    ``shortest`` is the length from which a title counts: in running text a short one is a heading.
    """
    text = ""
    for count, line in enumerate(lines[:4], 1):
        if not can_be_title_line(line) or (count == 1 and _BRACKETED.match(line)):
            return 0
        text += line
        match = _POLICY.match(text)
        weak = match is not None and shortest == _SHORTEST_POLICY and match["type"] in _NOTICE_TYPES
        if match and not weak and len(text) >= shortest and not ANNEX_LIST.match(text):
            return count + _count_brackets_behind(lines, count)
        if SIGNATURE.match(line) or ORDER.match(line):
            return 0
    return 0


def announces(line: str) -> bool:
    """Whether a line is the head of an announcement, which is its title where it has no other."""
    return ORDER.match(line) is not None and ANNOUNCEMENT.search(line) is not None


def count_order_lines(lines: Sequence[str]) -> int:
    """Number of lines that head an order, or an announcement with a number below it; 0 if they do not."""
    if ORDER.match(lines[0]):
        numbered = len(lines) > 1 and (ORDER_NUMBER.match(lines[1]) or NUMBER.match(lines[1]))
        return 1 if numbered or not ANNOUNCEMENT.search(lines[0]) else 0
    return 2 if len(lines) > 2 and ORDER_NUMBER.match(lines[2]) and ORDER.match(lines[0] + lines[1]) else 0


def count_expected_title(lines: Sequence[str], expected: Sequence[str]) -> int:
    """Number of paragraphs that spell one of the expected titles; 0 if they do not."""
    for title in expected:
        wanted = normalise_title(title)
        text = ""
        for count, line in enumerate(lines[:_MOST_LINES], 1):
            if len(line) > _LONGEST_LINE or (line and line[-1] in "。;:"):
                break
            text += normalise_title(line)
            if text == wanted:
                return count + _count_brackets_behind(lines, count)
            if not wanted.startswith(text):
                if (
                    len(wanted) >= _SHORTEST_POLICY
                    and text.startswith(wanted)
                    and len(text) - len(wanted) <= 12
                ):
                    return count
                break
    return 0


def find_glued_title(text: str) -> int | None:
    """Offset in a paragraph at which the next document's title is glued to its end; None if none is."""
    if not text or text[-1] in "。;:!?,、”":
        return None
    start = text.rfind("。") + 1
    if start == 0:
        return None
    tail = text[start:]
    while tail[:1] in {"(", "["}:  # a responsibility annotation behind the sentence
        closing = tail.find(")" if tail[0] == "(" else "]")
        if closing < 0:
            return None
        start += closing + 1
        tail = tail[closing + 1 :]
    if not tail or (LABEL.match(tail) and not _OPENING.match(tail)):
        return None
    if _OPENING.match(tail) or count_policy_title([tail]) or match_circular_title([tail]):
        return start
    return None


def find_glued_addressees(text: str) -> int | None:
    """Offset at which the next document's salutation is glued to a paragraph's end; None if none is."""
    start = text.rfind("。") + 1
    return start if start and text[-1] == ":" and ADDRESSEES.match(text[start:]) else None


def is_opening(text: str) -> bool:
    """Whether a paragraph is the bare opening of a text (第一章 总则, 序言)."""
    return bool(_OPENING.match(text))


def document_type(title: str) -> str | None:
    """The type word that a title ends in: 办法, 通知, …; None where it ends in none that is known."""
    bare = _BRACKETS_BEHIND.sub("", unicodedata.normalize("NFKC", title).replace(" ", ""))
    return next((word for word in _TYPES if bare.endswith(word)), None)


def says_it_issues(line: str) -> bool:
    """Whether a notice's paragraph says that it issues something."""
    return _ISSUE_WORD.search(line) is not None


def find_issued_titles(line: str) -> Iterator[str]:
    """The titles of what a notice's paragraph says it issues."""
    for match in _ISSUES.finditer(line):
        yield from _QUOTED.findall(match.group())

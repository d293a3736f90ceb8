"""Names of public bodies as texts give them: whether a string is one, and lists of them.

Which organisation a name stands for is decided later; here only the grammar counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from ingest.model import Document, Span
from ingest.pattern import book
from ontology.registry import builtin_registry

_BOOK = book("bodies")
_NAME = _BOOK.regex("body.name")
_FIELD = _BOOK.compile("{domain}")
_NOT_IN_NAME = _BOOK.regex("body.not-in-name")
_GENERIC = _BOOK.regex("body.generic")
_DEFINED = _BOOK.regex("body.defined")
_CLOSING = _BOOK.regex("body.suffix-of-list")
_WHOLE = _BOOK.regex("body.whole")
_JOINT = tuple(builtin_registry().joint_labels().items())
_HARD = frozenset("、,;")
_SOFT = re.compile(r"以及|及其|及|和|与|或者|或")
_OWN_HEAD = re.compile(
    r"(?:局|委|机关|机构|服务中心|街道办事处|[)]|政府|会|办|厅|署|院|部|管委会|中心|各区|各县|各市|各地区|单位)$"
)
_ANY_HEAD = re.compile(r"(?:局|委|政府|会|办|厅|署|院|部|部门|中心|单位|机构|机关)$")
_SHARED_HEAD = re.compile(r"(?:相关|有关)(?:部门|单位)$")
_OTHERS = re.compile(
    r"等(?:[一-鿿]{0,8}?(?:部门|单位|机构|委办局|机关)(?:和单位|和机构)?)?(?:[及和](?P<rest>[^及]{2,20}))?$"
)
_COLLECTIVE_LEVELS = re.compile(
    r"^各(?:有关|相关)?(?:省|自治区|直辖市|市|县|区|州|旗|镇|乡)(?:[、(](?:省|自治区|直辖市|市|县|区|州|县级市|计划单列市)[)]?)*$"
)
_SHARING = re.compile(r"(?<=[一-鿿]{2})(?:(?:行政)?(?:主管|管理|监管))?部门$")
_FIELD_WORD = re.compile(r"^(?![省市区县各国有相])[一-鿿]{2,8}(?<![局委厅办府])$")
_FIELD_OF_EVERY = re.compile(r"^各(?:级|省|市|县|区|区县|市县)[一-鿿]{2,8}(?<![局委厅办府门])$")
_LEVEL_WITH_HEAD = re.compile(
    r"^(?:自治区|直辖市|自治州|县级市|计划单列市|市|县|区|州|镇|乡|盟|旗)(?:[(][州市区、]{1,4}[)]|和计划单列市)?(?:人民政府|政府|[一-鿿]{0,8}(?:局|厅|委|部门)(?:[(][一-鿿]{1,6}[)])?)?$"
)
_LEVELLED = re.compile(r"(?:市|区|省|县|国家|国务院|各)[^、]*(?:部门|机关)$")
_LONGEST_NAME = 45


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Whether a folded string is, as a whole, a public body's name."""
    return (
        2 <= len(text) <= _LONGEST_NAME
        and _NAME.fullmatch(text) is not None
        and _NOT_IN_NAME.search(text) is None
    )


@lru_cache(maxsize=8192)
def is_clause(text: str) -> bool:
    """Whether a string holds words that no body's name has: a verb, a preposition."""
    return _NOT_IN_NAME.search(text) is not None


@lru_cache(maxsize=8192)
def is_generic(text: str) -> bool:
    """Whether a name says nothing but that somebody is concerned: 有关部门, 各单位."""
    return _GENERIC.match(text) is not None


@lru_cache(maxsize=1024)
def is_field(text: str) -> bool:
    """Whether a word is a field of government that can stand for its body: 税务, 市场监管."""
    return _FIELD.fullmatch(text) is not None


def defined_names(document: Document) -> dict[str, Span]:
    """Short names that the document defines in brackets, with the place of the definition."""
    found: dict[str, Span] = {}
    folded = document.text.folded
    for span in document.bodies():
        for match in _DEFINED.finditer(folded, span.start, span.end):
            found.setdefault(match["short"], Span(*match.span("short")))
    return found


def split_hard(folded: str, start: int, end: int, year: int | None) -> list[Span]:
    """Units of a list at 、 ， ；outside brackets, except inside a joint name of the document's year."""
    joint_ends = joint_separators(folded, start, end, year)
    units: list[Span] = []
    depth, begin = 0, start
    for offset in range(start, end):
        character = folded[offset]
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif depth == 0 and character in _HARD and offset not in joint_ends:
            units.append(Span(begin, offset))
            begin = offset + 1
    units.append(Span(begin, end))
    return [unit for unit in (trimmed(folded, unit) for unit in units) if unit.end > unit.start]


def joint_separators(folded: str, start: int, end: int, year: int | None) -> frozenset[int]:
    """Offsets of the 、 that are part of one name in a document of ``year``, None where that is unknown."""
    if folded.find("、", start, end) < 0:
        return frozenset()
    inside = {
        match.start() + at
        for match in _WHOLE.finditer(folded, start, end)
        for at, character in enumerate(match.group())
        if character == "、"
    }
    for name, since in _JOINT:
        if year is not None and since is not None and year < since:
            continue
        position = folded.find(name, start, end)
        while position >= 0:
            inside.update(position + at for at, character in enumerate(name) if character == "、")
            position = folded.find(name, position + 1, end)
    return frozenset(inside)


def split_soft(folded: str, unit: Span, known: Callable[[str], bool] = is_name) -> list[Span]:
    """Cut a unit at 和, 及, 与, 或 where both sides are names with heads of their own."""
    again = folded.find("各", unit.start + 1, unit.end)
    if again > 0 and known(folded[unit.start : again]) and is_generic(folded[again : unit.end]):
        return [Span(unit.start, again), Span(again, unit.end)]  # 各区各部门
    if is_generic(folded[unit.start : unit.end]):
        return [unit]  # 各有关部门和单位
    for match in _SOFT.finditer(folded, unit.start + 1, unit.end - 1):
        left, right = folded[unit.start : match.start()], folded[match.end() : unit.end]
        whole = match.group() == "以及" and _ANY_HEAD.search(left) and _ANY_HEAD.search(right)
        own_heads = _OWN_HEAD.search(left) or (
            _LEVELLED.match(left) and (_LEVELLED.match(right) or _OWN_HEAD.search(right))
        )
        if whole or ((is_generic(left) or (own_heads and known(left))) and _right(right, known)):
            return [Span(unit.start, match.start()), *split_soft(folded, Span(match.end(), unit.end), known)]
    return [unit]


def _right(text: str, known: Callable[[str], bool]) -> bool:
    if is_generic(text):
        return True
    first = split_first(text)
    return not _SHARED_HEAD.search(text) and (known(first) or (len(text) > 2 and text.endswith("单位")))


def split_first(text: str) -> str:
    """What stands before the first 和, 及, 与, 或 of a coordination."""
    return _SOFT.split(text, maxsplit=1)[0] if not is_name(text) else text


def units(
    folded: str, start: int, end: int, year: int | None, known: Callable[[str], bool] = is_name
) -> list[Span]:
    """The units of a whole list: cut at its separators, 等… taken off, coordinations that share one
    head (各省、自治区、直辖市人民政府; 各区、县级市) left together.
    """
    found: list[Span] = []
    for hard in split_hard(folded, start, end, year):
        for unit in _without_others(folded, hard):
            parts = (trimmed(folded, soft) for soft in split_soft(folded, unit, known))
            found += [part for part in parts if part.start < part.end]
    merged: list[Span] = []
    for unit in _fields_joined(folded, found):
        if merged and _goes_on(folded[slice(*merged[-1])], folded[slice(*unit)]):
            merged[-1] = Span(merged[-1].start, unit.end)
        else:
            merged.append(unit)
    return merged


def _fields_joined(folded: str, listed: list[Span]) -> list[Span]:
    """Fields of every area that share one head are one unit: 各区科技、经信、财政部门."""
    joined: list[Span] = []
    for unit in listed:
        joined.append(unit)
        if not _SHARING.search(folded, *unit):
            continue
        place = len(joined) - 1
        while place and _FIELD_WORD.match(folded[slice(*joined[place - 1])]):
            place -= 1
        first = joined[place - 1] if place else None
        if first and _FIELD_OF_EVERY.match(folded[slice(*first)]):
            joined[place - 1 :] = [Span(first.start, unit.end)]
    return joined


def _goes_on(before: str, text: str) -> bool:
    """Whether a unit shares the 各 of the one before it, or gives it its head."""
    return (
        bool(_COLLECTIVE_LEVELS.match(before))
        and bool(_LEVEL_WITH_HEAD.match(text) or _SHARED_HEAD.search(text))
        and not (is_generic(text) or text.startswith("各"))
    )


def _without_others(folded: str, unit: Span) -> list[Span]:
    """体育总局等国务院相关部门及各地区 → 体育总局, 各地区."""
    match = _OTHERS.search(folded, unit.start + 1, unit.end)
    if match is None:
        return [unit]
    first = Span(unit.start, match.start())
    return [first, Span(*match.span("rest"))] if match["rest"] else [first]


def trimmed(folded: str, unit: Span) -> Span:
    """A unit without white space at its ends and without 等, 等部门, (…下同) behind it."""
    start, end = unit
    while start < end and folded[start] in " 、,;":
        start += 1
    while end > start and folded[end - 1] in " 、,;":
        end -= 1
    closing = _CLOSING.search(folded, start, end)
    return Span(start, closing.start()) if closing and closing.end() == end else Span(start, end)


def shared_head(folded: str, span: Span) -> bool:
    """Whether a coordination has one head for all its members: 市、区人民政府, 各区、开发区相关部门."""
    text = folded[span.start : span.end]
    members = re.split(r"或者|[、,和或及与]", text)
    if len(members) == 1:
        return False
    if _SHARED_HEAD.search(text):
        return not is_generic(members[-1])
    return not is_name(members[0]) and not is_generic(members[0]) and is_name(text)

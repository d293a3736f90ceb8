"""Lists of public bodies: where one name ends and the next begins, and what they share."""

from __future__ import annotations

from collections.abc import Callable

from ingest.body_names import is_generic, is_name
from ingest.model import Span
from ingest.pattern import book
from ontology.registry import builtin_registry

_BOOK = book("bodies")
_CLOSING = _BOOK.regex("body.suffix-of-list")
_WHOLE = _BOOK.regex("body.whole")
_JOINT = tuple(builtin_registry().joint_labels().items())
_HARD = frozenset("、,;")
_SOFT = _BOOK.compile("{conjunction}")
_OWN_HEAD = _BOOK.compile("{own_head}$")
_ANY_HEAD = _BOOK.compile("{any_head}$")
_SHARED_HEAD = _BOOK.compile("{concerned}$")
_OTHERS = _BOOK.compile("{others}$")
_COLLECTIVE_LEVELS = _BOOK.compile("^{collective_levels}$")
_SHARING = _BOOK.compile("{sharing}$")
_FIELD_WORD = _BOOK.compile("^{field_word}$")
_FIELD_OF_EVERY = _BOOK.compile("^{field_of_every}$")
_LEVEL_WITH_HEAD = _BOOK.compile("^{level_with_head}$")
_OF_LEVEL = _BOOK.compile("{of_level}$")
_MEMBERS = _BOOK.compile("{member_mark}")


def split_hard(folded: str, start: int, end: int, year: int | None) -> list[Span]:
    """Units of a list at 、 ， ；outside brackets, except inside a joint name of the document's year."""
    joint_ends = find_joint_separators(folded, start, end, year)
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
    return [unit for unit in (trim(folded, unit) for unit in units) if unit.end > unit.start]


def find_joint_separators(folded: str, start: int, end: int, year: int | None) -> frozenset[int]:
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
            _OF_LEVEL.match(left) and (_OF_LEVEL.match(right) or _OWN_HEAD.search(right))
        )
        if whole or ((is_generic(left) or (own_heads and known(left))) and _is_right_side(right, known)):
            return [Span(unit.start, match.start()), *split_soft(folded, Span(match.end(), unit.end), known)]
    return [unit]


def _is_right_side(text: str, known: Callable[[str], bool]) -> bool:
    if is_generic(text):
        return True
    first = split_first(text)
    return not _SHARED_HEAD.search(text) and (known(first) or (len(text) > 2 and text.endswith("单位")))


def split_first(text: str) -> str:
    """What stands before the first 和, 及, 与, 或 of a coordination."""
    return _SOFT.split(text, maxsplit=1)[0] if not is_name(text) else text


def split_list(
    folded: str, start: int, end: int, year: int | None, known: Callable[[str], bool] = is_name
) -> list[Span]:
    """The units of a whole list: cut at its separators, 等… taken off, coordinations that share one
    head (各省、自治区、直辖市人民政府; 各区、县级市) left together.
    """
    found: list[Span] = []
    for hard in split_hard(folded, start, end, year):
        for unit in _cut_others(folded, hard):
            parts = (trim(folded, soft) for soft in split_soft(folded, unit, known))
            found += [part for part in parts if part.start < part.end]
    merged: list[Span] = []
    for unit in _join_fields(folded, found):
        if merged and _continues_list(folded[slice(*merged[-1])], folded[slice(*unit)]):
            merged[-1] = Span(merged[-1].start, unit.end)
        else:
            merged.append(unit)
    return merged


def _join_fields(folded: str, listed: list[Span]) -> list[Span]:
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


def _continues_list(before: str, text: str) -> bool:
    """Whether a unit shares the 各 of the one before it, or gives it its head."""
    return (
        bool(_COLLECTIVE_LEVELS.match(before))
        and bool(_LEVEL_WITH_HEAD.match(text) or _SHARED_HEAD.search(text))
        and not (is_generic(text) or text.startswith("各"))
    )


def _cut_others(folded: str, unit: Span) -> list[Span]:
    """体育总局等国务院相关部门及各地区 → 体育总局, 各地区."""
    match = _OTHERS.search(folded, unit.start + 1, unit.end)
    if match is None:
        return [unit]
    first = Span(unit.start, match.start())
    return [first, Span(*match.span("rest"))] if match["rest"] else [first]


def trim(folded: str, unit: Span) -> Span:
    """A unit without white space at its ends and without 等, 等部门, (…下同) behind it."""
    start, end = unit
    while start < end and folded[start] in " 、,;":
        start += 1
    while end > start and folded[end - 1] in " 、,;":
        end -= 1
    closing = _CLOSING.search(folded, start, end)
    return Span(start, closing.start()) if closing and closing.end() == end else Span(start, end)


def shares_head(folded: str, span: Span) -> bool:
    """Whether a coordination has one head for all its members: 市、区人民政府, 各区、开发区相关部门."""
    text = folded[span.start : span.end]
    members = _MEMBERS.split(text)
    if len(members) == 1:
        return False
    if _SHARED_HEAD.search(text):
        return not is_generic(members[-1])
    return not is_name(members[0]) and not is_generic(members[0]) and is_name(text)

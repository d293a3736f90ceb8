"""Splits a candidate into its units, a body each (docs/annotation.md, responsibilities)."""

from __future__ import annotations

from ingest.body_lists import split_hard
from ingest.model import Span
from ingest.pattern import book

_BOOK = book("prose")
_HEAD = _BOOK.regex("prose.judge")
_LEVEL_ONLY = _BOOK.regex("prose.level-only")
_NO_OFFICES = _BOOK.regex("prose.no-offices")
_LEVELS = _BOOK.compile("{level}")
_JOINT_FIELD = _BOOK.regex("prose.joint-field")
_CONJUNCTION = _BOOK.compile("{conjunction}")
_OTHERS = _BOOK.compile("{others}")
_FIELD = _BOOK.compile("{field_word}")
_SHARED = _BOOK.compile("{concerned}$")
_AREAS = _BOOK.compile("{area_of_level}")
_PRIVATE = _BOOK.compile("(?:{private})$")
_OTHER = _BOOK.lists["other_word"]
_FUNCTIONAL = tuple(word for word in _BOOK.lists["body_noun"] if word != "单位")
_COMMITTEE, _GOVERNMENTS = "党委", ("政府", "人民政府")  # of one place: 各省党委和政府
_COUNCIL = "国务院"
_LONGEST_LAST_FIELD = 8


def units_of(
    folded: str, start: int, end: int, behind: int, year: int | None, shorts: tuple[str, ...] = ()
) -> list[Span]:
    """The units of the list from ``start`` to ``end``; up to ``behind`` stands what closes it (等部门).

    ``shorts`` are names that the document defines: they need no head from what follows.
    """
    found: list[Span] = []
    others = behind > end
    fields = -1  # index of the last unit before 等部门: units up to it are fields or bodies of their own
    hard = split_hard(folded, start, end, year)
    for place, item in enumerate(hard):
        closed = folded.startswith("等", item.end) and item.end < end  # 甲、乙等部门、各街道
        ends_fields = closed or (others and place == len(hard) - 1)
        for unit in _soft(folded, item, shorts, fields=ends_fields):
            closing = _OTHERS.search(folded, unit.start + 2, unit.end)
            if closing is None:
                found.append(unit)
                continue
            found += _soft(folded, Span(unit.start, closing.start()), shorts, fields=True)
            fields = len(found) - 1
        fields = len(found) - 1 if closed else fields
    if others and _NO_OFFICES.match(folded, end, behind):
        found[fields + 1 :] = [unit for unit in found[fields + 1 :] if _headed(folded[slice(*unit)])]
    elif others:
        fields = len(found) - 1
    return _joined(folded, found, fields, shorts)


def _joined(folded: str, found: list[Span], fields: int, shorts: tuple[str, ...]) -> list[Span]:
    """Levels and fields without a head of their own together with what gives them one."""
    joined: list[Span] = []
    goes_on = False
    for place, unit in enumerate(found):
        if goes_on:
            joined[-1] = Span(joined[-1].start, unit.end)
        else:
            joined.append(unit)
        if place == len(found) - 1:
            break
        text = folded[unit.start : unit.end]
        following = folded[slice(*found[place + 1])]
        shared = text[0] != "各" or _LEVELS.match(following) or _SHARED.search(following)
        level = bool(_LEVEL_ONLY.match(text) and shared) and not following.startswith("各")
        level = level and not (shorts and text.endswith(shorts))
        if text == _COUNCIL:  # a body itself, unless a department's name goes on
            level = level and following.endswith(_FUNCTIONAL)
        field = place > fields and not level and not _headed(text) and _is_field(text)
        both = text.endswith(_COMMITTEE) and following in _GOVERNMENTS
        goes_on = level or field or both
    return joined


def _is_field(text: str) -> bool:
    """Whether a text is a field of government, maybe behind the areas that share it (市、区(市)林业)."""
    areas = _AREAS.match(text)
    return bool(_FIELD.fullmatch(text) or (areas and _FIELD.fullmatch(text, areas.end())))


def _headed(text: str) -> bool:
    return any(match.end() == len(text) or text[match.end()] == "(" for match in _HEAD.finditer(text))


def _soft(folded: str, unit: Span, shorts: tuple[str, ...], *, fields: bool) -> list[Span]:
    """Cut at 和, 及, 与, 或 behind a name with a head of its own; in 公安和海关等部门 also between fields."""
    inside = [match.span() for match in _JOINT_FIELD.finditer(folded, unit.start, unit.end)] if fields else []
    again = folded.find("各", unit.start + 2, unit.end)
    if again > 0 and folded[unit.start] == "各" and _LEVEL_ONLY.match(folded[unit.start : again]):
        return [Span(unit.start, again), *_soft(folded, Span(again, unit.end), shorts, fields=fields)]
    for match in _CONJUNCTION.finditer(folded, unit.start + 1, unit.end - 1):
        if any(start < match.start() < end for start, end in inside):
            continue
        left, right = folded[unit.start : match.start()], folded[match.end() : unit.end]
        alone = _stands_alone(left, right) or (fields and _are_fields(left, right))
        if alone or _is_private(left, right) or (shorts and left.endswith(shorts)):
            first = Span(unit.start, match.start())
            return [first, *_soft(folded, Span(match.end(), unit.end), shorts, fields=fields)]
    return [unit]


def _stands_alone(left: str, right: str) -> bool:
    """Whether what stands before 和 is a name with a head of its own."""
    level = _LEVEL_ONLY.match(left)
    return _headed(left) and (not level or (left[0] == "各" and not _LEVELS.match(right)))


def _is_private(left: str, right: str) -> bool:
    """Whether a firm stands beside a body, or a field beside others: 供气企业与水利部门, 公安及其他机关."""
    if not _headed(right):
        return False
    return bool(_PRIVATE.search(left)) or (right.startswith(_OTHER) and bool(_FIELD.fullmatch(left)))


def _are_fields(left: str, right: str) -> bool:
    headless = len(right) <= _LONGEST_LAST_FIELD and not _headed(right)
    return headless and bool(_FIELD.fullmatch(left) and _FIELD.fullmatch(right))

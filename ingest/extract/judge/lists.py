"""The units of a candidate: what is one body, what several (GUIDELINES.md, resp)."""

from __future__ import annotations

import re

from ingest.bodies import split_hard
from ingest.model import Span
from ingest.pattern import book

_BOOK = book("prose")
_HEAD = _BOOK.regex("prose.judge")
_LEVEL_ONLY = _BOOK.regex("prose.level-only")
_LEVELS = _BOOK.compile(r"{level}")
_SOFT = re.compile(r"以及|及其(?!他)|及|或者|和|与|或")
_JOINT_FIELD = _BOOK.regex("prose.joint-field")
_OTHERS = re.compile(r"(?<![高初中同平对优])等")
_FIELD = re.compile(r"^[一-鿿]{2,10}(?<![省市区县州旗乡镇])$")


def units_of(folded: str, start: int, end: int, others: bool, year: int | None) -> list[Span]:
    """The units of the list from ``start`` to ``end``; ``others``: 等部门 stands behind it."""
    found: list[Span] = []
    fields = -1  # index of the last unit before 等部门: units up to it are fields or bodies of their own
    hard = split_hard(folded, start, end, year)
    for place, item in enumerate(hard):
        for unit in _soft(folded, item, fields=others and place == len(hard) - 1):
            closing = _OTHERS.search(folded, unit.start + 2, unit.end)
            if closing is None:
                found.append(unit)
                continue
            found += _soft(folded, Span(unit.start, closing.start()), fields=True)
            fields = len(found) - 1
    if others:
        fields = len(found) - 1
    return _joined(folded, found, fields)


def _joined(folded: str, found: list[Span], fields: int) -> list[Span]:
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
        near = folded[unit.end] == "、" or _LEVELS.match(following)
        level = bool(_LEVEL_ONLY.match(text) and near) and not following.startswith("各")
        field = place >= fields and not level and not _headed(text) and bool(_FIELD.match(text))
        goes_on = level or field
    return joined


def _headed(text: str) -> bool:
    return any(match.end() == len(text) or text[match.end()] == "(" for match in _HEAD.finditer(text))


def _soft(folded: str, unit: Span, *, fields: bool) -> list[Span]:
    """Cut at 和, 及, 与, 或 behind a name with a head of its own; in 公安和海关等部门 also between fields."""
    inside = [match.span() for match in _JOINT_FIELD.finditer(folded, unit.start, unit.end)] if fields else []
    for match in _SOFT.finditer(folded, unit.start + 1, unit.end - 1):
        if any(start < match.start() < end for start, end in inside):
            continue
        left, right = folded[unit.start : match.start()], folded[match.end() : unit.end]
        own = _headed(left) and (not _LEVEL_ONLY.match(left) or (left[0] == "各" and not _LEVELS.match(right)))
        if own or (fields and _FIELD.match(left) and _FIELD.match(right) and len(right) <= 8 and not _headed(right)):
            first = Span(unit.start, match.start())
            return [first, *_soft(folded, Span(match.end(), unit.end), fields=fields)]
    return [unit]

"""The stretches of a sentence that can name bodies: from where no name goes on to a noun that ends one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ingest.model import Sentence
from ingest.pattern import book

_BOOK = book("prose")
_HEAD = _BOOK.regex("prose.judge")
_CUT = _BOOK.regex("prose.cut")
_MARK = _BOOK.compile("{mark}")
_LEVEL_BRACKET = _BOOK.compile("{bracket_level}")
_NAME_BRACKET = _BOOK.compile("{bracket_level}|{part_of_name}")
_NOT_INSIDE = _BOOK.compile("{not_inside}")
_OTHERS = _BOOK.compile("{others}")
_BRACKET = _BOOK.compile("[(][^()]{1,60}[)]")
_NO_NOUNS = frozenset(_BOOK.parts["no_noun"].split("|"))
OWN_AREA = frozenset(_BOOK.parts["own_area"].split("|"))
_BUT_NOUN = "安全部"  # 全部 is no body, 安全部 is
_PREDICATES = frozenset(_BOOK.parts["predicate"].split("|"))
_FUNCTIONAL = _BOOK.lists["body_noun"]
_SEPARATORS = _BOOK.lists["separator"]
_JOINERS = _BOOK.lists["joiner"]
_MARKS = frozenset(",;:。“”《》!?()[]…|")
_DIGITS = "0123456789."
_LONGEST_LIST = 240
_LONGEST_GAP = 5  # characters between two nouns that can still be one name (政府|渔业主管|部门)
_OFFICES = _BOOK.lists["office_of_act"]  # 宣传部, 审计局: an office named by a verb
_LONGEST_OTHERS = 10  # 等国务院有关部门
_LONGEST_BRACKET = 10
_SHORT_BRACKET = 3
NO_GAP = 99


class Nouns(NamedTuple):
    """The nouns that end names and the cuts of one sentence, as (start, end), and where its clauses begin."""

    sentence: Sentence
    heads: list[tuple[int, int]]
    cuts: list[tuple[int, int]]
    clauses: list[int]


class Stretch(NamedTuple):
    """What stands between a cut and a noun: ``start`` to ``end``, and ``behind`` what closes the list."""

    nouns: Nouns
    start: int
    end: int
    behind: int
    before: str
    gap: int


def stretches_of(folded: str, sentences: Sequence[Sentence], shorts: tuple[str, ...]) -> list[Stretch]:
    """All stretches in the order of their ends; ``shorts`` are names that end with no noun of the pattern."""
    return [
        stretch
        for sentence in sentences
        if (nouns := _nouns(folded, sentence, shorts))
        for stretch in _chained(folded, _stretches(folded, nouns))
    ]


@lru_cache(maxsize=8192)
def ends_as_body(text: str) -> bool:
    """Whether a noun that ends bodies' names ends a text."""
    if text[-2:] in _NO_NOUNS and not text.endswith(_BUT_NOUN):
        return False
    return any(match.end() == len(text) for match in _HEAD.finditer(text))


def _nouns(folded: str, sentence: Sentence, shorts: tuple[str, ...]) -> Nouns | None:
    body, end = sentence.body, sentence.end
    spans = [match.span() for match in _HEAD.finditer(folded, body, end)]
    if not spans and not shorts:
        return None
    heads = [
        span
        for span in spans
        if span[1] - span[0] > 1
        or folded[span[0] - 1 : span[1]] not in _NO_NOUNS
        or folded.startswith(_BUT_NOUN, span[0] - 2)
    ]
    for short in shorts:
        at = folded.find(short, body, end)
        while at >= 0:
            heads.append((at, at + len(short)))
            at = folded.find(short, at + len(short), end)
    if not heads:
        return None
    if shorts:
        heads = sorted(set(heads), key=lambda span: (span[1], span[0]))
    last = heads[-1][1] + 1
    marks = [match.span() for match in _MARK.finditer(folded, body, last)]
    if folded.find("(", body, last) >= 0:
        kept = [match.span() for match in _NAME_BRACKET.finditer(folded, body, end)]
        if kept:
            inside = {offset for start, stop in kept for offset in range(start, stop)}
            closing = {stop - 1: stop for _, stop in kept}
            heads = [(start, closing.get(stop, stop)) for start, stop in heads]  # 乡镇(街道)
            marks = [mark for mark in marks if mark[0] not in inside]
    cuts = [match.span() for match in _CUT.finditer(folded, body, last)]
    if marks:
        cuts = sorted(cuts + marks)
    clauses = [body, *(stop for start, stop in marks if stop == start + 1 and folded[start] in _MARKS)]
    return Nouns(sentence, heads, cuts, clauses)


def _stretches(folded: str, nouns: Nouns) -> Iterator[Stretch]:
    """For every noun that can end a list of names, the stretch before it."""
    heads, cuts = nouns.heads, nouns.cuts
    before = after = 0  # first cut that ends behind the noun's beginning; first that begins behind its end
    for place, (head_start, head_end) in enumerate(heads):
        while before < len(cuts) and cuts[before][1] <= head_start:
            before += 1
        while after < len(cuts) and cuts[after][0] < head_end:
            after += 1
        ahead = heads[place + 1][0] if place + 1 < len(heads) else None
        gap = NO_GAP
        if ahead is not None and (after == len(cuts) or cuts[after][0] >= ahead):
            if _goes_on(folded, head_end, ahead):
                continue
            if folded[head_end : head_end + 2] not in _PREDICATES:
                gap = max(ahead - head_end, 0)
        start = cuts[before - 1][1] if before else nouns.sentence.body
        word = _word_before(folded, nouns, before)
        others = _OTHERS.search(folded, max(start, head_start - _LONGEST_OTHERS), head_start)
        if others and folded.find("、", others.end(), head_start) >= 0:
            others = None  # 甲、乙等部门、各街道: the list goes on
        end, behind = (others.start() if others else head_end), head_end
        following = folded[behind : behind + 1]
        if following == "(":
            bracket = _BRACKET.match(folded, behind, nouns.sentence.end)
            if bracket:
                behind = bracket.end()
                end = behind if not others and _belongs(bracket.group()) else end
        elif following == "等":
            behind += 1
        while start < end and folded.startswith(_JOINERS, start):
            start += 2 if folded.startswith("或者", start) else 1
        yield Stretch(nouns, max(start, end - _LONGEST_LIST), end, behind, word, gap)


def _word_before(folded: str, nouns: Nouns, place: int) -> str:
    """The word of the cut before ``place``; 本市 lets through what stands before it."""
    cuts = nouns.cuts
    if not place:
        return ""
    start, end = cuts[place - 1]
    word = folded[start:end]
    if start == nouns.sentence.body and not word.strip(_DIGITS):
        return ""  # a label such as 4.2.3
    if word not in OWN_AREA:
        return word
    if start == nouns.sentence.body:
        return ""
    return folded[slice(*cuts[place - 2])] if place > 1 and cuts[place - 2][1] == start else word


def _chained(folded: str, found: Iterator[Stretch]) -> list[Stretch]:
    """Lists whose separator is a comma (会同甲局，乙局，丙局等部门) as one stretch."""
    result: list[Stretch] = []
    for each in found:
        if each.before == "," and each.end < each.behind and folded[each.end] == "等":
            start, before = each.start, each.before
            while before == "," and result and result[-1].behind == result[-1].end == start - 1:
                last = result.pop()
                start, before = last.start, last.before
            start = max(start, each.end - _LONGEST_LIST)
            result.append(each._replace(start=start, before=before))
        else:
            result.append(each)
    return result


def _belongs(bracket: str) -> bool:
    """Whether a bracket behind a name is part of it: 县(区), 局(分局), 镇人民政府(街道办事处)."""
    inside = bracket[1:-1]
    if _LEVEL_BRACKET.fullmatch(bracket):
        return True
    if _NOT_INSIDE.match(inside) or len(inside) > _LONGEST_BRACKET:
        return False
    return len(inside) <= _SHORT_BRACKET or ends_as_body(inside)


def _goes_on(folded: str, end: int, ahead: int) -> bool:
    """Whether a name or list goes on from one noun to the next."""
    gap = ahead - end
    if folded.startswith(_SEPARATORS, end):
        return True
    if gap <= _LONGEST_GAP:
        verb = gap > 1 and folded[end : end + 2] in _PREDICATES
        return not verb or folded.startswith(_FUNCTIONAL, ahead) or (gap == 2 and folded[ahead] in _OFFICES)
    if folded.startswith("等", end):
        return gap <= _LONGEST_OTHERS
    bracket = _NAME_BRACKET.match(folded, end)
    return bracket is not None and 0 <= ahead - bracket.end() <= _LONGEST_GAP

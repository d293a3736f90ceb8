"""Candidates: stretches of a sentence that name a body, or several in one list.

A candidate ends with a noun that ends bodies' names and begins where, to the left, a name cannot go on. Where that
is in doubt there are several candidates for one end. Every look back is bounded, so the work is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.bodies import defined_names
from ingest.model import Document, Sentence, Span
from ingest.pattern import book

_BOOK = book("prose")
_HEAD = _BOOK.regex("prose.judge")
_CUT = _BOOK.regex("prose.cut")
_LEVEL = _BOOK.regex("prose.level")
_NEVER = _BOOK.regex("prose.never")
_RELATIVE = _BOOK.regex("prose.relative")
_LEVEL_BRACKET = _BOOK.compile(r"{bracket_level}")
_NAME_BRACKET = _BOOK.compile(r"{bracket_level}|[(][一-鿿]{2,4}[)](?=部门|局|厅|委)")
_MARK = re.compile(r"[,;:。“”《》!?()\[\]…|]|[0-9A-Za-z%]+")
_SEPARATOR = re.compile(r"、|和|以及|及其(?!他)|及|与|或者|或")
_SEPARATORS = ("、", "和", "及", "与", "或", "以及")
_OTHERS = re.compile(r"(?<![高初中同平对优])等")
_BRACKET = re.compile(r"[(][^()]{1,60}[)]")
_LONGEST_LIST = 240
_LONGEST_NAME = 45
_LONGEST_GAP = 5  # characters between two nouns that can still be one name (政府|渔业主管|部门)
_LONGEST_OTHERS = 10  # 等国务院有关部门
_LONGEST_RELATIVE = 80
_SHORT_HEADING = 8
_MARKS = frozenset(",;:。“”《》!?()[]…|")
_NO_NOUNS = frozenset(
    ("布局", "格局", "结局", "大局", "全局", "定局", "当局", "开局", "内部", "外部", "全部", "总部", "干部", "局部", "东部", "西部")
    + ("南部", "北部", "中部", "上部", "下部", "常委", "编委", "举办", "主办", "承办", "协办", "查办", "督办", "创办", "兴办", "开办")
    + ("经办", "交办", "承办", "帮办", "代办", "联办", "本部", "俱乐部")
)
_CAN_BEGIN_A_NAME = frozenset("并会经")
_CLEAN = frozenset({"", "由", "会同", "应由", "报", "经"})
NO_GAP = 99


@dataclass(frozen=True, slots=True)
class Candidate:
    """A body's name or a list of them, and where the text goes on behind it."""

    sentence: Sentence
    clause: int  # where its clause begins
    start: int
    end: int  # of the last name, without 等部门
    behind: int  # behind 等部门 and a bracket
    before: str  # the word or mark at which the stretch to the left ends; "" at the sentence's beginning
    way: str  # how the beginning was found: "", level, separator, known, relative, first
    gap: int  # characters to the next noun that ends a name, without a cut between; NO_GAP if there is none
    rivals: str  # which other beginnings the same end has: l(evel), k(nown), s(eparator)


@dataclass(frozen=True, slots=True)
class _Nouns:
    """The nouns that end names and the cuts of one sentence, as (start, end), and where its clauses begin."""

    sentence: Sentence
    heads: list[tuple[int, int]]
    cuts: list[tuple[int, int]]
    clauses: list[int]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What stands between a cut and a noun."""

    nouns: _Nouns
    start: int
    end: int
    behind: int
    before: str
    gap: int


def candidates(document: Document, annotations: Sequence[Span] = ()) -> list[Candidate]:
    """All candidates outside annotations, in the order of their ends."""
    folded = document.text.folded
    opened = [span.start for span in annotations]
    shorts = _odd_names(document)
    stretches = [
        stretch
        for sentence in document.sentences
        if (nouns := _nouns(folded, sentence, shorts))
        for stretch in _chained(folded, list(_stretches(folded, nouns)))
    ]
    clean = Counter(
        folded[each.start : each.end]
        for each in stretches
        if (each.before in _CLEAN or each.before in _MARKS) and each.end - each.start <= _LONGEST_NAME
    )
    result: list[Candidate] = []
    for each in stretches:
        place = bisect_right(opened, each.start) - 1
        if place >= 0 and each.start < annotations[place].end:
            continue
        clauses = each.nouns.clauses
        if _NEVER.match(folded, each.behind, each.nouns.sentence.end) or _names_a_step(document, each):
            continue
        found = list(_beginnings(folded, each, clean))
        relative = next((start for start, _, _, way in found if way == "relative"), None)
        while relative is not None and result and relative < result[-1].end <= each.start:
            result.pop()  # the government of 人民政府管理渔船工作的部门
        rivals = "".join(way[:1] for _, _, _, way in found)
        for start, end, before, way in found:
            clause = clauses[bisect_right(clauses, start) - 1]
            result.append(
                Candidate(each.nouns.sentence, clause, start, end, each.behind, before, way, each.gap, rivals)
            )
    return result


def _names_a_step(document: Document, each: _Stretch) -> bool:
    """Whether a body stands in a short run-in heading of an item that names a step: (一)区局初审。"""
    heading = document.clauses[each.nouns.sentence.clause].heading
    if heading is None or each.start >= heading.end or heading.end - heading.start > _SHORT_HEADING:
        return False
    return each.end < heading.end and each.nouns.sentence.body > each.nouns.sentence.start


def _odd_names(document: Document) -> tuple[str, ...]:
    """Short names that the document defines for bodies and that end with no noun of the pattern themselves."""
    folded = document.text.folded
    return tuple(
        short
        for short, place in defined_names(document).items()
        if not _ends_as_body(short) and _ends_as_body(folded[max(place.start - 40, 0) : folded.rfind("(", 0, place.start)])
    )


def _ends_as_body(text: str) -> bool:
    return any(match.end() == len(text) for match in _HEAD.finditer(text))


def _nouns(folded: str, sentence: Sentence, shorts: tuple[str, ...]) -> _Nouns | None:
    body, end = sentence.body, sentence.end
    heads = [
        match.span()
        for match in _HEAD.finditer(folded, body, end)
        if match.end() - match.start() > 1
        or folded[match.start() - 1 : match.end()] not in _NO_NOUNS
        or folded.startswith("安全部", match.start() - 2)
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
    marks = [match.span() for match in _MARK.finditer(folded, body, end)]
    if folded.find("(", body, end) >= 0:
        kept = [match.span() for match in _NAME_BRACKET.finditer(folded, body, end)]
        marks = [mark for mark in marks if not any(start <= mark[0] < stop for start, stop in kept)]
    cuts = [match.span() for match in _CUT.finditer(folded, body, last)]
    if marks:
        cuts = sorted(cuts + marks)
    clauses = [body, *(stop for start, stop in marks if stop == start + 1 and folded[start] in _MARKS)]
    return _Nouns(sentence, heads, cuts, clauses)


def _stretches(folded: str, nouns: _Nouns) -> Iterator[_Stretch]:
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
            gap = max(ahead - head_end, 0)
            if _goes_on(folded, head_end, ahead):
                continue
        start = cuts[before - 1][1] if before else nouns.sentence.body
        word = folded[cuts[before - 1][0] : start] if before else ""
        others = _OTHERS.search(folded, max(start, head_start - _LONGEST_OTHERS), head_start)
        end, behind = (others.start() if others else head_end), head_end
        bracket = _BRACKET.match(folded, behind, nouns.sentence.end)
        if bracket:
            behind = bracket.end()
            if not others and _belongs(bracket.group()):
                end = behind
        elif folded.startswith("等", behind):
            behind += 1
        while start < end and folded[start] in "、和及与 ":
            start += 1
        yield _Stretch(nouns, max(start, end - _LONGEST_LIST), end, behind, word, gap)


def _chained(folded: str, found: list[_Stretch]) -> list[_Stretch]:
    """Lists whose separator is a comma (会同甲局，乙局，丙局等部门) as one stretch."""
    result: list[_Stretch] = []
    for each in found:
        if each.before == "," and each.end < each.behind and folded[each.end] == "等":
            start, before = each.start, each.before
            while before == "," and result and result[-1].behind == start - 1 and result[-1].end == start - 1:
                start, before = result[-1].start, result[-1].before
                result.pop()
            each = replace(each, start=start, before=before)
        result.append(each)
    return result


def _belongs(bracket: str) -> bool:
    """Whether a bracket behind a name is part of it: 县(区), 局(分局), 镇人民政府(街道办事处)."""
    inside = bracket[1:-1]
    if _LEVEL_BRACKET.fullmatch(bracket):
        return True
    if inside[0] in "含包以下简统" or len(inside) > 10:
        return False
    return len(inside) <= 3 or any(match.end() == len(inside) for match in _HEAD.finditer(inside))


def _goes_on(folded: str, end: int, ahead: int) -> bool:
    """Whether a name or list goes on from one noun to the next."""
    gap = ahead - end
    if gap <= _LONGEST_GAP or folded.startswith(_SEPARATORS, end):
        return True
    if folded.startswith("等", end):
        return gap <= _LONGEST_OTHERS
    level = _LEVEL_BRACKET.match(folded, end, ahead)
    return level is not None and ahead - level.end() <= _LONGEST_GAP


def _beginnings(folded: str, each: _Stretch, clean: Counter[str]) -> Iterator[tuple[int, int, str, str]]:
    """Start and end of the names, the word before, and how the beginning was found; the plain way is ""."""
    start, end, before = each.start, each.end, each.before
    size = end - start
    several = folded.find("、", start, end) >= 0
    if size >= 2 and (several or size <= _LONGEST_NAME):
        yield start, end, before, ""
    told = {start}
    if not several and size > 4:
        level = _LEVEL.search(folded, start + 2, end - 2)
        if level:
            told.add(level.start())
            yield level.start(), end, before, "level"
        if clean[folded[start:end]] < 2:
            known = next((at for at in range(start + 1, end - 2) if folded[at:end] in clean), None)
            if known is not None and known not in told:
                told.add(known)
                yield known, end, before, "known"
        separator = None
        for separator in _SEPARATOR.finditer(folded, max(start + 1, end - _LONGEST_NAME), end - 2):
            pass
        if separator is not None and separator.end() not in told:
            told.add(separator.end())
            yield separator.end(), end, before, "separator"
    if before == "的":
        yield from _described(folded, each)
    if len(before) == 1 and before in _CAN_BEGIN_A_NAME:
        begin = start - 1
        nouns = each.nouns
        at_clause = begin in nouns.clauses[max(bisect_left(nouns.clauses, begin), 0) :][:1]
        if at_clause or folded[begin:end] in clean:
            yield begin, end, "", "first"


def _described(folded: str, each: _Stretch) -> Iterator[tuple[int, int, str, str]]:
    """A body described by what it does: 人民政府管理渔船工作的部门, 公安等负有监管职责的部门."""
    nouns = each.nouns
    clause = nouns.clauses[bisect_right(nouns.clauses, each.start) - 1]
    clause = max(clause, each.end - _LONGEST_RELATIVE)
    match = _RELATIVE.search(folded, clause, each.end)
    if match is None:
        return
    place = bisect_right(nouns.cuts, match.start(), key=lambda cut: cut[1]) - 1
    start = max(nouns.cuts[place][1], clause) if place >= 0 else clause
    before = folded[slice(*nouns.cuts[place])] if place >= 0 else ""
    others = _OTHERS.search(folded, start, each.end)
    end = others.start() if others else each.end
    if end - start >= 2:
        yield start, end, before, "relative"

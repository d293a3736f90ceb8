"""Candidates: stretches of a sentence that name a body, or several in one list.

A candidate ends with a noun that ends bodies' names and begins where, to the left, a name cannot go on.
Where that is in doubt there are several candidates for one end. Every look back is bounded, so that the
work is linear.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ingest.body_names import find_defined_names
from ingest.extract.judge.stretches import OWN_AREA, Stretch, ends_as_body, stretches_of
from ingest.model import Document, Part, Sentence, Span
from ingest.pattern import book

_BOOK = book("prose")
_LEVEL = _BOOK.regex("prose.level")
_NEVER = _BOOK.regex("prose.never")
_RELATIVE = _BOOK.regex("prose.relative")
_DEFINED_LIST = _BOOK.regex("prose.defined-list")
_ACTING = _BOOK.regex("prose.acting")
_GENERIC = _BOOK.regex("prose.generic")
_NEVER_BEFORE = frozenset(_BOOK.parts["never_before"].split("|"))
_OTHERS = _BOOK.compile("{others}")
_SANCTION = _BOOK.compile("{sanction}")
_OWN_BODY = _BOOK.compile("{own_body}")
_BY = _BOOK.words("by_word")
_ITS = _BOOK.parts["its_word"]
_OTHERS_BODIES = _BOOK.lists["other_word"]
_MAY = ("可以由", "可由")
_TAKES_UP = _BOOK.regex("prose.takes-up")
_SETTING_UP = frozenset(_BOOK.parts["set_up_word"].split("|"))
_PREDICATES = frozenset(_BOOK.parts["predicate"].split("|"))
_LOOK_AHEAD = 60
_APPROVALS = frozenset(_BOOK.parts["approval_word"].split("|"))
_PASSED = _BOOK.compile("{passed}")
_LONGEST_NAME = 45
_LONGEST_RELATIVE = 80
_LONGEST_MODIFIER = 7
_CALLS_FOR = _BOOK.words("calls_for")
_POINTS_BACK = _BOOK.words("points_back")
_AREA_ENDS = frozenset(word for word in _BOOK.lists["level_word"] if len(word) == 1)
_LONGEST_TITLE = 80
_LONGEST_CHANCE = 20  # characters that may be no part of a name that is known from elsewhere
_LONGEST_ANTECEDENT = 40
_SHORT_HEADING = 8  # a run-in heading this short (各区初审。) names a step, it does not state a duty
_NO_PREDICATE_AT = frozenset("》)”]:")
_MARKS = frozenset(",;:。“”《》!?()[]…|")
_CAN_BEGIN_A_NAME = _BOOK.words("begins_name_too")
_CLEAN = _BOOK.words("clean_before") | _MARKS | {""}


class Candidate(NamedTuple):
    """A body's name or a list of them, and where the text goes on behind it."""

    sentence: Sentence
    clause: int  # where its clause begins
    start: int
    end: int  # of the last name, without 等部门
    behind: int  # behind 等部门 and a bracket
    before: str  # the word or mark at which the stretch to the left ends; "" at the sentence's beginning
    way: str  # how the beginning was found: "", known, relative, first
    gap: int  # characters to the next noun that ends a name, without a cut between; NO_GAP if there is none
    rivals: (
        str  # which beginnings the same end has, by their first letters; l for a level behind the beginning
    )


def find_candidates(
    document: Document, annotations: Sequence[Span], defined: Collection[str]
) -> list[Candidate]:
    """All candidates outside annotations, in the order of their ends; ``defined`` are the document's short
    names of bodies.
    """
    folded = document.text.folded
    opened = [span.start for span in annotations]
    odd = tuple(sorted(short for short in defined if not ends_as_body(short)))
    found = stretches_of(folded, document.sentences, odd)
    known = Counter(
        folded[each.start : each.end]
        for each in found
        if each.before in _CLEAN and each.end - each.start <= _LONGEST_NAME
    )
    result: list[Candidate] = []
    for whole in found:
        each = _behind_verb(folded, whole)
        place = bisect_right(opened, each.start) - 1
        if place >= 0 and each.start < annotations[place].end:
            continue
        if _is_hopeless(document, each):
            continue
        beginnings = list(_beginnings(folded, each, known))
        rivals = "".join(way[:1] for _, _, _, way in beginnings)
        if beginnings and _LEVEL.search(folded, each.start + 2, each.end - 2):
            rivals += "l"
        if described := [one for one in beginnings if one[3] == "relative"]:
            beginnings = described
            while result and described[0][0] < result[-1].end <= each.start:
                result.pop()  # the government of 人民政府管理渔船工作的部门
        clauses = each.nouns.clauses
        for start, end, before, way in beginnings:
            clause = clauses[bisect_right(clauses, start) - 1]
            result.append(
                Candidate(each.nouns.sentence, clause, start, end, each.behind, before, way, each.gap, rivals)
            )
    return result


def defined_bodies(document: Document) -> frozenset[str]:
    """Short names that a document defines for what is named as a body is."""
    folded, found = document.text.folded, set()
    for short, place in find_defined_names(document).items():
        bracket = folded.rfind("(", 0, place.start)
        antecedent = folded[max(bracket - _LONGEST_ANTECEDENT, 0) : max(bracket, 0)]
        if ends_as_body(antecedent):
            found.add(short)
    for match in _DEFINED_LIST.finditer(folded) if "称" in folded else ():
        if ends_as_body(folded[max(match.start() - _LONGEST_ANTECEDENT, 0) : match.start()]):
            found.update(match["shorts"].split("、"))
    return frozenset(found)


def _is_hopeless(document: Document, each: Stretch) -> bool:
    """Whether what stands around a name, or its being part of a short heading, leaves no duty to it."""
    folded, sentence = document.text.folded, each.nouns.sentence
    if each.before in _NEVER_BEFORE or _in_title(folded, each):
        return True
    if (
        each.start == sentence.body
        and each.behind == sentence.end
        and not folded.startswith("。", sentence.end)
    ):
        return True  # a line of names
    if (
        each.before == "由"
        and folded.endswith(_MAY, 0, each.start)
        and not _SANCTION.match(folded, each.behind)
    ):
        return True  # 可以由X代为…: a permission, unless X punishes
    if each.before in _SETTING_UP and not _acts(folded, each):
        return True
    if (
        each.before in _APPROVALS
        and folded[each.start - len(each.before) - 1] not in _CALLS_FOR
        and document.clauses[sentence.clause].part is Part.NOTICE
        and _PASSED.match(folded, each.behind, sentence.end)
    ):
        return True  # how the circular itself was passed
    if each.behind < sentence.end and folded[each.behind] in _NO_PREDICATE_AT:
        return True
    if _NEVER.match(folded, each.behind, sentence.end):
        return True
    labelled = sentence.body > sentence.start
    if (
        labelled
        and folded.startswith("(", sentence.body)
        and 0 <= each.end <= folded.find(")", each.start, sentence.end)
    ):
        return folded.rfind("(", sentence.body, each.start) == sentence.body  # 第五条(甲局的职责)
    heading = document.clauses[sentence.clause].heading
    if heading is None or each.start >= heading.end or heading.end - heading.start > _SHORT_HEADING:
        return False
    return each.end < heading.end and sentence.body > sentence.start


def _in_title(folded: str, each: Stretch) -> bool:
    """Whether a name stands inside 《》."""
    earliest = max(each.nouns.sentence.start, each.end - _LONGEST_TITLE)
    opened = folded.rfind("《", earliest, each.end)
    return opened >= 0 and folded.find("》", opened, each.end) < 0


def _acts(folded: str, each: Stretch) -> bool:
    """Whether a body that is set up takes up work in the same sentence."""
    end = each.nouns.sentence.end
    if folded[each.behind : each.behind + 2] in _PREDICATES:
        return True
    return bool(_TAKES_UP.search(folded, each.behind, min(end, each.behind + _LOOK_AHEAD)))


def _beginnings(folded: str, each: Stretch, known: Counter[str]) -> Iterator[tuple[int, int, str, str]]:
    """Start and end of the names, the word before, and how the beginning was found; the plain way is ""."""
    start, end, before, way = each.start, each.end, each.before, ""
    if before == "的" and (of := _possessor(folded, each)):
        start, before, way = of
    start += _points_back(folded, start)
    size = end - start
    several = folded.find("、", start, end) >= 0
    if size >= 2 and (several or size <= _LONGEST_NAME):
        yield start, end, before, way
    if size > 4 and not several and (begin := _known_beginning(folded, each, known)) is not None:
        yield begin, end, before, "known"
    if each.before == "的":
        yield from _described(folded, each)
    if before in _CAN_BEGIN_A_NAME:
        clauses = each.nouns.clauses
        place = bisect_left(clauses, start - 1)
        if clauses[place : place + 1] == [start - 1] or folded[start - 1 : end] in known:
            yield start - 1, end, "", "first"


def _points_back(folded: str, start: int) -> int:
    """How many characters point back before a name: one for 其 in 其负责监督的部门."""
    return int(folded.startswith(_ITS, start) and not folded.startswith(_OTHERS_BODIES, start))


def _behind_verb(folded: str, each: Stretch) -> Stretch:
    """Without the verb of which the body is the object: 抄告省级主管部门; a level begins the name."""
    stop = min(each.start + _LONGEST_CHANCE, each.end - 2)
    for level in _LEVEL.finditer(folded, each.start + 2, stop) if stop - each.start > 2 else ():
        word = folded[level.start() - 2 : level.start()]
        if word in _PREDICATES and not ends_as_body(folded[each.start : level.start()]):
            return each._replace(start=level.start(), before=word)
    return each


def _known_beginning(folded: str, each: Stretch, known: Counter[str]) -> int | None:
    """Where a name begins that is known from elsewhere, behind words that are no part of it."""
    start, end = each.start, each.end
    if known[folded[start:end]] < 2:
        for at in range(start + 1, min(end - 2, start + _LONGEST_CHANCE)):
            if folded[at:end] in known:
                return at
    return None


def _possessor(folded: str, each: Stretch) -> tuple[int, str, str] | None:
    """Where a short modifier of the name begins (共同的上级机关), with the word before it."""
    cuts = each.nouns.cuts
    place = bisect_left(cuts, each.start, key=lambda cut: cut[1])
    if place == len(cuts) or cuts[place][1] != each.start:
        return None
    if place and folded[slice(*cuts[place - 1])] in OWN_AREA:  # 本市所属的机关
        start, place = cuts[place - 1][0], place - 1
        before = folded[slice(*cuts[place - 1])] if place else ""
        return (start, before, "of") if folded[start] in _POINTS_BACK and each.start - start > 3 else None
    start = cuts[place - 1][1] if place else each.nouns.sentence.body
    before = folded[slice(*cuts[place - 1])] if place else ""
    modifier = folded[start : cuts[place][0]]
    of_body = ends_as_body(modifier) or ends_as_body(_OWN_BODY.sub("", modifier))
    longest = _LONGEST_NAME if of_body else _LONGEST_MODIFIER
    if not 2 <= len(modifier) <= longest:
        return None
    if modifier[0] in _POINTS_BACK and not of_body:
        return None
    if (
        before in _APPROVALS and modifier[-2:] in _PREDICATES
    ):  # 将方案提交审议的市级部门、县政府: told by what they do
        clauses = each.nouns.clauses
        clause = clauses[bisect_right(clauses, start) - 1]
        return max(clause, each.end - _LONGEST_RELATIVE), "", "of"
    area = modifier[-1] in _AREA_ENDS
    return each.start if area else start, before, "of"


def _described(folded: str, each: Stretch) -> Iterator[tuple[int, int, str, str]]:
    """A body described by what it does: 人民政府管理渔船工作的部门, 公安等负有监管职责的部门."""
    nouns = each.nouns
    place = bisect_right(nouns.clauses, each.start) - 1
    while place > 1 and folded.startswith("》", nouns.clauses[place] - 1):
        place -= 2  # 收到《…》的机关: the title is part of the clause
    clause = max(nouns.clauses[place], each.end - _LONGEST_RELATIVE)
    match = _RELATIVE.search(folded, clause, each.end)
    if match:  # 名册由负责管理的部门提出: nothing before 由 is part of the name
        inside = bisect_right(nouns.cuts, match.start(), key=lambda cut: cut[1])
        until = bisect_left(nouns.cuts, match.end(), lo=inside, key=lambda cut: cut[1])
        by = [cut[1] for cut in nouns.cuts[inside:until] if folded[slice(*cut)] in _BY]
        match = _RELATIVE.search(folded, by[-1], each.end) if by else match
    if match is None:
        match = _ACTING.search(folded, clause, each.end)
        if match is None or _GENERIC.match(match["head"]):
            return
    place = bisect_right(nouns.cuts, match.start(), key=lambda cut: cut[1]) - 1
    if place >= 0 and folded[slice(*nouns.cuts[place])] in OWN_AREA:
        clause, place = max(nouns.cuts[place][0], clause), place - 1  # 本市负有监管职责的部门
    start = max(nouns.cuts[place][1], clause) if place >= 0 else clause
    before = folded[slice(*nouns.cuts[place])] if place >= 0 else ""
    start += _points_back(folded, start)
    others = _OTHERS.search(folded, start, each.end)
    end = others.start() if others else each.end
    if end - start >= 2 and before not in _NEVER_BEFORE:
        yield start, end, before, "relative"

"""References inside a document, to the clauses that they name (``annexes`` finds annexes).

第X条第Y款第(Z)项 is walked from the article down; 前款, 前条 and a bare 第一项 from where the reference
stands. 立法技术规范(试行)(一): an article's own text is its first 款, and items belong to the 款 that
introduces them. What is not there exactly once is not resolved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from ingest.folding import fold
from ingest.lexicon import values
from ingest.model import ClauseKind, Document, InternalReference, Part
from ingest.numerals import parse_integer
from ingest.pattern import book
from ingest.resolve.annexes import counted

_BOOK = book("internal")
_UNIT = _BOOK.compile("{numbered}")
_BEFORE = _BOOK.compile("{counted_back}")
_RANGE = _BOOK.compile("{range_of_places}")  # of places; inside one the numbers are listed
_NUMBER = _BOOK.compile("{listed_number}")
_INSERTED = _BOOK.compile("{inserted}")
_KINDS = {unit: ClauseKind(kind) for unit, kind in values("clause_unit").items()}
_KINDS_AT_TOP = "章节条"
_UNITS = {_KINDS[unit]: unit for unit in _KINDS_AT_TOP}


@dataclass(frozen=True, slots=True)
class _Step:
    unit: str
    numbers: tuple[int, ...]
    inserted: str  # 之一 of 第三条之一


def find_clauses(document: Document, reference: InternalReference) -> tuple[int, ...]:
    """Indexes into ``document.clauses`` of the clauses that a reference names, in its order.

    Empty where one of them is not in the text, or more than once. For many
    references of one document ask one ``ClauseFinder``.
    """
    return ClauseFinder(document).find(reference)


def _steps(place: str, like: list[_Step] | None = None) -> list[_Step]:
    """The steps of a place. Of a range's end, those that ``like`` has above it are filled in."""
    steps = [
        _Step(match["unit"], counted(_NUMBER.finditer(match["numbers"])), match["inserted"] or "")
        for match in _UNIT.finditer(place)
    ]
    if like and steps and steps[0].unit != like[0].unit:
        units = [step.unit for step in like]
        if steps[0].unit in units:
            steps = like[: units.index(steps[0].unit)] + steps
    return steps


class ClauseFinder:
    """The clauses of a document, to be found by the names of their places."""

    def __init__(self, document: Document) -> None:
        self.clauses = document.clauses
        self._starts = [clause.span.start for clause in document.clauses]
        self._children: defaultdict[int | None, list[int]] = defaultdict(list)
        self._runs: defaultdict[tuple[Part, str, int | None], list[list[int]]] = defaultdict(list)
        for index, clause in enumerate(document.clauses):
            self._children[clause.parent].append(index)
            unit = _UNITS.get(clause.kind)
            if unit is None or unit not in clause.label:
                continue
            chapter = self._above(index, ClauseKind.CHAPTER) if unit == "节" else None
            runs = self._runs[clause.part, unit, chapter]
            if not runs or clause.number < self.clauses[runs[-1][-1]].number:
                runs.append([])  # another text begins to count
            runs[-1].append(index)

    def find(self, reference: InternalReference) -> tuple[int, ...]:
        """See ``find_clauses``."""
        place = fold(reference.target)
        if place.startswith("附") or not self.clauses:
            return ()
        own = max(bisect_right(self._starts, reference.span.start) - 1, 0)
        if before := _BEFORE.match(place):
            found = self._before(own, before["unit"], parse_integer(before["count"] or "1") or 1)
            steps = _steps(place[before.end() :])
            return self._walk(found, steps) if steps else found
        first, *rest = _RANGE.split(place)
        start = self._place(own, _steps(first))
        if not rest:
            return start
        last = self._place(own, _steps(rest[0], like=_steps(first)))
        return self._between(start[0], last[0]) if len(start) == len(last) == 1 else ()

    # from the top -------------------------------------------------------------------------------

    def _place(self, own: int, steps: list[_Step]) -> tuple[int, ...]:
        """The clauses that steps lead to from the own one; the last step may name several."""
        if not steps:
            return ()
        first, *rest = steps
        if first.unit in _KINDS_AT_TOP:
            found = self._top(own, first)
        else:
            holder = self._holder(own, first.unit)
            found = self._below(holder, first) if holder is not None else ()
        return self._walk(found, rest)

    def _walk(self, found: tuple[int, ...], steps: list[_Step]) -> tuple[int, ...]:
        for step in steps:
            found = self._below(found[0], step) if len(found) == 1 else ()
        return found

    def _top(self, own: int, step: _Step) -> tuple[int, ...]:
        """Chapters, sections or articles: of the own part of the document, else of its body."""
        for part in dict.fromkeys((self.clauses[own].part, Part.BODY)):
            if found := self._each(self._run(own, part, step.unit), step):
                return found
        return ()

    def _run(self, own: int, part: Part, unit: str) -> list[int]:
        """Clauses of a kind that count on without starting again, around the own one."""
        chapter = self._above(own, ClauseKind.CHAPTER) if unit == "节" else None
        runs = self._runs.get((part, unit, chapter), [])
        if len(runs) < 2 or self.clauses[own].part is not part:
            return runs[0] if len(runs) == 1 else []
        return max((run for run in runs if run[0] <= own), default=[])

    def _each(self, indexes: list[int], step: _Step) -> tuple[int, ...]:
        """The clauses with the numbers of a step; none where one is missing or there twice."""
        found: list[int] = []
        for number in step.numbers:
            same = [i for i in indexes if self.clauses[i].number == number and self._fits(i, step)]
            if len(same) != 1:
                return ()
            found += same
        return tuple(found)

    def _fits(self, index: int, step: _Step) -> bool:
        """第三条 is not 第三条之一."""
        written = _INSERTED.search(self.clauses[index].label)
        return (written.group() if written else "") == step.inserted

    # downwards ----------------------------------------------------------------------------------

    def _below(self, index: int, step: _Step) -> tuple[int, ...]:
        """The clauses of a step inside a clause."""
        kind = _KINDS[step.unit]
        if kind is ClauseKind.PARAGRAPH:
            return self._paragraphs(index, step)
        found = self._each(self._of_kind(index, kind), step)
        if found or kind is not ClauseKind.ITEM or self.clauses[index].kind is not ClauseKind.ARTICLE:
            return found
        holders = [p for p in self._of_kind(index, ClauseKind.PARAGRAPH) if self._of_kind(p, kind)]
        return self._each(self._of_kind(holders[0], kind), step) if len(holders) == 1 else ()

    def _paragraphs(self, article: int, step: _Step) -> tuple[int, ...]:
        numbered = {self.clauses[i].number: i for i in self._of_kind(article, ClauseKind.PARAGRAPH)}
        if self.clauses[article].kind is ClauseKind.ARTICLE:
            numbered[1] = article
        found = tuple(numbered[number] for number in step.numbers if number in numbered)
        return found if len(found) == len(step.numbers) else ()

    def _of_kind(self, index: int | None, kind: ClauseKind) -> list[int]:
        """Children of a kind; rows of tables are none."""
        return [
            child
            for child in self._children.get(index, ())
            if self.clauses[child].kind is kind
            and (self.clauses[child].label or kind is ClauseKind.PARAGRAPH)
        ]

    # upwards and backwards ----------------------------------------------------------------------

    def _above(self, index: int | None, *kinds: ClauseKind) -> int | None:
        """The nearest clause of some kinds, from a clause upwards."""
        while index is not None and self.clauses[index].kind not in kinds:
            index = self.clauses[index].parent
        return index

    def _holder(self, own: int, unit: str) -> int | None:
        """Return where a bare 第二款, 第一项, 第1目 is counted: the nearest clause with such children."""
        if unit == "款":
            return self._above(own, ClauseKind.ARTICLE)
        index: int | None = own
        while index is not None:
            if self._of_kind(index, _KINDS[unit]) or self.clauses[index].kind is ClauseKind.ARTICLE:
                return index
            index = self.clauses[index].parent
        return None

    def _before(self, own: int, unit: str, count: int) -> tuple[int, ...]:
        """The last ``count`` 款, 条 or 项 before the own one, in the order of the text."""
        if unit == "条":
            article = self._above(own, ClauseKind.ARTICLE)
            run = self._run(own, self.clauses[own].part, unit)
            earlier = run[: run.index(article)] if article in run else []
        elif unit == "项":
            item = self._above(own, ClauseKind.ITEM)
            earlier = [] if item is None else self._earlier(item, ClauseKind.ITEM)
        else:
            earlier = self._paragraphs_before(own)
        return tuple(earlier[-count:]) if len(earlier) >= count else ()

    def _earlier(self, index: int, kind: ClauseKind) -> list[int]:
        """Clauses of a kind before one, under the same parent and in the same part."""
        clause = self.clauses[index]
        siblings = self._of_kind(clause.parent, kind)
        return [i for i in siblings if i < index and self.clauses[i].part is clause.part]

    def _paragraphs_before(self, own: int) -> list[int]:
        """The 款 before the own one; an article's first has none before it."""
        paragraph = self._above(own, ClauseKind.PARAGRAPH, ClauseKind.ARTICLE)
        if paragraph is None or self.clauses[paragraph].kind is ClauseKind.ARTICLE:
            return []
        earlier = self._earlier(paragraph, ClauseKind.PARAGRAPH)
        holder = self.clauses[paragraph].parent
        while holder is not None and self.clauses[holder].kind in (ClauseKind.ITEM, ClauseKind.SUBITEM):
            holder = self.clauses[holder].parent  # items belong to the 款 that introduces them
        if holder is None:
            return earlier
        clause = self.clauses[holder]
        titled = clause.heading is not None and clause.heading.end == clause.span.end
        return earlier if titled else [holder, *earlier]

    def _between(self, first: int, last: int) -> tuple[int, ...]:
        """The clauses from one to another: of one parent, or articles of one part."""
        one, other = self.clauses[first], self.clauses[last]
        if other.parent == first and other.kind is ClauseKind.PARAGRAPH:  # from an article's first 款 on
            inside = [first, *self._of_kind(first, other.kind)]
        elif one.kind is not other.kind:
            return ()
        elif one.kind is ClauseKind.ARTICLE:
            inside = next((run for run in self._runs[one.part, "条", None] if first in run), [])
        else:
            inside = self._of_kind(one.parent, one.kind) if one.parent == other.parent else []
        found = tuple(place for place in inside if first <= place <= last)
        return found if last in found else ()

"""The content of an annotation: its lists of bodies and the role of each list (docs/annotation.md)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from ingest.body_lists import shares_head, split_list, trim
from ingest.body_names import can_be_member, is_concrete, is_generic, is_known, is_levelled
from ingest.extract.roles import role_of
from ingest.model import Document, Responsibility, Role, Span
from ingest.pattern import book
from ontology.normal import without_space

_BOOK = book("bracket")
_DUTY = _BOOK.regex("bracket.phrased")
_FIRST_LEADS = _BOOK.regex("bracket.first-leads")
_MARK_LEADS = _BOOK.regex("bracket.mark-leads")
_FOR_ALL = _BOOK.regex("bracket.holds-for-all")
_REMARK = _BOOK.regex("bracket.remark")
_NO_UNIT = _BOOK.regex("bracket.no-unit")
_LABEL = _BOOK.regex("bracket.segment-label")
_LABEL_HERE = _BOOK.compile(
    r"\[(?P<boxed>{label})\]:?|(?P<label>{label})(?:{after_label})|(?P<other>{other_label}):"
)
_TIME_LABEL = _BOOK.compile("^{time_label}$")
_FIRM = _BOOK.regex("bracket.firm")
_OWN_ROLE = _BOOK.regex("bracket.own-role")
_WITH = _BOOK.compile("{with}")
_DIRECTS = _BOOK.compile("{directs}")
_AND_OTHERS = _BOOK.compile("{and_others}$")
_COLLECTIVE = _BOOK.compile("{collective}")
_BEFORE_LIST = _BOOK.compile("(?:{before_list}){0,8}")
_SCOPE = _BOOK.compile("{scope_before}")
_SENTENCE = re.compile("。")
_LEAD_WORD = _BOOK.compile("{lead_word}")
_LONGEST_UNIT = 40


class Proof(Enum):
    """The evidence that an annotation needs before its members count as bodies."""

    LABEL = auto()  # a label says that bodies follow
    CELL = auto()  # a label far away does; what is no name of anybody is left out
    ONE = auto()  # one member is beyond doubt, and all others can be bodies
    MOST = auto()  # at least half of the members bear names that only public bodies bear


@dataclass(frozen=True, slots=True)
class _List:
    """Bodies that share one role; ``labelled`` where a label or a duty tells it."""

    role: Role
    span: Span
    told: bool


@dataclass(frozen=True, slots=True)
class _Unit:
    span: Span
    role: Role | None  # told behind the unit itself


def find_duties(folded: str, span: Span) -> list[re.Match[str]]:
    """The phrases in a stretch that say what the bodies before them do."""
    return [m for m in _DUTY.finditer(folded, span.start, span.end) if m.start() > span.start]


def has_label(folded: str, span: Span) -> bool:
    """Whether a label of a role stands in a stretch."""
    return any(match["label"] or match["boxed"] for match in _LABEL.finditer(folded, span.start, span.end))


class Reader:
    """Reads the annotations of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._folded = document.text.folded
        self._year = document.year
        self._breaks = sorted(offset for block in document.blocks for offset in block.breaks)
        self._leading = [stretch for stretch in document.bodies() if self._names_leads(stretch)]
        self._leads_from = self._find_first_leads()
        self._mark = self._find_mark()

    def read(
        self, content: Span, rule: str, proof: Proof, role: Role = Role.RESPONSIBLE
    ) -> list[Responsibility]:
        """The responsibilities that an annotation states; none where it is no annotation."""
        content = trim(self._folded, content)
        lists = [
            each
            for default, span, labelled in self._split_by_label(content, role, proof)
            for each in self._split_by_duty(span, default, labelled=labelled)
        ]
        units = [self._units(each.span) for each in lists]
        units = self._proved(lists, units, proof)
        leads = self._first_leads(content, lists)
        facts: list[Responsibility] = []
        seen: set[tuple[int, Role, str]] = set()
        for place, (each, members) in enumerate(zip(lists, units, strict=True)):
            several = len(members) > 1 or bool(_AND_OTHERS.search(self._folded, *each.span))
            for unit in members:
                first = leads and place == 0 and several and unit is members[0]
                fact = self._fact(unit, each.role, rule, first=first)
                sentence = len(_SENTENCE.findall(self._folded, content.start, unit.span.start))
                if (sentence, fact.role, fact.unit) not in seen:
                    seen.add((sentence, fact.role, fact.unit))
                    facts.append(fact)
        return facts

    def _fact(self, unit: _Unit, role: Role, rule: str, *, first: bool) -> Responsibility:
        span = unit.span
        role = unit.role or role
        if first and role is Role.RESPONSIBLE and not _COLLECTIVE.match(self._folded, *span):
            role = Role.LEAD
        name = without_space(self._document.text.quote(span))
        return Responsibility(span, rule, role, name, explicit=True)

    def _first_leads(self, content: Span, lists: Sequence[_List]) -> bool:
        """Whether the first unit of the first list leads by what the document says."""
        if self._leads_from is None or content.end <= self._leads_from:
            return False
        return not any(each.role is Role.LEAD for each in lists)

    def _find_first_leads(self) -> int | None:
        """From where on the first unit of a list leads, as the document says."""
        for stretch in self._leading:
            if match := _FIRST_LEADS.search(self._folded, *stretch):
                note = _FOR_ALL.match(self._folded[stretch.start : match.start()])
                return 0 if note else match.start()
        for rows in self._document.tables():
            if any(self._names_leads(row) and _FIRST_LEADS.search(self._folded, *row) for row in rows):
                return 0
        return None

    def _find_mark(self) -> str | None:
        for stretch in self._leading:
            if match := _MARK_LEADS.search(self._folded, *stretch):
                return match["mark"]
        return None

    def _names_leads(self, stretch: Span) -> bool:
        return _LEAD_WORD.search(self._folded, *stretch) is not None

    def _split_by_label(self, content: Span, role: Role, proof: Proof) -> Iterator[tuple[Role, Span, bool]]:
        """The stretches of an annotation with the role that their labels give; remarks are cut out."""
        folded = self._folded
        labelled = proof is not Proof.LABEL
        for span in self._without_remarks(content):
            begin: int = span.start
            for label in self._labels(span):
                if label.start() > begin and (labelled or self._are_names(Span(begin, label.start()))):
                    yield role, Span(begin, label.start()), labelled
                begin = label.end()
                if words := label["label"] or label["boxed"]:
                    role, labelled = role_of(words), True
                else:
                    ends = ",;。" if _TIME_LABEL.match(label["other"]) else ";。"
                    begin = next((at for at in range(begin, span.end) if folded[at] in ends), span.end)
            if begin < span.end and (labelled or self._are_names(Span(begin, span.end))):
                yield role, Span(begin, span.end), labelled

    def _are_names(self, span: Span) -> bool:
        units = self._units(span)
        return bool(units) and all(self._is_sure(unit.span) for unit in units)

    def _labels(self, span: Span) -> list[re.Match[str]]:
        """Labels behind a mark, or where white space stood in the file, in their order."""
        found = {match.start(): match for match in _LABEL.finditer(self._folded, span.start, span.end)}
        for offset in (span.start, *self._breaks_in(span)):
            here = _LABEL_HERE.match(self._folded, offset, span.end)
            if here and offset not in found:
                found[offset] = here
        result: list[re.Match[str]] = []
        for start in sorted(found):
            if not result or start >= result[-1].end():
                result.append(found[start])
        return result

    def _breaks_in(self, span: Span) -> Iterator[int]:
        for place in range(bisect_right(self._breaks, span.start), len(self._breaks)):
            if self._breaks[place] >= span.end:
                return
            yield self._breaks[place]

    def _without_remarks(self, content: Span) -> list[Span]:
        folded, kept, start = self._folded, [], content.start
        for remark in _REMARK.finditer(folded, content.start, content.end):
            opened = folded.count("(", content.start, remark.start())
            if opened > folded.count(")", content.start, remark.start()):
                continue  # 各市(含县级市,下同): part of a name
            if remark.start() > start:
                kept.append(Span(start, remark.start()))
            start = remark.end()
        if start < content.end:
            kept.append(Span(start, content.end))
        return kept

    def _split_by_duty(self, span: Span, default: Role, *, labelled: bool) -> Iterator[_List]:
        """A牵头,B、C按职责分工负责 → (lead, A), (responsible, B、C); A会同B负责 → lead A, cooperate B."""
        start = span.start
        for duty in find_duties(self._folded, span):
            if duty.start() <= start:
                continue
            yield from self._split_companions(Span(start, duty.start()), role_of(duty["duty"]), told=True)
            start = duty.end()
        rest = trim(self._folded, Span(start, span.end))
        if rest.end - rest.start > 1:
            yield from self._split_companions(rest, default, told=labelled)

    def _split_companions(self, span: Span, role: Role, *, told: bool) -> Iterator[_List]:
        folded = self._folded
        before = _BEFORE_LIST.match(folded, span.start, span.end)
        start = before.end() if before else span.start
        if scope := _SCOPE.match(folded, start, span.end):
            start = scope.end()
        both = _WITH.search(folded, start, span.end)
        directed = _DIRECTS.search(folded, start + 1, span.end) if not both else None
        if both:
            if both.start() > start:
                yield _List(Role.LEAD, Span(start, both.start()), told=True)
            yield _List(Role.COOPERATE, Span(both.end(), span.end), told=True)
        elif directed:
            yield _List(role, Span(start, directed.start()), told=True)
            yield _List(role, Span(directed.end(), span.end), told=True)
        elif start < span.end:
            yield _List(role, Span(start, span.end), told)

    def _units(self, span: Span) -> list[_Unit]:
        folded = self._folded
        found: list[_Unit] = []
        for listed in split_list(folded, span.start, span.end, self._year, is_known):
            for unit in self._split_at_spaces(listed):
                if not _NO_UNIT.search(folded[unit.start : unit.end]):
                    found.append(self._unit(unit))
        return found

    def _unit(self, unit: Span) -> _Unit:
        """A unit without the role that is told behind it, or by a mark."""
        folded, mark = self._folded, self._mark
        own = _OWN_ROLE.search(folded, unit.start + 1, unit.end)
        if own:
            return _Unit(Span(unit.start, own.start()), role_of(own["role"]))
        if mark and unit.end - unit.start > 1 and mark in (folded[unit.start], folded[unit.end - 1]):
            start = unit.start + (folded[unit.start] == mark)
            return _Unit(Span(start, unit.end - (folded[unit.end - 1] == mark)), Role.LEAD)
        return _Unit(unit, None)

    def _split_at_spaces(self, unit: Span) -> Iterator[Span]:
        """Units between which only white space stands in the file."""
        folded, start = self._folded, unit.start
        spaces = [at for at in range(unit.start, unit.end) if folded[at] == " "]
        cuts = sorted({*self._breaks_in(unit), *spaces, unit.end})
        for offset, following in pairwise(cuts):
            if is_known(folded[start:offset]) and is_known(folded[offset:following].strip()):
                yield Span(start, offset)
                start = offset + (folded[offset] == " ")
        yield Span(start, unit.end)

    def _is_sure(self, unit: Span) -> bool:
        text = self._folded[unit.start : unit.end]
        return is_known(text) or is_generic(text) or shares_head(self._folded, unit)

    def _is_own_name(self, unit: Span) -> bool:
        text = self._folded[unit.start : unit.end]
        return is_levelled(text) or _FIRM.match(text) is not None

    def _can_be(self, unit: Span) -> bool:
        text = self._folded[unit.start : unit.end]
        return 2 <= len(text) <= _LONGEST_UNIT and (self._is_sure(unit) or can_be_member(text))

    def _proved(self, lists: list[_List], units: list[list[_Unit]], proof: Proof) -> list[list[_Unit]]:
        """The units that count; none at all where the annotation does not show what it must."""
        if proof is Proof.LABEL:
            return units
        members = [unit.span for listed in units for unit in listed]
        nothing: list[list[_Unit]] = [[] for _ in lists]
        if proof is Proof.CELL:
            if not any(map(self._can_be, members)):
                return nothing
            return [[unit for unit in listed if self._can_be(unit.span)] for listed in units]
        if not members or not all(map(self._can_be, members)):
            return nothing
        if proof is Proof.MOST:
            texts = [self._folded[unit.start : unit.end] for unit in members]
            return units if 2 * sum(map(is_concrete, texts)) >= len(texts) else nothing
        told = all(each.told for each in lists)
        sure = any(self._is_sure(unit) for unit in members) or (
            told and any(self._is_own_name(unit) for unit in members)
        )
        return units if sure else nothing

"""Explicit responsibilities: annotations in brackets or behind a label (docs/annotation.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.body_lists import shares_head, split_list, trim
from ingest.body_names import is_generic, is_name
from ingest.model import Document, Responsibility, Role, Span
from ingest.pattern import book
from ontology.normal import without_space

_BOOK = book("bracket")
_ANY = _BOOK.regex("bracket.any")
_LABELLED = _BOOK["bracket.labelled"]
_PHRASED = _BOOK["bracket.phrased"]
_BARE = _BOOK["bracket.bare"]
_LINE = _BOOK["bracket.line"]
_FIRST_LEADS = _BOOK.regex("bracket.first-leads")
_REMARK = _BOOK.regex("bracket.remark")
_NO_UNIT = _BOOK.regex("bracket.no-unit")
_LABEL = _BOOK.regex("bracket.segment-label")
_LEAD = _BOOK.regex("bracket.lead-word")
_COOPERATE = _BOOK.regex("bracket.cooperate-word")
_WITH = _BOOK.compile("{with}")
_AND_OTHERS = _BOOK.compile("{and_others}$")
_HEAD_NOUN = _BOOK.compile("{head_noun}$")
_COLLECTIVE = _BOOK.compile("^{collective}")
_BEFORE_LIST = _BOOK.compile("{before_list}*")
_COLON = re.compile(r":")
_SENTENCE_ENDS = frozenset("。;!”）)\n")


def extract(document: Document) -> list[Responsibility]:
    """Every unit of every annotation of a document, in the order of the text."""
    return [fact for _, facts in annotations_of(document) for fact in facts]


def annotations_of(document: Document) -> Iterator[tuple[Span, list[Responsibility]]]:
    """Each annotation's stretch with the responsibilities that it states."""
    folded = document.text.folded
    leads_from = _find_first_leads(document)
    for stretch in document.bodies():
        taken = stretch.start
        for span, content, rule in _find_candidates(folded, stretch):
            if span.start < taken:
                continue
            first_leads = leads_from is not None and span.end > leads_from
            facts = _read_annotation(document, content, rule, first_leads=first_leads)
            if facts:
                taken = span.end
                yield span, facts


def _find_first_leads(document: Document) -> int | None:
    """Where the document says that the first unit of a list leads."""
    for stretch in document.bodies():
        match = _FIRST_LEADS.search(document.text.folded, stretch.start, stretch.end)
        if match:
            return match.start()
    return None


def _find_candidates(folded: str, stretch: Span) -> list[tuple[Span, Span, str]]:
    found = []
    for match in _ANY.finditer(folded, stretch.start, stretch.end):
        content = Span(*match.span("content"))
        rule = _rule_of(folded, match.start(), content, match.end(), stretch)
        if rule:
            found.append((Span(*match.span()), content, rule))
    if _COLON.search(folded, stretch.start, stretch.end):
        for match in _LINE.regex.finditer(folded, stretch.start, stretch.end):
            found.append((Span(*match.span()), Span(*match.span("content")), _LINE.id))
        found.sort(key=lambda item: (item[0].start, -item[0].end))
    return found


def _rule_of(folded: str, start: int, content: Span, end: int, stretch: Span) -> str | None:
    """The rule by which a bracket is to be read, if it may be an annotation."""
    if ":" in folded[content.start : content.end] and _LABEL.search(folded, content.start, content.end):
        return _LABELLED.id
    closes = end >= stretch.end or folded[end] in "。;,(["
    after_sentence = start == stretch.start or folded[start - 1] in _SENTENCE_ENDS
    if not (closes or after_sentence) or ":" in folded[content.start : content.end]:
        return None
    if _find_duties(folded, content):
        return _PHRASED.id
    return _BARE.id if after_sentence and _BARE.regex.match(folded[content.start : content.end]) else None


def _find_duties(folded: str, span: Span) -> list[re.Match[str]]:
    return [m for m in _PHRASED.regex.finditer(folded, span.start, span.end) if m.start() > span.start]


def _read_annotation(
    document: Document, content: Span, rule: str, *, first_leads: bool
) -> list[Responsibility]:
    folded = document.text.folded
    lists: list[tuple[Role, Span]] = []
    for role, span in _split_by_label(folded, content):
        lists += _split_by_duty(folded, span, role)
    strict = rule in (_BARE.id, _PHRASED.id)
    one_list = len(lists) == 1 or not any(role is Role.LEAD for role, _ in lists)
    facts: list[Responsibility] = []
    for place, (role, span) in enumerate(lists):
        listed = [
            unit
            for unit in split_list(folded, span.start, span.end, document.year)
            if not _NO_UNIT.search(folded, unit.start, unit.end)
        ]
        if not listed:
            continue
        if strict and not _are_all_bodies(folded, listed):
            return []
        several = len(listed) > 1 or bool(_AND_OTHERS.search(folded, span.start, span.end))
        leads = first_leads and one_list and place == 0 and role is Role.RESPONSIBLE and several
        for unit in listed:
            lead = leads and unit is listed[0] and not _COLLECTIVE.match(folded[unit.start : unit.end])
            name = without_space(document.text.quote(unit))
            facts.append(Responsibility(unit, rule, Role.LEAD if lead else role, name, explicit=True))
    return facts


def _split_by_label(folded: str, content: Span) -> Iterator[tuple[Role, Span]]:
    """The stretches of an annotation with the role that their labels give; remarks are cut out."""
    kept: list[Span] = []
    start = content.start
    for remark in _REMARK.finditer(folded, content.start, content.end):
        if remark.start() > start:
            kept.append(Span(start, remark.start()))
        start = remark.end()
    if start < content.end:
        kept.append(Span(start, content.end))
    role = Role.RESPONSIBLE
    for span in kept:
        labels = list(_LABEL.finditer(folded, span.start, span.end))
        begin = span.start
        for label in labels:
            if label.start() > begin:
                yield role, Span(begin, label.start())
            role, begin = role_of(label["label"]), label.end()
        if begin < span.end:
            yield role, Span(begin, span.end)


def role_of(words: str) -> Role:
    """The role that a label or phrase gives to the bodies beside it."""
    if _COOPERATE.search(words):
        return Role.COOPERATE
    return Role.LEAD if _LEAD.search(words) else Role.RESPONSIBLE


def _split_by_duty(folded: str, span: Span, default: Role) -> Iterator[tuple[Role, Span]]:
    """A牵头,B、C按职责分工负责 → (lead, A), (responsible, B、C); A会同B负责 → lead A, cooperate B."""
    start = span.start
    for duty in _find_duties(folded, span):
        if duty.start() <= start:
            continue
        role = role_of(duty["duty"])
        yield from _split_companions(folded, Span(start, duty.start()), role)
        start = duty.end()
    rest = trim(folded, Span(start, span.end))
    if rest.end - rest.start > 1:
        yield from _split_companions(folded, rest, default)


def _split_companions(folded: str, span: Span, role: Role) -> Iterator[tuple[Role, Span]]:
    before = _BEFORE_LIST.match(folded, span.start, span.end)
    start = before.end() if before else span.start
    both = _WITH.search(folded, start + 1, span.end)
    if both:
        yield Role.LEAD, Span(start, both.start())
        yield Role.COOPERATE, Span(both.end(), span.end)
    elif start < span.end:
        yield role, Span(start, span.end)


def _are_all_bodies(folded: str, listed: list[Span]) -> bool:
    """Whether every unit reads as a body; one clear name among them must be beyond doubt."""
    texts = [folded[unit.start : unit.end] for unit in listed]
    if not texts or not all(2 <= len(text) <= 40 and _HEAD_NOUN.search(text.split("(")[0]) for text in texts):
        return False
    return any(
        is_name(text) or is_generic(text) or shares_head(folded, unit)
        for text, unit in zip(texts, listed, strict=True)
    )

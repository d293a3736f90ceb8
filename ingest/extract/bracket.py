"""Explicit responsibilities: annotations in brackets or behind a label (GUIDELINES.md, resp, explicit)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.bodies import is_generic, is_name, shared_head, split_hard, split_soft, trimmed
from ingest.model import Document, Responsibility, Role, Span
from ingest.pattern import book

_BOOK = book("bracket")
_LABELLED = _BOOK["bracket.labelled"]
_PHRASED = _BOOK["bracket.phrased"]
_BARE = _BOOK["bracket.bare"]
_LINE = _BOOK["bracket.line"]
_FIRST_LEADS = _BOOK.regex("bracket.first-leads")
_LABEL = _BOOK.regex("bracket.segment-label")
_LEAD = _BOOK.regex("bracket.lead-word")
_COOPERATE = _BOOK.regex("bracket.cooperate-word")
_CLOSING = _BOOK.compile(r"{closing}$")
_WITH = re.compile(r"会同|商|联合")
_HEAD_NOUN = re.compile(r"(?:局|委|办|部|厅|院|署|会|处|府|中心|公司|集团|队|所|站|社|组|区|县|市|街道|乡镇|单位|部门|机关|机构|企业|行|校|学|院校|医院|馆|园|人)$")
_COLLECTIVE = re.compile(r"^(?:各|有关|相关|其他|全市|全省)|等$")


def extract(document: Document) -> list[Responsibility]:
    """Every unit of every annotation of a document, in the order of the text."""
    return [fact for _, facts in annotations(document) for fact in facts]


def annotations(document: Document) -> Iterator[tuple[Span, list[Responsibility]]]:
    """Each annotation's stretch with the responsibilities that it states."""
    folded = document.text.folded
    leads_from = _first_leads(document)
    for piece in document.bodies():
        taken = piece.start
        for span, content, rule in _candidates(folded, piece):
            if span.start < taken:
                continue
            first_leads = leads_from is not None and span.start > leads_from
            facts = _read(document, content, rule, first_leads=first_leads)
            if facts:
                taken = span.end
                yield span, facts


def _first_leads(document: Document) -> int | None:
    for piece in document.bodies():
        match = _FIRST_LEADS.search(document.text.folded, piece.start, piece.end)
        if match:
            return match.end()
    return None


def _candidates(folded: str, piece: Span) -> list[tuple[Span, Span, str]]:
    found = []
    for pattern in (_LABELLED, _PHRASED, _BARE, _LINE):
        for match in pattern.regex.finditer(folded, piece.start, piece.end):
            found.append((Span(*match.span()), Span(*match.span("content")), pattern.id))
    return sorted(found, key=lambda item: (item[0].start, -item[0].end))


def _read(document: Document, content: Span, rule: str, *, first_leads: bool) -> list[Responsibility]:
    folded = document.text.folded
    labels = list(_LABEL.finditer(folded, content.start, content.end))
    if rule in (_LABELLED.id, _LINE.id):
        segments = [
            (_role(label["label"]), Span(label.end(), following))
            for label, following in zip(
                labels, [*(label.start() for label in labels[1:]), content.end], strict=True
            )
        ]
    elif rule == _PHRASED.id:
        segments = list(_phrases(folded, content))
    else:
        segments = [(Role.RESPONSIBLE, content)]
    units: list[tuple[Role, Span]] = []
    for role, span in segments:
        listed = _units(document, span)
        if rule in (_BARE.id, _PHRASED.id) and not _all_bodies(folded, listed):
            return []
        lead_first = first_leads and len(segments) == 1 and role is Role.RESPONSIBLE and len(listed) > 1
        for place, unit in enumerate(listed):
            lead = lead_first and place == 0 and not _COLLECTIVE.search(folded[unit.start : unit.end])
            units.append((Role.LEAD if lead else role, unit))
    return [
        Responsibility(unit, rule, role, "".join(document.text.quote(unit).split()), explicit=True)
        for role, unit in units
    ]


def _role(words: str) -> Role:
    if _COOPERATE.search(words):
        return Role.COOPERATE
    return Role.LEAD if _LEAD.search(words) else Role.RESPONSIBLE


def _phrases(folded: str, content: Span) -> Iterator[tuple[Role, Span]]:
    """A牵头,B、C按职责分工负责 → (lead, A), (responsible, B、C). A会同B负责 → lead A, cooperate B."""
    start = content.start
    for match in re.finditer(r"[,;](?=[^,;]*$)|(?<=牵头)[,;、]|(?<=负责)[,;、]|(?<=配合)[,;、]|(?<=参与)[,;、]|;", folded[content.start : content.end]):
        stop = content.start + match.start()
        if _CLOSING.search(folded, start, stop):
            yield from _phrase(folded, Span(start, stop))
            start = content.start + match.end()
    yield from _phrase(folded, Span(start, content.end))


def _phrase(folded: str, span: Span) -> Iterator[tuple[Role, Span]]:
    closing = _CLOSING.search(folded, span.start, span.end)
    if closing is None:
        yield Role.RESPONSIBLE, span
        return
    words = closing.group()
    role = Role.LEAD if words.endswith("牵头") or "牵头" in words else _role(words)
    start = span.start + 1 if folded[span.start] == "由" else span.start
    together = _WITH.search(folded, start + 1, closing.start())
    if together:
        yield Role.LEAD, Span(start, together.start())
        yield Role.COOPERATE, Span(together.end(), closing.start())
    else:
        yield role, Span(start, closing.start())


def _units(document: Document, span: Span) -> list[Span]:
    folded = document.text.folded
    whole = trimmed(folded, Span(span.start, span.end - 1 if folded[span.end - 1] == "。" else span.end))
    if whole.end <= whole.start:
        return []
    units: list[Span] = []
    for unit in split_hard(folded, whole.start, whole.end, document.year):
        units += [trimmed(folded, part) for part in split_soft(folded, unit)]
    return [unit for unit in units if unit.end > unit.start]


def _all_bodies(folded: str, units: list[Span]) -> bool:
    """Whether every unit reads as a body; one clear name among them must be beyond doubt."""
    texts = [folded[unit.start : unit.end] for unit in units]
    if not texts or not all(2 <= len(text) <= 40 and _HEAD_NOUN.search(text.split("(")[0]) for text in texts):
        return False
    return any(is_name(text) or is_generic(text) or shared_head(folded, unit) for text, unit in zip(texts, units, strict=True))

"""Deontic rules: the modal of a sentence and the subject it binds.

docs/annotation.md, norms: one record a sentence and modality; the bearer is the grammatical subject of the
modal as it stands in the sentence, None where the sentence has none of its own. ``patterns/norm.yaml``
says which words are modals.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.extract.bearer import BearerFinder, Modal
from ingest.model import Document, Modality, Norm, Sentence, Span
from ingest.pattern import Pattern, book
from ingest.pattern_file import ModalAttributes

_BOOK = book("norm")
_TRIGGER = _BOOK.regex("norm.trigger")
_ACHIEVED = _BOOK.regex("norm.achieved")
_CAPABLE = _BOOK.regex("norm.capable")
_ATTRIBUTE = _BOOK.regex("norm.attribute")
_CASE = _BOOK.regex("norm.case")
_EMBEDDED = _BOOK.regex("norm.embedded")
_EMBEDDED_END = _BOOK.regex("norm.embedded-end")
_MODALS: dict[str, tuple[Pattern[ModalAttributes], ...]] = {}
for _pattern in _BOOK.having(ModalAttributes):
    for _start in _pattern.attributes.starts:
        _MODALS[_start] = (*_MODALS.get(_start, ()), _pattern)
_MOST_MODALS = 24  # of one sentence; where there are more, only those of its norms count
_AROUND = 80  # characters beside a modal that tell whether it is a rule's own


def extract(document: Document) -> list[Norm]:
    """One norm a sentence and modality, in the order of the text.

    ``modal`` is the first of its modality that is no mere condition (依法应当…的), else the first.
    """
    norms: list[Norm] = []
    for sentence, modals in _find_modals(document):
        chosen = _choose(modals)
        known = modals if len(modals) <= _MOST_MODALS else chosen
        bearers = BearerFinder(document.text.folded, sentence, known)
        span = Span(sentence.start, sentence.end)
        norms += [Norm(span, m.pattern.id, m.modality, m.span, bearers.bearer_of(m)) for m in chosen]
    return norms


def _choose(modals: list[Modal]) -> list[Modal]:
    """One modal a modality, in the order of the text."""
    chosen: dict[Modality, Modal] = {}
    for modal in modals:
        before = chosen.get(modal.modality)
        if before is None or (before.embedded and not modal.embedded):
            chosen[modal.modality] = modal
    return sorted(chosen.values(), key=lambda modal: modal.span)


def _find_modals(document: Document) -> Iterator[tuple[Sentence, list[Modal]]]:
    """The sentences that hold a modal, with their modals in the order of the text."""
    folded, sentences = document.text.folded, document.sentences
    position, modals = 0, list[Modal]()
    for hit in _TRIGGER.finditer(folded, document.span.start, document.span.end):
        start = hit.start()
        while position < len(sentences) and sentences[position].end <= start:
            if modals:
                yield sentences[position], modals
                modals = []
            position += 1
        if position == len(sentences):
            return
        sentence = sentences[position]
        modal = _match_modal(folded, sentence, start) if sentence.start <= start else None
        if modal is not None:
            modal.embedded = modal.embedded or _is_parallel(folded, sentence, modals, start)
            modals.append(modal)
    if modals:
        yield sentences[position], modals


def _match_modal(folded: str, sentence: Sentence, start: int) -> Modal | None:
    """The modal word at ``start``, unless it belongs to another word or stands in a title."""
    tried = ((p, p.regex.match(folded, start, sentence.end)) for p in _MODALS[folded[start]])
    pattern, match = next((found for found in tried if found[1]), (None, None))
    titled = folded.rfind("《", sentence.start, start) > folded.rfind("》", sentence.start, start)
    if pattern is None or match is None or titled:
        return None
    modality = pattern.attributes.modality
    before = folded[max(sentence.start, start - _AROUND) : start]
    no_permission = (_ACHIEVED, _CAPABLE, _ATTRIBUTE)
    if modality is Modality.PERMISSION and any(rule.search(before) for rule in no_permission):
        return None
    if modality is Modality.PERMISSION and _CASE.match(folded, match.end(), sentence.end):
        return None
    after = folded[match.end() : min(sentence.end, match.end() + _AROUND)]
    embedded = bool(_EMBEDDED.search(before) and _EMBEDDED_END.match(after))
    return Modal(pattern, Span(*match.span()), modality, embedded)


def _is_parallel(folded: str, sentence: Sentence, before: list[Modal], start: int) -> bool:
    """Whether a modal right after a comma goes on with the condition before it (应招标的…,应公开招标的…)."""
    parallel = bool(before) and before[-1].embedded and folded[start - 1] == ","
    return parallel and bool(_EMBEDDED_END.match(folded[start : min(sentence.end, start + _AROUND)]))

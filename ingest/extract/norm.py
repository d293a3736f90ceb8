"""Deontic rules: the modal of a sentence and the subject it binds.

GUIDELINES.md, "norm": one record a sentence and modality; the bearer is the grammatical subject of the
modal as it stands in the sentence, None where the sentence has none of its own. ``patterns/norm.yaml``
says which words are modals and what subjects, conditions and circumstances look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ingest.model import Document, Modality, Norm, Sentence, Span
from ingest.pattern import Pattern, book

_BOOK = book("norm")
_TRIGGER = _BOOK.regex("norm.trigger")
_MODALS: dict[str, tuple[Pattern, ...]] = {}
for _pattern in _BOOK:
    for _start in _pattern.attributes.get("starts", ""):
        _MODALS[_start] = (*_MODALS.get(_start, ()), _pattern)
_ACHIEVED = _BOOK.regex("norm.achieved")
_EMBEDDED = _BOOK.regex("norm.embedded")
_EMBEDDED_END = _BOOK.regex("norm.embedded-end")
_CONJUNCTION = _BOOK.regex("bearer.conjunction")
_ADVERB = _BOOK.regex("bearer.adverb")
_SETTING = _BOOK.regex("bearer.setting")
_PREPOSITION = _BOOK.regex("bearer.preposition")
_TOPIC = _BOOK.regex("bearer.topic-preposition")
_LEAD_IN = _BOOK.regex("bearer.lead-in")
_AGENT = _BOOK.regex("bearer.agent")
_RELATIVE_AGENT = _BOOK.regex("bearer.relative-agent")
_VERB = _BOOK.regex("bearer.verb")
_CONDITION = _BOOK.regex("bearer.condition")
_RELATIVE = _BOOK.regex("bearer.relative")
_NOUN = _BOOK.regex("bearer.noun")
_BY = _BOOK.regex("bearer.by")
_SANCTION = _BOOK.regex("bearer.sanction")
_CUT = _BOOK.regex("bearer.cut")
_LIST = _BOOK.regex("bearer.list")
_LINKED = _BOOK.regex("bearer.linked")
_ASIDE = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_LAST_ITEM = re.compile(r"[^、,:;(“]{2,30}$")


@dataclass(slots=True)
class _Modal:
    """A modal word of a sentence."""

    pattern: Pattern
    span: Span
    modality: Modality
    embedded: bool
    bearer: Span | None = None
    known: bool = False  # whether ``bearer`` has been looked for


@dataclass(slots=True)
class _Found:
    """The modals of one sentence, in the order of the text."""

    sentence: Sentence
    modals: list[_Modal] = field(default_factory=list)


def extract(document: Document) -> list[Norm]:
    """One norm a sentence and modality, in the order of the text."""
    norms: list[Norm] = []
    for found in _sentences(document):
        reader = _Reader(document.text.folded, found)
        span = Span(found.sentence.start, found.sentence.end)
        for modality in Modality:
            same = [modal for modal in found.modals if modal.modality is modality]
            if same:
                modal = next((modal for modal in same if not modal.embedded), same[0])
                bearer = reader.bearer(modal)
                norms.append(Norm(span, modal.pattern.id, modality, modal.span, bearer))
    norms.sort(key=lambda norm: norm.modal)
    return norms


def _sentences(document: Document) -> Iterator[_Found]:
    """The sentences that hold a modal."""
    folded, sentences = document.text.folded, document.sentences
    position = 0
    found: _Found | None = None
    for hit in _TRIGGER.finditer(folded, document.span.start, document.span.end):
        start = hit.start()
        while position < len(sentences) and sentences[position].end <= start:
            position += 1
        if position == len(sentences):
            break
        sentence = sentences[position]
        if start < sentence.start:
            continue
        modal = _modal(folded, sentence, start)
        if modal is None:
            continue
        if found is None or found.sentence is not sentence:
            if found is not None:
                yield found
            found = _Found(sentence)
        if not found.modals or start >= found.modals[-1].span.end:
            found.modals.append(modal)
    if found is not None:
        yield found


def _modal(folded: str, sentence: Sentence, start: int) -> _Modal | None:
    """The modal word at ``start``, unless it belongs to another word or stands in a title."""
    for pattern in _MODALS[folded[start]]:
        match = pattern.regex.match(folded, start, sentence.end)
        if match:
            break
    else:
        return None
    if folded.rfind("《", sentence.start, start) > folded.rfind("》", sentence.start, start):
        return None
    modality = Modality(pattern.attributes["modality"])
    before = folded[max(sentence.start, start - 30) : start]
    if modality is Modality.PERMISSION and _ACHIEVED.search(before):
        return None
    after = folded[match.end() : sentence.end]
    embedded = bool(_EMBEDDED.search(before) and _EMBEDDED_END.match(after))
    return _Modal(pattern, Span(*match.span()), modality, embedded)


class _Reader:
    """Finds the subjects of one sentence's modals.

    Works on ``blank``: the sentence with what stands in brackets, quotes and titles blanked out, so that
    their commas do not cut and their words do not count; offsets into it plus ``base`` are the text's.
    """

    def __init__(self, folded: str, found: _Found) -> None:
        self.base = found.sentence.body
        self.end = found.sentence.end
        self.found = found
        self.text = folded[self.base : self.end]
        self.blank = _ASIDE.sub(lambda aside: "□" * len(aside.group()), self.text)

    def bearer(self, modal: _Modal) -> Span | None:
        """The modal's subject as a place in the text."""
        if not modal.known:
            modal.known = True
            found = None if modal.embedded else self._bearer(modal)
            modal.bearer = Span(found[0] + self.base, found[1] + self.base) if found else None
        return modal.bearer

    def _bearer(self, modal: _Modal) -> tuple[int, int] | None:
        at = modal.span.start - self.base
        if at <= 0:
            return self._by(modal)
        blank = self.blank
        if blank[at] == "□":  # the modal stands in brackets or quotes: only they are blank before it
            opened = max(self.text.rfind(mark, 0, at) for mark in "(“")
            blank = blank[: opened + 1] + self.text[opened + 1 :]
            blank = blank[:opened] + self.text[opened] + blank[opened + 1 :]
        start = max(blank.rfind(mark, 0, at) for mark in ":“(") + 1
        found = self._subject(blank, start, at, modal)
        if found is None and start and blank[start - 1] == "(":
            item = _LAST_ITEM.search(blank, 0, start - 1)
            return item.span() if item else None
        return found

    def _subject(self, blank: str, start: int, at: int, modal: _Modal) -> tuple[int, int] | None:
        commas = [start - 1, *(i for i in range(start, at) if blank[i] == ","), at]
        segments = [(a + 1, b) for a, b in zip(commas, commas[1:], strict=False)]
        conditional = False  # a condition in 的 stands between
        passive = bool(_SANCTION.match(self.blank[modal.span.end - self.base :]))
        adjacent = True  # nothing but circumstances stands between
        for number in range(len(segments) - 1, -1, -1):
            last = number == len(segments) - 1
            a, b = self._trim(blank, *segments[number], last=last)
            if a >= b:
                if last and (by := self._by(modal)):
                    return by
                continue
            earlier = None if last else self._earlier(a, segments[number][1])
            if earlier is not None:
                bearer = self.bearer(earlier)
                return (bearer.start - self.base, bearer.end - self.base) if bearer else None
            words = blank[a:b]
            condition = words.endswith("的")
            conditional = conditional or condition
            passive = passive or bool(_SANCTION.match(words))
            relative = not condition and bool(_RELATIVE.search(words))
            setting = not relative and bool(_SETTING.search(words))
            if not condition and adjacent:
                if relative and _LINKED.match(blank[segments[number][0] : b]):
                    whole: tuple[int, int] | None = (0, len(words))
                else:
                    whole = self._whole(words, last=last, relative=relative, setting=setting)
                if whole is not None:
                    return self._extended(blank, segments, number, a + whole[0], a + whole[1])
                if last and _VERB.match(words) and not _CONDITION.match(words):
                    return None
            agent = self._listed(words, last=last) or self._agent(words)
            if agent is not None:
                return None if conditional and passive else (a + agent[0], a + agent[1])
            if last and (by := self._by(modal)):
                return by
            adjacent = adjacent and (condition or setting or bool(_PREPOSITION.match(words)))
        return None

    @staticmethod
    def _trim(blank: str, a: int, b: int, *, last: bool) -> tuple[int, int]:
        """Without the conjunctions before and, next to the modal, the adverbs after."""
        lead = _CONJUNCTION.match(blank[a:b])
        a += lead.end() if lead else 0
        if last:
            adverb = _ADVERB.search(blank[a:b])
            b = a + adverb.start() if adverb else b
        return a, b

    def _earlier(self, a: int, b: int) -> _Modal | None:
        for modal in self.found.modals:
            if a <= modal.span.start - self.base < b and not modal.embedded:
                return modal
        return None

    @staticmethod
    def _whole(words: str, *, last: bool, relative: bool, setting: bool) -> tuple[int, int] | None:
        """A segment that is a noun phrase as a whole, or, next to the modal, a subject with adjuncts."""
        a = 0
        while not relative and (lead := _LEAD_IN.match(words[a:])):
            a += lead.end()
        words = words[a:]
        if _TOPIC.match(words):
            return None
        if relative:
            return a, a + len(words)
        if last and not _VERB.match(words) and not _PREPOSITION.match(words) and (cut := _CUT.match(words)):
            return a, a + cut.end("who" if cut["who"] else "thing")
        if setting:
            return None
        if _PREPOSITION.match(words) and not ("的" in words and _NOUN.match(words)):
            return None
        if _VERB.match(words):
            return None
        return (a, a + len(words)) if last or _NOUN.match(words) else None

    @staticmethod
    def _extended(
        blank: str, segments: list[tuple[int, int]], number: int, a: int, b: int
    ) -> tuple[int, int]:
        """With the clauses before that belong to the same noun: 有经验,或有贡献的人员."""
        while number and _LINKED.match(blank[segments[number][0] : b]):
            number -= 1
            a = segments[number][0]
        return a, b

    @staticmethod
    def _agent(words: str) -> tuple[int, int] | None:
        """The body or person with which a clause begins."""
        a = 0
        while lead := _LEAD_IN.match(words[a:]):
            a += lead.end()
        words = words[a:]
        if _PREPOSITION.match(words):
            return None
        match = _RELATIVE_AGENT.match(words)
        if match is None and not _VERB.match(words):
            match = _AGENT.match(words)
        return (a, a + match.end()) if match else None

    @staticmethod
    def _listed(words: str, *, last: bool) -> tuple[int, int] | None:
        """The subject of 包括 in a clause before."""
        match = None if last or _VERB.match(words) else _LIST.match(words)
        return match.span("who") if match else None

    def _by(self, modal: _Modal) -> tuple[int, int] | None:
        """由甲 right after the modal."""
        at = modal.span.end - self.base
        match = _BY.match(self.blank[at:])
        return (at + match.start("who"), at + match.end("who")) if match else None

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
_STEP = _BOOK.regex("bearer.step")
_SETTING = _BOOK.regex("bearer.setting")
_PREPOSITION = _BOOK.regex("bearer.preposition")
_TOPIC = _BOOK.regex("bearer.topic-preposition")
_LEAD_IN = _BOOK.regex("bearer.lead-in")
_AGENT = _BOOK.regex("bearer.agent")
_TAKEN = _BOOK.regex("bearer.taken")
_RELATIVE_AGENT = _BOOK.regex("bearer.relative-agent")
_PIVOT = _BOOK.regex("bearer.pivot")
_LIST = _BOOK.regex("bearer.list")
_VERB = _BOOK.regex("bearer.verb")
_CONDITION = _BOOK.regex("bearer.condition")
_RELATIVE = _BOOK.regex("bearer.relative")
_TOLD = _BOOK.regex("bearer.told")
_NOUN = _BOOK.regex("bearer.noun")
_CUT = _BOOK.regex("bearer.cut")
_LINKED = _BOOK.regex("bearer.linked")
_BY = _BOOK.regex("bearer.by")
_SANCTION = _BOOK.regex("bearer.sanction")
_OBJECT = _BOOK.regex("bearer.object")
_BEFORE_BRACKET = _BOOK.regex("bearer.before-bracket")
_ASIDE = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_LOOK_BACK = 30  # characters before a modal that tell whether it is one

_Place = tuple[int, int]


@dataclass(slots=True)
class _Modal:
    """A modal word of a sentence."""

    pattern: Pattern
    span: Span
    modality: Modality
    embedded: bool  # a condition inside another rule
    bearer: Span | None = None
    known: bool = False  # whether ``bearer`` has been looked for


@dataclass(slots=True)
class _Rule:
    """A sentence and its modals, in the order of the text."""

    sentence: Sentence
    modals: list[_Modal] = field(default_factory=list)


def extract(document: Document) -> list[Norm]:
    """One norm a sentence and modality, in the order of the text.

    ``modal`` is the first of its modality that is no mere condition (依法应当…的), else the first.
    """
    norms: list[Norm] = []
    for rule in _rules(document):
        reader = _Reader(document.text.folded, rule)
        span = Span(rule.sentence.start, rule.sentence.end)
        for modality in Modality:
            same = [modal for modal in rule.modals if modal.modality is modality]
            if same:
                modal = next((modal for modal in same if not modal.embedded), same[0])
                norms.append(Norm(span, modal.pattern.id, modality, modal.span, reader.bearer(modal)))
    norms.sort(key=lambda norm: norm.modal)
    return norms


def _rules(document: Document) -> Iterator[_Rule]:
    """The sentences that hold a modal."""
    folded, sentences = document.text.folded, document.sentences
    position = 0
    rule: _Rule | None = None
    for hit in _TRIGGER.finditer(folded, document.span.start, document.span.end):
        start = hit.start()
        while position < len(sentences) and sentences[position].end <= start:
            position += 1
        if position == len(sentences):
            break
        sentence = sentences[position]
        modal = _modal(folded, sentence, start) if sentence.start <= start else None
        if modal is None:
            continue
        if rule is None or rule.sentence is not sentence:
            if rule is not None:
                yield rule
            rule = _Rule(sentence)
        modal.embedded = modal.embedded or _parallel(folded, rule, start)
        rule.modals.append(modal)
    if rule is not None:
        yield rule


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
    before = folded[max(sentence.start, start - _LOOK_BACK) : start]
    if modality is Modality.PERMISSION and _ACHIEVED.search(before):
        return None
    after = folded[match.end() : sentence.end]
    embedded = bool(_EMBEDDED.search(before) and _EMBEDDED_END.match(after))
    return _Modal(pattern, Span(*match.span()), modality, embedded)


def _parallel(folded: str, rule: _Rule, start: int) -> bool:
    """Whether a modal right after a comma goes on with the condition before it (应招标的…,应公开招标的…)."""
    return bool(
        rule.modals
        and rule.modals[-1].embedded
        and folded[start - 1] == ","
        and _EMBEDDED_END.match(folded[start : rule.sentence.end])
    )


class _Reader:
    """Finds the subjects of one sentence's modals.

    Works on ``blank``: the sentence with what stands in brackets, quotes and titles blanked out, so that
    their commas do not cut and their words do not count; offsets into it plus ``base`` are the text's.
    """

    def __init__(self, folded: str, rule: _Rule) -> None:
        self.base = rule.sentence.body
        self.modals = rule.modals
        self.text = folded[self.base : rule.sentence.end]
        self.blank = _ASIDE.sub(lambda aside: "□" * len(aside.group()), self.text)

    def bearer(self, modal: _Modal) -> Span | None:
        """The modal's subject as a place in the text."""
        if not modal.known:
            modal.known = True
            place = None if modal.embedded else self._place(modal)
            modal.bearer = Span(place[0] + self.base, place[1] + self.base) if place else None
        return modal.bearer

    def _place(self, modal: _Modal) -> _Place | None:
        at = modal.span.start - self.base
        if modal.pattern.id == "norm.forbidden" and self.blank[at - 1 : at] in ("", ",", ":"):
            match = _OBJECT.match(self.blank[modal.span.end - self.base :])
            if match and not _VERB.match(self.blank[modal.span.end - self.base :]):
                return modal.span.end - self.base, modal.span.end - self.base + match.end("who")
        if at <= 0:
            return self._by(modal)
        blank = self.blank
        if blank[at] == "□":  # the modal stands in brackets or quotes, whose words count after all
            opened = max(self.text.rfind(mark, 0, at) for mark in "(“")
            blank = blank[:opened] + self.text[opened:]
        start = max(blank.rfind(mark, 0, at) for mark in ":“(") + 1
        place = self._subject(blank, start, at, modal)
        if place is None and start and blank[start - 1] == "(":
            noun = _BEFORE_BRACKET.search(blank[: start - 1])
            return noun.span() if noun else None
        return place

    def _subject(self, blank: str, start: int, at: int, modal: _Modal) -> _Place | None:
        """The subject between ``start`` and the modal at ``at``, read comma by comma from the modal back."""
        commas = [start - 1, *(i for i in range(start, at) if blank[i] == ","), at]
        stretches = [(a + 1, b) for a, b in zip(commas, commas[1:], strict=False)]
        passive = bool(_SANCTION.match(self.blank[modal.span.end - self.base :]))
        conditional = False  # a condition in 的 stands between
        topic = True  # nothing but circumstances stands between
        for number in range(len(stretches) - 1, -1, -1):
            last = number == len(stretches) - 1
            a, b = stretches[number]
            earlier = self._earlier(a, b, modal)
            if earlier and not blank[a:b].endswith("的"):
                after = _Phrase.read(blank, earlier.span.end - self.base, b, last=last)
                return (after.agent() if last else None) or self._relative_place(earlier)
            phrase = _Phrase.read(blank, a, b, last=last)
            if not phrase.words:
                if last and (by := self._by(modal)):
                    return by
                continue
            conditional = conditional or phrase.condition
            passive = passive or bool(_SANCTION.match(phrase.words))
            found = phrase.noun() if topic else None
            if found is not None:
                return self._extended(blank, stretches, number, found)
            found = phrase.agent()
            if found is not None:
                return None if conditional and passive else found
            if last and (phrase.action or phrase.condition):
                return None
            if last and (by := self._by(modal)):
                return by
            topic = topic and phrase.circumstance
        return None

    def _earlier(self, a: int, b: int, modal: _Modal) -> _Modal | None:
        """The last modal before this one in a stretch."""
        inside = [
            other
            for other in self.modals
            if a <= other.span.start - self.base < b and other.span < modal.span and not other.embedded
        ]
        return inside[-1] if inside else None

    def _relative_place(self, modal: _Modal) -> _Place | None:
        bearer = self.bearer(modal)
        return (bearer.start - self.base, bearer.end - self.base) if bearer else None

    def _extended(self, blank: str, stretches: list[_Place], number: int, found: _Place) -> _Place:
        """With the clauses before that belong to the same noun: 有经验,或有贡献的人员."""
        a, b = found
        while number and _LINKED.match(blank[stretches[number][0] : b]):
            before = stretches[number - 1]
            if blank[before[1] - 1] == "的" or any(
                before[0] <= other.span.start - self.base < before[1] for other in self.modals
            ):
                break
            number -= 1
            a = before[0]
        return a, b

    def _by(self, modal: _Modal) -> _Place | None:
        """由甲 right after the modal."""
        at = modal.span.end - self.base
        match = _BY.match(self.blank[at:])
        return (at + match.start("who"), at + match.end("who")) if match else None


@dataclass(slots=True)
class _Phrase:
    """The words between two commas, without the conjunction before and the adverbs after them."""

    words: str
    start: int
    last: bool  # stands right before the modal
    linked: bool  # begins with 或, 且 …
    step: bool  # 即可, 方可: a clause that says what suffices
    joined: bool  # goes on with the clause before it: 或者…的

    @classmethod
    def read(cls, blank: str, a: int, b: int, *, last: bool) -> _Phrase:
        """The phrase from ``a`` to ``b``."""
        words = blank[a:b]
        linked = bool(_LINKED.match(words))
        conjunction = _CONJUNCTION.match(words)
        if conjunction:
            a += conjunction.end()
            words = blank[a:b]
        adverb = _ADVERB.search(words) if last else None
        step = bool(adverb and _STEP.search(words))
        joined = bool(conjunction and "或" in conjunction.group() and words.endswith("的"))
        return cls(words[: adverb.start()] if adverb else words, a, last, linked, step, joined)

    @property
    def condition(self) -> bool:
        """…的: who or what is in this case."""
        return self.words.endswith("的")

    @property
    def circumstance(self) -> bool:
        """A phrase that leaves the subject to what stands before it."""
        return (
            self.condition
            or bool(_SETTING.search(self.words))
            or bool(_PREPOSITION.match(self.words))
            or bool(_CONDITION.match(self.words))
        )

    @property
    def action(self) -> bool:
        """A verb phrase right before the modal, which has no noun for a subject."""
        return bool(_VERB.match(self.words)) and not self.circumstance

    def _body(self) -> tuple[int, str]:
        """Offset and words after phrases in front of the subject."""
        offset = 0
        while lead := _LEAD_IN.match(self.words[offset:]):
            offset += lead.end()
        return self.start + offset, self.words[offset:]

    def noun(self) -> _Place | None:
        """The phrase as a noun, what the rule is about; without adjuncts next to the modal."""
        if self.condition:
            return None
        whole = self.start, self.start + len(self.words)
        relative = _RELATIVE.search(self.words)
        if relative and self.linked:
            return whole
        start, words = self._body()
        if _TOPIC.match(words):
            return None
        agent = self.agent() if self.step or not self.last else None
        if relative:
            if agent and ("是" in words or relative["thing"]) and not _TAKEN.match(words):
                return agent
            return whole
        if self.last and _TOLD.match(words):
            return start, start + len(words)
        if agent is not None or _VERB.match(words):
            return None
        preposition = _PREPOSITION.match(words)
        setting = bool(_SETTING.search(words))
        if (self.last or setting) and not preposition and (cut := _CUT.match(words)):
            return start, start + cut.end(cut.lastgroup or 0)
        if setting or (preposition and not ("的" in words and _NOUN.match(words))):
            return None
        return (start, start + len(words)) if self.last or _NOUN.match(words) else None

    def agent(self) -> _Place | None:
        """The body or person with which a clause begins."""
        start, words = self._body()
        if self.joined:
            return None
        if match := _PIVOT.match(words):
            return start + match.start("who"), start + match.end("who")
        if _PREPOSITION.match(words):
            return None
        match = _TAKEN.match(words)
        if match is None and not _VERB.match(words):
            match = _AGENT.match(words)
        match = match or _RELATIVE_AGENT.match(words)
        if match:
            return start, start + match.end()
        if not self.last and (match := _RELATIVE.search(words)) and not match["thing"]:
            return start, start + len(words)
        if not self.last and not _VERB.match(words) and (match := _LIST.match(words)):
            return start + match.start("who"), start + match.end("who")
        return None

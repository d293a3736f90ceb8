"""Whom a modal binds: the grammatical subject, as it stands in the sentence.

``patterns/norm.yaml`` says what subjects, conditions and circumstances look like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Modality, Sentence, Span
from ingest.pattern import Pattern, book
from ingest.pattern_file import CutAttributes, ModalAttributes

_BOOK = book("norm")
_IS = {pattern.id.partition(".")[2]: pattern.regex for pattern in _BOOK}  # by id without norm. or bearer.
_CUTS = tuple(pattern.regex for pattern in _BOOK.having(CutAttributes))
_ASIDE = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_LONGEST_PHRASE = 400  # characters between two commas; a list of bodies has some 200
_MOST_PHRASES = 16  # commas over which a subject holds

_Stretch = tuple[int, int]  # offsets into a sentence


@dataclass(slots=True)
class Modal:
    """A modal word of a sentence."""

    pattern: Pattern[ModalAttributes]
    span: Span
    modality: Modality
    embedded: bool  # a condition inside another rule


class BearerFinder:
    """Finds the subjects of one sentence's modals.

    In ``blank`` what stands in brackets, quotes and titles is blanked out, so that its commas do not cut
    and its words do not count; offsets into it plus ``base`` are the text's.
    """

    def __init__(self, folded: str, sentence: Sentence, modals: list[Modal]) -> None:
        self.base = sentence.body
        self.modals = modals
        self.text = folded[self.base : sentence.end]
        self.blank = _ASIDE.sub(lambda aside: "□" * len(aside.group()), self.text)

    def bearer_of(self, modal: Modal) -> Span | None:
        """The subject as a place in the text."""
        place = self._subject_of(modal)
        if place is None or not self.text[place[0] : place[1]].strip():
            return None
        return Span(place[0] + self.base, place[1] + self.base)

    def _subject_of(self, modal: Modal) -> _Stretch | None:
        at, end = modal.span.start - self.base, modal.span.end - self.base
        if modal.embedded:
            return None
        if modal.pattern.id == "norm.forbidden" and self.blank[at - 1 : at] in ("", ",", ":"):
            who = _doer(self.blank, end)  # 严禁商户占道经营
            if who and not _IS["verb"].match(self.blank[end:]):
                return end, who
        if at <= 0:
            return self._agent_behind(modal)
        blank = self.blank
        if blank[at] == "□":  # the modal stands in brackets or quotes, whose words count after all
            opened = max(self.text.rfind(mark, 0, at) for mark in "(“")
            blank = blank[:opened] + self.text[opened:]
        start = max(blank.rfind(mark, 0, at) for mark in ":“(") + 1
        place = self._subject(blank, start, at, modal)
        if place is None and start and blank[start - 1] == "(":
            noun = _IS["before-bracket"].search(blank[: start - 1])
            return noun.span("noun") if noun else None
        return place

    def _subject(self, blank: str, start: int, at: int, modal: Modal) -> _Stretch | None:
        """The subject between ``start`` and the modal at ``at``, read comma by comma from the modal back."""
        commas = [start - 1, *(i for i in range(start, at) if blank[i] == ","), at]
        stretches = [(a + 1, b) for a, b in pairwise(commas)][-_MOST_PHRASES:]
        passive = bool(_IS["sanction"].match(self.blank[modal.span.end - self.base :]))
        conditional = False  # a condition in 的 stands between
        near, topic = False, True  # nothing but a comma, nothing but circumstances stands between
        for number in range(len(stretches) - 1, -1, -1):
            last = number == len(stretches) - 1
            a, b = stretches[number]
            earlier = self._modal_in(a, b)
            if earlier and not blank[a:b].endswith("的"):
                after = _Phrase.read(blank, earlier.span.end - self.base, b, last=last, near=last)
                return (after.agent() if last else None) or self._subject_of(earlier)
            phrase = _Phrase.read(blank, a, b, last=last, near=last or near)
            near = last and not phrase.words
            conditional = conditional or phrase.condition
            passive = passive or bool(_IS["sanction"].match(phrase.words))
            if topic and (found := phrase.noun()):
                return self._extend(blank, stretches, number, found)
            if found := phrase.agent():
                return None if conditional and passive else found
            if last and phrase.closed:
                return self._topic_of_case(blank, stretches, phrase)
            if last and (by := self._agent_behind(modal)):
                return by
            topic = topic and phrase.circumstance
        return None

    def _topic_of_case(self, blank: str, stretches: list[_Stretch], phrase: _Phrase) -> _Stretch | None:
        """The noun before the comma, of those of which some are in the case (参展企业,符合条件的可以…)."""
        if len(stretches) < 2 or not (phrase.condition and _IS["condition"].match(phrase.words)):
            return None
        a, b = stretches[-2]
        return None if self._modal_in(a, b) else _Phrase.read(blank, a, b, last=False, near=True).noun()

    def _modal_in(self, a: int, b: int) -> Modal | None:
        """The last rule-making modal of a stretch."""
        inside = [m for m in self.modals if a <= m.span.start - self.base < b and not m.embedded]
        return inside[-1] if inside else None

    def _extend(self, blank: str, stretches: list[_Stretch], number: int, found: _Stretch) -> _Stretch:
        """With the clauses before that belong to the same noun: 有经验,或有贡献的人员."""
        a, b = found
        while number and _IS["linked"].match(blank[stretches[number][0] : b]):
            before = stretches[number - 1]
            if self._modal_in(*before) or blank[before[1] - 1] == "的":
                break
            number -= 1
            a = before[0]
        return a, b

    def _agent_behind(self, modal: Modal) -> _Stretch | None:
        """由甲 right after the modal."""
        at = modal.span.end - self.base
        match = _IS["by"].match(self.blank[at:])
        if match is None:
            return None
        start, end = at + match.start("who"), at + match.end("who")
        clause = _IS["pivot-clause"].match(self.blank, start)
        if clause and _IS["verb"].match(self.blank[start : clause.end()]):  # 由从事审计的人员复核
            end = _doer(self.blank, clause.end()) or end
        if self.blank[end : end + 1] in ("", ","):  # no verb is known behind the name
            end = _doer(self.blank[:end], start) or end
        return start, end


@dataclass(slots=True)
class _Phrase:
    """The words between two commas, without the conjunction before and the adverbs after them."""

    words: str
    start: int  # offset into the sentence
    last: bool  # stands right before the modal
    near: bool  # or before the comma that the modal follows
    linked: bool  # begins with 或, 且 …
    step: bool  # 即可, 方可: a clause that says what suffices
    joined: bool  # goes on with the clause before it: 或者…的

    @classmethod
    def read(cls, blank: str, a: int, b: int, *, last: bool, near: bool) -> _Phrase:
        """The phrase from ``a`` to ``b``."""
        a = max(a, b - _LONGEST_PHRASE)
        words = blank[a:b]
        linked = bool(_IS["linked"].match(words))
        conjunction = _IS["conjunction"].match(words)
        a += conjunction.end() if conjunction else 0
        words = blank[a:b]
        adverb = _IS["adverb"].search(blank[a : b + 1]) if last else None
        step = bool(adverb and _IS["step"].search(blank[a : b + 1]))
        joined = bool(conjunction and "或" in conjunction.group() and words.endswith("的"))
        return cls(words[: adverb.start()] if adverb else words, a, last, near, linked, step, joined)

    @property
    def condition(self) -> bool:
        """…的: who or what is in this case."""
        return self.words.endswith("的")

    @property
    def circumstance(self) -> bool:
        """A phrase that leaves the subject to what stands before it."""
        if not self.words or self.condition or _IS["setting"].search(self.words):
            return True
        return bool(_IS["preposition"].match(self.words) or _IS["condition"].match(self.words))

    @property
    def closed(self) -> bool:
        """Right before the modal a verb phrase or …的: the subject is not looked for further back."""
        if self.condition:
            return not _IS["topic-preposition"].match(self.words)
        return bool(_IS["verb"].match(self.words)) and not self.circumstance

    def _skip_lead_in(self) -> tuple[int, str]:
        """Offset and words after phrases in front of the subject."""
        offset = 0
        while lead := _IS["lead-in"].match(self.words[offset:]):
            offset += lead.end()
        return self.start + offset, self.words[offset:]

    def noun(self) -> _Stretch | None:
        """The phrase as a noun, what the rule is about; without adjuncts next to the modal."""
        start, words = self._skip_lead_in()
        relative = _IS["relative"].search(self.words)
        if self.condition or (_IS["topic-preposition"].match(words) and not (relative and self.linked)):
            return None
        agent = self.agent() if self.step or not self.last else None
        if relative:
            clause = agent and ("是" in words or relative["thing"]) and not self.linked
            whole = self.start, self.start + len(self.words)
            return agent if clause and not _behind("taken", words) else whole
        stated = _IS["told"].match(words) if self.near else None
        if stated and (self.last or not stated["case"]):
            return start, start + len(words)
        if agent is not None and _IS["made"].match(words) and not _behind("taken", words):
            return start, start + len(words)
        if agent is not None or _IS["verb"].match(words):
            return None
        return (start, start + length) if (length := self._noun_length(words)) else None

    def _noun_length(self, words: str) -> int:
        """How many of the words are the noun; 0 if they are none."""
        setting, preposition = bool(_IS["setting"].search(words)), bool(_IS["preposition"].match(words))
        if (self.last or setting) and not preposition:
            if end := _cut_behind_agent(words):
                return end
            for cut in _CUTS:
                if match := cut.match(words):
                    return match.end("who")
        if setting or (preposition and "的" not in words):
            return 0
        if (self.last and not preposition) or _agents(words, 0) == len(words) or _IS["noun"].match(words):
            return len(words)
        return 0

    def agent(self) -> _Stretch | None:
        """The body or person with which a clause begins."""
        start, words = self._skip_lead_in()
        if match := _IS["pivot"].match(words):
            clause = _IS["pivot-clause"].match(words, match.end())
            end = (_doer(words, clause.end()) if clause else 0) or _doer(words, match.end())
            return (start + match.end(), start + end) if end else None
        if self.joined or _IS["preposition"].match(words):
            return None
        verb = bool(_IS["verb"].match(words))
        end = _behind("taken", words) or (0 if verb else _doer(words, 0)) or _behind("relative-agent", words)
        if end:
            return start, start + end
        return None if self.last else self._find_further(start, words, verb)

    @staticmethod
    def _find_further(start: int, words: str, verb: bool) -> _Stretch | None:
        """Subjects that only count in a clause before: a whole …的企业, what 包括 lists the kinds of."""
        if (match := _IS["relative"].search(words)) and not match["thing"]:
            return start, start + len(words)
        for topic in () if verb else ("list", "cut-topic", "cause"):
            if match := _IS[topic].match(words):
                return start, start + match.end("who")
        return None


def _agents(words: str, start: int) -> int:
    """Where a body or person that stands at ``start``, with those joined to it, ends; 0 if there is none."""
    end = 0
    while match := _IS["agent"].match(words, start):
        end = match.end()
        joined = _IS["joined"].match(words, end)
        if joined is None:
            break
        start = joined.end()
    return end


def _doer(words: str, start: int) -> int:
    """Where a body or person at ``start`` that does what follows ends; 0 if there is none."""
    end = _agents(words, start)
    return end if start < end < len(words) and not _IS["no-doer"].match(words, end) else 0


def _behind(pattern: str, words: str) -> int:
    """The same behind a clause that tells which body or person is meant."""
    clause = _IS[pattern].match(words)
    return _doer(words, clause.end()) if clause else 0


def _cut_behind_agent(words: str) -> int:
    """Where a body's name ends, if the circumstances of its duty or those whom it is toward follow."""
    end = _agents(words, 0)
    if not end or _IS["behind-agent"].match(words, end):
        return end
    toward = _IS["toward"].match(words, end)
    return end if toward and _agents(words, toward.start("whom")) == len(words) else 0

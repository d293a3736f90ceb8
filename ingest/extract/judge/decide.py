"""Which candidates are made to do something, and in which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ingest.extract.judge.candidates import Candidate, defined_bodies, find_candidates
from ingest.extract.judge.features import Features
from ingest.extract.judge.lists import units_of
from ingest.extract.judge.stretches import ends_as_body
from ingest.extract.judge.weights import Weights
from ingest.model import Document, Responsibility, Role, Span
from ingest.pattern import book
from ontology.normal import without_space

RULE = "prose.judge"
_GENERIC = book("prose").regex("prose.generic")
_INSTITUTION = book("prose").regex("prose.private")
_PRIVATE = book("prose").compile("(?:{private})$")
_SECOND_ROLE = 30  # the least sum for a role beside the likeliest one


@dataclass(frozen=True, slots=True)
class JudgedDuty:
    """A responsibility and how likely it is right, measured on issuers whose texts were not learned from."""

    fact: Responsibility
    probability: float


def decide(document: Document, annotations: Sequence[Span], weights: Weights) -> list[JudgedDuty]:
    """The responsibilities in a document's prose, in the order of the text."""
    defined = defined_bodies(document)
    found = find_candidates(document, annotations, defined)
    if not found:
        return []
    features, units = Features(document, defined, found), Units(document, defined)
    by_sentence: defaultdict[int, list[tuple[int, Candidate]]] = defaultdict(list)
    for candidate in found:
        score = weights.score(features.of(candidate))
        if score >= weights.threshold:
            by_sentence[candidate.sentence.start].append((score, candidate))
    duties: list[JudgedDuty] = []
    for scored in by_sentence.values():
        told: set[tuple[str, Role]] = set()
        for score, candidate in _apart(scored):
            probability = weights.probability(score)
            listed = units.named(candidate)
            roles = likely_roles(weights.role_scores(features.role_of(candidate))) if listed else []
            for unit, name in listed:
                for role in roles:
                    if (name, role) not in told:
                        told.add((name, role))
                        fact = Responsibility(unit, RULE, role, name, explicit=False)
                        duties.append(JudgedDuty(fact, probability))
    return sorted(duties, key=lambda duty: (duty.fact.span.start, duty.fact.role))


def _apart(scored: list[tuple[int, Candidate]]) -> Iterator[tuple[int, Candidate]]:
    """The likeliest candidates of a sentence that do not overlap."""
    taken: list[Span] = []
    for score, candidate in sorted(scored, key=lambda pair: (-pair[0], pair[1].start, pair[1].end)):
        if not any(start < candidate.end and candidate.start < end for start, end in taken):
            taken.append(Span(candidate.start, candidate.end))
            yield score, candidate


def likely_roles(scores: dict[Role, int]) -> list[Role]:
    """The role with the highest sum, and any other that is likely beside it."""
    best = max(scores.values())
    return [role for role, score in scores.items() if score == best or score > _SECOND_ROLE]


class Units:
    """The bodies that candidates of one document name."""

    def __init__(self, document: Document, defined: Collection[str]) -> None:
        self._document = document
        self._shorts = tuple(defined)
        self._year = document.year

    def named(self, candidate: Candidate) -> list[tuple[Span, str]]:
        """Each unit with its name; bodies named by nothing but their being concerned are left out."""
        text = self._document.text
        found = []
        start, end, behind = candidate.start, candidate.end, candidate.behind
        for unit in units_of(text.folded, start, end, behind, self._year, self._shorts):
            folded = text.folded[unit.start : unit.end]
            if len(folded) < 2 or (_GENERIC.match(folded) and not folded.endswith(self._shorts)):
                continue
            if _INSTITUTION.search(folded) and not folded.endswith(self._shorts):
                continue
            if candidate.way == "of" and _is_concerned(folded):
                continue
            found.append((unit, without_space(text.quote(unit))))
        if len(found) > 1:  # 市水务局、供水单位要…: a list can go on to those who are no public bodies
            found = [(unit, name) for unit, name in found if not _PRIVATE.search(name)] or found
        return found


def _is_concerned(name: str) -> bool:
    """Whether a modifier that is no body is all that a general noun has (评估的部门)."""
    modifier, _, head = name.rpartition("的")
    return bool(modifier and _GENERIC.match(head)) and not ends_as_body(modifier)

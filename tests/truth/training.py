"""How the weights of the judge of prose are made from gold, and measured without the issuer that is judged.

Most gold tells a unit and a line, not the place in the line. Where a line names a body more than once, the
place is first taken by how such a place usually looks, then by the weights that come out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.extract import bracket
from ingest.extract.judge.candidates import Candidate, defined_bodies, find_candidates
from ingest.extract.judge.decide import Units, decide, likely_roles
from ingest.extract.judge.features import Features
from ingest.extract.judge.weights import BIAS, SCALE, Weights
from ingest.model import Document, Role, Span
from tests.truth.invented import ISSUER
from tests.truth.regression import Example, fit
from tests.truth.scoring import Judged, Record, Scorer, Tally, added, tally

_SHRINK, _LEAST = 2.0, 3  # of the duty
_ROLE_SHRINK, _ROLE_LEAST = 0.2, 2
_THRESHOLD = -20
_SMALLEST = 5  # weights below are left out
_ROUNDS = 2
_SLACK = 2  # lines, as in score.py
_BINS = 8
_ANYWHERE = -1  # the offset of a record that tells a line only
_SLIP_ROUNDS = 12
_MOST_COUNTS = 16
_PLACE = re.compile(r"^[一-鿿]{2,3}(?:省|市|自治区)")
Key = tuple[str, str]  # file, unit as the scorer compares it


@dataclass(frozen=True, slots=True)
class Learned:
    """A document with its annotations, as the judge sees it, and whose text it is."""

    document: Document
    annotations: Sequence[Span]
    issuer: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A candidate of a judged region as an example to learn from."""

    candidate: Candidate
    file: str
    issuer: str
    line: int
    keys: tuple[Key, ...]
    duty: list[str]
    role: list[str]


def issuer_group(issuer: str) -> str:
    """Issuers that write alike are left out together: those of one province or city, those of the state."""
    if "国务院" in issuer:
        return "国务院"
    place = _PLACE.match(issuer)
    return place.group() if place else issuer


@dataclass(frozen=True, slots=True)
class Left:
    """Group of texts → counts of its prose; and every candidate's score with whether it is right."""

    tallies: dict[str, Tally]
    scored: list[tuple[int, bool]]


class Lesson:
    """Gold and texts, as rows to learn from."""

    def __init__(
        self,
        score: Scorer,
        documents: Sequence[Learned],
        gold: Iterable[Record],
        regions: Sequence[tuple[str, int, int]],
        stretches: Mapping[str, Span],
    ) -> None:
        self._score = score
        self._regions = regions
        self._stretches = stretches  # file → what was read of it, where lines do not tell
        self.documents = documents
        self.gold = [one for record in gold for one in score.members(record) if self._inside(record)]
        self._pool: defaultdict[Key, list[tuple[int, int, Role]]] = defaultdict(list)
        for record in self.gold:
            if not record["explicit"]:
                key = str(record["file"]), self._key(record)
                line, offset = int(str(record["line"])), int(str(record.get("offset", _ANYWHERE)))
                self._pool[key].append((line, offset, Role(str(record["role"]))))

    def _inside(self, record: Record) -> bool:
        line = int(str(record["line"]))
        return any(record["file"] == file and first <= line <= last for file, first, last in self._regions)

    def _was_read(self, file: str, offset: int) -> bool:
        """Whether a place is not outside the stretch that was read: a line can hold a whole text, twice."""
        stretch = self._stretches.get(file)
        return stretch is None or stretch.start <= offset < stretch.end

    def _key(self, record: Record) -> str:
        return str(self._score.KEYS["resp"](record)[0])

    @cached_property
    def rows(self) -> list[_Row]:
        """Every candidate of the judged regions that names a body which the scorer counts."""
        found: list[_Row] = []
        for learned in self.documents:
            document = learned.document
            defined = defined_bodies(document)
            every = find_candidates(document, learned.annotations, defined)
            features, units = Features(document, defined, every), Units(document, defined)
            for candidate in every:
                listed = units.named(candidate)
                if not listed or not self._was_read(document.text.name, listed[0][0].start):
                    continue
                line = document.text.offsets.line(listed[0][0].start)
                record = {"kind": "resp", "file": document.text.name, "line": line, "explicit": False}
                if not self._inside(record):
                    continue
                named = (
                    (document.text.name, self._key(member))
                    for _, name in listed
                    for member in self._score.members({**record, "unit": name, "role": ""})
                )
                if keys := tuple(named):
                    duty, role = features.of(candidate), features.role_of(candidate)
                    found.append(_Row(candidate, document.text.name, learned.issuer, line, keys, duty, role))
        return found

    def labels(self, scores: Sequence[float]) -> list[frozenset[Role]]:
        """The roles that gold gives to each row; of several places in a line the best one has them."""
        places: defaultdict[Key, list[int]] = defaultdict(list)
        for place, row in enumerate(self.rows):
            for key in row.keys:
                places[key].append(place)
        given: defaultdict[tuple[int, Key], set[Role]] = defaultdict(set)
        for key, records in sorted(self._pool.items()):
            used: set[tuple[int, Role]] = set()
            for line, offset, role in sorted(records):
                best = None
                for place in places[key]:
                    row = self.rows[place]
                    apart = abs(row.line - line)
                    told = offset == _ANYWHERE or row.candidate.start <= offset < row.candidate.behind
                    if apart <= _SLACK and told and (row.candidate.sentence.start, role) not in used:
                        rank = (-apart, scores[place], -place)
                        best = max(best, rank) if best else rank
                if best:
                    used.add((self.rows[-best[2]].candidate.sentence.start, role))
                    given[-best[2], key].add(role)
        result = []
        for place, row in enumerate(self.rows):
            right = [given[place, key] for key in row.keys if (place, key) in given]
            whole = 2 * len(right) >= len(row.keys) and bool(right)
            result.append(frozenset(set().union(*right)) if whole else frozenset())
        return result

    @cached_property
    def answers(self) -> list[frozenset[Role]]:
        """The roles of each row, after the places have been settled."""
        found = self.labels([_likely(row) for row in self.rows])
        for _ in range(_ROUNDS):
            weights = self.weights(found, range(len(found)), [1] * len(found))
            found = self.labels([float(weights.score(row.duty)) for row in self.rows])
        return found

    @cached_property
    def counts(self) -> list[int]:
        """How many rows each row counts as: an invented sentence more than one only while it is told wrongly.

        Invented sentences show what is rare. If all counted more, the judge would take the rare for common.
        """
        counts = [1] * len(self.rows)
        invented = [place for place, row in enumerate(self.rows) if row.issuer == ISSUER]
        for _ in range(_SLIP_ROUNDS):
            weights = self.weights(self.answers, range(len(self.rows)), counts)
            for place in invented:
                if _slips(weights, self.rows[place], self.answers[place]):
                    counts[place] = min(2 * counts[place], _MOST_COUNTS)
        return counts

    def weights(
        self, answers: Sequence[frozenset[Role]], places: Sequence[int], counts: Sequence[int]
    ) -> Weights:
        """Weights from the rows at such places, with the answers and counts of all rows."""
        told = [(self.rows[place], answers[place], counts[place]) for place in places]
        duty = fit(
            [Example(row.duty, bool(roles), count) for row, roles, count in told],
            shrink=_SHRINK,
            least=_LEAST,
            bias=BIAS,
        )
        of_role = {
            role: fit(
                [Example(row.role, role in roles, count) for row, roles, count in told if roles],
                shrink=_ROLE_SHRINK,
                least=_ROLE_LEAST,
                bias=BIAS,
            )
            for role in Role
        }
        return Weights(_THRESHOLD, _whole(duty), {role: _whole(of) for role, of in of_role.items()})

    def without(self, names: Collection[str]) -> Weights:
        """Weights from all texts but those with such names."""
        kept = [place for place, row in enumerate(self.rows) if row.file not in names]
        return self.weights(self.answers, kept, self.counts)

    def left_out(self, group: Callable[[Learned], str]) -> Left:
        """What the prose of each group of texts is worth, judged by weights that have not seen the group."""
        found = Left({}, [])
        groups: defaultdict[str, list[Learned]] = defaultdict(list)
        for learned in self.documents:
            groups[group(learned)].append(learned)
        for name, own in sorted(groups.items()):
            names = {learned.document.text.name for learned in own}
            weights = self.without(names)
            found.scored.extend(
                (weights.score(row.duty), bool(roles))
                for row, roles in zip(self.rows, self.answers, strict=True)
                if row.file in names
            )
            facts = [fact for learned in own for fact in self._facts(learned, weights)]
            result = Judged(*self._score.match([one for one in self.gold if one["file"] in names], facts))
            counts = tally(self._score, result, {})
            found.tallies[name] = added(one for (_, kind), one in counts.items() if kind == "resp/prose")
        return found

    def _facts(self, learned: Learned, weights: Weights) -> list[Record]:
        text = learned.document.text
        records: list[Record] = [
            {
                "kind": "resp",
                "file": text.name,
                "line": text.offsets.line(duty.fact.span.start),
                "role": str(duty.fact.role),
                "unit": duty.fact.unit,
                "explicit": False,
            }
            for duty in decide(learned.document, learned.annotations, weights)
            if self._was_read(text.name, duty.fact.span.start)
        ]
        return [one for record in records for one in self._score.members(record) if self._inside(one)]

    def learned(self) -> tuple[Weights, dict[str, Tally]]:
        """The weights from all gold, with what they are worth on issuers left out."""
        left = self.left_out(issuer_of)
        return replace(self.without(()), calibration=_calibrated(left.scored)), left.tallies


def issuer_of(learned: Learned) -> str:
    """The issuers whose texts are left out together."""
    return learned.issuer


def text_of(learned: Learned) -> str:
    """The text, left out alone; invented sentences are one text."""
    return ISSUER if learned.issuer == ISSUER else learned.document.text.name


def annotated(document: Document, issuer: str) -> Learned:
    """A document as the judge is given it."""
    return Learned(document, [span for span, _ in bracket.annotations_of(document)], issuer)


def _likely(row: _Row) -> float:
    """How much a place looks like that of a duty, before anything has been learned."""
    candidate = row.candidate
    subject = 2 * (candidate.start == candidate.clause) + 3 * (candidate.before == "由")
    return subject + 0.5 * (not candidate.way) + ("M=must" in row.duty or "M=have" in row.duty)


def _slips(weights: Weights, row: _Row, answer: frozenset[Role]) -> bool:
    """Whether a row is told wrongly by such weights."""
    if (weights.score(row.duty) >= weights.threshold) != bool(answer):
        return True
    return bool(answer) and set(likely_roles(weights.role_scores(row.role))) != answer


def _whole(weights: Mapping[str, float]) -> dict[str, int]:
    """Weights as integers; those that hardly count are left out."""
    found = {feature: round(weight * SCALE) for feature, weight in weights.items()}
    return {
        feature: weight for feature, weight in found.items() if feature == BIAS or abs(weight) >= _SMALLEST
    }


def _calibrated(scored: Sequence[tuple[int, bool]]) -> tuple[tuple[int, int], ...]:
    """Scores from the threshold up in bins of equal size, with the share, in thousandths, that was right."""
    above = sorted(pair for pair in scored if pair[0] >= _THRESHOLD)
    size = max(len(above) // _BINS, 1)
    bins = [above[start : start + size] for start in range(0, len(above), size)]
    if len(bins) > 1 and len(bins[-1]) < size:
        bins[-2:] = [bins[-2] + bins[-1]]
    merged: list[list[int]] = []  # lowest score, right, all
    for one in bins:
        merged.append([one[0][0], sum(right for _, right in one), len(one)])
        while len(merged) > 1 and merged[-2][1] * merged[-1][2] >= merged[-1][1] * merged[-2][2]:
            _, right, total = merged.pop()
            merged[-1][1] += right
            merged[-1][2] += total
    return tuple((score, 1000 * right // total) for score, right, total in merged)

"""Facts beside gold: which are right, missed or made up. Matching is that of ``score.py`` beside the gold."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, cast

Record = Mapping[str, object]
Pairs = list[tuple[Record, Record]]


class Scorer(Protocol):
    """What is used of ``score.py``."""

    KEYS: Mapping[str, Callable[[Record], tuple[object, ...]]]
    ATTRIBUTES: Mapping[str, list[str]]

    def members(self, record: Record) -> list[Record]:
        """A record, or one for each member of a list that readers keep whole or not."""

    def same(self, gold: object, found: object, name: str) -> bool:
        """Whether two values of an attribute count as equal."""

    def match(
        self, gold: Iterable[Record], found: Iterable[Record]
    ) -> tuple[Pairs, list[Record], list[Record]]:
        """Pairs of gold and found, what was missed, what was made up."""


def scorer(evaluation: Path) -> Scorer:
    """The module ``score.py`` of the folder with the gold."""
    spec = importlib.util.spec_from_file_location("score", evaluation / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(evaluation / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Scorer", module)


@dataclass(slots=True)
class Tally:
    """How many gold records of a kind there are, how many were found, and how many facts were right."""

    gold: int = 0
    gold_found: int = 0
    facts: int = 0
    facts_right: int = 0
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)
    """attribute → right, of so many matched records"""

    @property
    def precision(self) -> float:
        """Share of the facts that are right."""
        return self.facts_right / self.facts if self.facts else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.gold_found / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Gold and facts of the judged regions, matched."""

    pairs: Pairs
    missed: list[Record]
    made_up: list[Record]


KINDS = ("doc", "resp/explicit", "resp/prose", "target", "deadline", "ref", "iref", "norm")


def kind_of(record: Record) -> str:
    """The kind of a record, responsibilities by whether an annotation or prose states them."""
    if record["kind"] == "resp":
        return "resp/explicit" if record.get("explicit") else "resp/prose"
    return str(record["kind"])


def judged(score: Scorer, gold_folder: Path, facts: Iterable[Record]) -> Judged:
    """Match facts with the gold of a folder, within the regions that its regions.json lists."""
    regions = json.loads((gold_folder / "regions.json").read_text("utf8"))

    def inside(record: Record) -> bool:
        line = int(str(record["line"]))
        return any(record["file"] == file and first <= line <= last for file, first, last in regions)

    def known(records: Iterable[Record]) -> list[Record]:
        return [
            one
            for record in records
            if record["kind"] in score.KEYS
            for one in score.members(record)
            if inside(one)
        ]

    gold = known(read(path for path in sorted(gold_folder.glob("*.jsonl"))))
    return Judged(*score.match(gold, known(facts)))


def read(paths: Iterable[Path]) -> list[Record]:
    """The records of JSON Lines files."""
    return [
        json.loads(line) for path in paths for line in path.read_text("utf8").splitlines() if line.strip()
    ]


def tally(score: Scorer, result: Judged, issuers: Mapping[str, str]) -> dict[tuple[str, str], Tally]:
    """Counts by issuer and kind; a file that has no issuer stands for itself."""
    found: dict[tuple[str, str], Tally] = {}

    def of(record: Record) -> Tally:
        file = str(record["file"])
        return found.setdefault((issuers.get(file, file), kind_of(record)), Tally())

    for gold, fact in result.pairs:
        of(gold).gold += 1
        of(gold).gold_found += 1
        of(fact).facts += 1
        of(fact).facts_right += 1
        for name in score.ATTRIBUTES[str(gold["kind"])]:
            right, total = of(gold).attributes.get(name, (0, 0))
            of(gold).attributes[name] = right + score.same(gold.get(name), fact.get(name), name), total + 1
    for record in result.missed:
        of(record).gold += 1
    for record in result.made_up:
        of(record).facts += 1
    return found


def added(tallies: Iterable[Tally]) -> Tally:
    """Several tallies as one."""
    whole = Tally()
    for one in tallies:
        whole.gold += one.gold
        whole.gold_found += one.gold_found
        whole.facts += one.facts
        whole.facts_right += one.facts_right
        for name, (right, total) in one.attributes.items():
            before, of = whole.attributes.get(name, (0, 0))
            whole.attributes[name] = before + right, of + total
    return whole

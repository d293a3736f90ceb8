"""How right each rule's facts are on gold, for ingest/patterns/confidence.json."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import floor

from ingest.confidence import ENOUGH, Measurement
from tests.truth.scoring import Judged, Tally
from tests.truth.wilson import interval

_DIGITS = 1000


def measure(
    results: Iterable[Judged], versions: Mapping[str, int], elsewhere: Mapping[str, Tally]
) -> dict[str, Measurement]:
    """Count the facts of each rule that were judged and those that are right.

    ``versions`` are those of the rules of today. ``elsewhere`` has the counts of rules that were measured in
    another way: what was learned from gold is counted on texts that it had not seen.
    """
    judged: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for result in results:
        for _, fact in result.pairs:
            right[str(fact.get("rule"))] += 1
        for fact in (*(fact for _, fact in result.pairs), *result.made_up):
            judged[str(fact.get("rule"))] += 1
    for rule, tally in elsewhere.items():
        judged[rule], right[rule] = tally.facts, tally.facts_right
    return {
        rule: measurement(versions[rule], right[rule], judged[rule])
        for rule in sorted(judged)
        if rule in versions
    }


def measurement(version: int, right: int, judged: int) -> Measurement:
    """One rule's measurement; its confidence is rounded down."""
    low = floor(interval(right, judged)[0] * _DIGITS) / _DIGITS if judged >= ENOUGH else None
    return Measurement(version=version, judged=judged, right=right, confidence=low)

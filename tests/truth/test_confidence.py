"""The share of a rule's facts that is right, counted from matched and made-up facts."""

from __future__ import annotations

from ingest.confidence import Measurement
from tests.truth.confidence import measure, measurement
from tests.truth.scoring import Judged, Record, Tally


def fact(rule: str) -> Record:
    return {"kind": "norm", "rule": rule}


def test_facts_are_counted_by_rule_over_all_sets() -> None:
    one = Judged([(fact("gold"), fact("a.b"))] * 8, [fact("missed")], [fact("a.b"), fact("a.c")])
    two = Judged([(fact("gold"), fact("a.b"))] * 3, [], [fact("old.rule")])
    found = measure([one, two], {"a.b": 2, "a.c": 1, "a.d": 1}, {})
    assert found == {
        "a.b": Measurement(version=2, judged=12, right=11, confidence=0.646),
        "a.c": Measurement(version=1, judged=1, right=0),
    }


def test_what_was_learned_is_counted_where_it_was_not_learned_from() -> None:
    seen = Judged([(fact("gold"), fact("a.b"))] * 50, [], [])
    elsewhere = {"a.b": Tally(gold=30, gold_found=20, facts=20, facts_right=10)}
    assert measure([seen], {"a.b": 1}, elsewhere)["a.b"] == measurement(1, 10, 20)


def test_a_confidence_is_the_lower_bound_rounded_down() -> None:
    assert measurement(1, 770, 770).confidence == 0.995  # Wilson's bound is 0.99503
    assert measurement(1, 10, 10).confidence == 0.722
    assert measurement(1, 9, 9).confidence is None

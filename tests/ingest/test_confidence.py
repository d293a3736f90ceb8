"""How sure rules are: read from confidence.json, which must fit the rules as they are."""

from __future__ import annotations

import pytest

from ingest.confidence import ENOUGH, Measurement, dump, measured, measurements, parse
from ingest.errors import PatternError
from ingest.pattern import books

VERSIONS = {pattern.id: pattern.version for book in books() for pattern in book}


def test_every_measurement_is_of_a_rule_as_it_is_now() -> None:
    """Else: python -m tests.truth confidence."""
    stale = [rule for rule, one in measurements().items() if VERSIONS.get(rule) != one.version]
    assert stale == []


def test_some_rules_have_enough_and_some_have_not() -> None:
    counts = {one.judged >= ENOUGH for one in measurements().values()}
    assert counts == {True, False}


def test_another_version_is_not_measured() -> None:
    rule, one = next((rule, one) for rule, one in measurements().items() if one.confidence is not None)
    assert measured(rule, one.version) == one
    assert measured(rule, one.version + 1) == Measurement(version=one.version + 1, judged=0, right=0)
    assert measured("no.rule", 1) == Measurement(version=1, judged=0, right=0)


def test_what_is_written_is_read_again() -> None:
    assert parse(dump(measurements()), "confidence.json") == measurements()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"version": 1, "judged": 9, "right": 9, "confidence": 0.7}', "at least 10"),
        ('{"version": 1, "judged": 10, "right": 9}', "at least 10"),
        ('{"version": 1, "judged": 1, "right": 2}', "more facts are right"),
        ('{"version": 0, "judged": 1, "right": 1}', ">= 1"),
        ('{"version": 1, "judged": 10, "right": 9, "confidense": 0.5}', "unknown field"),
        ("[]", "Expected `object`"),
    ],
)
def test_what_cannot_be_is_refused(line: str, reason: str) -> None:
    with pytest.raises(PatternError, match=reason):
        parse(f'{{"a.rule": {line}}}', "confidence.json")


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(PatternError, match="truncated"):
        parse("{", "confidence.json")

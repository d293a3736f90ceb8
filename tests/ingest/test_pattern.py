"""Every pattern matches its examples and none of its counterexamples; a bad file says where it is bad."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import ingest
from ingest.errors import PatternError
from ingest.pattern import Pattern, book, books, expand, parse
from ingest.read import fold

EVERY = [pattern for each in books() for pattern in each]
FOR = [(pattern, example) for pattern in EVERY for example in pattern.examples]
AGAINST = [(pattern, example) for pattern in EVERY for example in pattern.counterexamples]

GOOD = """
kind: deadline
parts:
  number: '[0-9]+'
  days: '{number}日'
  unit: [日, 个月, '(年)']
patterns:
  - id: deadline.within
    version: 3
    note: |
      Within some days.
    regex: '{days}内'
    confidence: 0.5
    attributes: {kind: within, rank: 7}
    for: ['10日内', 7日内]
    against: [10日]
  - id: deadline.plain
    note: Nothing but what is needed.
    regex: '{unit}'
    for: [日]
"""


@pytest.mark.parametrize(("pattern", "example"), FOR, ids=[pattern.id for pattern, _ in FOR])
def test_an_example_is_matched(pattern: Pattern, example: str) -> None:
    assert pattern.regex.search(fold(example))


@pytest.mark.parametrize(("pattern", "example"), AGAINST, ids=[pattern.id for pattern, _ in AGAINST])
def test_a_counterexample_is_not_matched(pattern: Pattern, example: str) -> None:
    assert pattern.regex.search(fold(example)) is None


def test_ids_are_unique_over_all_books() -> None:
    assert [rule for rule, count in Counter(pattern.id for pattern in EVERY).items() if count > 1] == []


@pytest.mark.parametrize("pattern", EVERY, ids=[pattern.id for pattern in EVERY])
def test_a_pattern_says_what_it_is_for(pattern: Pattern) -> None:
    assert pattern.note
    assert pattern.examples
    assert pattern.version >= 1
    assert 0 < pattern.confidence <= 1


def test_every_file_of_the_folder_is_a_book() -> None:
    folder = Path(ingest.__file__).parent / "patterns"
    assert books() == tuple(book(path.stem) for path in sorted(folder.glob("*.yaml")))
    assert [each.kind for each in books()][-1] == "titles"


def test_a_file_is_read_into_a_book() -> None:
    read = parse(GOOD, "good.yaml")
    within, plain = read
    assert read.kind == "deadline"
    assert within.id == "deadline.within"
    assert within.version == 3
    assert within.note == "Within some days."
    assert within.regex.pattern == "(?:(?:[0-9]+)日)内"
    assert within.confidence == 0.5
    assert within.attributes == {"kind": "within", "rank": "7"}
    assert within.examples == ("10日内", "7日内")
    assert within.counterexamples == ("10日",)
    assert (plain.version, plain.confidence, plain.attributes, plain.counterexamples) == (1, 0.9, {}, ())


def test_a_list_is_a_part_whose_words_mean_themselves() -> None:
    unit = parse(GOOD, "good.yaml").regex("deadline.plain")
    assert [unit.fullmatch(word) is not None for word in ("日", "个月", "(年)", "年")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_part_stays_whole_where_it_is_put_in() -> None:
    assert expand("甲{ab}乙", {"ab": "子|丑"}, "x") == "甲(?:子|丑)乙"
    compiled = parse(GOOD, "good.yaml").compile("^{days}$")
    assert compiled.match("15日") is not None
    assert compiled.match("15日内") is None


def test_braces_that_count_are_no_parts() -> None:
    assert expand(r"\d{2,4}[一-鿿]{3}", {}, "x") == r"\d{2,4}[一-鿿]{3}"


def test_a_pattern_is_asked_for_by_its_id() -> None:
    read = parse(GOOD, "good.yaml")
    assert read["deadline.plain"].id == "deadline.plain"
    with pytest.raises(PatternError, match=r"deadline: no pattern 'deadline\.none'"):
        read["deadline.none"]


ENTRY = "  - {{id: x.one, note: n, regex: '{regex}', for: [a]}}\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("- id: x.one", ["bad.yaml", "mapping"]),
        ("just words", ["bad.yaml", "mapping"]),
        ("", ["bad.yaml", "mapping"]),
        ("kind: [unclosed", ["bad.yaml", "line 1"]),
        ("patterns:\n" + ENTRY.format(regex="{nowhere}"), ["bad.yaml", "x.one", "unknown part {nowhere}"]),
        ("patterns:\n" + ENTRY.format(regex="(unclosed"), ["bad.yaml", "x.one", "position 0"]),
        ("patterns:\n" + ENTRY.format(regex="a") * 2, ["bad.yaml", "x.one", "twice"]),
        ("patterns:\n  - {id: x.one, regex: a, for: [a]}", ["bad.yaml", "x.one", "note"]),
        ("patterns:\n  - {id: x.one, note: n, for: [a]}", ["bad.yaml", "x.one", "regex"]),
        ("patterns:\n  - {id: x.one, note: n, regex: a}", ["bad.yaml", "x.one", "for"]),
        ("patterns:\n  - {note: n, regex: a-z, for: [a]}", ["bad.yaml", "a-z", "id"]),
        ("patterns:\n  - only words", ["bad.yaml", "only words"]),
        ("parts: {later: '{early}', early: a}", ["bad.yaml", "later", "unknown part {early}"]),
        (
            "patterns:\n  - {id: x.one, note: n, regex: a, for: [a], confidence: sure}",
            ["bad.yaml", "x.one", "sure"],
        ),
        ("patterns: {id: x.one}", ["bad.yaml", "id"]),
        ("parts: [a, b]", ["bad.yaml", "parts"]),
    ],
    ids=[
        "a list",
        "a word",
        "nothing",
        "no YAML",
        "unknown part",
        "no regular expression",
        "one id twice",
        "no note",
        "no regex",
        "no examples",
        "no id",
        "an entry that is no mapping",
        "a part used before it is defined",
        "a confidence that is no number",
        "patterns that are no list",
        "parts that are no mapping",
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_entry(source: str, said: list[str]) -> None:
    with pytest.raises(PatternError) as refused:
        parse(source, "bad.yaml")
    assert [word for word in said if word not in str(refused.value)] == []

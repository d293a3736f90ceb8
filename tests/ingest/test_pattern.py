"""Every pattern matches its examples and none of its counterexamples; a bad file says where it is bad."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import ingest
from ingest.errors import PatternError
from ingest.folding import fold
from ingest.pattern import Pattern, PatternBook, book, books, first_of, parse
from ingest.pattern_file import STRUCTURES, Attributes, DeadlineAttributes, EntryMaybeWith, PatternFile
from tests.for_each import for_each

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
    attributes: {kind: within, norm: duration}
    for: ['10日内', 7日内]
    against: [10日]
  - id: deadline.plain
    note: Nothing but what is needed.
    regex: '{unit}'
    for: [日]
"""


def case_name(case: tuple[Pattern[object], str]) -> str:
    return f"{case[0].id} on {case[1]}"


@for_each(FOR, case_name)
def test_an_example_is_matched(case: tuple[Pattern[object], str]) -> None:
    pattern, example = case
    assert pattern.regex.search(fold(example))


@for_each(AGAINST, case_name)
def test_a_counterexample_is_not_matched(case: tuple[Pattern[object], str]) -> None:
    pattern, example = case
    assert pattern.regex.search(fold(example)) is None


def test_ids_are_unique_over_all_books() -> None:
    assert [rule for rule, count in Counter(pattern.id for pattern in EVERY).items() if count > 1] == []


@for_each(EVERY, lambda pattern: pattern.id)
def test_a_pattern_says_what_it_is_for(pattern: Pattern[object]) -> None:
    assert pattern.note
    assert pattern.examples
    assert pattern.version >= 1


@for_each(EVERY, lambda pattern: pattern.id)
def test_examples_are_checked(pattern: Pattern[object]) -> None:
    pattern.check()


def test_every_pattern_is_used() -> None:
    """By its attributes, by another pattern, or by its name in a module, whole or without the book's."""
    code = "".join(path.read_text("utf8") for path in Path(ingest.__file__).parent.rglob("*.py"))
    attributes = [each.attributes for each in EVERY if isinstance(each.attributes, Attributes)]
    named = {other for each in attributes for _, other in each.references()}
    unused = [
        pattern.id
        for pattern in EVERY
        if (pattern.attributes is None or getattr(pattern.attributes, "kind", "") == "context")
        and pattern.id not in named
        and not any(f'"{name}"' in code for name in (pattern.id, pattern.id.partition(".")[2]))
    ]
    assert unused == []


def test_every_file_of_the_folder_is_a_book() -> None:
    folder = Path(ingest.__file__).parent / "patterns"
    assert books() == tuple(book(path.stem) for path in sorted(folder.glob("*.yaml")))
    assert [each.kind for each in books()][-1] == "titles"


def read(yaml: str) -> PatternBook:
    return parse(yaml, "some.yaml", PatternFile[EntryMaybeWith[DeadlineAttributes]])


def test_a_file_is_read_into_a_book() -> None:
    found = read(GOOD)
    within, plain = found
    assert found.kind == "deadline"
    assert within.id == "deadline.within"
    assert within.version == 3
    assert within.note == "Within some days."
    assert within.expression == within.regex.pattern == "(?:(?:[0-9]+)日)内"
    assert within.attributes == DeadlineAttributes(kind="within", norm="duration")
    assert within.examples == ("10日内", "7日内")
    assert within.counterexamples == ("10日",)
    assert (plain.version, plain.attributes, plain.counterexamples) == (1, None, ())
    assert found.having(DeadlineAttributes) == (within,)
    assert found.having_id("deadline.within", DeadlineAttributes) is within


def test_a_list_is_a_part_whose_words_mean_themselves() -> None:
    unit = read(GOOD).regex("deadline.plain")
    assert [unit.fullmatch(word) is not None for word in ("日", "个月", "(年)", "年")] == [
        True,
        True,
        True,
        False,
    ]


def test_a_part_stays_whole_where_it_is_put_in() -> None:
    assert read("kind: x\nparts: {ab: 子|丑}").compile("甲{ab}乙").pattern == "甲(?:子|丑)乙"
    compiled = read(GOOD).compile("^{days}$")
    assert compiled.match("15日") is not None
    assert compiled.match("15日内") is None


def test_braces_that_count_are_no_parts() -> None:
    assert read("kind: x").compile(r"\d{2,4}[一-鿿]{3}").pattern == r"\d{2,4}[一-鿿]{3}"


def test_a_pattern_is_asked_for_by_its_id() -> None:
    found = read(GOOD)
    assert found["deadline.plain"].id == "deadline.plain"
    with pytest.raises(PatternError, match=r"^some\.yaml:8: no pattern 'deadline\.none'$"):
        found["deadline.none"]
    with pytest.raises(PatternError, match=r"no pattern 'deadline\.plain' with DeadlineAttributes"):
        found.having_id("deadline.plain", DeadlineAttributes)


def test_an_expression_of_the_program_uses_parts_that_there_are() -> None:
    with pytest.raises(PatternError, match=r"^some\.yaml:4: unknown part \{nowhere\}$"):
        read(GOOD).compile("{nowhere}")


ONE = """kind: x
patterns:
  - id: x.one
    note: n
    regex: a
    for: [a]
"""
TWO = ONE + ONE[ONE.index("  - id") :].replace("one", "two").replace("regex: a", "regex: '(?P<b>b)|a'")


def with_attributes(words: str) -> str:
    return f"{ONE}    attributes: {{{words}}}\n"


def test_the_first_of_some_patterns_that_matches_is_told() -> None:
    either = first_of(read(TWO).patterns)
    assert [match.lastgroup for match in either.finditer("ab")] == ["r0", "r1"]
    with pytest.raises(PatternError, match=r"^some\.yaml:5: x\.one: "):
        first_of(read(TWO.replace("regex: a", "regex: a)", 1)).patterns)


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        pytest.param("- id: x.one", 1, "`object`", id="a list"),
        pytest.param("just words", 1, "`object`", id="a word"),
        pytest.param("", 1, "nothing", id="nothing"),
        pytest.param("kind: x\nparts: a: b", 2, "not YAML", id="no YAML"),
        pytest.param("patterns: []", 1, "`kind`", id="no kind"),
        pytest.param(ONE.replace(": a\n", ": '{no}'\n"), 5, "x.one: unknown part {no}", id="no such part"),
        pytest.param(TWO.replace("two", "one"), 7, "x.one stands twice", id="one id twice"),
        pytest.param(ONE.replace("    note: n\n", ""), 3, "`note`", id="no note"),
        pytest.param(ONE.replace("    regex: a\n", ""), 3, "`regex`", id="no regex"),
        pytest.param(ONE.replace("    for: [a]\n", ""), 3, "`for`", id="no examples"),
        pytest.param(ONE.replace("[a]", "[]"), 6, "length >= 1", id="an empty list of examples"),
        pytest.param(ONE.replace("id: x.one\n    ", ""), 3, "`id`", id="no id"),
        pytest.param(ONE.replace("x.one", "One"), 3, "regex", id="an id of another form"),
        pytest.param("kind: x\npatterns:\n  - words", 3, "`object`", id="an entry that is no mapping"),
        pytest.param("kind: x\nparts:\n  b: '{a}'\n  a: a", 3, "unknown part {a}", id="a part too early"),
        pytest.param("kind: x\nparts:\n  Big: a", 3, "regex", id="a part's name of another form"),
        pytest.param(ONE + "    confidence: 0.9", 7, "unknown field `confidence`", id="a confidence by hand"),
        pytest.param(ONE + "    confidense: 0.5", 7, "`confidense`", id="an unknown key"),
        pytest.param(ONE + "    note: again", 7, "twice", id="a doubled key"),
        pytest.param(ONE.replace("[a]", "[2020]"), 6, "`str`", id="an example that is a number"),
        pytest.param("kind: x\npatterns: {id: x.one}", 2, "`array`", id="patterns that are no list"),
        pytest.param("kind: x\nparts: [a, b]", 2, "`object`", id="parts that are no mapping"),
        pytest.param(with_attributes("kind: within, nrom: x"), 7, "`nrom`", id="an unknown attribute"),
        pytest.param(with_attributes("kind: soon, norm: moment"), 7, "'soon'", id="an unknown kind"),
        pytest.param(with_attributes("kind: within"), 7, "has a norm", id="a deadline without a norm"),
        pytest.param(with_attributes("kind: none, norm: start"), 7, "has none", id="a norm of no deadline"),
        pytest.param(with_attributes("kind: context, left: x.one"), 7, "its own", id="a context's context"),
        pytest.param(with_attributes("kind: by, norm: every"), 7, "go together", id="every what"),
        pytest.param(
            with_attributes("kind: by, norm: moment, unless: x.two"),
            7,
            "x.one: no pattern 'x.two'",
            id="no such context",
        ),
    ],
)
def test_a_bad_file_is_refused_with_its_name_and_line(source: str, line: int, words: str) -> None:
    with pytest.raises(PatternError) as refused:
        read(source)
    assert words in refused.value.reason
    assert (refused.value.file, refused.value.line) == ("some.yaml", line)


def test_a_bad_expression_is_refused_when_it_is_first_used() -> None:
    with pytest.raises(PatternError, match=r"^some\.yaml:5: x\.one: .*position 0$"):
        read(ONE.replace("regex: a", "regex: (unclosed")).regex("x.one")


def test_an_example_that_does_not_match_is_refused() -> None:
    with pytest.raises(PatternError, match=r"^some\.yaml:7: x\.one: 'b' is not matched$"):
        read(ONE.replace("[a]", "\n      [b]"))["x.one"].check()


def test_a_counterexample_that_matches_is_refused() -> None:
    with pytest.raises(PatternError, match=r"^some\.yaml:9: x\.one: 'ab' is matched$"):
        read(ONE + "    against:\n    - b\n    - ab")["x.one"].check()


def test_attributes_stand_only_where_a_file_has_them() -> None:
    with pytest.raises(PatternError, match=r"^prose\.yaml:7: .*`attributes`$"):
        parse(with_attributes("kind: context"), "prose.yaml", STRUCTURES["prose"])
    with pytest.raises(PatternError, match=r"^deadline\.yaml:3: .*`attributes`$"):
        parse(ONE, "deadline.yaml", STRUCTURES["deadline"])


def test_a_target_rule_names_a_pattern_that_there_is() -> None:
    rule = with_attributes("kind: take, in: lead, with: x.two")
    with pytest.raises(PatternError, match=r"^target\.yaml:7: x\.one: no pattern 'x\.two'$"):
        parse(rule, "target.yaml", STRUCTURES["target"])
    with pytest.raises(PatternError, match=r"^target\.yaml:7: .*'guess'"):
        parse(with_attributes("kind: guess"), "target.yaml", STRUCTURES["target"])

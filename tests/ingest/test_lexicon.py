"""The lexicon: words that several steps know, each once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import chain, combinations
from pathlib import Path

import pytest
import yaml

import ingest
from ingest.errors import PatternError
from ingest.lexicon import lexicon, parse
from ingest.pattern import parse as parse_book
from ingest.pattern_file import PatternEntry, PatternFile

TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\((?:\?(?:[:>=!]|<[=!]|P<\w+>))?|.", re.DOTALL)
CHINESE = re.compile("[一-鿿]+")
MOST_SHARED = 15
HEAD = "about: Something.\nsource: GB/T 9704-2012\n"
DATES = HEAD + "words: {unit: [日, 个月]}\nexpressions:\n  number: '[0-9]+'\n  days: '{number}{unit}'\n"


def test_every_entry_is_an_expression() -> None:
    for expression in lexicon().expressions.values():
        re.compile(expression)


def test_every_entry_is_used() -> None:
    files = Path(ingest.__file__).parent.rglob("*.*")
    texts = [file.read_text("utf8") for file in files if file.suffix in (".py", ".yaml")]
    known = lexicon()
    unused = [
        name
        for name in (*known.expressions, *known.values)
        if not any(form in text for text in texts for form in (f"{{{name}}}", f'"{name}"'))
    ]
    assert unused == []


def test_words_and_expressions_are_read() -> None:
    found = parse({"dates.yaml": DATES})
    assert found.words == {"unit": ("日", "个月")}
    assert found.expressions == {"unit": "个月|日", "number": "[0-9]+", "days": "(?:[0-9]+)(?:个月|日)"}


def test_a_list_takes_in_another() -> None:
    found = parse({"a.yaml": HEAD + "words:\n  short: [日]\n  any: ['{short}', 年度, 月]"})
    assert found.words["any"] == ("日", "年度", "月")
    assert found.expressions["any"] == "年度|日|月"


@pytest.mark.parametrize(
    ("files", "line", "reason"),
    [
        ({"a.yaml": HEAD + "words: {unit: [日, 日]}"}, 3, "日 stands twice"),
        ({"a.yaml": HEAD + "words: {unit: []}"}, 3, "length >= 1"),
        ({"a.yaml": HEAD + "wrods: {}"}, 3, "unknown field `wrods`"),
        ({"a.yaml": "about: Something."}, 1, "required field `source`"),
        ({"a.yaml": HEAD + "expressions:\n  days: '{number}日'"}, 4, "unknown part {number}"),
        ({"a.yaml": HEAD + "words:\n  any: ['{short}']\n  short: [日]"}, 4, "any: unknown part {short}"),
        ({"a.yaml": DATES, "b.yaml": HEAD + "words:\n  number: [一]"}, 4, "number stands in a.yaml too"),
    ],
)
def test_what_cannot_stand_there_is_said_with_file_and_line(
    files: Mapping[str, str], line: int, reason: str
) -> None:
    with pytest.raises(PatternError) as raised:
        parse(files)
    assert (raised.value.file, raised.value.line) == (list(files)[-1], line)
    assert reason in raised.value.reason


def test_a_pattern_file_uses_it_and_does_not_repeat_it() -> None:
    book = parse_book(
        "kind: day\npatterns:\n- {id: a.b, note: A year., regex: '{year}年', for: [2024年]}\n",
        "day.yaml",
        PatternFile[PatternEntry],
    )
    book["a.b"].check()
    with pytest.raises(PatternError, match="part year stands in the lexicon"):
        parse_book("kind: day\nparts:\n  year: x\n", "day.yaml", PatternFile[PatternEntry])


def choices(expression: str) -> Iterator[list[str]]:
    """The alternatives of every group of an expression, and of the whole."""
    open_groups: list[list[str]] = [[""]]
    for token in TOKEN.findall(expression):
        if token.startswith("("):
            open_groups.append([""])
        elif token == ")":
            closed = open_groups.pop()
            yield closed
            open_groups[-1][-1] += "()"
        elif token == "|":
            open_groups[-1].append("")
        else:
            open_groups[-1][-1] += token
    yield open_groups[0]


def spelled(file: Traversable) -> Iterator[frozenset[str]]:
    """The words of each list and of each alternation of a pattern file, as far as they are spelled there."""
    content = yaml.safe_load(file.read_text("utf8"))
    for written in [*content.get("parts", {}).values(), *(rule["regex"] for rule in content["patterns"])]:
        for choice in [written] if isinstance(written, list) else choices(written):
            yield frozenset(word for word in choice if CHINESE.fullmatch(word))


def pattern_files() -> list[Traversable]:
    folder = resources.files("ingest") / "patterns"
    return sorted(
        (file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda each: each.name
    )


def test_the_alternatives_of_an_expression_are_found() -> None:
    assert [*choices(r"^(?:市|[省县](?!a|b))\(x|y$")] == [["a", "b"], ["市", "[省县]()"], [r"^()\(x", "y$"]]


def test_no_two_pattern_files_spell_the_same_words() -> None:
    """What two files know belongs into the lexicon: the same alternation of four words or more, and most of a
    longer one.
    """
    lists = [
        (file.name, words) for file in pattern_files() for words in set(spelled(file)) if len(words) >= 4
    ]
    assert [
        (one, other, sorted(mine & theirs))
        for (one, mine), (other, theirs) in combinations(lists, 2)
        if one != other and (mine == theirs or len(mine & theirs) > MOST_SHARED)
    ] == []


def test_no_list_spells_a_word_that_it_takes_in() -> None:
    """``[{rule_kind}, 办法]`` would say 办法 twice."""
    folder = resources.files("ingest") / "lexicon"
    lexicon_files = [file for file in folder.iterdir() if file.name.endswith(".yaml")]
    for file in (*pattern_files(), *lexicon_files):
        content = yaml.safe_load(file.read_text("utf8"))
        lists = {**content.get("parts", {}), **content.get("words", {})}
        for name, words in lists.items():
            if isinstance(words, list):
                taken = [lexicon().words[word[1:-1]] for word in words if word.startswith("{")]
                assert (file.name, name, set(words) & set(chain(*taken))) == (file.name, name, set())

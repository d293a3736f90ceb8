"""Files that people write: what cannot stand in one is said with file and line."""

from __future__ import annotations

from typing import Annotated

import msgspec
import pytest

from ontology.errors import FileFormatError
from ontology.written_files import find_line, read_yaml


class Part(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    confidence: float = 0.9


class Book(msgspec.Struct, forbid_unknown_fields=True):
    parts: list[Part]
    named: dict[Annotated[str, msgspec.Meta(pattern="^[a-z]+$")], list[Part]] = {}


GOOD = "parts:\n- name: a\n- name: b\n  confidence: 0.5\n"
NAMED = GOOD + "named:\n  one: [{name: b}]\n  two: [{name: c}]\n"


def test_a_good_file_is_read() -> None:
    assert read_yaml(GOOD, "book.yaml", Book) == Book([Part("a"), Part("b", 0.5)])


@pytest.mark.parametrize(
    ("source", "line", "words"),
    [
        (GOOD.replace("confidence", "confidense"), 4, "unknown field `confidense`"),
        (GOOD.replace("0.5", "high"), 4, "Expected `float`"),
        (GOOD.replace("name: b", "note: b"), 3, "unknown field `note`"),
        ("parts:\n- confidence: 1.0\n", 2, "required field `name`"),
        (GOOD + "  confidence: 0.6\n", 5, "confidence stands twice"),
        ("parts: [\n", 2, "not YAML"),
        ("parts: a\n", 1, "Expected `array`"),
        ("", 1, "nothing is in it"),
        ("[parts]: a\n", 1, "a key must be a word"),
        (NAMED.replace("name: c", "name: 3"), 7, "Expected `str`, got `int`"),
        (NAMED.replace("name: c", "note: c"), 7, "unknown field `note`"),
        (NAMED.replace("two", "Two"), 7, "matching regex"),
    ],
)
def test_what_cannot_stand_is_said_with_its_line(source: str, line: int, words: str) -> None:
    with pytest.raises(FileFormatError) as raised:
        read_yaml(source, "book.yaml", Book, first_line=1)
    assert (raised.value.file, raised.value.line) == ("book.yaml", line)
    assert words in str(raised.value)


def test_lines_count_from_where_the_source_stands_in_its_file() -> None:
    with pytest.raises(FileFormatError, match=r"^agency\.rq:13: "):
        read_yaml(GOOD.replace("confidence", "confidense"), "agency.rq", Book, first_line=10)


def test_a_place_in_a_file_has_a_line() -> None:
    assert find_line(NAMED, ["named", "two"]) == 7
    assert find_line(NAMED, ["named", "two", 0, "name"], first_line=10) == 16
    assert find_line(NAMED, ["parts", 1, "none"]) == 3
    assert find_line("", ["parts"], first_line=3) == 3

"""Files that people write: what cannot stand in one is said with file and line."""

from __future__ import annotations

import msgspec
import pytest

from ontology.errors import FileFormatError
from ontology.written_files import read_yaml


class Part(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    confidence: float = 0.9


class Book(msgspec.Struct, forbid_unknown_fields=True):
    parts: list[Part]


GOOD = "parts:\n- name: a\n- name: b\n  confidence: 0.5\n"


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

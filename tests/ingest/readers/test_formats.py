"""One and the same circular in every format: the same text and facts, chosen by content."""

from __future__ import annotations

import pytest

from ingest.extract import extract
from ingest.model import Text
from ingest.pipeline import documents
from ingest.quoted_facts import TextFactRecord, quoted_facts
from ingest.read import read_bytes
from ingest.readers import choose
from tests.conftest import SAMPLES
from tests.ingest.readers.made import CIRCULAR, MAKERS, as_page, as_word

PLACES = {"file", "line", "start", "end"}


def facts(text: Text) -> list[TextFactRecord]:
    found = quoted_facts(text, ((document, extract(document)) for document in documents(text)))
    return [{name: value for name, value in fact.to_dict().items() if name not in PLACES} for fact in found]


@pytest.mark.parametrize("ending", MAKERS)
@pytest.mark.parametrize("named", [True, False])
def test_the_facts_are_the_same_whatever_the_format_and_name(ending: str, named: bool) -> None:
    data = MAKERS[ending](CIRCULAR)
    text = read_bytes(data, f"circular.{ending}" if named else "circular")
    assert text.text == read_bytes(CIRCULAR.encode(), "circular.txt").text
    assert facts(text) == facts(read_bytes(CIRCULAR.encode(), "circular.txt"))


@pytest.mark.slow
@pytest.mark.parametrize("maker", [as_page, as_word])
def test_the_facts_of_the_samples_are_the_same_as_page_and_word_file(maker: object) -> None:
    assert callable(maker)
    same = total = 0
    for path in sorted(SAMPLES.glob("*.txt")):
        plain = read_bytes(path.read_bytes(), path.name)
        lines = "\n".join(plain.text[p.start : p.end] for p in plain.paragraphs)
        expected, found = facts(plain), facts(read_bytes(maker(lines), path.name))
        total += len(expected)
        same += sum(fact in found for fact in expected)
    assert same >= 0.99 * total


def test_what_nobody_claims_is_tried_as_text() -> None:
    assert {".txt", ".md"} == choose(b"\x89PNG", "a.png").MEDIA_TYPES.keys()

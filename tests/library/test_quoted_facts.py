"""The facts of a text: each opens its characters, and its record is that of the store."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

import gongbao
from ingest.pipeline import documents
from ingest.quoted_facts import QuotedFact
from queries.facts import KINDS
from tests.conftest import SAMPLES, circular

FILES = sorted(path.name for path in SAMPLES.iterdir() if path.name[0].isdigit())
ONLY_IN_A_STORE = {
    *("iri", "place", "task", "cited", "holder", "resolved_by", "issuers_canonical"),
    *("agency", "agency_now", "agency_kind", "agency_form"),
}


@pytest.fixture(scope="module")
def facts() -> dict[str, tuple[QuotedFact, ...]]:
    return {name: gongbao.extract(gongbao.read(SAMPLES / name)) for name in FILES}


def test_every_fact_opens_its_characters(facts: dict[str, tuple[QuotedFact, ...]]) -> None:
    for name, found in facts.items():
        for fact in found:
            assert fact.text.name == name
            assert fact.text.text[fact.start : fact.end] == fact.quote
            assert fact.line == fact.text.offsets.line(fact.start) >= 1
    assert {fact.kind for found in facts.values() for fact in found} == set(KINDS)


def test_facts_stand_in_the_order_of_the_text(facts: dict[str, tuple[QuotedFact, ...]]) -> None:
    for found in facts.values():
        assert [fact.start for fact in found] == sorted(fact.start for fact in found)
        assert found[0].kind == "doc"


def _without(records: Iterator[dict[str, object]], names: set[str]) -> set[str]:
    return {
        json.dumps({name: value for name, value in record.items() if name not in names}, ensure_ascii=False)
        for record in records
    }


def test_a_record_is_the_line_of_the_store_as_far_as_a_text_tells(
    facts: dict[str, tuple[QuotedFact, ...]], samples_facts: str
) -> None:
    in_store = _without(map(json.loads, samples_facts.splitlines()), ONLY_IN_A_STORE)
    extracted = _without((dict(fact.to_dict()) for found in facts.values() for fact in found), {"quote"})
    assert extracted == in_store  # the order of the fields too


def test_a_record_has_the_quote_unless_it_is_a_whole_document(
    facts: dict[str, tuple[QuotedFact, ...]],
) -> None:
    for found in facts.values():
        for fact in found:
            assert fact.to_dict().get("quote") == (None if fact.kind == "doc" else fact.quote)


def test_reprs_are_short(facts: dict[str, tuple[QuotedFact, ...]]) -> None:
    fact = next(fact for fact in facts["04-business-environment-2022.md"] if fact.kind == "resp")
    assert repr(fact) == "<resp '市市场监管局' 04-business-environment-2022.md:19>"
    assert max(len(repr(fact)) for found in facts.values() for fact in found) < 100

    text = facts["04-business-environment-2022.md"][0].text
    assert repr(text) == "<text 04-business-environment-2022.md: 1657 characters, 31 paragraphs>"
    (document,) = documents(text)
    place = "云州市持续优化营商环境若干措施 in 04-business-environment-2022.md"
    assert repr(document) == f"<document {place}: 23 clauses, 68 sentences>"


def test_a_string_is_a_circular_in_its_own_words() -> None:
    found = gongbao.extract(circular())
    assert found[0].to_dict()["number"] == "青档发〔2030〕1号"
    (target,) = (fact for fact in found if fact.kind == "target")
    assert (target.line, target.text.name) == (9, "text")
    assert target.quote in circular()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "text: the file is empty"),
        ("第一行\n\0", "text:2: a NUL byte"),
        ("好\ud800", "text:1: not UTF-8"),
    ],
)
def test_a_string_that_is_no_text_is_an_input_error(text: str, message: str) -> None:
    with pytest.raises(gongbao.InputError) as raised:
        gongbao.extract(text)
    assert str(raised.value).startswith(message)
    assert isinstance(raised.value, gongbao.GongbaoError)

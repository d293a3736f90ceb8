"""Which mentions name the same document, and what is known of it."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from ingest.model import Relation
from ingest.resolve.citations import (
    CitationResolver,
    Citations,
    CitedDocument,
    CitingDocument,
    DocumentHead,
    canonical_title,
)
from ingest.resolve.identity import parse_number
from ontology.iris import Iris
from tests.cases import Case, cases, name
from tests.for_each import for_each

TITLES = cases("title")


def _organ(code: str) -> str | None:
    return {"国发": "national", "国务院": "national", "宁政发": "provincial", "云政发": "prefectural"}.get(
        code
    )


def _area(title: str) -> str | None:
    return {"宁江省": "provincial", "云州市": "prefectural"}.get(title[:3])


def _head(data: dict[str, Any]) -> DocumentHead:
    return DocumentHead(
        iri=data["iri"],
        title=data.get("title"),
        circular_title=data.get("circular"),
        number=data.get("number"),
        issuers=tuple(data.get("issuers", ())),
        date=str(data["date"]) if "date" in data else None,
        file="case.txt",
        earlier=tuple(data.get("earlier", ())),
    )


def _citations(case: Case, *, backwards: bool = False) -> Citations:
    heads = [_head(head) for head in case.get("heads", ())]
    cited = [(title, number) for title, number in case["cited"]]
    if backwards:
        heads, cited = heads[::-1], cited[::-1] * 2
    return Citations(heads, cited, organ_of=_organ, area_of=_area)


def _within(citations: Citations, ask: dict[str, Any]) -> CitationResolver:
    by = ask.get("by", {})
    return citations.resolver(
        CitingDocument(
            own=frozenset(by.get("own", ())),
            on=str(by["until"]) if "until" in by else None,
            beside=tuple((title, number) for title, number in by.get("beside", ())),
            scope=by.get("scope", ""),
        )
    )


def _answer(citations: Citations, ask: dict[str, Any]) -> CitedDocument:
    relation = Relation(ask.get("relation", "cites"))
    return _within(citations, ask).resolve(ask.get("title"), ask.get("number"), relation)


@for_each([case for case in TITLES if "same" in case], name)
def test_titles_of_one_document(case: Case) -> None:
    assert {canonical_title(title) for title in case["same"]} == {canonical_title(case["same"][0])}


@for_each([case for case in TITLES if "apart" in case], name)
def test_titles_of_different_documents(case: Case) -> None:
    keys = [canonical_title(title) for title in case["apart"]]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
@for_each(cases("citation"), name)
def test_mentions_lead_to_documents(case: Case, backwards: bool) -> None:
    citations = _citations(case, backwards=backwards)
    nodes: dict[str, str] = {}
    for ask in case["ask"]:
        found = _answer(citations, ask)
        if "iri" in ask:
            assert (found.iri, found.in_corpus) == (ask["iri"], True), ask
        else:
            assert nodes.setdefault(ask["as"], found.iri) == found.iri, ask
            assert not found.in_corpus, ask
    assert len(set(nodes.values())) == len(nodes), nodes


def test_the_order_of_what_is_known_makes_no_difference() -> None:
    cited = [
        ("关于印发〈云州市夜市规划〉的通知", "云政发〔2021〕9号"),
        ("云州市夜市规划", None),
        ("中华人民共和国标准化法", None),
        ("标准化法（2017年修订）", "主席令第78号"),
    ]
    answers = {
        tuple(citations.resolve(title, number) for title, number in cited)
        for order in permutations(cited)
        for citations in [Citations([], order)]
    }
    assert len(answers) == 1


@pytest.mark.parametrize(
    ("title", "number", "expected"),
    [
        ("标准化法（2017年修订）", None, ("中华人民共和国标准化法", None, "national", "法", None)),
        (
            "关于印发〈云州市夜市规划(2021-2025年)〉的通知",
            "云政发[2021]9号",
            ("云州市夜市规划（2021-2025年）", "云政发〔2021〕9号", "prefectural", "规划", 2021),
        ),
        ("云州市供水条例", None, ("云州市供水条例", None, "prefectural", "条例", None)),
        ("财政处分条例", "国务院令第427号", ("财政处分条例", "国务院令第427号", "national", "条例", None)),
        ("供水条例", None, ("供水条例", None, None, "条例", None)),
        ("夜市分类", "GB/T 4754-2017", ("夜市分类", "GB/T4754-2017", "national", None, 2017)),
        ("夜市规程", "DB11/T 501-2017", ("夜市规程", "DB11/T501-2017", None, "规程", None)),
        (
            "云州市夜市目录（2018年版）",
            None,
            ("云州市夜市目录（2018年版）", None, "prefectural", "目录", 2018),
        ),
        (None, "云州市人民政府第5号令", (None, "云州市人民政府令第5号", None, None, None)),
        ("国务院办公厅关于夜市的函", None, ("国务院办公厅关于夜市的函", None, "national", "函", None)),
    ],
)
def test_what_is_known_of_a_cited_document(
    title: str | None, number: str | None, expected: tuple[str | int | None, ...]
) -> None:
    known = [(title, number), ("中华人民共和国标准化法", None)]
    found = Citations([], known, organ_of=_organ, area_of=_area).resolve(title, number)
    assert (found.title, found.number, found.level, found.type, found.year) == expected
    assert found.issuers == ()


def test_a_document_of_the_corpus_is_known_by_its_head() -> None:
    head = DocumentHead(
        "A", "云州市夜市办法", None, "云商发〔2021〕3号", ("云州市商务局",), "2021-03-01", "a.txt"
    )
    found = Citations([head], [("夜市办法", "云商发〔2021〕3号")]).resolve("夜市办法", "云商发〔2021〕3号")
    assert found == CitedDocument(
        "A", "云州市夜市办法", "云商发〔2021〕3号", None, "办法", ("云州市商务局",), 2021, True
    )


def test_the_iri_of_a_number_is_that_of_its_document() -> None:
    iris = Iris("https://example.org/")
    found = Citations([], [], iris=iris).resolve(None, "云商发[2021]3号")
    assert found.iri == iris.document("云商发〔2021〕3号", None, (), "")


def test_general_words_are_no_title_of_a_number() -> None:
    mentions = [("实施方案", "云政发〔2021〕9号"), (None, "云政发〔2021〕9号")]
    forwards, backwards = Citations([], mentions), Citations([], mentions)
    found = [forwards.resolve(*mention) for mention in mentions]
    assert found == [backwards.resolve(*mention) for mention in mentions[::-1]]
    assert [cited.title for cited in found] == [None, None]


def test_a_document_without_a_number_gets_the_one_it_is_cited_by() -> None:
    head = DocumentHead("A", "云州市夜市办法", None, None, (), None, "a.txt")
    found = Citations([head], [("云州市夜市办法", "云商发〔2021〕3号")]).resolve("云州市夜市办法")
    assert (found.iri, found.number, found.year) == ("A", "云商发〔2021〕3号", 2021)


def test_a_document_does_not_get_the_number_of_the_namesake_that_it_repeals() -> None:
    head = DocumentHead(
        "A", "云州市夜市办法", None, None, (), None, "a.txt", replaced=("云州市人民政府令第3号",)
    )
    citations = Citations([head], [("云州市夜市办法", "云州市人民政府令第3号")])
    assert citations.resolve("云州市夜市办法", "云州市人民政府令第3号").iri != "A"


def test_a_mention_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="title or a number"):
        Citations([], []).resolve(None, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("云科发〔2021〕3号", "云科发[2021]第03号"),
        ("国务院令第427号", "中华人民共和国国务院第四百二十七号令"),
        ("财政部令（2019）第3号", "财政部令2019年第3号"),
        ("GB/T 4754—2017", "GB/T4754-2017"),
    ],
)
def test_numbers_in_other_forms(one: str, other: str) -> None:
    assert parse_number(one).key == parse_number(other).key

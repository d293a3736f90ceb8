"""Responsibilities in running prose (cases in tests/cases/prose.yaml)."""

from __future__ import annotations

import pytest

from ingest.extract import bracket, judge, responsibility
from ingest.extract.judge.decide import decide
from ingest.extract.judge.weights import builtin
from ingest.model import Document, Responsibility, Span
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

CASES = cases("prose")
PAGE = "云州市水务工作方案\n云水发〔{year}〕6号\n一、重点任务\n{text}\n"


def page(case: Case) -> str:
    return PAGE.format(year=case.get("year", 2024), text=case["text"].rstrip("\n"))


def implied(document: Document) -> list[Responsibility]:
    return judge.extract(document, [span for span, _ in bracket.annotations_of(document)])


def told(found: list[Responsibility]) -> list[str]:
    return [f"{fact.role} {fact.unit}" for fact in found]


@for_each(CASES, name)
def test_a_sentence_makes_these_bodies_responsible(case: Case, document_of: DocumentOf) -> None:
    assert told(implied(document_of(page(case)))) == case["resp"]


@for_each([case for case in CASES if case["resp"]], name)
def test_a_unit_quotes_its_place(case: Case, document_of: DocumentOf) -> None:
    document = document_of(page(case))
    for fact in implied(document):
        assert document.text.quote(fact.span) == fact.unit
        assert not fact.explicit


@pytest.mark.parametrize(
    "text",
    [
        "市水务局负责供水。",
        "水质由市水务局检测。",
        "经市水务局同意，方可停水。",
        "水价由市水务局会同市财政局制定。",
    ],
)
def test_the_rule_is_the_judge_and_says_how_likely_it_is(text: str, document_of: DocumentOf) -> None:
    duties = decide(document_of(PAGE.format(year=2024, text=text)), [], builtin())
    assert {duty.fact.rule for duty in duties} == {"prose.judge"}
    assert all(0.4 <= duty.probability <= 1 for duty in duties)


def test_how_a_circular_was_passed_is_no_duty(document_of: DocumentOf) -> None:
    text = (
        "云州市水务局关于印发《云州市换表办法》的通知\n云水发〔2024〕6号\n各供水单位：\n"
        "本办法已报经市人民政府批准。现将《云州市换表办法》印发给你们。市水务局应当按月通报进度。\n"
        "云州市水务局\n2024年5月6日\n云州市换表办法\n第一条　换表计划经市人民政府同意后公布。\n"
    )
    document = document_of(text)
    assert told(implied(document)) == ["responsible 市水务局", "responsible 市人民政府"]
    assert document.text.offsets.line(implied(document)[1].span.start) == 8


def test_annotations_and_prose_come_together_in_the_order_of_the_text(document_of: DocumentOf) -> None:
    text = (
        "（一）换管。市水务局负责更换铸铁管。（责任单位：市财政局）\n"
        "责任单位：市住建局。\n| 任务 | 配合单位 |\n| 清洗 | 市教育局 |\n水质由市卫生健康委检测。"
    )
    found = responsibility.extract(document_of(PAGE.format(year=2024, text=text)))
    assert [(f"{fact.role} {fact.unit}", fact.explicit) for fact in found] == [
        ("responsible 市水务局", False),
        ("responsible 市财政局", True),
        ("responsible 市住建局", True),
        ("cooperate 市教育局", True),
        ("responsible 市卫生健康委", False),
    ]


def test_what_an_annotation_tells_is_not_read_as_prose(document_of: DocumentOf) -> None:
    sentence = "市水务局负责编制供水规划。"
    document = document_of(PAGE.format(year=2024, text=sentence))
    start = document.text.text.index(sentence)
    assert told(judge.extract(document)) == ["responsible 市水务局"]
    assert judge.extract(document, [Span(start, start + len(sentence))]) == []


@pytest.mark.parametrize(
    ("heading", "units"),
    [("市水务局组织初审", []), ("市水务局组织初审表", ["responsible 市水务局"])],
    ids=["eight characters", "nine characters"],
)
def test_a_short_heading_names_a_step(heading: str, units: list[str], document_of: DocumentOf) -> None:
    document = document_of(PAGE.format(year=2024, text=f"（一）{heading}。换管后三日内完成。"))
    assert told(judge.extract(document)) == units


def test_what_stands_beside_as_many_bodies_and_may_be_one_does_no_harm(document_of: DocumentOf) -> None:
    document = document_of(PAGE.format(year=2024, text="云州自来水公司、市水务局负责巡查管网。"))
    assert told(judge.extract(document)) == ["responsible 市水务局"]

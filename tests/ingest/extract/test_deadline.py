"""Time expressions that bind, and what they are worth."""

from __future__ import annotations

import pytest

from ingest.extract.deadline import extract, scan
from ingest.extract.governing_dates import GoverningDates
from ingest.model import DeadlineKind, Span
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

_PAGE = "云州市示例行动方案\n云政发〔2022〕9号\n各区人民政府：\n{text}\n"


@for_each(cases("deadline"), name)
def test_surface_kind_and_norm(case: Case, document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text=case["text"]))
    found = [[document.text.quote(fact.span), fact.kind.value, fact.norm] for fact in extract(document)]
    assert found == case["deadlines"]


def test_without_a_year_of_the_document_a_day_without_a_year_is_left_out(document_of: DocumentOf) -> None:
    document = document_of("云州市示例行动方案\n一、任务\n各区于8月15日前反馈，2023年底前收官。\n")
    assert document.year is None
    assert [fact.norm for fact in extract(document)] == ["2023-12-31"]


def test_a_day_of_the_past_is_no_limit_but_may_be_a_start(document_of: DocumentOf) -> None:
    text = "第一条 2020年底前完成首轮普查。\n第二条 本办法自2004年1月1日起施行。"
    document = document_of(_PAGE.format(text=text))
    assert [(fact.kind, fact.norm) for fact in extract(document)] == [(DeadlineKind.EFFECTIVE, "2004-01-01")]


def test_the_rule_is_the_pattern_that_matched(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="到2025年建成，每年巡检，3日内报告。"))
    assert [fact.rule for fact in extract(document)] == [
        "deadline.until",
        "deadline.every",
        "deadline.within",
    ]


def test_a_title_binds_nothing(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="落实《云州市到2025年渡口规划》，3日内报告。"))
    assert [document.text.quote(fact.span) for fact in extract(document)] == ["3日内"]


def test_scan_keeps_to_its_stretch(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="每月巡查。到2025年建成。"))
    second = document.sentences[-1]
    assert [fact.norm for fact in scan(document, Span(second.start, second.end))] == ["2025-12-31"]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("一、主要目标\n到2025年，航道更加通畅。\n码头面貌改善。建成10座泊位。", "2025-12-31"),
        ("一、重点任务\n到2025年，航道更加通畅。建成10座泊位。", "2025-12-31"),
        ("一、重点任务\n航道更加通畅，到2025年见效。\n建成10座泊位。", None),
        ("一、重点任务\n一是到2025年航道通畅。二是建成10座泊位。", None),
        ("一、到2025年目标如下：\n建成10座泊位。", "2025-12-31"),
    ],
    ids=["section of goals", "same paragraph", "limit inside a paragraph", "member of a list", "lead-in"],
)
def test_a_sentence_inherits_the_limit_of_what_governs_it(
    text: str, limit: str | None, document_of: DocumentOf
) -> None:
    document = document_of(_PAGE.format(text=text))
    assert GoverningDates(document).inherited(document.sentences[-1], {}) == limit


@pytest.mark.parametrize(
    "body", ["每年" * 20000, "自" * 40000, "9" * 40000, "十" * 40000, "到2025年、" * 8000]
)
def test_a_monstrous_paragraph_is_no_trouble(body: str, document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text=body))
    assert len(extract(document)) <= len(document.sentences)

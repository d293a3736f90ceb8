"""Quantified planned outcomes, with what they measure and until when."""

from __future__ import annotations

import pytest

from ingest.extract.target import extract
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

_HEAD = "{title}\n云政发〔2022〕9号\n各区人民政府：\n"
_PAGE = _HEAD.format(title="云州市示例行动方案") + "一、重点任务\n{text}\n"


@for_each(cases("target"), name)
def test_surface_value_unit_comparator_and_time(case: Case, document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text=case["text"]))
    found = [
        [document.text.quote(fact.span), fact.value, fact.unit, fact.comparator.value, fact.by]
        for fact in extract(document)
    ]
    assert found == case["targets"]


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("到2025年，渔业产值达到300亿元。", "渔业产值"),
        ("力争渡口亮灯率提高到95%以上。", "渡口亮灯率"),
        ("建成5个垂钓公园。", "垂钓公园"),
        ("鲜果网销额年均增长15%。", "鲜果网销额"),
        ("打造千亿级船舶产业集群。", "船舶产业集群"),
    ],
)
def test_the_indicator_is_what_is_measured(text: str, indicator: str, document_of: DocumentOf) -> None:
    (fact,) = extract(document_of(_PAGE.format(text=text)))
    assert fact.indicator == indicator


@pytest.mark.parametrize(
    ("lines", "by"),
    [
        ("一、发展目标\n到2025年，渔业更强。\n渔港焕新。建成9座渔港。", "2025-12-31"),
        ("一、发展目标\n到2025年，渔业更强。\n到2030年，渔村更美。\n建成9座渔港。", "2030-12-31"),
        ("一、到2025年，主要目标包括：\n建成9座渔港。", "2025-12-31"),
        ("一、重点任务\n做强渔业，力争到2025年产值翻番。\n建成9座渔港。", None),
        ("一、发展目标\n到2025年，渔业更强。\n二、重点任务\n建成9座渔港。", None),
    ],
    ids=["section of goals", "the last before", "lead-in", "not the paragraph's opening", "another section"],
)
def test_the_time_of_the_text_that_governs(lines: str, by: str | None, document_of: DocumentOf) -> None:
    (fact,) = extract(document_of(_HEAD.format(title="云州市示例行动方案") + lines + "\n"))
    assert (fact.value, fact.by) == ("9", by)


@pytest.mark.parametrize(
    ("heading", "count"),
    [("一、发展基础", 0), ("一、主要成效", 0), ("一、面临形势", 0), ("一、夯实渔业基础", 1)],
)
def test_a_section_that_looks_back_has_no_targets(heading: str, count: int, document_of: DocumentOf) -> None:
    page = _HEAD.format(title="云州市示例行动方案") + f"{heading}\n建成渔港9座。\n"
    assert len(extract(document_of(page))) == count


def test_a_list_of_conditions_has_no_targets(document_of: DocumentOf) -> None:
    text = "（一）申请人应当符合下列条件：\n1.自有泊位超过9个。\n（二）扩建泊位9个。"
    assert [fact.value for fact in extract(document_of(_PAGE.format(text=text)))] == ["9"]


@pytest.mark.parametrize(
    ("text", "count"),
    [("泊位不少于9个。", 0), ("市渔业局每年培训船匠900人次。", 1), ("服务站建设船坞3座。", 0)],
    ids=["requirement", "plan", "no word of a plan"],
)
def test_in_measures_only_words_of_a_plan_make_a_target(
    text: str, count: int, document_of: DocumentOf
) -> None:
    page = _HEAD.format(title="云州市渔港管理办法") + f"第一条 {text}\n第二条 本办法自发布之日起施行。\n"
    assert len(extract(document_of(page))) == count


def test_the_rule_is_the_pattern_that_took_it(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="产值达到9亿元，建成渔港9座，打造百亿级渔市。"))
    assert [fact.rule for fact in extract(document)] == ["target.level", "target.built", "target.grade"]


@pytest.mark.check
@pytest.mark.parametrize(
    ("body", "most"),
    [("建设9个、" * 4000, 4000), ("9" * 40000, 0), ("建设" + "一" * 40000, 0), ("超过" * 20000 + "9家", 1)],
)
def test_a_monstrous_paragraph_is_no_trouble(body: str, most: int, document_of: DocumentOf) -> None:
    assert len(extract(document_of(_PAGE.format(text=body)))) <= most


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("建成泵站5座，20座水闸。", ["5", "20"]),
        ("建成泵站5座，如期验收，20座水闸。", ["5"]),
    ],
)
def test_a_count_goes_on_with_the_one_in_the_clause_before(
    text: str, values: list[str], document_of: DocumentOf
) -> None:
    document = document_of(f"云州市水务工作方案\n云水发〔2024〕6号\n一、重点任务\n{text}\n")
    assert [fact.value for fact in extract(document)] == values

"""Explicit responsibilities: annotations, labelled lines and tables (cases in tests/cases/bracket.yaml)."""

from __future__ import annotations

import pytest

from ingest.extract import bracket, responsibility, table
from ingest.extract.annotation import Proof, Reader
from ingest.model import Document, Responsibility, Role, Span
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

CASES = cases("bracket")
PAGE = "云州市水务工作方案\n云水发〔{year}〕6号\n一、重点任务\n{text}\n"
EXAMPLE = PAGE.format(year=2024, text="（一）更换旧管。年底前换完。（{}）其余照旧。")


def page(case: Case) -> str:
    return PAGE.format(year=case.get("year", 2024), text=case["text"].rstrip("\n"))


def told(found: list[Responsibility]) -> list[str]:
    return [f"{fact.role} {fact.unit}" for fact in found]


@for_each(CASES, name)
def test_an_annotation_gives_its_units_and_their_roles(case: Case, document_of: DocumentOf) -> None:
    found = [fact for fact in responsibility.extract(document_of(page(case))) if fact.explicit]
    assert told(found) == case["resp"]


@for_each(CASES, name)
def test_a_unit_quotes_its_place(case: Case, document_of: DocumentOf) -> None:
    document = document_of(page(case))
    found = bracket.extract(document) + list(table.extract(document).responsibilities)
    for fact in found:
        assert "".join(document.text.quote(fact.span).split()) == fact.unit
        assert fact.explicit
    assert len({fact.span for fact in found}) == len(found)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("责任单位：市水务局", "bracket.labelled"),
        ("市水务局牵头，市财政局配合", "bracket.phrased"),
        ("市水务局、市财政局", "bracket.bare"),
    ],
)
def test_the_rule_is_the_form_of_the_annotation(content: str, rule: str, document_of: DocumentOf) -> None:
    assert {fact.rule for fact in bracket.extract(document_of(EXAMPLE.format(content)))} == {rule}


def test_a_labelled_line_and_a_table_have_rules_of_their_own(document_of: DocumentOf) -> None:
    text = "更换旧管。\n责任单位：市水务局\n| 任务 | 责任单位 |\n| 换管 | 市财政局 |"
    found = responsibility.extract(document_of(PAGE.format(year=2024, text=text)))
    assert [(fact.unit, fact.rule) for fact in found] == [
        ("市水务局", "bracket.line"),
        ("市财政局", "bracket.table"),
    ]


def stretches(document: Document) -> list[tuple[str, int]]:
    """The text of each annotation with the number of its units."""
    return [(document.text.quote(span), len(facts)) for span, facts in bracket.annotations_of(document)]


def test_an_annotation_reaches_from_bracket_to_bracket(document_of: DocumentOf) -> None:
    text = (
        "（一）换管。（责任单位：市水务局（市防汛办）、市财政局）\n"
        "（二）清洗。（市住建局负责）\n（三）停水（含限水）。"
    )
    assert stretches(document_of(PAGE.format(year=2024, text=text))) == [
        ("（责任单位：市水务局（市防汛办）、市财政局）", 2),
        ("（市住建局负责）", 1),
    ]


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("牵头单位", Role.LEAD),
        ("牵头部门", Role.LEAD),
        ("主责单位", Role.LEAD),
        ("主办单位", Role.LEAD),
        ("责任单位", Role.RESPONSIBLE),
        ("责任部门", Role.RESPONSIBLE),
        ("负责单位", Role.RESPONSIBLE),
        ("实施单位", Role.RESPONSIBLE),
        ("配合单位", Role.COOPERATE),
        ("协办单位", Role.COOPERATE),
        ("参与单位", Role.COOPERATE),
        ("参加单位", Role.COOPERATE),
        ("协同单位", Role.COOPERATE),
        ("会同单位", Role.COOPERATE),
    ],
)
@pytest.mark.parametrize("colon", ["：", ":"])
def test_the_role_that_a_label_gives(label: str, role: Role, colon: str, document_of: DocumentOf) -> None:
    (fact,) = bracket.extract(document_of(EXAMPLE.format(f"{label}{colon}市水务局")))
    assert (fact.unit, fact.role) == ("市水务局", role)


@pytest.mark.parametrize("year", [2020, 2021])
def test_the_year_of_the_document_decides_on_joint_names(year: int, document_of: DocumentOf) -> None:
    for head in (f"云水发〔{year}〕6号\n", ""):
        foot = "" if head else f"云州市水务局\n{year}年6月1日\n"
        text = f"云州市水务工作方案\n{head}一、换管。（责任单位：市科委、中关村管委会）\n{foot}"
        units = [fact.unit for fact in bracket.extract(document_of(text))]
        assert units == (["市科委", "中关村管委会"] if year < 2021 else ["市科委、中关村管委会"])


def test_annotations_of_a_circular_and_its_annex_count_too(document_of: DocumentOf) -> None:
    text = (
        "云州市水务局关于印发《云州市换表办法》的通知\n云水发〔2024〕6号\n各供水单位：\n"
        "现将《云州市换表办法》印发给你们。（责任单位：市水务局）\n云州市水务局\n2024年5月6日\n"
        "云州市换表办法\n第一条　按期换表。（责任单位：市财政局）\n"
        "附件1\n一、登记旧表。（责任单位：市住建局）\n"
    )
    document = document_of(text)
    assert told(bracket.extract(document)) == [
        "responsible 市水务局",
        "responsible 市财政局",
        "responsible 市住建局",
    ]


def test_a_table_may_have_another_head_further_down(document_of: DocumentOf) -> None:
    rows = ["任务 | 牵头单位", "换管 | 市水务局", "配合单位 | 任务", "市财政局 | 换表"]
    text = "\n".join(f"| {row} |" for row in rows)
    document = document_of(PAGE.format(year=2024, text=f"更换旧管。\n{text}"))
    found = table.extract(document).responsibilities
    assert [(fact.role, fact.unit) for fact in found] == [
        (Role.LEAD, "市水务局"),
        (Role.COOPERATE, "市财政局"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "更换旧管" + "（" * 10_000 + "市水务局" + "）" * 10_000 + "。",
        "更换旧管。" + "（市水务局、" * 10_000,
        "更换旧管。" + "（责任单位：市水务局、" * 10_000,
        "更换旧管。" + "责任单位：市水务局、" * 10_000,
        "更换旧管。" + "市水务局），" * 10_000,
        "更换旧管（" + "、" * 100_000 + "）。",
        "更换旧管。" + "（责任单位：市水务局（（）））" * 10_000,
    ],
    ids=["nested", "open", "open with labels", "labels", "closed only", "marks", "odd"],
)
def test_no_stretch_is_read_often(
    text: str, document_of: DocumentOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read, counted in characters, is bounded by the text, however its brackets stand."""
    document = document_of(PAGE.format(year=2024, text=text))
    read = 0

    class Counting(Reader):
        def read(
            self, content: Span, rule: str, proof: Proof, role: Role = Role.RESPONSIBLE
        ) -> list[Responsibility]:
            nonlocal read
            read += content.end - content.start
            return super().read(content, rule, proof, role)

    monkeypatch.setattr(bracket, "Reader", Counting)
    bracket.extract(document)
    assert read <= 3 * len(document.text.text)

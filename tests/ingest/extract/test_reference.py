"""References to other documents (cases in tests/cases/reference.yaml)."""

from __future__ import annotations

from ingest.extract.reference import extract
from ingest.model import Document, Reference
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

CASES = cases("reference")
PAGE = "云州市水务工作办法\n云水发〔2024〕6号\n{}\n"


def page(case: Case) -> str:
    text: str = case["text"]
    return text if case.get("whole") else PAGE.format(text.rstrip("\n"))


def told(found: list[Reference]) -> list[list[str | None]]:
    """References as the cases tell them: the number is left out where there is none."""
    return [
        [fact.relation, fact.title, *([fact.number] if fact.number is not None else [])] for fact in found
    ]


def quotes(document: Document) -> list[str]:
    return [document.text.quote(fact.span) for fact in extract(document)]


@for_each(CASES, name)
def test_a_text_refers_to_these_documents(case: Case, document_of: DocumentOf) -> None:
    assert told(extract(document_of(page(case)))) == case["refs"]


@for_each([case for case in CASES if case["refs"]], name)
def test_a_reference_quotes_its_place(case: Case, document_of: DocumentOf) -> None:
    document = document_of(page(case))
    found = extract(document)
    assert found == sorted(found, key=lambda fact: fact.span)
    for fact in found:
        quote = "".join(document.text.quote(fact.span).split())
        assert (fact.title or fact.number or "?") in quote
        if fact.title is not None and fact.rule == "reference.title":
            assert quote == f"《{fact.title}》"


def test_the_rule_is_the_form_of_the_reference(document_of: DocumentOf) -> None:
    text = "第一条　见《云州市水价目录》、云财发〔2021〕31号和GB 5749-2022。"
    assert [fact.rule for fact in extract(document_of(PAGE.format(text)))] == [
        "reference.title",
        "reference.number-alone",
        "reference.standard",
    ]


def test_a_short_form_knows_what_it_stands_for(document_of: DocumentOf) -> None:
    text = (
        "第一条　《规划》尚未发布。\n"
        "第二条　为落实《云州市节水规划》（云政发〔2021〕8号，以下简称《规划》），制定本办法。\n"
        "第三条　落实《规划》。见《规划》（云水发〔2022〕4号）。"
    )
    assert [(fact.title, fact.definition) for fact in extract(document_of(PAGE.format(text)))] == [
        ("规划", None),
        ("云州市节水规划", None),
        ("规划", "云州市节水规划"),
        ("规划", None),
    ]


def test_a_number_is_told_once_with_its_title(document_of: DocumentOf) -> None:
    text = "第一条　见《云州市供水办法》（云政发〔2019〕5号）和云政发〔2020〕7号。"
    assert quotes(document_of(PAGE.format(text))) == ["《云州市供水办法》", "云政发〔2020〕7号"]


def test_headings_of_the_document_itself_are_no_references(document_of: DocumentOf) -> None:
    text = (
        "云州市水务局关于印发《云州市换表办法》的通知\n云水发〔2024〕6号\n各供水单位：\n"
        "请遵照执行。\n云州市水务局\n2024年5月6日\n云州市换表办法\n第一条　为了按期换表，制定本办法。\n"
    )
    assert quotes(document_of(text)) == []


def test_contents_tables_and_notes_carry_no_references(document_of: DocumentOf) -> None:
    text = (
        "目录\n《云州市水价目录》……3\n云州市水务工作办法\n云水发〔2024〕6号\n第一条　用户应当缴费。\n"
        "| 《云州市水价目录》 | 2.8 |\n<sup>1</sup> 见《云州市供水条例》。\n"
    )
    assert quotes(document_of(text)) == []


def test_annexes_carry_references(document_of: DocumentOf) -> None:
    text = "第一条　用户应当缴费。\n第二条　水价见附件。\n附件1\n一、水价见《云州市水价目录》。"
    assert quotes(document_of(PAGE.format(text))) == ["《云州市水价目录》"]

"""References inside a document."""

from __future__ import annotations

from ingest.extract.internal import extract
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

_PAGE = "云州市示例管理办法\n第一条 为了示例，制定本办法。\n第二条 {text}\n第三条 本办法自发布之日起施行。"


@for_each(cases("internal"), name)
def test_reference_and_target(case: Case, document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text=case["text"]))
    found = [[document.text.quote(reference.span), reference.target] for reference in extract(document)]
    assert found == case["references"]


def test_labels_of_clauses_are_no_references(document_of: DocumentOf) -> None:
    document = document_of(
        "云州市示例管理办法\n第一章 总则\n第一条 为了示例。\n（一）甲。\n"
        "第二条 乙。第三条 商户应当亮证。\n第四条中小门店从简。"
    )
    assert extract(document) == []


def test_headings_and_lists_of_annexes_are_no_references(document_of: DocumentOf) -> None:
    document = document_of(
        "云州市商务局关于举办示例夜市的通知\n各区商务局：\n现将有关事项通知如下。\n一、报名表见附件1。\n"
        "附件：1.报名表\n2.摊位图\n云州市商务局\n2023年5月6日\n附件1\n报名表"
    )
    assert [reference.target for reference in extract(document)] == ["附件1"]


def test_the_rule_is_the_pattern(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="依照前款、本办法第一条和附件2办理。"))
    assert [reference.rule for reference in extract(document)] == [
        "internal.before",
        "internal.clause",
        "internal.annex",
    ]


def test_spaces_of_the_file_are_in_neither_span_nor_target(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="违反本办法第 十二 条第一款规定的，予以警告。"))
    (reference,) = extract(document)
    assert reference.target == "第十二条第一款"
    assert document.text.quote(reference.span) == "本办法第十二条第一款"

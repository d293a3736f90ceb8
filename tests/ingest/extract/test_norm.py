"""Modals and the subjects they bind."""

from __future__ import annotations

import pytest

from ingest.extract.norm import extract
from ingest.model import Span
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

_PAGE = "云州市示例管理办法\n第一条 {text}\n第二条 本办法自发布之日起施行。"


@for_each(cases("norm"), name)
def test_modality_modal_and_bearer(case: Case, document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text=case["text"]))
    quote = document.text.quote
    found = [
        [norm.modality.value, quote(norm.modal), quote(norm.bearer) if norm.bearer else None]
        for norm in extract(document)
    ]
    assert found == case["norms"]


def test_the_span_is_the_sentence_with_its_label(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="商户应当亮证；顾客可以查验。"))
    assert [document.text.quote(norm.span) for norm in extract(document)] == [
        "第一条商户应当亮证",
        "顾客可以查验",
    ]


def test_the_rule_is_the_pattern_that_found_the_modal(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="商户应当亮证，不得转借，可换领，必须年检，严禁涂改。"))
    assert [norm.rule for norm in extract(document)] == ["norm.should", "norm.must-not", "norm.may"]


def test_norms_stand_in_the_order_of_the_text(document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(text="门店不得占道，可以外摆，应当保洁。商户应当配合。"))
    found = extract(document)
    assert [norm.modality.value for norm in found] == [
        "prohibition",
        "permission",
        "obligation",
        "obligation",
    ]
    assert [norm.modal for norm in found] == sorted(norm.modal for norm in found)


def test_a_bearer_may_stand_after_its_modal(
    document_of: DocumentOf,
) -> None:
    document = document_of(_PAGE.format(text="必要时可以由志愿队维持秩序。严禁商户占道。"))
    by, addressed = extract(document)
    assert by.bearer == Span(by.modal.end + 1, by.modal.end + 4)
    assert addressed.bearer == Span(addressed.modal.end, addressed.modal.end + 2)


@pytest.mark.parametrize(
    "body",
    [
        "企业可申请，" * 3000,
        "企业、" * 5000 + "应当",
        "（" * 5000 + "应当",
        "“可以" * 3000,
        "会计或者农经、文化和旅游的" * 400 + "店铺可以",
    ],
)
def test_a_monstrous_sentence_is_no_trouble(body: str, document_of: DocumentOf) -> None:
    found = extract(document_of(_PAGE.format(text=body)))
    assert found
    assert len({norm.span for norm in found}) == len(found)


@pytest.mark.parametrize("text", ["商户应当，", "商户可以从事", "应当由商户", "的商户不得，"])
def test_a_line_of_nothing_but_modals_is_read(text: str, document_of: DocumentOf) -> None:
    document = document_of("云州市夜市管理办法\n第一条 " + text * 3000 + "严禁喧哗。\n")
    for fact in extract(document):
        assert fact.bearer is None or fact.span.start <= fact.bearer.start < fact.bearer.end <= fact.span.end

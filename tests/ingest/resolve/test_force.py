"""From when until when a document is in force (cases in tests/cases/force.yaml)."""

from __future__ import annotations

import pytest

from ingest.extract.deadline import extract
from ingest.graph.force import ForceDay, day_of, in_force, last, later
from ingest.model import Document
from tests.cases import Case, cases, name
from tests.for_each import for_each
from tests.ingest.extract.conftest import DocumentOf

_PAGE = """云州市商务局关于印发《云州市夜市管理办法》的通知
云商发〔2023〕7号
各区商务局：
{notice}
云州市商务局
2023年11月20日
云州市夜市管理办法
第一条 夜市应当整洁。{article}
第二条 {clause}
"""
_PRINTS = "现将《云州市夜市管理办法》印发给你们，请认真贯彻执行。"


def page(clause: str, *, notice: str = _PRINTS, article: str = "") -> str:
    return _PAGE.format(clause=clause, notice=notice, article=article)


def told(document: Document, day: ForceDay | None) -> str | list[str] | None:
    """A day as the cases tell it."""
    if day is None:
        return None
    if day.follows_from is None:
        return day.iso
    return [day.iso, document.text.quote(day.follows_from.span)]


@for_each(cases("force"), name)
def test_what_a_document_says_of_its_own_force(case: Case, document_of: DocumentOf) -> None:
    document = document_of(page(case["clause"]))
    force = in_force(document, extract(document))
    days = {"entry": told(document, force.entry), "expiry": told(document, force.expiry)}
    assert days == {key: case[key] for key in days}
    assert force.issued == "2023-11-20"


@pytest.mark.parametrize(
    ("notice", "entry"),
    [
        ("现将《云州市夜市管理办法》印发给你们，自印发之日起施行。", "2023-11-20"),
        ("《云州市夜市管理办法》已经市政府同意，现予公布，自公布之日起30日后施行。", "2023-12-20"),
        ("本通知自印发之日起执行。", "2023-11-20"),
        (_PRINTS, None),
    ],
)
def test_a_circular_may_say_it_of_what_it_issues(
    notice: str, entry: str | None, document_of: DocumentOf
) -> None:
    document = document_of(page("夜市由各区管理。", notice=notice))
    force = in_force(document, extract(document))
    assert (force.entry and force.entry.iso) == entry
    assert force.told == (entry is not None)


def test_a_start_without_a_subject_is_its_own_in_the_last_clause_only(document_of: DocumentOf) -> None:
    document = document_of(page("夜市由各区管理。", article="自发布之日起施行。"))
    force = in_force(document, extract(document))
    assert (force.entry, force.told) == (None, True)


def test_without_a_day_of_issue_nothing_follows_from_it(document_of: DocumentOf) -> None:
    document = document_of(
        "云州市夜市管理办法\n第一条 夜市应当整洁。\n第二条 本办法自印发之日起施行，有效期三年。\n"
    )
    force = in_force(document, extract(document))
    assert (force.issued, force.entry, force.expiry, force.told) == (None, None, None, True)


def test_a_text_that_is_published_again_has_its_own_start(document_of: DocumentOf) -> None:
    document = document_of(page("本办法自2015年3月起施行，有效期十年。"))
    force = in_force(document, extract(document), again=True)
    assert force.issued is None
    assert (force.entry and force.entry.iso) == "2015-03-01"
    assert (force.expiry and force.expiry.iso) == "2025-02-28"


@pytest.mark.parametrize(
    ("day", "length", "after", "until"),
    [
        ("2022-05-01", "P3Y", "2025-05-01", "2025-04-30"),
        ("2020-01-01", "P1Y", "2021-01-01", "2020-12-31"),
        ("2024-02-29", "P1Y", "2025-02-28", "2025-02-28"),
        ("2024-02-29", "P4Y", "2028-02-29", "2028-02-28"),
        ("2023-02-28", "P1Y", "2024-02-28", "2024-02-27"),
        ("2024-01-31", "P1M", "2024-02-29", "2024-02-29"),
        ("2023-11-30", "P3M", "2024-02-29", "2024-02-29"),
        ("2023-12-15", "P6M", "2024-06-15", "2024-06-14"),
        ("2023-12-31", "P30D", "2024-01-30", "2024-01-29"),
        ("2024-02-26", "P2W", "2024-03-11", "2024-03-10"),
        ("2020-01-01", "P1D", "2020-01-02", "2020-01-01"),
        ("9999-12-31", "P1D", None, None),
        ("9998-06-01", "P3Y", None, None),
        ("2020-01-01", "P5BD", None, None),
        ("2020-01-01", "PT24H", None, None),
        ("2020-01-01", "P3Y/P5Y", None, None),
        ("2020-01-01", "P0Y", None, None),
    ],
)
def test_a_time_after_a_day(day: str, length: str, after: str | None, until: str | None) -> None:
    assert (later(day, length), last(day, length)) == (after, until)


@pytest.mark.parametrize(
    ("norm", "issued", "day"),
    [
        ("2024-03-01", None, "2024-03-01"),
        ("on-issue", "2023-11-20", "2023-11-20"),
        ("on-issue", None, None),
        ("on-issue+P30D", "2023-11-20", "2023-12-20"),
        ("on-issue+P6M", "2023-08-31", "2024-02-29"),
        ("on-issue+P5BD", "2023-11-20", None),
        ("P3Y", "2023-11-20", None),
    ],
)
def test_the_day_of_a_start(norm: str, issued: str | None, day: str | None) -> None:
    assert day_of(norm, issued) == day


@pytest.mark.parametrize(
    "clause",
    ["本办法," * 20000, "经" * 40000, "由" * 40000, "现" * 40000, "《" * 40000, "有效期三年," * 9000],
)
def test_a_monstrous_sentence_is_no_trouble(clause: str, document_of: DocumentOf) -> None:
    document = document_of(page(f"{clause}自印发之日起施行，{clause}有效期三年。"))
    assert in_force(document, extract(document)).expiry is None

"""From when on a document repeals or amends another."""

from __future__ import annotations

import pytest

from ingest.extract.deadline import extract as deadlines
from ingest.extract.reference import extract
from ingest.graph.force import in_force
from ingest.graph.status import since_when
from ingest.model import Document, Reference, Relation
from tests.ingest.extract.conftest import DocumentOf


def since(document: Document, reference: Reference) -> str | None:
    """From when on a reference takes effect, as the build asks it."""
    found = deadlines(document)
    begins = next((also.span.start for also in document.fields.also if also.span is not None), None)
    again = begins is not None and reference.span.start >= begins
    own = [each for each in found if begins is None or (each.span.start >= begins) == again]
    return since_when(document, reference, found, in_force(document, own, again=again))


_PAGE = """云州市商务局关于示例夜市管理的通知
云商发〔2023〕7号
各区商务局：
一、夜市应当整洁。
二、{repeals}
三、本通知自2024年3月1日起施行。
云州市商务局
2023年11月20日
"""


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("《云州市旧夜市办法》（云商发〔2016〕8号）自2024年1月1日起废止。", ["2024-01-01"]),
        ("《云州市旧夜市办法》自本通知施行之日起废止。", ["2024-03-01"]),
        ("《云州市旧夜市办法》自本通知印发之日起废止。", ["2023-11-20"]),
        ("《云州市旧夜市办法》（云商发〔2016〕8号）同时废止。", ["2024-03-01"]),
        (
            "《云州市甲夜市办法》（云商发〔2016〕8号）、《云州市乙夜市办法》于2023年12月31日起停止执行。",
            ["2023-12-31", "2023-12-31"],
        ),
        ("《云州市旧夜市办法》自2024年2月30日起废止。", ["2024-03-01"]),
    ],
)
def test_the_day_of_a_repeal(text: str, days: list[str], document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(repeals=text))
    references = [each for each in extract(document) if each.relation is Relation.REPEALS]
    assert [since(document, reference) for reference in references] == days


_WITHOUT_A_DAY = """云州市商务局关于示例夜市管理的通知
云商发〔2023〕7号
各区商务局：
一、夜市应当整洁。
二、{clause}
云州市商务局
2023年11月20日
"""


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("本通知自发布之日起30日后施行，《云州市旧夜市办法》同时废止。", "2023-12-20"),
        ("本通知自发布之日起30日后施行。《云州市旧夜市办法》自本通知施行之日起废止。", "2023-12-20"),
        ("本通知自发布之日起30个工作日后施行，《云州市旧夜市办法》同时废止。", None),
        ("本通知自印发之日起施行，《云州市旧夜市办法》同时废止。", "2023-11-20"),
        ("本通知自发布之日起30日后施行。《云州市旧夜市办法》自2024年2月1日起废止。", "2024-02-01"),
        ("《云州市旧夜市办法》自本通知施行之日起废止。", None),
        ("《云州市旧夜市办法》废止。", "2023-11-20"),
    ],
)
def test_a_repeal_by_a_document_with_no_date_of_effect(
    clause: str, day: str | None, document_of: DocumentOf
) -> None:
    """The day follows from that of issue where the text says how, and is left out where it does not."""
    document = document_of(_WITHOUT_A_DAY.format(clause=clause))
    (reference,) = (each for each in extract(document) if each.relation is Relation.REPEALS)
    assert since(document, reference) == day


_DECISION = """云州市人民政府关于修改《云州市夜市办法》的决定
云政发〔2023〕7号
云州市人民政府决定对《云州市夜市办法》作如下修改：
一、第二条修改为：“夜市应当整洁。”
二、本决定自2024年3月1日起施行。
《云州市夜市办法》根据本决定修改后，重新公布。
云州市人民政府
2023年11月20日
云州市夜市办法
第一条 夜市应当整洁。
第二条 {clause}
"""


@pytest.mark.parametrize(
    ("clause", "day"),
    [
        ("本办法自2015年5月1日起施行。《云州市旧夜市办法》同时废止。", "2015-05-01"),
        ("本办法自发布之日起施行。《云州市旧夜市办法》自本办法施行之日起废止。", None),
        ("《云州市旧夜市办法》同时废止。", None),
    ],
)
def test_a_repeal_by_a_text_that_is_published_again(
    clause: str, day: str | None, document_of: DocumentOf
) -> None:
    """It is as old as the text, and the date of the decision is not that of the text."""
    document = document_of(_DECISION.format(clause=clause))
    (reference,) = (each for each in extract(document) if each.title == "云州市旧夜市办法")
    assert reference.relation is Relation.REPEALS
    assert since(document, reference) == day


@pytest.mark.parametrize(
    "text",
    [
        "《云州市旧夜市办法》（云商发〔2016〕8号）已废止。",
        "《云州市旧夜市办法》已于2020年废止。",
        "《云州市旧夜市办法》（云商发〔2016〕8号）第三条同时废止。",
    ],
)
def test_what_is_told_of_a_repeal_or_of_a_part_repeals_nothing(text: str, document_of: DocumentOf) -> None:
    document = document_of(_PAGE.format(repeals=text))
    assert not [each for each in extract(document) if each.relation is Relation.REPEALS]

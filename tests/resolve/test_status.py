"""From when on a document repeals or amends another."""

from __future__ import annotations

import pytest

from ingest.build.status import since_when
from ingest.extract.reference import extract
from ingest.model import Relation
from tests.extract.conftest import DocumentOf

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
    assert [since_when(document, reference) for reference in references] == days


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

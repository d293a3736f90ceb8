"""Questions about targets."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.queries.conftest import StoreOf, archive, put

ENERGY = [  # of the words 碳 and 能源
    ("园区可再生能源电力消费占比", ">=", "60", "%", "2025", "云政办发-2023-12"),
    ("建成零碳产业园区", "=", "4", "个", "2025", "云政办发-2023-12"),
    ("新建数据中心可再生能源使用率", ">=", "30", "%", None, "云政办发-2021-15"),
    ("煤炭消费占能源消费总量的比重", "~", "45", "%", "2025", "云政办发-2022-21"),
    ("碳排放在线监测精度", "<=", "3", "%", None, "云政办发-2023-12"),
    ("绿色低碳产业集群", "=", "百亿级", None, "2025", "云政办发-2023-12"),
]
COLUMNS = ("indicator", "comparator", "value", "unit", "due", "document")
NOW = "现将有关事项通知如下。"


@pytest.fixture
def shelves(store_of: StoreOf) -> Path:
    """1, 2 and 3 have one indicator, 2 and 3 in one year; 4 has two values of another by itself."""
    return store_of(
        archive(1, "甲工作", NOW, "一、到2031年底，全县档案数字化率达到60%以上。"),
        archive(
            2, "乙工作", NOW, "一、到2032年底，档案数字化率达到70%以上。", "二、到2033年底，新增库房3个。"
        ),
        archive(
            3, "丙工作", NOW, "一、到2032年底，力争档案数字化率达到80%以上。", "二、到2033年底，新增库房5间。"
        ),
        archive(4, "丁工作", NOW, "一、到2033年底，培训档案员50名。", "二、到2034年底，培训档案员80名。"),
    )


def test_by_words(samples_store: Path) -> None:
    """Any one of the words suffices."""
    assert put(samples_store, "target/by-words", *COLUMNS, words="碳 能源") == ENERGY
    assert put(samples_store, "target/by-words", *COLUMNS, words="  能源  碳 ") == ENERGY


def test_by_words_and_year(samples_store: Path) -> None:
    found = put(samples_store, "target/by-words", *COLUMNS, words="碳 能源", year="2025")
    assert found == [row for row in ENERGY if row[4] == "2025"]


def test_by_words_of_the_quote(samples_store: Path) -> None:
    """The word stands in the sentence, not in the indicator; the policy's circular is the document."""
    found = put(samples_store, "target/by-words", "indicator", "document", "title", words="云湖区")
    assert found == [("智慧农业示范片", "云政办发-2021-15", "云州市数字经济发展行动方案（2021—2023年）")]


def test_by_words_takes_them_as_they_are(samples_store: Path) -> None:
    """What is special in a pattern is not in a word; upper and lower case are the same."""
    assert put(samples_store, "target/by-words", "indicator", words="5g") == [("建成5G基站",)]
    for words in ("5.G", "(", "[a-z]", "\\d", "5G|", "^"):
        assert put(samples_store, "target/by-words", "indicator", words=words) == []
    assert put(samples_store, "target/by-words", "value", words=".") == [
        ("0.5",),
        ("1.2",),
        ("1.5",),
        ("0.8",),
    ]
    assert put(samples_store, "target/by-words", "value", words="1.2万") == [("1.2",)]


def test_by_words_without_words(samples_store: Path) -> None:
    found = put(samples_store, "target/by-words", "target")
    assert len(found) == len(set(found)) == 73


def test_no_conflicts(samples_store: Path) -> None:
    """No two samples give one indicator different values."""
    assert put(samples_store, "target/conflicts") == []


def test_conflicts(shelves: Path) -> None:
    """全县 and 力争 make no other indicator; other units, and values of one document, are no conflict."""
    columns = ("unit", "due", "value", "document")
    found = put(shelves, "target/conflicts", *columns)
    assert found == [
        ("%", "2031", "60", "青档发-2030-1"),
        ("%", "2032", "70", "青档发-2030-2"),
        ("%", "2032", "80", "青档发-2030-3"),
    ]
    assert {row[0] for row in put(shelves, "target/conflicts", "indicator")} == {"档案数字化率"}
    assert put(shelves, "target/conflicts", *columns, same_year="true") == found[1:]

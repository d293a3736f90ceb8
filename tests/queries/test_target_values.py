"""Questions about the numbers of targets."""

from __future__ import annotations

from pathlib import Path

from tests.queries.conftest import StoreOf, archive, put

ENERGY = [  # of the words 碳 and 能源
    ("碳排放在线监测精度", "<=", "3", "3", "3", "%", None),
    ("园区可再生能源电力消费占比", ">=", "60", "60", "60", "%", "2025"),
    ("新建数据中心可再生能源使用率", ">=", "30", "30", "30", "%", None),
    ("煤炭消费占能源消费总量的比重", "~", "45", "45", "45", "%", "2025"),
    ("建成零碳产业园区", "=", "4", "4", "4", "个", "2025"),
    ("绿色低碳产业集群", "=", "百亿级", None, None, None, "2025"),
]
COLUMNS = ("name", "comparator", "value", "low", "high", "measure", "due")
NOW = "现将有关事项通知如下。"


def test_values(samples_store: Path) -> None:
    found = put(samples_store, "target/values", *COLUMNS, words="碳 能源")
    assert sorted(found, key=str) == sorted(ENERGY, key=str)
    assert found[-1] == ENERGY[-1]  # without a number, last
    per_cent = [row for row in ENERGY if row[5] == "%" and row[6] == "2025"]
    narrow = put(samples_store, "target/values", *COLUMNS, words="碳 能源", year="2025", unit="%")
    assert sorted(narrow) == sorted(per_cent)
    assert put(samples_store, "target/values", *COLUMNS, words="碳", unit="-") == ENERGY[-1:]
    assert put(samples_store, "target/values", *COLUMNS, indicator="建成零碳产业园区") == [ENERGY[4]]


def test_values_are_once_each_and_with_their_task(samples_store: Path) -> None:
    found = put(samples_store, "target/values", "target", "task", "name")
    assert len(found) == len({row[0] for row in found}) == 73
    tasks = {row[2]: row[1] for row in found}
    assert tasks["煤炭消费占能源消费总量的比重"] == "t-d6d0c1686ea18dec/h2/i2/n4/task"


def test_units_stay_apart(store_of: StoreOf) -> None:
    """亿元 and 万元 are two rows, ranges have both ends, what has no number has none."""
    store = store_of(
        archive(
            1, "甲工作", NOW, "一、到2031年底，档案产业产值达到3亿元。", "二、到2032年底，新增库房5-7个。"
        ),
        archive(2, "乙工作", NOW, "一、到2033年底，档案产业产值达到5000万元以上。"),
    )
    found = put(store, "target/values", "measure", "low", "high", "due")
    assert found == [("万元", "5000", "5000", "2033"), ("个", "5", "7", "2032"), ("亿元", "3", "3", "2031")]
    assert put(store, "target/by-unit") == [
        ("万元", "1", "1", "5000", "5000", "2033", "2033"),
        ("个", "1", "1", "5", "7", "2032", "2032"),
        ("亿元", "1", "1", "3", "3", "2031", "2031"),
    ]
    assert put(store, "target/by-year") == [("2031", "1", "1"), ("2032", "1", "1"), ("2033", "1", "1")]


def test_facets(samples_store: Path) -> None:
    units = put(samples_store, "target/by-unit", words="碳 能源")
    assert units == [
        ("%", "4", "3", "3", "60", "2025", "2025"),
        (None, "1", "1", None, None, "2025", "2025"),
        ("个", "1", "1", "4", "4", "2025", "2025"),
    ]
    assert put(samples_store, "target/by-year", words="碳 能源") == [(None, "2", "2"), ("2025", "4", "2")]
    assert sum(int(row[1] or 0) for row in put(samples_store, "target/by-unit")) == 73


def test_by_indicator(store_of: StoreOf) -> None:
    """全县 and 力争 make no other indicator."""
    store = store_of(
        archive(1, "甲工作", NOW, "一、到2031年底，全县档案数字化率达到60%以上。"),
        archive(2, "乙工作", NOW, "一、到2032年底，力争档案数字化率达到80%以上。"),
    )
    assert put(store, "target/by-indicator") == [("档案数字化率", "%", "2", "2", "60", "80", "2031", "2032")]

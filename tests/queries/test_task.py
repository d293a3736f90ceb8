"""Questions about tasks and provisions: when, how often, by whom."""

from __future__ import annotations

from pathlib import Path

from tests.queries.conftest import put

LICENCES = "t-7d5b9de5de721455/h1/i2/task"
POLICY = "t-edffac8409e62e7a"  # 云州市公共数据管理办法


def test_due(samples_store: Path) -> None:
    """To the day: the deadline is the 30th day after 1 October 2022."""
    columns = ("due", "left", "body", "role", "task", "quote")
    lead = ("2022-10-31", "30", "云州市政务服务局", "lead", LICENCES, "2022年10月底前")
    for days, expected in (("30", [lead]), ("29", [])):
        found = put(
            samples_store, "task/due", *columns, date="2022-10-01", days=days, agency="云州市政务服务局"
        )
        assert found == expected
    assert [row[2:4] for row in put(samples_store, "task/due", *columns, date="2022-10-31", days="0")] == [
        ("云州市大数据管理局", "cooperate"),
        ("云州市政务服务局", "lead"),
        ("云州市卫生健康委员会", "responsible"),
        ("云州市市场监督管理局", "responsible"),
    ]


def test_due_before(samples_store: Path) -> None:
    found = put(samples_store, "task/due", "due", "left", "body", "role", date="2024-06-30", days="-100")
    assert found[:3] == [
        ("2024-03-31", "-91", "云州市司法局", "cooperate"),
        ("2024-03-31", "-91", "云州市大数据管理局", "lead"),
        ("2024-03-31", "-91", "云州市大数据管理局", "responsible"),
    ]
    assert {row[:2] for row in found[3:]} == {("2024-06-30", "0")}
    assert len(found) == 8


def test_recurring(samples_store: Path) -> None:
    found = put(samples_store, "task/recurring", "period", "quote", "task", agency="云州市科技创新局")
    assert found == [
        ("R/P1M", "每月", "x-d9f18e7ac64968a1/h3/task"),
        ("R/P1Y", "每年4月", "t-5a974b7113343481/a6/task"),
        ("R/P2Y", "每两年", "t-7f6111316bdf901d/h2/i4/task"),
        ("R/P6M", "每半年", "t-5a974b7113343481/a12/task"),
    ]
    whole = put(samples_store, "task/recurring", "name", "period", "task", "role")
    assert ("云州市科学技术局", "R/P2Y", "t-45834c454aeea0f6/c2/a9/task", "responsible") in whole
    assert len(whole) == 70


def test_without_body(samples_store: Path) -> None:
    """Items below a colon that names nobody, rules in the passive, aims for a whole city."""
    columns = ("document", "clause", "targets", "deadlines", "obligations")
    assert put(samples_store, "task/without-body", *columns) == [
        (POLICY, f"{POLICY}/c2/a7/i1", "0", "1", "0"),
        (POLICY, f"{POLICY}/c2/a7/i2", "0", "1", "0"),
        (POLICY, f"{POLICY}/c2/a7/i3", "0", "1", "0"),
        (POLICY, f"{POLICY}/c3/a10/p2", "0", "0", "1"),
        ("云市监发-2023-9", "t-897fa9f291b5ac2e/a4", "0", "0", "1"),
        ("云政办发-2021-15", "t-833eca675339da75/h1/i2/p1", "9", "1", "0"),
        ("云政办发-2022-21", "t-d6d0c1686ea18dec/h1/p1", "5", "1", "0"),
        ("云政办发-2023-12", "t-7f6111316bdf901d/h1/p1", "5", "1", "0"),
    ]
    for document in ("云政办发〔2021〕15号", "云州市数字经济发展行动方案（2021—2023年）"):
        found = put(samples_store, "task/without-body", "clause", document=document)
        assert found == [("t-833eca675339da75/h1/i2/p1",)]


def test_by_month(samples_store: Path) -> None:
    """As many tasks as task/due has in the month."""
    found = put(samples_store, "task/by-month")
    assert len(found) == 12
    assert found[7] == ("2024-06", "3", "2024-06-30")
    june = put(samples_store, "task/due", "task", date="2024-06-01", days="29")
    assert len(set(june)) == 3
    assert put(samples_store, "task/by-month", "month", date="2024-12-31") == [("2024-12",), ("2025-12",)]
    assert put(samples_store, "task/by-month", date="2026-01-01") == []

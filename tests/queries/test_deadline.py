"""Questions about deadlines: how near, whose, how often, and in which documents that have ended."""

from __future__ import annotations

from pathlib import Path

from tests.queries.conftest import StoreOf, archive, put

LICENCES = ("2022-10-31", "30", "t-7d5b9de5de721455/h1/i2/task", "2022年10月底前")
EXPIRED = "云政办发-2021-15"  # 2021—2023
NOW = "现将有关事项通知如下。"


def test_list(samples_store: Path) -> None:
    """To the day at both ends; the lead stands for the bodies, unless one is asked for."""
    columns = ("due", "left", "task", "quote", "body", "role", "bodies")
    lead = ("云州市政务服务局", "lead", "4")
    for first, last, expected in (
        ("2022-10-31", "2022-10-31", [(*LICENCES, *lead)]),
        ("2022-11-01", "2022-12-30", []),
    ):
        values = {"from": first, "to": last, "date": "2022-10-01"}
        assert put(samples_store, "deadline/list", *columns, **values) == expected
    found = put(samples_store, "deadline/list", *columns, date="2022-10-01", agency="云州市大数据管理局")
    assert found[0] == (*LICENCES, "云州市大数据管理局", "cooperate", "4")
    assert [row[0] for row in found] == ["2022-10-31", "2024-03-31", "2024-06-30", "2024-12-31"]


def test_list_has_deadlines_of_nobody(samples_store: Path) -> None:
    """An aim for a whole city: no task, no body, and the heading above its clause."""
    columns = ("task", "body", "bodies", "place", "quote", "document")
    values = {"from": "2023-12-31", "to": "2023-12-31", "date": "2023-12-31"}
    assert (None, None, None, "主要目标", "到2023年", EXPIRED) in put(
        samples_store, "deadline/list", *columns, **values
    )


def test_list_tells_apart_what_has_ended(samples_store: Path) -> None:
    """The plan ends with the last day of 2023."""
    columns = ("due", "status")
    values = {"to": "2022-12-31", "date": "2023-12-31"}
    assert len(put(samples_store, "deadline/list", *columns, **values)) == 4
    values["date"] = "2024-01-01"
    assert put(samples_store, "deadline/list", *columns, **values) == [("2022-10-31", None)]
    found = put(samples_store, "deadline/list", *columns, ended="true", **values)
    assert found == [
        ("2021-12-31", "expired"),
        ("2022-06-30", "expired"),
        ("2022-10-31", None),
        ("2022-12-31", "expired"),
    ]


def test_a_repeal_ends_a_document_from_its_day_on(store_of: StoreOf) -> None:
    plan = archive(1, "甲工作", NOW, "一、2032年6月底前完成库房改造。（责任单位：县档案馆）")
    end = archive(
        2,
        "乙工作",
        "本通知自2031年5月1日起施行。《青石县档案办公室关于甲工作的通知》（青档发〔2030〕1号）同时废止。",
        date="2031年4月1日",
        year=2031,
    )
    store = store_of(plan, end)
    columns = ("horizon", "deadlines", "ended")
    assert put(store, "deadline/by-horizon", *columns, date="2031-04-30") == [("later", "1", "0")]
    assert put(store, "deadline/by-horizon", *columns, date="2031-05-01") == [("later", "0", "1")]
    found = put(store, "deadline/list", "due", "status", date="2031-05-01", ended="true")
    assert found == [("2032-06-30", "repealed")]


def test_by_horizon(samples_store: Path) -> None:
    def near(**values: str) -> dict[str | None, tuple[str | None, ...]]:
        return {row[0]: row[1:] for row in put(samples_store, "deadline/by-horizon", **values)}

    assert near(date="2022-10-01") == {
        "past": ("2", "0"),
        "30": ("1", "0"),
        "365": ("2", "0"),
        "later": ("15", "0"),
        "recurring": ("33", "0"),
    }
    assert near(date="2022-09-30")["90"] == ("1", "0")  # the 31st day
    assert near(date="2024-01-01")["past"] == ("3", "4")
    assert near(date="2022-10-01", agency="云州市大数据管理局")["30"] == ("1", "0")
    assert near(date="2022-10-01", agency="云州市没有的局") == {}
    assert near(date="2022-10-01", issuer="云州市人民政府") == {
        "30": ("1", "0"),
        "365": ("1", "0"),
        "recurring": ("3", "0"),
    }


def test_by_day(samples_store: Path) -> None:
    """Four bodies have the task of one day, one document has it, one body issued it."""
    columns = ("due", "group", "deadlines", "text")
    bodies = put(samples_store, "deadline/by-day", *columns)
    assert [row[1] for row in bodies if row[0] == "2022-10-31"] == [
        "云州市卫生健康委员会",
        "云州市大数据管理局",
        "云州市市场监督管理局",
        "云州市政务服务局",
    ]
    for by, group in (("day", None), ("issuer", "云州市人民政府"), ("document", "云政发-2022-9")):
        found = put(samples_store, "deadline/by-day", *columns, by=by)
        assert [row[1:] for row in found if row[0] == "2022-10-31"] == [(group, "1", "推进证照联办")]
    assert sum(int(row[2] or 0) for row in put(samples_store, "deadline/by-day", *columns, by="day")) == 16


def test_recurring(samples_store: Path) -> None:
    columns = ("every", "quote", "task")
    found = put(samples_store, "deadline/recurring", *columns, agency="云州市科技创新局")
    assert found == [
        ("R/P1M", "每月", "x-d9f18e7ac64968a1/h3/task"),
        ("R/P6M", "每半年", "t-5a974b7113343481/a12/task"),
        ("R/P1Y", "每年4月", "t-5a974b7113343481/a6/task"),
        ("R/P2Y", "每两年", "t-7f6111316bdf901d/h2/i4/task"),
    ]
    periods = put(samples_store, "deadline/by-period", date="2022-10-01")
    assert periods == [
        ("R/P1D", "2", "1"),
        ("R/P1W", "2", "2"),
        ("R/P1M", "4", "4"),
        ("R/P3M", "7", "6"),
        ("R/P6M", "4", "4"),
        ("R/P1Y", "12", "9"),
        ("R/P2Y", "2", "2"),
    ]
    for period, deadlines, _ in periods:
        found = put(samples_store, "deadline/recurring", "every", date="2022-10-01", period=period or "")
        assert found == [(period,)] * int(deadlines or 0)

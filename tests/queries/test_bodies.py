"""Questions about one body: who it is, what it has, who stands around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.queries.conftest import StoreOf, put

CHECKS = (  # the body that is named is split in 2018
    "北京市人民政府办公厅关于开展药品检查的通知\n\n京政办发〔2015〕9号\n\n各区人民政府：\n\n"
    "现将有关事项通知如下。\n\n"
    "一、开展检查。2016年6月30日前，完成检查300家以上。（牵头单位：市食品药品监管局；配合单位：市财政局）\n\n"
    "北京市人民政府办公厅\n\n2015年3月1日\n"
)
SUCCESSOR = "北京市药品监督管理局"


def test_named_by_an_alias(samples_store: Path) -> None:
    columns = ("body", "name", "called", "kind", "level", "from", "until", "tasks")
    bureau = (
        "云州市科学技术局",
        "云州市科学技术局",
        "云州市科技局",
        "bureau",
        "prefectural",
        None,
        "2022-01",
        "11",
    )
    assert put(samples_store, "agency/named", *columns, words="科技局") == [bureau]
    assert put(samples_store, "agency/named", words="火星") == []


def test_named_has_the_name_itself_first(samples_store: Path) -> None:
    """And then those with most tasks; neither areas nor parties are bodies."""
    found = put(samples_store, "agency/named", "called", "tasks", words="云州市人民政府")
    assert found[0] == ("云州市人民政府", "6")
    assert found[1:] == sorted(found[1:], key=lambda row: -int(row[1] or 0))
    assert put(samples_store, "agency/named", "body", words="东屏县") == [("云州市东屏县人民政府",)]
    assert put(samples_store, "agency/named", words="评审专家") == []


def test_named_takes_characters_as_they_are(samples_store: Path) -> None:
    assert put(samples_store, "agency/named", words="科.局") == []
    assert put(samples_store, "agency/named", words='局" } #') == []


@pytest.mark.parametrize(
    "agency", ["云州市科学技术局", "云州市科技局", "https://w3id.org/gongbao/id/org/云州市科学技术局"]
)
def test_record(agency: str, samples_store: Path) -> None:
    columns = ("body", "class", "kind", "area", "parent", "aliases", "codes", "until", "now", "tasks")
    assert put(samples_store, "agency/record", *columns, agency=agency) == [
        (
            "云州市科学技术局",
            "organisation",
            "bureau",
            "云州市",
            "云州市人民政府",
            "云州市科技局",
            "云科发",
            "2022-01",
            "云州市科技创新局",
            "11",
        )
    ]


def test_record_of_a_class_and_of_nobody(samples_store: Path) -> None:
    columns = ("class", "area", "now", "tasks")
    found = put(samples_store, "agency/record", *columns, agency="云州市各区县人民政府")
    assert found == [("class", "云州市", None, "11")]
    assert put(samples_store, "agency/record", agency="火星科技局") == []
    assert put(samples_store, "agency/record", agency="云州市") == []  # an area is no body


def test_record_of_a_name_that_two_bodies_have(samples_store: Path) -> None:
    found = put(samples_store, "agency/record", "name", "from", "until", agency="市科委")
    assert sorted((row[1:] for row in found), key=str) == [("2021-01-01", None), (None, "2021-01-01")]


def test_record_after_a_split(samples_store: Path) -> None:
    """A row for each body of today."""
    found = put(samples_store, "agency/record", "now", agency="北京市食品药品监督管理局")
    assert found == [("北京市市场监督管理局",), (SUCCESSOR,)]


def test_summary(samples_store: Path) -> None:
    """The tasks are those of agency/load, the documents those of agency/documents."""
    names = ("tasks", "lead", "responsible", "cooperate", "timed", "measured", "documents")
    found = put(samples_store, "agency/summary", *names, agency="云州市科技局")
    assert found == [("11", "2", "9", "0", "5", "0", "1")]
    whole = {"agency": "云州市科技局", "with_predecessors": "true"}
    assert put(samples_store, "agency/summary", *names, **whole) == [("20", "2", "18", "0", "10", "2", "3")]


@pytest.mark.parametrize(("date", "ahead"), [("2024-06-30", "1"), ("2024-07-01", "0")])
def test_summary_of_what_lies_ahead(date: str, ahead: str, samples_store: Path) -> None:
    found = put(samples_store, "agency/summary", "ahead", agency="云州市科技创新局", date=date)
    assert found == [(ahead,)]


def test_summary_of_nobody(samples_store: Path) -> None:
    assert put(samples_store, "agency/summary", agency="火星科技局") == [("0",) * 8]


def test_targets(samples_store: Path) -> None:
    """Those with a year come first."""
    columns = ("role", "indicator", "comparator", "value", "unit", "due", "task")
    found = put(samples_store, "agency/targets", *columns, agency="云州市大数据管理局")
    assert len(found) == 19
    assert found[0] == (
        "cooperate",
        "行业实现“一业一证”",
        "=",
        "20",
        "个",
        "2022",
        "t-7d5b9de5de721455/h1/i2/task",
    )
    assert [row[5] for row in found] == ["2022"] + ["2024"] * 4 + [None] * 14
    led = put(samples_store, "agency/targets", "indicator", "role", agency="云州市大数据管理局", role="lead")
    assert set(led) == {
        ("上线数据产品", "lead"),
        ("带动数据交易额", "lead"),
        ("平台平均响应时间", "lead"),
        ("市级算力调度平台", "lead"),
        ("新建数据中心可再生能源使用率", "lead"),
    }


def test_documents(samples_store: Path) -> None:
    columns = ("day", "number", "type", "body", "others", "tasks")
    new = ("2023-09-15", "云科创发〔2023〕8号", "办法", "云州市科技创新局", None, "11")
    old = ("2021-02-26", "云科发〔2021〕3号", "办法", "云州市科学技术局", None, "11")
    found = put(samples_store, "agency/documents", *columns, agency="云州市科技创新局")
    assert found[0] == new
    assert found[1][:4] == ("2022-03-31", "云知发〔2022〕6号", "办法", "云州市科技创新局")
    joint = set((found[1][4] or "").split("、"))
    assert joint == {"云州市知识产权局", "云州市财政局", "云州市市场监督管理局"}
    whole = put(
        samples_store, "agency/documents", *columns, agency="云州市科技创新局", with_predecessors="true"
    )
    assert [whole[0], whole[2]] == [new, old]


def test_related(samples_store: Path) -> None:
    columns = ("relation", "body", "tasks")
    assert put(samples_store, "agency/related", *columns, agency="云州市临江区人民政府") == [
        ("above", "云州市人民政府", "6"),
        ("class", "https://w3id.org/gongbao/id/class/云州市各区县人民政府", "11"),
        ("class", "https://w3id.org/gongbao/id/class/云州市及各区县人民政府", "2"),
    ]
    assert put(samples_store, "agency/related", *columns, agency="云州市各区县人民政府") == [
        ("member", "云州市东屏县人民政府", "2"),
        ("member", "云州市临江区人民政府", "1"),
        ("member", "云州市云湖区人民政府", "1"),
    ]
    below = put(samples_store, "agency/related", "relation", "body", agency="云州市数字经济发展领导小组")
    assert below == [("below", "云州市数字经济发展领导小组办公室")]


def test_with_predecessors(store_of: StoreOf) -> None:
    """What a text gave to the body that was split is due, shared and counted for what came of it."""
    store = store_of(CHECKS)
    both = {"agency": SUCCESSOR, "with_predecessors": "true"}
    due = {"date": "2016-01-01", "days": "366"}
    assert put(store, "task/due", "due", "role", **due, agency=SUCCESSOR) == []
    assert put(store, "task/due", "due", "role", **due, **both) == [("2016-06-30", "lead")]
    assert len(put(store, "task/due", **due, with_predecessors="true")) == 2  # of all bodies
    partners = ("body", "partner", "tasks", "led")
    assert put(store, "agency/partners", *partners, agency=SUCCESSOR, at_least="1") == []
    assert put(store, "agency/partners", *partners, **both, at_least="1") == [
        ("北京市食品药品监督管理局", "北京市财政局", "1", "1")
    ]
    assert put(store, "agency/targets", "value", agency=SUCCESSOR) == []
    assert put(store, "agency/targets", "value", "unit", **both) == [("300", "家")]
    assert put(store, "agency/summary", "tasks", "lead", **both) == [("1", "1")]

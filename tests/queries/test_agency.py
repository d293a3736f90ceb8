"""Questions about bodies."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from tests.queries.conftest import StoreOf, ask, put

INSPECTION = (
    "北京市人民政府办公厅关于加强食品安全工作的通知\n\n京政办发〔2015〕8号\n\n各区人民政府：\n\n"
    "现将有关事项通知如下。\n\n"
    "一、加强检查。开展食品安全检查。（责任单位：市食品药品监管局、市财政局）\n\n"
    "二、加强宣传。（牵头单位：市财政局；配合单位：市食品药品监管局、市食药局）\n\n"
    "北京市人民政府办公厅\n\n2015年3月1日\n"
)


def test_rolled_up(samples_store: Path, samples_facts: str) -> None:
    """The tasks of 云州市科学技术局 are those of 云州市科技创新局 now; counted here from the facts."""
    tasks: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in map(json.loads, samples_facts.splitlines()):
        if one["kind"] == "resp" and one["agency_now"]:
            for role in ("", one["role"]):
                tasks[one["agency_now"]][role].add(one["task"])
    roles = ("", "lead", "responsible", "cooperate")
    expected = {body: [len(of[role]) for role in roles] for body, of in tasks.items()}
    found = ask(samples_store, "agency/rolled-up")
    counts = [[int(number or 0) for number in row[2:]] for row in found]
    assert {str(row[0]): count[:4] for row, count in zip(found, counts, strict=True)} == expected
    assert len(expected) > 40
    assert all(row[0] == row[1] for row in found)
    assert [count[0] for count in counts] == sorted((count[0] for count in counts), reverse=True)
    assert {count[4] for count in counts} == {0}
    names = [row[0] for row in found]
    assert "云州市科技创新局" in names
    assert "云州市科学技术局" not in names


def test_rolled_up_after_a_split(store_of: StoreOf) -> None:
    """Each successor has the task, once however often the text names it, and it counts as divided."""
    counts = ("2", "0", "1", "1", "2")
    assert ask(store_of(INSPECTION), "agency/rolled-up") == [
        ("北京市市场监督管理局", "北京市市场监督管理局", *counts),
        ("北京市药品监督管理局", "北京市药品监督管理局", *counts),
        ("北京市财政局", "北京市财政局", "2", "1", "1", "0", "0"),
    ]


LICENCES = "t-7d5b9de5de721455/h1/i2/task"
SERVICES = [  # tasks of 云州市政务服务局: role, task, number, due, deadlines
    ("lead", LICENCES, "云政发〔2022〕9号", "2022-10-31", "2022-10-31"),
    (
        "responsible",
        "t-ad3383e30ab63428/h3/n7/task",
        "云数发〔2024〕2号",
        "2024-06-30",
        "2024-06-30, 2024-09-30",
    ),
    ("cooperate", "t-7d5b9de5de721455/h5/p1/task", "云政发〔2022〕9号", None, "R/P3M"),
    ("responsible", "t-ad3383e30ab63428/h1/n3/task", "云数发〔2024〕2号", None, ""),
]


def ordered(joined: str | None) -> str:
    """What a group says together has no order."""
    return ", ".join(sorted((joined or "").split(", ")))


def test_tasks_soonest_first(samples_store: Path) -> None:
    columns = ("role", "task", "number", "due", "deadlines")
    found = put(samples_store, "agency/tasks", *columns, agency="云州市政务服务局")
    assert [(*row[:4], ordered(row[4])) for row in found] == SERVICES
    targets = put(
        samples_store, "agency/tasks", "task", "targets", "via", "called", agency="云州市政务服务局"
    )
    assert targets[0] == (
        LICENCES,
        "在餐饮、药店、便利店等20个行业实现“一业一证”",
        "name",
        "市政务服务局",
    )


@pytest.mark.parametrize(
    "agency", ["云州市科学技术局", "云州市科技局", "https://w3id.org/gongbao/id/org/云州市科学技术局"]
)
def test_tasks_of_a_body_by_any_name(agency: str, samples_store: Path) -> None:
    found = put(samples_store, "agency/tasks", "role", "body", agency=agency)
    assert sorted(found) == [("lead", "云州市科学技术局")] * 2 + [("responsible", "云州市科学技术局")] * 9
    assert put(samples_store, "agency/tasks", "role", agency=agency, role="lead") == [("lead",)] * 2


def test_tasks_with_predecessors(samples_store: Path) -> None:
    """Either way: what it was and what it became."""
    for agency in ("云州市科学技术局", "云州市科技创新局"):
        found = put(samples_store, "agency/tasks", "body", agency=agency, with_predecessors="true")
        assert sorted(found) == [("云州市科学技术局",)] * 11 + [("云州市科技创新局",)] * 9


def test_tasks_with_classes(samples_store: Path) -> None:
    found = put(samples_store, "agency/tasks", "task", "via", "called", agency="云州市东屏县人民政府")
    assert found == [
        ("t-833eca675339da75/h2/i2/n5/task", "name", "东屏县政府"),
        ("t-d6d0c1686ea18dec/h2/i2/n5/task", "name", "东屏县政府"),
    ]
    wide = put(
        samples_store, "agency/tasks", "via", "called", agency="云州市东屏县人民政府", with_classes="true"
    )
    assert sorted(set(wide)) == [
        ("class", "各区县"),
        ("class", "各区县政府"),
        ("class", "市、区县人民政府"),
        ("name", "东屏县政府"),
    ]
    assert len(wide) == 15


def test_tasks_of_nobody(samples_store: Path) -> None:
    assert put(samples_store, "agency/tasks", agency="火星科技局") == []


def test_load(samples_store: Path) -> None:
    """As it was then: rolled-up gives the two of 云州市科技创新局 as one."""
    counts = ("tasks", "lead", "responsible", "cooperate", "timed", "measured")
    assert put(samples_store, "agency/load", *counts, agency="云州市科技局") == [
        ("11", "2", "9", "0", "5", "0")
    ]
    assert put(samples_store, "agency/load", *counts, agency="云州市科技创新局")[0][:4] == (
        "9",
        "0",
        "9",
        "0",
    )
    whole = put(samples_store, "agency/load", "name", "tasks")
    assert ("云州市科技创新局", "9") in whole
    assert [int(tasks or 0) for _, tasks in whole] == sorted((int(n or 0) for _, n in whole), reverse=True)


PARTNERS = [  # together, led by the first, by the second
    ("云州市各区县人民政府", "云州市城市管理局", "4", "0", "1"),
    ("云州市知识产权局", "云州市财政局", "4", "2", "0"),
    ("云州市各区县人民政府", "云州市住房和城乡建设局", "3", "0", "0"),
    ("云州市各区县人民政府", "云州市大数据管理局", "3", "0", "0"),
    ("云州市各区县人民政府", "云州市工业和信息化局", "3", "0", "2"),
    ("中共云州市委网络安全和信息化委员会办公室", "云州市大数据管理局", "3", "1", "1"),
    ("云州供电公司", "云州市发展和改革委员会", "3", "0", "0"),
    ("云州市发展和改革委员会", "云州市生态环境局", "3", "1", "0"),
    ("云州市工业和信息化局", "云州高新技术产业开发区管理委员会", "3", "1", "0"),
]


def test_partners(samples_store: Path) -> None:
    columns = ("name", "partner_name", "tasks", "led", "partner_led")
    assert put(samples_store, "agency/partners", *columns) == PARTNERS
    of_one = put(samples_store, "agency/partners", *columns, agency="云州市财政局")
    assert of_one == [("云州市财政局", "云州市知识产权局", "4", "0", "2")]


def test_history(samples_store: Path) -> None:
    change = ("2022-01", "renamed", "云州市科学技术局", "云州市科技创新局", "机构改革安排")
    columns = ("date", "kind", "before_name", "after_name", "cause")
    for agency in ("云州市科学技术局", "云州市科技创新局"):
        assert put(samples_store, "agency/history", *columns, agency=agency) == [change]
    assert put(samples_store, "agency/history", agency="云州市财政局") == []
    assert change in put(samples_store, "agency/history", *columns)


def test_reformed(samples_store: Path) -> None:
    columns = ("date", "kind", "body", "now", "role")
    change = ("2022-01", "renamed", "云州市科学技术局", "云州市科技创新局")
    expected = [(*change, "lead")] * 2 + [(*change, "responsible")] * 9
    assert sorted(put(samples_store, "agency/reformed", *columns)) == expected
    assert sorted(put(samples_store, "agency/reformed", *columns, agency="云州市科技创新局")) == expected
    assert put(samples_store, "agency/reformed", agency="云州市财政局") == []


def test_reformed_after_a_split(store_of: StoreOf) -> None:
    found = put(store_of(INSPECTION), "agency/reformed", "kind", "body", "now", "role", "task_label")
    before = "北京市食品药品监督管理局"
    assert {row[:2] for row in found} == {("split", before)}
    assert sorted((row[2], row[3]) for row in found) == [
        ("北京市市场监督管理局", "cooperate"),
        ("北京市市场监督管理局", "responsible"),
        ("北京市药品监督管理局", "cooperate"),
        ("北京市药品监督管理局", "responsible"),
    ]

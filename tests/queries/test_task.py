"""Questions about tasks and provisions: when, how often, by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.iris import Iris
from queries.library import question
from tests.queries.conftest import put

DOC = f"{Iris().base}doc/"
ORG = f"{Iris().base}org/"

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
    assert len(whole) == len(set(whole)) > 60


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


def counted(store: Path, **values: str) -> dict[str | None, int]:
    return {
        name or value: int(tasks or 0)
        for value, name, tasks in put(store, "task/counts", "value", "name", "tasks", **values)
    }


def test_counts(samples_store: Path, sample_tasks: dict[str, set[str]]) -> None:
    tasks = {role: len(found) for role, found in sample_tasks.items()}
    assert counted(samples_store) == {None: tasks[""]}
    targets = counted(samples_store, by="target")
    assert (targets["yes"], sum(targets.values())) == (32, tasks[""])
    assert counted(samples_store, by="role") == {role: count for role, count in tasks.items() if role}
    assert counted(samples_store, by="deadline").keys() == {"none", "recurring", "within", "by"}
    years = counted(samples_store, by="year")
    assert sum(years.values()) == tasks[""]
    bodies = counted(samples_store, by="agency")
    assert bodies["云州市大数据管理局"] == 23  # 18 by name, others where a text means it by its function
    assert list(bodies.values()) == sorted(bodies.values(), reverse=True)
    assert len(counted(samples_store, by="document")) > 10


@pytest.mark.parametrize("by", ["agency", "role", "document", "year", "due", "deadline", "target"])
def test_what_is_counted_is_listed(by: str, samples_store: Path) -> None:
    """Each group has as many tasks as the list and the count have under its condition."""
    words = {"words": "数据|人才|建设"}
    for value, tasks in put(samples_store, "task/counts", "value", "tasks", by=by, **words):
        if value is None:
            continue  # a year that is not known cannot be asked for
        iri = by in ("agency", "document") and not value.startswith("http")  # put() makes them short
        asked = f"{ORG if by == 'agency' else DOC}{value}" if iri else value
        listed = put(samples_store, "task/list", "task", limit="200", **{by: asked}, **words)
        assert (len(listed), len(set(listed))) == (int(tasks or 0), int(tasks or 0)), value
        assert counted(samples_store, **{by: asked}, **words) == {None: int(tasks or 0)}


def test_a_role_is_that_of_the_body(samples_store: Path) -> None:
    office = "云州市政务服务局"
    roles = counted(samples_store, by="role", agency=office)
    assert roles == {"responsible": 2, "lead": 1, "cooperate": 1}
    for role, tasks in roles.items():
        assert counted(samples_store, agency=office, role=str(role)) == {None: tasks}
        assert counted(samples_store, by="agency", role=str(role))[office] == tasks
    assert counted(samples_store, agency=office, role="lead|cooperate") == {None: 2}


def test_every_name_of_a_body_and_a_document(samples_store: Path) -> None:
    """云州市科技局 is short for the bureau that had eleven; with the office of another four together."""
    for name in ("云州市科学技术局", "云州市科技局", f"{ORG}云州市科学技术局"):
        assert counted(samples_store, agency=name) == {None: 11}
    assert counted(samples_store, agency="云州市科技局|云州市政务服务局") == {None: 15}
    assert counted(samples_store, agency="火星科技局") == {}
    for name in ("云数发〔2024〕2号", "2024年云州市数字政府建设工作要点", f"{DOC}云数发-2024-2"):
        assert counted(samples_store, document=name) == {None: 14}


def test_list(samples_store: Path) -> None:
    columns = ("task", "lead", "responsible", "cooperate", "due", "deadlines", "targets", "number", "day")
    (first,) = put(samples_store, "task/list", *columns, words="证照", limit="1")
    assert first == (
        LICENCES,
        "云州市政务服务局",
        first[2],
        "云州市大数据管理局",
        "2022-10-31",
        "2022-10-31",
        "1",
        "云政发〔2022〕9号",
        "2022-07-12",
    )
    assert set((first[2] or "").split("、")) == {"云州市市场监督管理局", "云州市卫生健康委员会"}


@pytest.mark.parametrize(("sort", "column"), [("due", "due"), ("date", "day"), ("targets", "targets")])
def test_pages_have_every_task_once_in_order(
    sort: str, column: str, samples_store: Path, sample_tasks: dict[str, set[str]]
) -> None:
    count = len(sample_tasks[""])
    pages = [
        put(samples_store, "task/list", "task", column, sort=sort, limit="30", offset=str(offset))
        for offset in range(0, count, 30)
    ]
    whole = [row for page in pages for row in page]
    assert [len(page) for page in pages[:-1]] == [30] * (count // 30)
    assert len({task for task, _ in whole}) == len(whole) == count > 90
    values = [value for _, value in whole if value]
    numbers = [int(value) for value in values] if sort == "targets" else values
    assert numbers == sorted(numbers, reverse=sort != "due")
    assert all(value is None for _, value in whole[len(values) :])  # those without a date are last


def test_facts(samples_store: Path) -> None:
    found = put(
        samples_store, "task/facts", "kind", "agency", "value", "quote", "rule", task=f"{DOC}{LICENCES}"
    )
    assert found[0][0] == "task"
    assert found[1:] == [
        ("by", None, "2022-10-31", "2022年10月底前", found[1][4]),
        ("target", None, "= 20 个", "在餐饮、药店、便利店等20个行业实现“一业一证”", found[2][4]),
        ("lead", "云州市政务服务局", None, "市政务服务局", "bracket.labelled"),
        ("responsible", "云州市市场监督管理局", None, "市市场监管局", "bracket.labelled"),
        ("responsible", "云州市卫生健康委员会", None, "市卫生健康委", "bracket.labelled"),
        ("cooperate", "云州市大数据管理局", None, "市大数据局", "bracket.labelled"),
    ]
    assert all(row[4] for row in found[1:])
    assert put(samples_store, "task/facts", task=f"{DOC}none") == []


def test_the_questions_have_the_same_conditions() -> None:
    def conditions(name: str) -> list[str]:
        lines = [line.strip() for line in question(name).splitlines()]
        begin = lines.index("# when agency")
        return [
            line.replace(" ?part WHERE", " WHERE") for line in lines[begin : lines.index("# when words") + 9]
        ]

    assert conditions("task/list") == conditions("task/counts") == conditions("task/facets")


@pytest.mark.parametrize("values", [{}, {"words": "数据|建设"}, {"role": "lead"}, {"year": "2021"}])
def test_facets_together_are_those_that_are_counted_alone(
    samples_store: Path, values: dict[str, str]
) -> None:
    found: dict[str | None, dict[str | None, int]] = {}
    for facet, value, tasks in put(samples_store, "task/facets", "facet", "value", "tasks", **values):
        found.setdefault(facet, {})[value] = int(tasks or 0)
    (total,) = found["task"].values()
    assert counted(samples_store, **values) == {None: total}
    for by in ("role", "year", "due", "deadline", "target"):
        alone = {
            value: int(tasks or 0)
            for value, tasks in put(samples_store, "task/counts", "value", "tasks", by=by, **values)
            if value not in (None, "none", "no")
        }
        assert found.get(by, {}) == alone, by
    without = counted(samples_store, by="deadline", **values).get("none", 0)
    assert total - sum(found.get("timed", {}).values()) == without

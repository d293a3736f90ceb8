"""Questions about the graph of links: how many neighbours a node has, and which."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.iris import Iris
from queries.errors import ParameterError
from tests.queries.conftest import StoreOf, archive, put

BASE = Iris().base
INNOVATION = f"{BASE}org/云州市科技创新局"
BIG_DATA = f"{BASE}org/云州市大数据管理局"
POLICY = f"{BASE}doc/t-edffac8409e62e7a"  # 云州市公共数据管理办法
EXPERTS = f"{BASE}doc/云科创发-2023-8"


def degrees(store: Path, node: str) -> dict[tuple[str | None, str | None], str | None]:
    return {(edge, way): count for edge, way, count in put(store, "link/degrees", node=node)}


def test_degrees(samples_store: Path) -> None:
    assert degrees(samples_store, INNOVATION) == {
        ("change", "in"): "1",
        ("part-of", "out"): "1",
        ("passed-by", "in"): "2",
        ("responsible", "in"): "9",
    }
    assert degrees(samples_store, POLICY) == {
        ("amends", "in"): "1",
        ("applies", "in"): "1",
        ("basis", "in"): "1",
        ("basis", "out"): "3",
        ("cites", "out"): "2",
        ("repeals", "out"): "1",
        ("republishes", "in"): "1",
        ("stated-in", "in"): "9",
    }


def test_a_circular_and_what_it_puts_out_are_one_node(samples_store: Path) -> None:
    """The tasks of the measures are those of the circular, and both issuers are one."""
    found = degrees(samples_store, EXPERTS)
    assert found["stated-in", "in"] == "11"
    assert found["passed-by", "out"] == "1"
    columns = ("neighbour", "kind")
    assert put(samples_store, "link/neighbours", *columns, node=f"{BASE}doc/t-5a974b7113343481/a2/task") == [
        ("云科创发-2023-8", "document"),
        ("云州市科技创新局", "agency"),
    ]


def test_an_unknown_node_has_no_neighbours(samples_store: Path) -> None:
    assert degrees(samples_store, "urn:nothing") == {}
    assert put(samples_store, "link/neighbours", node="urn:nothing") == []


def test_neighbours(samples_store: Path) -> None:
    """Documents and changes newest first; a task has the date of its document."""
    columns = ("edge", "direction", "neighbour", "name", "kind", "date", "change")
    assert put(samples_store, "link/neighbours", *columns, node=INNOVATION, edge="change") == [
        ("change", "in", "云州市科学技术局", "云州市科学技术局", "agency", "2022-01", "renamed")
    ]
    assert put(samples_store, "link/neighbours", *columns[2:6], node=INNOVATION, edge="passed-by") == [
        ("云科创发-2023-8", "云州市科技专家库管理办法（2023年修订）", "document", "2023-09-15"),
        ("云知发-2022-6", "云州市高价值专利培育管理办法", "document", "2022-03-31"),
    ]
    tasks = put(samples_store, "link/neighbours", "kind", "date", "name", node=INNOVATION, edge="responsible")
    assert len(tasks) == 9
    assert ("task", "2023-03-20", "强化科技支撑") in tasks


def test_a_document_that_is_only_referred_to_is_told_apart(samples_store: Path) -> None:
    found = put(samples_store, "link/neighbours", "name", "kind", node=POLICY, edge="basis", direction="out")
    assert found == [
        ("中华人民共和国个人信息保护法", "cited"),
        ("宁江省大数据促进条例", "cited"),
        ("中华人民共和国数据安全法", "cited"),
    ]


def test_pages_follow_each_other_without_a_gap(samples_store: Path) -> None:
    first = put(samples_store, "link/neighbours", "neighbour", "key", node=BIG_DATA, edge="responsible")
    assert len(first) == 12
    after = first[-1][1] or ""
    rest = put(samples_store, "link/neighbours", "neighbour", node=BIG_DATA, edge="responsible", after=after)
    assert len(rest) == 1
    assert len({row[0] for row in (*first, *rest)}) == int(
        degrees(samples_store, BIG_DATA)["responsible", "in"] or 0
    )


def test_pages_follow_each_other_where_there_are_dates(store_of: StoreOf) -> None:
    """Thirteen circulars of one office, two of them of one day."""
    store = store_of(
        *(
            archive(number, f"第{number}次盘点", "现予通知。", date=f"2030年3月{min(number, 12)}日")
            for number in range(1, 14)
        )
    )
    office = put(store, "info/node", "node", node="青石县档案办公室")
    node = f"{BASE}org/{office[0][0]}"
    first = put(store, "link/neighbours", "neighbour", "date", "key", node=node, edge="passed-by")
    rest = put(
        store, "link/neighbours", "neighbour", "date", node=node, edge="passed-by", after=first[-1][2] or ""
    )
    assert [row[1] for row in first] == ["2030-03-12"] * 2 + [f"2030-03-{day:02}" for day in range(11, 1, -1)]
    assert rest == [("青档发-2030-1", "2030-03-01")]


@pytest.mark.parametrize(("name", "value"), [("edge", "loves"), ("direction", "up"), ("node", "  ")])
def test_values_that_are_not_allowed(samples_store: Path, name: str, value: str) -> None:
    with pytest.raises(ParameterError):
        put(samples_store, "link/neighbours", **{"node": POLICY, name: value})


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("云州市科技创新局", [("云州市科技创新局", "云州市科技创新局", "agency")]),
        ("云科创发〔2023〕8号", [("云科创发-2023-8", "云州市科技专家库管理办法（2023年修订）", "document")]),
        (
            f"{BASE}doc/t-5a974b7113343481",
            [("云科创发-2023-8", "云州市科技专家库管理办法（2023年修订）", "document")],
        ),
        (f"{BASE}doc/t-676cef28035f8940", [("t-676cef28035f8940", "中华人民共和国个人信息保护法", "cited")]),
        ("没有这样的名称", []),
        ("urn:nothing", []),
    ],
)
def test_a_node_is_found_by_iri_name_number_and_title(
    samples_store: Path, asked: str, found: list[tuple[str, str, str]]
) -> None:
    assert put(samples_store, "info/node", "node", "name", "kind", node=asked) == found


def test_names_that_have_some_words(samples_store: Path) -> None:
    columns = ("node", "name")
    found = put(samples_store, "info/named", *columns, words="云州市大数据", kind="agency")
    assert found[0] == ("云州市大数据管理局", "云州市大数据管理局")  # by another name of it
    assert ("t-edffac8409e62e7a", "云州市公共数据管理办法") in put(
        samples_store, "info/named", *columns, words="公共数据", kind="document"
    )
    assert put(samples_store, "info/named", *columns, words="公共数据", kind="agency") == []
    tasks = put(samples_store, "info/named", "name", "kind", words="夯实电子证照库")
    assert tasks == [("夯实电子证照库", "task")]

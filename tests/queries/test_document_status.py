"""Questions about documents: their status, what ended them, lists and outlines."""

from __future__ import annotations

from pathlib import Path

import pytest

from queries.errors import ParameterError
from tests.conftest import circular
from tests.queries.conftest import StoreOf, archive, put

IN_2022 = [  # status on 2022-06-30
    ("t-37e90a242ea28a19", "not yet in force", None, None),
    ("t-edffac8409e62e7a", "in force", None, "2020-01-01"),
    ("x-d9f18e7ac64968a1", "not yet in force", None, None),
    ("云州市人民政府-令-25", "repealed", "t-edffac8409e62e7a", "2020-01-01"),
    ("云州市人民政府-令-61", "not yet in force", None, None),
    ("云市监发-2023-9", "not yet in force", None, None),
    ("云政办发-2021-15", "in force", None, "2021-06-18"),
    ("云政办发-2022-21", "not yet in force", None, None),
    ("云政办发-2023-12", "not yet in force", None, None),
    ("云政办发-2023-14", "not yet in force", None, None),
    ("云政发-2022-9", "not yet in force", None, None),
    ("云数发-2024-2", "not yet in force", None, None),
    ("云知发-2018-9", "repealed", "t-5c356a4066088d98", "2022-05-01"),
    ("云知发-2022-6", "in force", None, "2022-05-01"),
    ("云科创发-2023-8", "not yet in force", None, None),
    ("云科发-2016-12", "repealed", "t-45834c454aeea0f6", "2021-04-01"),
    ("云科发-2021-3", "in force", None, "2021-04-01"),
]
ENDED = [
    ("云科创发-2022-17", "repealed", "x-d9f18e7ac64968a1", "2024-03-01", "false"),
    ("云科创发-2023-8", "amended", "x-d9f18e7ac64968a1", "2024-03-01", "true"),
    ("云科发-2021-3", "amended", "云科创发-2023-8", "2023-11-01", "true"),
    ("云科发-2021-3", "repealed", "t-5a974b7113343481", "2023-11-01", "true"),
    ("t-edffac8409e62e7a", "amended", "云州市人民政府-令-61", "2023-05-12", "true"),
    ("云政办发-2015-33", "repealed", "云政办发-2023-14", "2023-04-06", "false"),
    ("云政办发-2016-7", "repealed", "云政办发-2023-14", "2023-04-06", "false"),
    ("云政办发-2017-52", "repealed", "云政办发-2023-14", "2023-04-06", "false"),
    ("云政发-2014-18", "repealed", "t-d6d0c1686ea18dec", "2022-09-05", "false"),
    ("云知发-2018-9", "repealed", "t-5c356a4066088d98", "2022-05-01", "false"),
    ("云科发-2016-12", "repealed", "t-45834c454aeea0f6", "2021-04-01", "false"),
    ("云州市人民政府-令-25", "repealed", "t-edffac8409e62e7a", "2020-01-01", "false"),
]
AHEAD = [  # of 2021-01-01
    ("2021-04-01", "effective", "云科发-2021-3", "90", "true"),
    ("2021-06-18", "effective", "云政办发-2021-15", "168", "false"),
    ("2022-05-01", "effective", "云知发-2022-6", "485", "false"),
    ("2022-08-01", "effective", "云政发-2022-9", "577", "false"),
    ("2023-05-12", "effective", "云州市人民政府-令-61", "861", "false"),
    ("2023-05-17", "effective", "云市监发-2023-9", "866", "false"),
    ("2023-11-01", "effective", "云科创发-2023-8", "1034", "false"),
    ("2023-12-31", "expires", "云政办发-2021-15", "1094", "false"),
    ("2024-03-01", "effective", "x-d9f18e7ac64968a1", "1155", "false"),
    ("2024-05-01", "effective", "t-37e90a242ea28a19", "1216", "false"),
    ("2025-04-30", "expires", "云知发-2022-6", "1580", "false"),
    ("2026-03-31", "expires", "云科发-2021-3", "1915", "true"),
    ("2028-05-16", "expires", "云市监发-2023-9", "2692", "false"),
    ("2028-10-31", "expires", "云科创发-2023-8", "2860", "false"),
]
OUTLINE = [  # of circular(4)
    ("notice/p1", None, None, "1", None, None),
    ("h1", "一", "加快整理", "1", None, None),
    ("h1", "一", "加快整理", "0", "task", "加快整理"),
    ("h1", "一", "加快整理", "0", "deadline", "2030年底前"),
    ("h1", "一", "加快整理", "0", "target", "完成整理案卷300件以上"),
    ("h1", "一", "加快整理", "0", "responsible", "县档案办"),
    ("h1", "一", "加快整理", "0", "responsible", "县财政局"),
    ("h2", "二", "严格管理", "1", None, None),
    ("h2", "二", "严格管理", "0", "obligation", "借阅人员应当爱护档案，不得涂改档案"),
    ("h2", "二", "严格管理", "0", "prohibition", "借阅人员应当爱护档案，不得涂改档案"),
]
NOW = "现将有关事项通知如下。"
REPEAL = "《关于甲工作的通知》（青档发〔2030〕1号）同时废止。"


@pytest.fixture
def twice_repealed(store_of: StoreOf) -> Path:
    """Two circulars repeal a third, each on a day of its own."""
    return store_of(
        archive(1, "甲工作", NOW, "一、做好甲工作。"),
        archive(8, "乙工作", NOW, f"一、{REPEAL}", date="2030年8月1日"),
        archive(9, "丙工作", NOW, f"一、{REPEAL}", date="2030年9月1日"),
    )


def test_status(samples_store: Path) -> None:
    found = put(samples_store, "document/status", "document", "status", "by", "since", date="2022-06-30")
    assert found == IN_2022


def test_status_of_a_document_through_the_years(samples_store: Path) -> None:
    """The measures of 2021 are asked for by their title; the number is the circular's."""
    told = {
        "2021-03-31": ("not yet in force", None, None),
        "2021-04-01": ("in force", None, "2021-04-01"),
        "2023-10-31": ("in force", None, "2021-04-01"),
        "2023-11-01": ("repealed", "云州市科技专家库管理办法（2023年修订）", "2023-11-01"),
    }
    for date, status in told.items():
        found = put(
            samples_store,
            "document/status",
            *("number", "status", "by_title", "since"),
            date=date,
            document="云州市科技专家库管理办法",
        )
        assert found == [("云科发〔2021〕3号", *status)]


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (
            "云知发〔2022〕6号",  # three years from 2022-05-01
            {
                "2022-04-30": ("not yet in force", None),
                "2022-05-01": ("in force", "2022-05-01"),
                "2025-04-30": ("in force", "2022-05-01"),
                "2025-05-01": ("expired", "2025-04-30"),
            },
        ),
        (
            "云市监发〔2023〕9号",  # thirty days after 2023-04-17, for five years
            {
                "2023-05-16": ("not yet in force", None),
                "2023-05-17": ("in force", "2023-05-17"),
                "2028-05-16": ("in force", "2023-05-17"),
                "2028-05-17": ("expired", "2028-05-16"),
            },
        ),
        (
            "云州市公共数据管理办法",  # published again by the decision of 2023-05-12
            {
                "2019-12-31": ("not yet in force", None),
                "2023-05-11": ("in force", "2020-01-01"),
                "2023-05-12": ("amended", "2023-05-12"),
            },
        ),
    ],
)
def test_status_from_days_that_follow_from_the_text(
    document: str, told: dict[str, tuple[str, str | None]], samples_store: Path
) -> None:
    for date, status in told.items():
        found = put(samples_store, "document/status", "status", "since", date=date, document=document)
        assert found == [status]


def test_status_of_a_document_that_two_repeal(twice_repealed: Path) -> None:
    """Each repeal keeps its own day."""
    asked = {"document": "青档发〔2030〕1号"}
    columns = ("status", "by", "since")
    for date, told in {
        "2030-07-31": [("in force", None, "2030-03-01")],
        "2030-08-31": [("repealed", "青档发-2030-8", "2030-08-01")],
        "2030-09-01": [
            ("repealed", "青档发-2030-8", "2030-08-01"),
            ("repealed", "青档发-2030-9", "2030-09-01"),
        ],
    }.items():
        assert put(twice_repealed, "document/status", *columns, date=date, **asked) == told
        listed = put(twice_repealed, "document/list", "number", "status", date=date)
        assert ("青档发〔2030〕1号", told[0][0]) in listed
        assert len(listed) == 3


def test_ended(samples_store: Path) -> None:
    columns = ("document", "change", "by", "since", "in_store")
    assert put(samples_store, "document/ended", *columns) == ENDED
    amended = [row for row in ENDED if row[1] == "amended"]
    assert put(samples_store, "document/ended", *columns, change="amended") == amended


def test_ended_by_two(twice_repealed: Path) -> None:
    assert put(twice_repealed, "document/ended", "document", "by", "since") == [
        ("青档发-2030-1", "青档发-2030-9", "2030-09-01"),
        ("青档发-2030-1", "青档发-2030-8", "2030-08-01"),
    ]


def test_ahead(samples_store: Path) -> None:
    columns = ("day", "event", "document", "ahead", "repealed")
    assert put(samples_store, "document/ahead", *columns, date="2021-01-01") == AHEAD
    expiring = put(samples_store, "document/ahead", *columns, date="2021-01-01", event="expires")
    assert expiring == [row for row in AHEAD if row[1] == "expires"]


def test_ahead_counts_the_day_itself_and_the_last(samples_store: Path) -> None:
    found = put(samples_store, "document/ahead", "day", "ahead", date="2022-05-01", days="92")
    assert found == [("2022-05-01", "0"), ("2022-08-01", "92")]
    assert put(samples_store, "document/ahead", "day", date="2022-05-02", days="90") == []


def test_list(samples_store: Path) -> None:
    columns = ("number", "type", "issuers", "status")
    assert put(samples_store, "document/list", *columns, date="2022-06-30", words="管理办法") == [
        ("云科创发〔2023〕8号", "办法", "云州市科技创新局", "not yet in force"),
        ("云州市人民政府令第61号", "决定", "云州市人民政府", "not yet in force"),
        (
            "云知发〔2022〕6号",
            "办法",
            "云州市知识产权局、云州市科技创新局、云州市财政局、云州市市场监督管理局",
            "in force",
        ),
        ("云科发〔2021〕3号", "办法", "云州市科学技术局", "in force"),
        (None, "办法", None, "in force"),
    ]
    assert len(put(samples_store, "document/list")) == 14
    assert put(samples_store, "document/list", "number", agency="云州市科技创新局") == [
        ("云科创发〔2023〕8号",),
        ("云知发〔2022〕6号",),
    ]


def test_list_and_status_agree(samples_store: Path) -> None:
    """Two questions tell the status; status has cited documents beside those of the store."""
    for date in ("2021-04-01", "2022-06-30", "2023-11-01", "2024-01-01", "2026-04-01"):
        told = set(put(samples_store, "document/status", "document", "status", date=date))
        assert set(put(samples_store, "document/list", "document", "status", date=date)) <= told


def test_a_document_in_two_files(store_of: StoreOf) -> None:
    """It is one row of the list, and its outline has each clause and fact once."""
    other = "青石县档案办公室关于迎接检查的通知\n\n各乡镇人民政府：\n\n一、做好准备。\n\n" + circular(4)
    store = store_of(circular(4), other)
    listed = put(store, "document/list", "number", "issuers", "day", words="归档")
    assert listed == [("青档发〔2030〕4号", "青石县档案办公室", "2030-03-01")]
    found = put(store, "document/outline", "clause", "depth", "kind", "text", document="青档发〔2030〕4号")
    assert len({row[0] for row in found if row[2] is None}) == sum(row[2] is None for row in found)


def test_outline(store_of: StoreOf) -> None:
    store = store_of(circular(4), circular(5))
    columns = ("clause", "number", "heading", "depth", "kind", "text")
    found = put(store, "document/outline", *columns, document="青档发〔2030〕4号")
    assert [(str(row[0]).removeprefix("青档发-2030-4/"), *row[1:]) for row in found] == OUTLINE


def test_outline_of_circular_and_policy(samples_store: Path) -> None:
    """By the number, the circular's clauses come first; by the policy's title too."""
    found = put(samples_store, "document/outline", "clause", "kind", "text", document="云科创发〔2023〕8号")
    clauses = [row[0] for row in found if row[1] is None]
    assert clauses[:3] == ["云科创发-2023-8/notice/p1", "t-5a974b7113343481/a1", "t-5a974b7113343481/a2"]
    assert len(clauses) == len(set(clauses)) == 32
    assert len(found) == len(set(found)) > 80
    title = "云州市科技专家库管理办法（2023年修订）"
    assert put(samples_store, "document/outline", "clause", "kind", "text", document=title) == found


def test_outline_needs_a_document(samples_store: Path) -> None:
    with pytest.raises(ParameterError, match="document"):
        put(samples_store, "document/outline")
    assert put(samples_store, "document/outline", document="云科创发〔2023〕80号") == []

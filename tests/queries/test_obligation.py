"""Questions about rules and whom they bind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.queries.conftest import StoreOf, put

EXPERTS = [
    ("专家", "obligation", "第十条", "云科创发-2023-8"),
    ("专家", "obligation", "第十一条", "云科发-2021-3"),
    ("专家", "obligation", "第十二条", "云科发-2021-3"),
    ("入库专家", "obligation", "第四条", "云科创发-2023-8"),
    ("入库专家", "obligation", "第九条", "云科发-2021-3"),
    ("申请入库的专家", "obligation", "第五条", "云科发-2021-3"),
    ("被取消资格的专家", "prohibition", "第十三条", "云科创发-2023-8"),
    ("评审专家", "obligation", "第八条", "云知发-2022-6"),
]
LENDING = (
    "青石县档案借阅管理办法\n\n"
    "第一条 借阅人员不得涂改档案。\n\n"
    "第二条 任何单位和个人不得转借档案。\n\n"
    "第三条 违反本办法第一条规定的，由县档案办责令改正，可以处以罚款。\n"
)
STORING = (
    "青石县档案保管管理办法\n\n"
    "第一条 保管人员不得携带火种。\n\n"
    "第二条 违反本办法规定的，由县档案办责令改正；保管人员一年内不得上岗。\n"
)
COLUMNS = ("clause", "penalty", "link")


@pytest.fixture
def rules(store_of: StoreOf) -> Path:
    """One document whose penalty names an article, and one whose penalty is for all of it."""
    return store_of(LENDING, STORING)


def test_by_party(samples_store: Path) -> None:
    """The word ends the bearer's name: technicians of enterprises are none, an expert group is no expert."""
    columns = ("bearer", "kind", "number", "document")
    assert put(samples_store, "obligation/by-party", *columns, party="企业") == [
        ("供电、供水、供气企业", "obligation", "(六)", "云政发-2022-9"),
        ("列入应急减排清单的企业", "obligation", "11", "云政办发-2022-21"),
    ]
    assert put(samples_store, "obligation/by-party", *columns, party="专家") == EXPERTS


def test_by_party_and_modality(samples_store: Path) -> None:
    found = put(samples_store, "obligation/by-party", "bearer", party="企业", modality="permission")
    assert found == [("企业",), ("评为A级的企业",)]
    found = put(samples_store, "obligation/by-party", "bearer", party="专家", modality="prohibition")
    assert found == [("被取消资格的专家",)]


def test_by_party_in_a_list(rules: Path) -> None:
    """Each part of 单位和个人 counts, and 个 does not."""
    for party in ("单位", "个人", "任何单位和个人"):
        assert put(rules, "obligation/by-party", "bearer", party=party) == [("任何单位和个人",)]
    for party in ("个", "人员|", ".*", "任何"):
        assert put(rules, "obligation/by-party", "bearer", party=party) == []


def test_by_party_without_a_party(samples_store: Path) -> None:
    found = put(samples_store, "obligation/by-party", "norm", "kind")
    assert len(found) == len(set(found)) == 83
    assert {kind for _, kind in found} == {"obligation", "prohibition"}


def test_prohibitions(samples_store: Path) -> None:
    """Two penalties name the article of a prohibition; the text of a task is the whole clause."""
    measures = "t-edffac8409e62e7a"
    assert put(samples_store, "obligation/prohibitions", *COLUMNS, linked="true") == [
        ("t-37e90a242ea28a19/a11", "t-37e90a242ea28a19/a12", "reference"),
        (f"{measures}/c2/a9/p2", f"{measures}/c4/a17", "reference"),
    ]
    found = put(
        samples_store,
        "obligation/prohibitions",
        *("number", "bearer", "penalty_text"),
        linked="true",
        document="云州市公共数据管理办法",
    )
    assert [row[:2] for row in found] == [("第九条", "行政机关")]
    assert str(found[0][2]).startswith("第十七条违反本办法第九条第二款规定")


def test_all_prohibitions(samples_store: Path) -> None:
    found = put(samples_store, "obligation/prohibitions", "prohibition")
    assert len(found) == len(set(found)) == 27


def test_penalty_of_an_article_and_of_a_document(rules: Path) -> None:
    """A penalty that names article 1 is none of article 2; what a penalty itself forbids has none."""
    found = put(rules, "obligation/prohibitions", *COLUMNS, "number")
    numbers = [
        (row[3], *(str(part).rpartition("/")[2] if part else None for part in row[1:2]), row[2])
        for row in found
    ]
    assert sorted(numbers, key=str) == [
        ("第一条", "a2", "document"),
        ("第一条", "a3", "reference"),
        ("第二条", None, None),
        ("第二条", None, None),
    ]

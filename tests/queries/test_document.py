"""Questions about documents: repeal, numbering, citations, what rests on what."""

from __future__ import annotations

from pathlib import Path

import pytest

from ontology.iris import Iris
from tests.queries.conftest import Answer, StoreOf, archive, put

CITED_NOT_SEEN = [
    ("宁科规-2020-4", "宁江省科技评审专家管理规定", "宁科规〔2020〕4号", "4"),
    ("宁政发-2020-25", "宁江省人民政府关于加快数字宁江建设的意见", "宁政发〔2020〕25号", "2"),
    ("GB%2FT35273-2020", "信息安全技术个人信息安全规范", "GB/T35273-2020", "1"),
    ("GB%2FT39047-2020", "政务服务平台基本功能规范", "GB/T39047-2020", "1"),
    ("t-04b17245bb14abe0", "宁江省生态环境保护“十四五”规划", None, "1"),
    ("t-1a4f091ebfaa47eb", "中华人民共和国科学技术进步法", None, "1"),
    ("t-5d6ffdecaeb479bd", "企业信息公示暂行条例", "国务院令第654号", "1"),
    ("t-676cef28035f8940", "中华人民共和国个人信息保护法", None, "1"),
    ("t-68383e6e3a1d5ddb", "中华人民共和国促进科技成果转化法", None, "1"),
    ("t-897db5dfb52032d9", "中华人民共和国专利法", None, "1"),
    ("t-95f9ae45bfbf3a34", "宁江省大数据促进条例", None, "1"),
    ("t-9c9f5c910e8d8cf8", "云州市轻微违法行为不予处罚清单", None, "1"),
    ("t-a20ae225db577646", "宁江省优化营商环境条例", None, "1"),
    ("t-b9dc3536262dd172", "中华人民共和国大气污染防治法", None, "1"),
    ("t-d1e7865c2c6905d8", "中华人民共和国数据安全法", None, "1"),
    ("t-d4458c2536ad2257", "宁江省科学技术进步条例", None, "1"),
    ("t-e0a0faa8380e69b8", "优化营商环境条例", None, "1"),
    ("t-f8709d4148e31777", "宁江省知识产权促进条例", None, "1"),
    ("云州市人民政府-令-25", "云州市政务信息资源共享管理办法", "云州市人民政府令第25号", "1"),
    ("云州市人民政府-令-39", "云州市行政规范性文件管理规定", "云州市人民政府令第39号", "1"),
    ("云州市人民政府-令-48", None, "云州市人民政府令第48号", "1"),
    ("云政办发-2015-33", "云州市专利奖励办法", "云政办发〔2015〕33号", "1"),
    ("云政办发-2016-7", "关于加快发展电子商务的若干意见", "云政办发〔2016〕7号", "1"),
    ("云政办发-2017-52", None, "云政办发〔2017〕52号", "1"),
    ("云政发-2014-18", "云州市大气污染防治行动计划实施细则", "云政发〔2014〕18号", "1"),
    ("云政发-2019-14", "云州市优化营商环境三年行动计划", "云政发〔2019〕14号", "1"),
    ("云知发-2018-9", "云州市专利资助办法", "云知发〔2018〕9号", "1"),
    ("云科创发-2022-17", "关于开展科技评审专家信用评价试点的通知", "云科创发〔2022〕17号", "1"),
    ("云科发-2016-12", "云州市科技评审专家管理暂行办法", "云科发〔2016〕12号", "1"),
    ("云财科-2023-41", None, "云财科〔2023〕41号", "1"),
    ("宁政办发-2022-30", "宁江省人民政府办公厅关于加强重污染天气应对工作的通知", "宁政办发〔2022〕30号", "1"),
    ("宁政发-2022-17", "宁江省碳达峰实施方案", "宁政发〔2022〕17号", "1"),
]
CHAINS = [
    ("t-37e90a242ea28a19", "t-68383e6e3a1d5ddb", "true", "national"),
    ("t-37e90a242ea28a19", "t-d4458c2536ad2257", "true", "provincial"),
    ("t-edffac8409e62e7a", "t-676cef28035f8940", "true", "national"),
    ("t-edffac8409e62e7a", "t-95f9ae45bfbf3a34", "true", "provincial"),
    ("t-edffac8409e62e7a", "t-d1e7865c2c6905d8", "true", "national"),
    ("云市监发-2023-9", "t-5d6ffdecaeb479bd", "true", "national"),
    ("云政办发-2021-15", "宁政发-2020-25", "true", "provincial"),
    ("云政办发-2022-21", "t-04b17245bb14abe0", "true", "provincial"),
    ("云政办发-2022-21", "t-b9dc3536262dd172", "true", "national"),
    ("云政办发-2022-21", "宁政办发-2022-30", "true", "provincial"),
    ("云政办发-2023-12", "宁政发-2022-17", "true", "provincial"),
    ("云政办发-2023-14", "云州市人民政府-令-39", "true", "prefectural"),
    ("云政发-2022-9", "t-a20ae225db577646", "true", "provincial"),
    ("云政发-2022-9", "t-e0a0faa8380e69b8", "true", None),
    ("云数发-2024-2", "t-676cef28035f8940", "false", "national"),
    ("云数发-2024-2", "t-95f9ae45bfbf3a34", "false", "provincial"),
    ("云数发-2024-2", "t-a20ae225db577646", "false", "provincial"),
    ("云数发-2024-2", "t-d1e7865c2c6905d8", "false", "national"),
    ("云数发-2024-2", "t-e0a0faa8380e69b8", "false", None),
    ("云数发-2024-2", "t-edffac8409e62e7a", "true", "prefectural"),
    ("云数发-2024-2", "云政发-2022-9", "true", "prefectural"),
    ("云知发-2022-6", "t-897db5dfb52032d9", "true", "national"),
    ("云知发-2022-6", "t-f8709d4148e31777", "true", "provincial"),
    ("云知发-2022-6", "云政办发-2021-15", "true", "prefectural"),
    ("云知发-2022-6", "宁政发-2020-25", "false", "provincial"),
    ("云科创发-2023-8", "t-676cef28035f8940", "false", "national"),
    ("云科创发-2023-8", "t-95f9ae45bfbf3a34", "false", "provincial"),
    ("云科创发-2023-8", "t-d1e7865c2c6905d8", "false", "national"),
    ("云科创发-2023-8", "t-edffac8409e62e7a", "true", "prefectural"),
    ("云科创发-2023-8", "宁科规-2020-4", "true", "provincial"),
    ("云科发-2021-3", "t-1a4f091ebfaa47eb", "true", "national"),
    ("云科发-2021-3", "宁科规-2020-4", "true", "provincial"),
]
POOL = "t-45834c454aeea0f6"  # 云州市科技专家库管理办法, repealed by its number, the circular's
UNDER_REPEALED = [  # paths of the tasks within it
    "c1/a3/p2/task",
    "c1/a3/task",
    "c2/a7/i3/task",
    "c2/a7/i4/task",
    "c2/a9/task",
    "c3/a10/p2/task",
    "c3/a13/task",
    "c3/a14/task",
    "c4/a15/task",
    "c4/a16/task",
    "c5/a19/task",
]
TASK = "一、加快整理。完成案卷整理。（责任单位：县档案办、县财政局）"
MEASURES = (
    "青石县档案办公室关于印发《青石县档案管理办法》的通知\n\n青档发〔2030〕7号\n\n各乡镇人民政府：\n\n"
    "现将《青石县档案管理办法》印发给你们，请认真贯彻执行。\n\n青石县档案办公室\n\n2030年4月1日\n\n"
    "青石县档案管理办法\n\n"
    "第一条 根据《关于加强归档工作的通知》（青档发〔2030〕2号），制定本办法。\n\n"
    "第二条 借阅档案由县档案办负责登记。\n"
)
NOW = "现将有关事项通知如下。"


@pytest.fixture
def archives(store_of: StoreOf) -> Path:
    """Five invented files: 12 rests on 7, 7 on 2, 2 on 1; the last one repeals 1 and 7."""
    return store_of(
        archive(1, "做好归档工作", NOW, TASK),
        archive(2, "加强归档工作", f"根据《关于做好归档工作的通知》（青档发〔2030〕1号），{NOW}", TASK),
        MEASURES,
        archive(12, "修改归档制度", f"根据《青石县档案管理办法》，{NOW}", TASK, date="2030年5月1日"),
        archive(
            3,
            "清理文件",
            "一、《关于做好归档工作的通知》（青档发〔2030〕1号）予以废止。",
            "二、《关于印发〈青石县档案管理办法〉的通知》（青档发〔2030〕7号）予以废止。",
            date="2031年1月5日",
            year=2031,
        ),
    )


def test_tasks_under_repealed(samples_store: Path) -> None:
    columns = ("task", "label", "document", "by", "since")
    found = put(samples_store, "document/tasks-under-repealed", *columns)
    assert [row[0] for row in found] == [f"{POOL}/{path}" for path in UNDER_REPEALED]
    assert {row[2:] for row in found} == {(POOL, "t-5a974b7113343481", "2023-11-01")}
    assert found[2][1] == "审核"


def test_tasks_under_repealed_circular_and_policy(archives: Path) -> None:
    columns = ("task", "label", "document", "by", "since")
    measures = put(archives, "document/tasks-under-repealed", *columns)
    since = ("青档发-2031-3", "2031-01-05")
    assert measures == [
        ("t-2a0893f130770b7b/a2/task", "借阅档案由县档案办负责登记", "t-2a0893f130770b7b", *since),
        ("青档发-2030-1/h1/task", "加快整理", "青档发-2030-1", *since),
    ]


def test_serial_gaps(samples_store: Path) -> None:
    """The gazette has numbers 12 and 14 of one year."""
    assert put(samples_store, "document/serial-gaps") == [("云政办发", "2023", "13", "13", "1")]


def test_serial_gaps_of_each_year(archives: Path) -> None:
    """1, 2, 7 and 12 of 2030; 3 of 2031 closes no gap of the year before."""
    assert put(archives, "document/serial-gaps") == [
        ("青档发", "2030", "3", "6", "4"),
        ("青档发", "2030", "8", "11", "4"),
    ]


def test_serial_gaps_do_not_count_cited_numbers(store_of: StoreOf) -> None:
    cites = f"根据《关于做好归档工作的通知》（青档发〔2030〕2号），{NOW}"
    store = store_of(archive(1, "甲工作", NOW, TASK), archive(3, "乙工作", cites, TASK))
    assert put(store, "document/serial-gaps") == [("青档发", "2030", "2", "2", "1")]


def test_cited_not_seen(samples_store: Path) -> None:
    assert (
        put(samples_store, "document/cited-not-seen", "cited", "title", "number", "references")
        == CITED_NOT_SEEN
    )


def test_all_cited_are_seen(archives: Path) -> None:
    assert put(archives, "document/cited-not-seen") == []


def test_lag(samples_store: Path) -> None:
    columns = ("document", "date", "basis", "basis_date", "days")
    assert put(samples_store, "document/lag", *columns) == [
        ("云数发-2024-2", "2024-02-20", "云政发-2022-9", "2022-07-12", "588"),
        ("云知发-2022-6", "2022-03-31", "云政办发-2021-15", "2021-06-18", "286"),
    ]


def test_lag_of_policies_and_circulars(archives: Path) -> None:
    """A policy has its circular's date, as what rests (7) and as the basis (of 12)."""
    columns = ("document", "date", "basis", "basis_date", "days")
    assert put(archives, "document/lag", *columns) == [
        ("青档发-2030-7", "2030-04-01", "青档发-2030-2", "2030-03-01", "31"),
        ("青档发-2030-12", "2030-05-01", "青档发-2030-7", "2030-04-01", "30"),
        ("青档发-2030-2", "2030-03-01", "青档发-2030-1", "2030-03-01", "0"),
    ]


def test_lag_below_zero(store_of: StoreOf) -> None:
    cites = f"根据《关于乙工作的通知》（青档发〔2030〕2号），{NOW}"
    store = store_of(archive(1, "甲工作", cites, TASK), archive(2, "乙工作", NOW, TASK, date="2030年3月4日"))
    assert [row[-1] for row in put(store, "document/lag")] == ["-3"]


def test_chains(samples_store: Path) -> None:
    assert put(samples_store, "document/chains", "document", "basis", "direct", "level") == CHAINS


def test_chains_of_three(archives: Path) -> None:
    found = put(archives, "document/chains", "document", "basis", "direct", "level")
    expected: Answer = [
        ("青档发-2030-12", "青档发-2030-1", "false", None),
        ("青档发-2030-12", "青档发-2030-2", "false", None),
        ("青档发-2030-12", "青档发-2030-7", "true", None),
        ("青档发-2030-2", "青档发-2030-1", "true", None),
        ("青档发-2030-7", "青档发-2030-1", "false", None),
        ("青档发-2030-7", "青档发-2030-2", "true", None),
    ]
    assert found == expected


def test_chains_of_a_document_by_number_title_or_iri(samples_store: Path) -> None:
    rests = [row[1:] for row in CHAINS if row[0] == "云知发-2022-6"]
    columns = ("basis", "direct", "level")
    for asked in (
        "云知发〔2022〕6号",
        "云州市高价值专利培育管理办法",
        f"{Iris().base}doc/云知发-2022-6",
        f"{Iris().base}doc/t-5c356a4066088d98",
    ):
        assert put(samples_store, "document/chains", *columns, document=asked) == rests
    assert put(samples_store, "document/chains", document="云知发〔2022〕7号") == []


def test_set_off(samples_store: Path) -> None:
    found = put(samples_store, "document/set-off", "document", "basis", "direct")
    assert sorted(found, key=lambda row: tuple(map(str, row))) == [row[:3] for row in CHAINS]


def test_set_off_by_a_cited_document(samples_store: Path) -> None:
    """Its text is in no file; the title is that of the citation."""
    title = "宁江省人民政府关于加快数字宁江建设的意见"
    columns = ("basis_title", "document", "title", "direct", "depth", "level")
    assert put(samples_store, "document/set-off", *columns, document=title) == [
        (title, "云政办发-2021-15", "云州市数字经济发展行动方案（2021—2023年）", "true", "1", "prefectural"),
        (title, "云知发-2022-6", "云州市高价值专利培育管理办法", "false", "2", "prefectural"),
    ]


def test_set_off_by_a_policy(archives: Path) -> None:
    """What rests on the measures is found by their title and by the number of their circular."""
    for asked in ("青石县档案管理办法", "青档发〔2030〕7号"):
        found = put(archives, "document/set-off", "basis", "document", "depth", document=asked)
        assert found == [("青档发-2030-7", "青档发-2030-12", "1")]


def test_most_cited(samples_store: Path) -> None:
    found = put(samples_store, "document/most-cited", "document", "documents", "references", "in_store")
    assert found[:7] == [
        ("t-edffac8409e62e7a", "3", "4", "true"),
        ("云政办发-2021-15", "3", "3", "true"),
        ("宁科规-2020-4", "2", "4", "false"),
        ("云科发-2021-3", "2", "3", "true"),
        ("云科创发-2023-8", "1", "4", "true"),
        ("云政发-2022-9", "1", "2", "true"),
        ("宁政发-2020-25", "1", "2", "false"),
    ]
    assert {row[1:3] for row in found[7:]} == {("1", "1")}
    assert len(found) == len({row[0] for row in found}) > 30


def test_most_cited_does_not_count_a_circular_and_its_policy(archives: Path) -> None:
    """The circular 7 names its measures; 12 rests on them and 3 repeals the circular."""
    found = put(archives, "document/most-cited", "document", "documents", "references")
    assert found == [
        ("青档发-2030-1", "2", "2"),
        ("青档发-2030-7", "2", "2"),
        ("青档发-2030-2", "1", "1"),
    ]
    assert put(archives, "document/most-cited", "document", "references", relation="repeals") == [
        ("青档发-2030-1", "1"),
        ("青档发-2030-7", "1"),
    ]


def test_joint(samples_store: Path) -> None:
    """The four bodies stand in the title and below the text, and count once."""
    issuers = "云州市知识产权局、云州市科技创新局、云州市财政局、云州市市场监督管理局"
    found = [
        ("云知发-2022-6", "云州市高价值专利培育管理办法", "云知发〔2022〕6号", "2022-03-31", "4", issuers)
    ]
    assert put(samples_store, "document/joint") == found
    assert put(samples_store, "document/joint", agency="云州市财政局") == found
    assert put(samples_store, "document/joint", agency="云州市人民政府") == []


def test_joint_pairs(samples_store: Path) -> None:
    market, patents, science, money = (
        "云州市市场监督管理局",
        "云州市知识产权局",
        "云州市科技创新局",
        "云州市财政局",
    )
    assert put(samples_store, "document/joint-pairs", "name", "other_name", "documents") == [
        (market, patents, "1"),
        (market, science, "1"),
        (market, money, "1"),
        (patents, science, "1"),
        (patents, money, "1"),
        (science, money, "1"),
    ]
    assert put(samples_store, "document/joint-pairs", "name", "other_name", agency=science) == [
        (science, market),
        (science, patents),
        (science, money),
    ]


def test_by_year(samples_store: Path, store_of: StoreOf) -> None:
    """Each document once; those of no known year come last."""
    found = put(samples_store, "document/by-year")
    assert sum(int(row[2] or 0) for row in found) == len(put(samples_store, "document/list"))
    assert found[:2] == [("2021", "办法", "1"), ("2021", "方案", "1")]
    assert [row[0] for row in found] == ["2021"] * 2 + ["2022"] * 3 + ["2023"] * 5 + ["2024"] + [None] * 3
    two = [archive(serial, "归档", "各单位应当及时归档。") for serial in (1, 2)]
    older = archive(1, "借阅", "借阅人员应当爱护档案。", date="2029年3月1日", year=2029)
    assert put(store_of(*two, older), "document/by-year") == [("2029", "通知", "1"), ("2030", "通知", "2")]

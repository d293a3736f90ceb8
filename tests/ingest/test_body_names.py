"""Names of public bodies: what is one, what is none, and how lists of them are cut."""

from __future__ import annotations

import pytest

from ingest.body_lists import shares_head, split_hard, split_list, split_soft, trim
from ingest.body_names import find_defined_names, is_field, is_generic, is_name
from ingest.folding import fold
from ingest.model import Span
from ingest.pipeline import documents
from ingest.read import read_bytes


def whole(text: str) -> tuple[str, int, int]:
    folded = fold(text)
    return folded, 0, len(folded)


@pytest.mark.parametrize(
    "text",
    [
        "市水务局",
        "云州市人民政府",
        "云州市人民政府办公室",
        "云阳区政府",
        "各区政府",
        "各区",
        "各县",
        "市委宣传部",
        "市委网信办",
        "中共云州市委办公室",
        "市发展改革委",
        "市人力资源社会保障局",
        "市经济和信息化局",
        "国家税务总局云州市税务局",
        "国家发展改革委",
        "工业和信息化部",
        "财政部",
        "国务院办公厅",
        "人民银行云州市分行",
        "云州海关",
        "市总工会",
        "市残联",
        "团市委",
        "市外办",
        "市检察院",
        "云州高新技术产业开发区管委会",
        "市防汛抗旱指挥部",
        "市优化营商环境工作专班",
        "市节水工作领导小组办公室",
        "市水务综合执法总队",
        "市市场监管局（市知识产权局）",
        "市标准化行政主管部门",
        "税务部门",
        "区人力社保部门",
        "行政执法机关",
        "市政务服务中心",
        "县级以上人民政府",
        "省消防救援总队",
        "街道办事处",
    ],
)
def test_a_name(text: str) -> None:
    assert is_name(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "局",
        "9号",
        "企业",
        "专家",
        "供水单位和用户",
        "产业布局",
        "发展大局",
        "城市总部",
        "单位内部",
        "全部",
        "骨干部",
        "根据市水务局",
        "由市水务局",
        "为市水务局",
        "积极配合市水务局",
        "支持各区政府",
        "鼓励开发区管委会",
        "会同市财政局",
        "市财政局配合市水务局",
        "市水务局联合市教育局",
        "市水务局商市财政局",
        "责成市水务局",
        "委托市水务局",
        "授权市水务局",
        "向市水务局",
        "市水务局的网站",
        "市民",
        "本市行政区域",
        "水" * 46 + "局",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert not is_name(fold(text))


@pytest.mark.parametrize(
    "text",
    [
        "有关部门",
        "相关部门",
        "各部门",
        "主管部门",
        "各有关单位",
        "各单位",
        "本市",
        "有关行政主管部门",
        "各相关部门和单位",
        "国家有关部门",
        "市有关部门",
        "市直有关部门",
        "各级政府",
        "其他有关部门",
        "行业主管部门",
        "政府部门",
        "各地方",
        "政府",
    ],
)
def test_a_generic_name(text: str) -> None:
    assert is_generic(text)


@pytest.mark.parametrize(
    "text",
    [
        "税务部门",
        "市水务局",
        "各区政府",
        "各区",
        "市标准化行政主管部门",
        "登记机关",
        "发证机关",
        "公安机关",
        "有关人员",
    ],
)
def test_a_name_that_says_who_it_is(text: str) -> None:
    assert not is_generic(text)


def test_a_field_stands_for_its_body() -> None:
    assert [is_field(word) for word in ("税务", "市场监管", "生态环境", "用水", "税务局")] == [
        *[True] * 3,
        *[False] * 2,
    ]


def cut(text: str, year: int | None = None) -> list[str]:
    folded, start, end = whole(text)
    return [folded[unit.start : unit.end] for unit in split_list(folded, start, end, year)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("市水务局", ["市水务局"]),
        ("市水务局、市财政局，市住建局；各区政府", ["市水务局", "市财政局", "市住建局", "各区政府"]),
        ("市水务局、 市财政局、", ["市水务局", "市财政局"]),
        ("市水务局等", ["市水务局"]),
        ("市水务局、市财政局等部门", ["市水务局", "市财政局"]),
        ("市水务局、市财政局等有关部门", ["市水务局", "市财政局"]),
        ("市水务局、市财政局等单位", ["市水务局", "市财政局"]),
        ("市水务局等8家单位", ["市水务局"]),
        ("市水务局和市财政局", ["市水务局", "市财政局"]),
        ("市水务局以及各区政府", ["市水务局", "各区政府"]),
        ("市经济和信息化局", ["市经济和信息化局"]),
        ("市文化和旅游局和市体育局", ["市文化和旅游局", "市体育局"]),
        ("市规划和自然资源局、市住房和城乡建设局", ["市规划和自然资源局", "市住房和城乡建设局"]),
        ("各区各部门", ["各区", "各部门"]),
        ("各区政府和开发区管委会", ["各区政府", "开发区管委会"]),
        ("市和区人民政府", ["市和区人民政府"]),
        ("各区、开发区相关部门", ["各区、开发区相关部门"]),
        ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
        ("各区、县人民政府", ["各区、县人民政府"]),
        ("市水务局、各区、县人民政府", ["市水务局", "各区、县人民政府"]),
        (
            "市市场监管局（市知识产权局、市药监局）、市财政局",
            ["市市场监管局(市知识产权局、市药监局)", "市财政局"],
        ),
        ("市财政局（以下简称财政局，下同）", ["市财政局"]),
        ("市水务局等国务院相关部门及各地区", ["市水务局", "各地区"]),
        ("各有关单位", ["各有关单位"]),
        ("市水务局和有关部门", ["市水务局", "有关部门"]),
        ("市水务局、云州燃气集团、云州大学", ["市水务局", "云州燃气集团", "云州大学"]),
    ],
)
def test_a_list_is_cut_into_its_units(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@pytest.mark.parametrize(
    ("year", "parts"),
    [
        (2020, ["市科委", "中关村管委会", "市财政局"]),
        (2021, ["市科委、中关村管委会", "市财政局"]),
        (2024, ["市科委、中关村管委会", "市财政局"]),
        (None, ["市科委、中关村管委会", "市财政局"]),
    ],
)
def test_a_joint_name_is_one_unit_from_its_year_on(year: int | None, parts: list[str]) -> None:
    assert cut("市科委、中关村管委会、市财政局", year) == parts


def test_only_marks_outside_brackets_separate() -> None:
    folded, start, end = whole("甲（乙、丙，丁）、戊；己")
    assert split_hard(folded, start, end, None) == [Span(0, 8), Span(9, 10), Span(11, 12)]


def test_a_coordination_is_cut_only_between_names_that_are_whole() -> None:
    for text, expected in (
        ("市水务局及市财政局", [4, 9]),
        ("市经济和信息化局", [8]),
        ("水务和财政部门", [7]),
    ):
        assert [part.end for part in split_soft(text, Span(0, len(text)))] == expected


def test_a_caller_may_know_more_names() -> None:
    text = "防汛办与市水务局"
    assert split_soft(text, Span(0, 8), lambda name: name != "防汛办") == [Span(0, 8)]
    assert split_soft(text, Span(0, 8), lambda name: True) == [Span(0, 3), Span(4, 8)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [(" 、市水务局，", "市水务局"), ("市水务局等部门", "市水务局"), ("市水务局", "市水务局"), ("；、", "")],
)
def test_a_unit_is_trimmed(text: str, kept: str) -> None:
    folded, start, end = whole(text)
    unit = trim(folded, Span(start, end))
    assert folded[unit.start : unit.end] == kept


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("市、区人民政府", True),
        ("市和区人民政府", True),
        ("各区、开发区相关部门", True),
        ("市水务局、市财政局", False),
        ("市水务局", False),
        ("各区、各部门", False),
        ("市水务局、相关部门", False),
    ],
)
def test_whether_a_head_is_shared(text: str, answer: bool) -> None:
    assert shares_head(text, Span(0, len(text))) is answer


def test_names_that_the_document_defines() -> None:
    source = """云州市法律援助办法
第一条　云州市法律服务中心（以下简称服务中心）受理申请。
第二条　承担审查职责的机构（以下统称“审查机构”，含派驻窗口）应当审查。
第三条　《云州市法律援助条例》（以下简称《条例》）另有规定的，从其规定。
第四条　本条所称服务中心（以下简称服务中心）含分中心。
"""
    (document,) = documents(read_bytes(source.encode(), "case.txt"))
    text = document.text.text
    assert find_defined_names(document) == {
        "服务中心": Span(text.index("服务中心）受理"), text.index("）受理")),
        "审查机构": Span(text.index("审查机构”"), text.index("”，含")),
    }


@pytest.mark.parametrize("text", ["各有关部门和单位", "部门和单位"])
def test_what_names_nobody_is_one_unit(text: str) -> None:
    assert split_soft(text, Span(0, len(text))) == [Span(0, len(text))]

"""The judge of prose: its candidates, its lists, its weights, and that its work is linear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ingest.errors import PatternError
from ingest.extract.judge import weights as weighing
from ingest.extract.judge.candidates import defined_bodies, find_candidates
from ingest.extract.judge.lists import units_of
from ingest.extract.judge.weights import BIAS, Weights, builtin, dump, parse
from ingest.folding import fold
from ingest.model import Document, Role, Span
from tests.ingest.extract.conftest import DocumentOf

PAGE = "青石县渡口工作方案\n青石发〔2025〕9号\n一、重点任务\n{text}\n"
SMALL = Weights(0, {BIAS: -50, "a": 120}, {role: {BIAS: 10} for role in Role}, ((0, 500), (60, 900)))


def names(document: Document, *, annotations: tuple[Span, ...] = ()) -> list[str]:
    """What each candidate names."""
    folded = document.text.folded
    found = find_candidates(document, annotations, defined_bodies(document))
    return [folded[candidate.start : candidate.end] for candidate in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("县交通局负责渡口。", ["县交通局"]),
        ("每年4月底前县交通局完成验船。", ["县交通局"]),
        ("由县交通局、县水利局会同县公安局巡航。", ["县交通局、县水利局", "县公安局"]),
        ("公安、海事和应急等部门应当联动。", ["公安、海事和应急"]),
        (
            "由甲县交通局会同乙县交通局，丙县交通局，丁县交通局等部门巡航。",
            ["甲县交通局", "乙县交通局,丙县交通局,丁县交通局"],
        ),
        ("县人民政府管理渡口工作的部门应当验船。", ["县人民政府管理渡口工作的部门"]),
        ("乡（镇）人民政府应当巡河。", ["乡(镇)人民政府"]),
        ("支持县交通局验船，向县水利局报告。", []),
        ("护航组由县交通局、县水利局共同组成。", []),
        ("全局一盘棋，优化渡口布局。", []),
        ("督办各县交通局验船。", ["各县交通局"]),
        ("试点县政府办公室（局）负责验船。", ["试点县政府办公室(局)"]),
        ("由共同的上级交通局裁定。", ["共同的上级交通局"]),
        ("由本县的交通局裁定。", ["交通局"]),
        ("1.2.3县交通局负责渡口。", ["县交通局"]),
        ("护航组由县交通局、县水利局组成。", []),
        ("（县交通局〔2025〕3号）", []),
        ("依据《渡口管理机关验船办法》验船。", []),
        ("青石县人民政府令第7号同时废止。", []),
        ("转变政府职能，推进法治政府建设，扶持民办渡口。", []),
        ("县交通局职工应当验船。", []),
        ("县交通局编制的名册应当公开。", []),
        ("县水利局有下列情形之一的，责令改正：", []),
        ("组长：李江县交通局局长。", []),
        ("接到报案的渡口管理机构应当验船。", ["接到报案的渡口管理机构"]),
        ("接到报案的部门应当验船。", ["部门"]),
        ("由该部门的法制机构审核。", ["该部门的法制机构"]),
        ("由本县所属的渡口机关审核。", ["本县所属的渡口机关"]),
        ("渡口审批由委托机关决定。", ["委托机关"]),
        ("县委宣传部、县交通局负责渡口。", ["县委宣传部、县交通局"]),
    ],
)
def test_candidates(text: str, found: list[str], document_of: DocumentOf) -> None:
    assert names(document_of(PAGE.format(text=text))) == found


def test_nothing_in_an_annotation_is_a_candidate(document_of: DocumentOf) -> None:
    document = document_of(PAGE.format(text="县交通局负责渡口。县水利局负责河道。"))
    start = document.text.folded.index("县水利局")
    assert names(document, annotations=(Span(start, start + 4),)) == ["县交通局"]


@pytest.mark.parametrize(
    ("text", "closing", "units"),
    [
        ("县交通局和县水利局", "", ["县交通局", "县水利局"]),
        ("市和县人民政府", "", ["市和县人民政府"]),
        ("各区、渡口新区管委会", "", ["各区", "渡口新区管委会"]),
        ("各区及渡口新区", "", ["各区", "渡口新区"]),
        ("各县区各乡镇", "", ["各县区", "各乡镇"]),
        ("省、自治区、直辖市人民政府", "", ["省、自治区、直辖市人民政府"]),
        ("有关的省、自治区人民政府", "", ["有关的省、自治区人民政府"]),
        ("国务院、中央军事委员会", "", ["国务院", "中央军事委员会"]),
        ("各级党委和政府、县交通局", "", ["各级党委和政府", "县交通局"]),
        ("县委、县政府", "", ["县委", "县政府"]),
        ("国务院、省水利部门", "", ["国务院、省水利部门"]),
        ("水利、林业部门", "", ["水利、林业部门"]),
        ("市、区（市）水利、林业部门", "", ["市、区(市)水利、林业部门"]),
        ("水利、工业和信息化、林业", "等部门", ["水利", "工业和信息化", "林业"]),
        ("水利和林业", "等部门", ["水利", "林业"]),
        ("供水、县交通局", "等单位", ["县交通局"]),
        ("钢铁、纺织、数据中心", "等", ["数据中心"]),
        ("水利、林业等部门和县财政局", "", ["水利", "林业", "县财政局"]),
        ("水利、林业等部门以及供水、供电", "等单位", ["水利", "林业"]),
    ],
)
def test_units_of_a_list(text: str, closing: str, units: list[str]) -> None:
    folded = fold(text + closing)
    found = units_of(folded, 0, len(text), len(folded), 2025)
    assert [folded[unit.start : unit.end] for unit in found] == units


@pytest.mark.parametrize(
    "text",
    [
        "由县交通局会同",
        "由甲、乙会同丙局负责，",
        "县交通局、",
        "县交通局，",
        "各县和",
        "（县交通局",
        "负责渡口的部门",
    ],
)
def test_the_number_of_candidates_grows_with_the_text(text: str, document_of: DocumentOf) -> None:
    few, many = (len(names(document_of(PAGE.format(text=text * count)))) for count in (500, 2000))
    assert many <= 4 * few + 40


def test_scores_are_sums_of_integers() -> None:
    assert SMALL.score(["a", "b", "a"]) == 190
    assert SMALL.role_scores(["b"]) == dict.fromkeys(Role, 10)
    assert [SMALL.probability(score) for score in (-5, 0, 59, 60, 900)] == [0.5, 0.5, 0.5, 0.9, 0.9]
    assert replace(SMALL, calibration=()).probability(3) == 0.0


def test_weights_are_read_as_they_were_written() -> None:
    assert parse(dump(SMALL), "w.json") == SMALL
    assert parse(dump(builtin()), weighing.FILE) == builtin()


@pytest.mark.parametrize(
    "source", ["", "[]", "{}", '{"threshold":0,"calibration":[],"duty":{},"roles":{"chief":{}}}']
)
def test_what_is_no_weights_file_is_an_error_with_its_name(source: str) -> None:
    with pytest.raises(PatternError, match=r"w\.json"):
        parse(source, "w.json")

"""What a line is by its looks, and which lines are one paragraph."""

from __future__ import annotations

import pytest

from ingest.folding import fold
from ingest.line_kinds import Line, classify_line, find_contents_end, is_contents_heading, strip_marks
from ingest.model import ParagraphKind
from ingest.paragraphs import continues_paragraph, has_open_bracket

BODY, FOREIGN, FURNITURE = ParagraphKind.BODY, ParagraphKind.FOREIGN, ParagraphKind.FURNITURE
TABLE, NOTE, FORMULA = ParagraphKind.TABLE, ParagraphKind.NOTE, ParagraphKind.FORMULA
CLAUSE = "供水单位应当每日巡查取水口和输水干管并如实记录水压水质水量以及设备运行状态"


def line(text: str, *, indented: bool = False, heading: int = 0) -> Line:
    """A line whose offsets do not matter."""
    bare = strip_marks(fold(text))
    return Line(0, len(text), bare, heading, indented, classify_line(bare, text.strip()))


def lines(*texts: str) -> list[Line]:
    return [line(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("第三条　供水单位应当保证水质。", BODY),
        ("云州市水务局", BODY),
        ("2024年5月6日", BODY),
        ("云水发〔2024〕6号", BODY),
        ("日供水能力达到80万吨", BODY),
        ("5", FURNITURE),
        ("— 12 —", FURNITURE),
        ("· 7 ·", FURNITURE),
        ("第3页 共9页", FURNITURE),
        ("Page 4", FURNITURE),
        ("云州市人民政府公报", FURNITURE),
        ("云州市人民政府公报　2024年第6期", FURNITURE),
        ("2024年第6期（总第131期）", FURNITURE),
        ("2024年6月30日出版　云州市人民政府办公室主办", FURNITURE),
        ("第6期供水工程由市水务局验收", BODY),
        ("管网图.png", FURNITURE),
        ("![管网图](map.jpg)", FURNITURE),
        ("---", FURNITURE),
        ("* * *", FURNITURE),
        ("NOTICE OF THE YUNZHOU WATER BUREAU", FOREIGN),
        ("1. Protect the water sources", FOREIGN),
        ("GB", FOREIGN),
        ("A", BODY),
        ("序号\t指标\t目标值", TABLE),
        ("| 序号 | 指标 |", TABLE),
        ("|" + "供水管网漏损率|" * 12, TABLE),
        ("指标\t" + "供水管网漏损率" * 12, TABLE),
        ("<sup>1</sup> 指市政管网末端的水压。", NOTE),
        ("<sup>①</sup>" + "指市政管网末端的水压" * 9, NOTE),
        ("末端水压<sup>1</sup>不低于0.14兆帕。", BODY),
        ("$$Q = v A$$", FORMULA),
    ],
)
def test_the_kind_of_a_line(text: str, kind: ParagraphKind) -> None:
    assert line(text).kind is kind


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("　　第一条　供水", "第一条 供水"),
        ("## 一、总体要求", "一、总体要求"),
        ("**（一）保护水源。**", "(一)保护水源。"),
        ("- 巡查水源", "巡查水源"),
        ("• 巡查水源", "巡查水源"),
        ("> 巡查水源", "巡查水源"),
        ("水价为2*3元", "水价为2*3元"),
        ("-5摄氏度", "-5摄氏度"),
    ],
)
def test_a_bare_line_has_no_marks(text: str, bare: str) -> None:
    assert strip_marks(fold(text)) == bare


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("市水务局应当会同有关部门建立巡查制度，定期", "通报巡查结果。"),
        ("市水务局应当会同有关部门建立巡查制度，", "定期通报巡查结果。"),
        ("水源保护区内不得排放污水、", "倾倒垃圾和放养家禽"),
        ("第四条　取水口周围不得堆放废渣，不得设置油", "库和墓地。"),
        (CLAUSE, "并按月报送。"),
        ("完善应急预案。（责任单位：市水务局、市应", "急局、各区政府）"),
        ("本办法所称二次供水（不含消防", "用水），是指加压后再供水。"),
        ("依照《云州市城镇供水和", "节约用水条例》处理。"),
        ("供水单位应当公示水价，执行《云州市水价目录》", "，不得另行加价。"),
    ],
)
def test_a_line_goes_on_with_the_paragraph_before_it(before: str, after: str) -> None:
    assert continues_paragraph(fold(before), 0, line(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "定期通报。"),
        ("落实水质日检、周检和月检制度；", "定期公布检测结果。"),
        ("建立巡查制度，定期通报巡查结果。", "各区政府应当落实属地责任。"),
        ("市水务局履行下列职责：", "编制供水规划，组织实施"),
        ("供水单位应当遵守以下规定，做到", "（一）持证供水；"),
        ("供水单位应当遵守以下规定，做到", "1.持证供水；"),
        ("供水单位应当遵守以下规定，做到", "① 持证供水；"),
        ("供水单位应当遵守以下规定，做到", "第五条　供水单位应当公开水价。"),
        ("供水单位应当遵守以下规定，做到", "三、保障措施"),
        ("供水单位应当遵守以下规定，做到", "附件：1.巡查表"),
        ("以上要求，请遵照执行", "2024年5月6日"),
        ("以上要求，请遵照执行", "云水发〔2024〕6号"),
        ("2024年5月6日", "云州市供水应急预案，分为三级。"),
        ("云水发〔2024〕6号", "各区水务部门，各供水单位："),
        ("云州市水务局关于印发《云州市供水办法》的通知", "云水发文，请遵照执行。"),
        ("云州市水务局关于印发", "《云州市供水办法》的通知"),
        ("云州市二次供水管理办法（试行）", "为了保障供水，制定本办法。"),
        ("一、总体要求", "坚持节水优先，统筹水源。"),
        ("（一）保护水源", "划定保护区，设立界标。"),
        ("第一章总则", "为了保障供水，制定本办法。"),
        ("云州市水务局", "云州市财政局"),
        ("特此通知", "联系人可以拨打服务热线。"),
    ],
)
def test_a_line_begins_a_paragraph_of_its_own(before: str, after: str) -> None:
    assert not continues_paragraph(fold(before), 0, line(after))


def test_an_indented_line_and_a_heading_go_on_with_nothing() -> None:
    before = "建立巡查制度,定期"
    assert continues_paragraph(before, 0, line("通报巡查结果。"))
    assert not continues_paragraph(before, 0, line("通报巡查结果。", indented=True))
    assert not continues_paragraph(before, 0, line("通报巡查结果。", heading=2))


def test_a_markdown_heading_without_a_comma_is_not_run_on() -> None:
    assert continues_paragraph(CLAUSE, 0, line("并按月报送。"))
    assert not continues_paragraph(CLAUSE, 2, line("并按月报送。"))


def test_text_without_punctuation_needs_some_length_and_an_end_to_be_run_on() -> None:
    assert continues_paragraph(CLAUSE[:22], 0, line("并按月报送。"))
    assert not continues_paragraph(CLAUSE[:21], 0, line("并按月报送。"))
    assert not continues_paragraph(CLAUSE[:22], 0, line("并按月报送"))


@pytest.mark.parametrize(
    ("text", "answer"),
    [("(责任单位:市水务局", True), ("依照《供水办法", True), ("(见附件)", False), ("《供水办法》)", False)],
)
def test_whether_a_bracket_is_open(text: str, answer: bool) -> None:
    assert has_open_bracket(text) is answer


@pytest.mark.parametrize("text", ["目录", "目　录", "目 次", "CONTENTS", "Contents"])
def test_the_heading_of_a_table_of_contents(text: str) -> None:
    assert is_contents_heading(strip_marks(fold(text)))


@pytest.mark.parametrize("text", ["目录清单", "水源目录", "content"])
def test_what_heads_no_table_of_contents(text: str) -> None:
    assert not is_contents_heading(text)


def test_contents_end_before_the_first_entry_that_comes_again() -> None:
    table = lines("目录", "一、总体要求", "二、水源保护与水质监测", "三、附则")
    body = lines("一、总体要求", "二、水源保护与水质监测", "划定保护区。")
    assert find_contents_end([*lines("云州市供水规划"), *table, *body], 1) == 5


def test_contents_reach_as_far_as_page_references_go() -> None:
    table = lines(
        "目录",
        "云州市水务局关于印发供水办法的通知……(3)",
        "云州市财政局关于调整水价的通知 ········ 9",
        "CONTENTS",
        "Notice of the Yunzhou Water Bureau (3)",
        "— 2 —",
    )
    body = lines("云州市水务局关于印发供水办法的通知", "各供水单位：", "现印发给你们。")
    assert find_contents_end([*table, *body], 0) == 6


def test_a_contents_page_without_page_numbers_has_no_reach() -> None:
    assert find_contents_end(lines("目录", "为了保障供水，制定本办法。", "第一条……(3)"), 0) == 1


def test_a_short_entry_may_come_twice_in_the_contents() -> None:
    table = lines("目录", "供水……1", "附则", "第二编排水……5", "附则", "第三编节水……9")
    assert find_contents_end([*table, *lines("为了保障供水，制定本办法。")], 0) == 6

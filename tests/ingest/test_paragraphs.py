"""Paragraphs that a page broke are mended; what stands between their halves is kept out of them."""

from __future__ import annotations

import pytest

from ingest.model import ParagraphKind, Text
from ingest.read import read_bytes

BODY, FOREIGN, FURNITURE = ParagraphKind.BODY, ParagraphKind.FOREIGN, ParagraphKind.FURNITURE
TABLE, NOTE, CONTENTS = ParagraphKind.TABLE, ParagraphKind.NOTE, ParagraphKind.CONTENTS
FORMULA = ParagraphKind.FORMULA

BEFORE = "市水务局应当会同市住建局开展管网普查，按季度"
AFTER = "公布漏损率。"


def text_of(source: str) -> Text:
    return read_bytes(source.encode(), "case.txt")


def paragraphs(source: str) -> list[tuple[ParagraphKind, str, int]]:
    """Kind, text and line in the file of each paragraph."""
    text = text_of(source)
    return [(p.kind, text.text[p.start : p.end], text.offsets.line(p.start)) for p in text.paragraphs]


@pytest.mark.parametrize(
    ("between", "kind"),
    [
        ("— 8 —", FURNITURE),
        ("8", FURNITURE),
        ("云州市人民政府公报", FURNITURE),
        ("专栏2.png", FURNITURE),
        ("---", FURNITURE),
        ("<sup>2</sup>指入户水表之前的管线。", NOTE),
        ("| 管径 | 长度 |", TABLE),
        ("$$Q = v A$$", FORMULA),
        ("YUNZHOU MUNICIPAL GAZETTE", FOREIGN),
    ],
)
def test_a_paragraph_is_mended_around_what_interrupts_it(between: str, kind: ParagraphKind) -> None:
    assert paragraphs(f"{BEFORE}\n\n{between}\n\n{AFTER}\n各区落实。") == [
        (BODY, BEFORE + AFTER, 1),
        (kind, between.removeprefix("<sup>2</sup>"), 3),
        (BODY, "各区落实。", 6),
    ]


def test_several_things_between_the_halves_keep_their_order() -> None:
    source = f"{BEFORE}\n| 管径 | 长度 |\n— 8 —\n云州市人民政府公报　2024年第6期\n{AFTER}"
    assert paragraphs(source) == [
        (BODY, BEFORE + AFTER, 1),
        (TABLE, "| 管径 | 长度 |", 2),
        (FURNITURE, "— 8 —", 3),
        (FURNITURE, "云州市人民政府公报 2024年第6期", 4),
    ]


def test_a_paragraph_over_three_pages_keeps_the_line_of_each_part() -> None:
    source = f"{BEFORE}\n— 8 —\n汇总普查数据，报送整改\n— 9 —\n{AFTER}"
    text = text_of(source)
    (whole,) = [p for p in text.paragraphs if p.kind is BODY]
    joined = text.text[whole.start : whole.end]
    assert joined == f"{BEFORE}汇总普查数据，报送整改{AFTER}"
    lines = [text.offsets.line(whole.start + joined.index(word)) for word in ("市水务局", "汇总", "公布")]
    assert lines == [1, 3, 5]
    assert whole.breaks == (whole.start + len(BEFORE), whole.end - len(AFTER))


def test_latin_words_that_a_page_parts_are_kept_apart() -> None:
    (joined, page) = paragraphs("供水单位应当使用云平台，支持 Open\n— 8 —\nWater 协议，每日上报。")
    assert joined == (BODY, "供水单位应当使用云平台，支持Open Water协议，每日上报。", 1)
    assert page == (FURNITURE, "— 8 —", 2)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一、总体要求", "坚持节水优先，保障供水。"),
        ("云州市水务局关于印发《云州市供水办法》的通知", "各供水单位："),
        ("各供水单位：", "《云州市供水办法》已经批准，现予印发。"),
        (BEFORE, "（一）公布漏损率；"),
        (BEFORE, "1.公布漏损率；"),
        (BEFORE, "第三条　公布漏损率。"),
        (BEFORE, "　　公布漏损率。"),
        (BEFORE, "## 公布漏损率"),
        ("云州市水务局", "2024年5月6日"),
    ],
)
def test_two_paragraphs_stay_two(before: str, after: str) -> None:
    for between in ("", "— 8 —\n"):
        kinds_and_lines = [(kind, line) for kind, _, line in paragraphs(f"{before}\n{between}{after}")]
        assert kinds_and_lines.count((BODY, 1)) == 1
        assert kinds_and_lines.count((BODY, 3 if between else 2)) == 1


def test_the_pages_of_contents_carry_no_body_text() -> None:
    source = "\n".join(
        [
            "云州市人民政府公报",
            "目　录",
            "【部门文件】",
            "云州市水务局关于印发供水办法的通知",
            "（云水发〔2024〕6号）……………(3)",
            "CONTENTS",
            "Notice of the Yunzhou Water Bureau",
            "(Yun Shui Fa [2024] No. 6) (3)",
            "— 2 —",
            "云州市水务局关于印发供水办法的通知",
            "云水发〔2024〕6号",
            "各供水单位：",
        ]
    )
    found = paragraphs(source)
    assert [kind for kind, _, line in found if line < 10] == [
        *[FURNITURE, CONTENTS, CONTENTS, CONTENTS, CONTENTS],
        *[FOREIGN, FOREIGN, FOREIGN, FURNITURE],
    ]
    assert [text for kind, text, _ in found if kind is BODY] == [
        "云州市水务局关于印发供水办法的通知",
        "云水发〔2024〕6号",
        "各供水单位：",
    ]


def test_contents_of_one_policy_end_where_its_text_begins() -> None:
    source = "云州市供水规划\n目录\n第一章 总则………1\n第二章 水源保护………2\n第一章 总则\n第一条 为了供水。"
    assert [(kind, line) for kind, _, line in paragraphs(source)] == [
        (BODY, 1),
        (CONTENTS, 2),
        (CONTENTS, 3),
        (CONTENTS, 4),
        (BODY, 5),
        (BODY, 6),
    ]


def test_an_english_page_is_kept_out() -> None:
    source = (
        "第一条　节约用水。\n\nArticle 1 Save water.\n\nArticle 2 Protect the sources.\n\n第二条　保护水源。"
    )
    assert paragraphs(source) == [
        (BODY, "第一条节约用水。", 1),
        (FOREIGN, "Article 1 Save water.", 3),
        (FOREIGN, "Article 2 Protect the sources.", 5),
        (BODY, "第二条保护水源。", 7),
    ]


@pytest.mark.parametrize("line", ["云州市第6期节水公报发布会", "2024年供水量达到3亿吨", "第6期工程竣工。"])
def test_body_text_that_looks_a_little_like_a_running_head(line: str) -> None:
    assert paragraphs(line) == [(BODY, line, 1)]

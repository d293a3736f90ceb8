"""Decoding, normalising, and the way back from each character to the file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.errors import InputError
from ingest.folding import fold
from ingest.model import ParagraphKind, Text
from ingest.pipeline import documents
from ingest.read import files, read, read_bytes
from ingest.readers.text import LONGEST_LINE

BOM = b"\xef\xbb\xbf"
ANY = settings(derandomize=True, database=None)


def text_of(source: str) -> Text:
    return read_bytes(source.encode(), "case.txt")


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as error:
        read_bytes(data, "case.txt")
    return error.value


# decoding -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line", "said"),
    [
        (b"", None, "empty"),
        (b" \r\n\t\n", None, "empty"),
        (BOM, None, "empty"),
        ("　　\n　\n".encode(), None, "empty"),
        ("供水\n节水\n".encode() + b"\xb9\xab", 3, "not UTF-8 (byte 0xb9)"),
        ("供水\n".encode() + "节水".encode()[:-1], 2, "not UTF-8"),
        (BOM + "供\n".encode() + b"\xff", 2, "not UTF-8 (byte 0xff)"),
        ("供水".encode("gb18030"), 1, "not UTF-8 (byte 0xb9)"),
        ("A供水\n".encode("utf-16-le"), 1, "NUL"),
        ("供水\n节".encode() + b"\x00" + "水".encode(), 2, "NUL"),
        (b"\x00\xff", 1, "NUL"),
        ("供水\n\n节\x07水".encode(), 3, "U+0007"),
        ("供水\n节\x7f水".encode(), 2, "U+007F"),
        ("供\x1b水".encode(), 1, "U+001B"),
        ("供水\r\n节\uffff水".encode(), 2, "U+FFFF"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data: bytes, line: int | None, said: str) -> None:
    error = refused(data)
    assert (error.name, error.line) == ("case.txt", line)
    assert said in error.reason
    assert str(error) == (f"case.txt: {error.reason}" if line is None else f"case.txt:{line}: {error.reason}")


def test_a_line_too_long_is_refused_with_its_number_and_the_limit() -> None:
    error = refused(("供水\n" + "水" * (LONGEST_LINE + 1)).encode())
    assert error.line == 2
    assert error.reason == f"a line of {LONGEST_LINE + 1:,} characters; {LONGEST_LINE:,} is the limit"


def test_a_line_of_the_greatest_length_is_read() -> None:
    assert text_of("供水\n" + "水" * LONGEST_LINE).text == "供水\n" + "水" * LONGEST_LINE


def test_a_byte_order_mark_is_no_character_of_the_text() -> None:
    text = read_bytes(BOM + "供水管理".encode(), "case.txt")
    assert text.text == "供水管理"
    assert text.offsets.source(0) == 0


def test_line_ends_of_windows_are_line_ends() -> None:
    text = text_of("云州市供水管理办法\r\n\r\n第一条　为了供水。\r\n第二条　节约用水。\r\n")
    assert text.text == "云州市供水管理办法\n第一条为了供水。\n第二条节约用水。"
    assert [text.offsets.line(p.start) for p in text.paragraphs] == [1, 3, 4]


def test_a_form_feed_at_the_top_of_a_page_is_no_character_of_the_text() -> None:
    text = text_of("第一条　为了供水。\n\f第二条　节约用水。\f\n")
    assert text.text == "第一条为了供水。\n第二条节约用水。"
    assert text.offsets.line(text.text.index("第二条")) == 2


# normalising ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "normalised"),
    [
        ("市水务局 负责供水", "市水务局负责供水"),
        ("市 经济\u3000和 信息化局", "市经济和信息化局"),
        ("到 2025 年建成 5G 基站 300 个", "到2025年建成5G基站300个"),
        ("执行 ISO 9001 标准", "执行ISO 9001标准"),
        ("使用 Open  Water API 平台", "使用Open Water API平台"),
        ("供\u200b水\u00a0管&nbsp;网", "供水管网"),
        ("推行“一网统管”<sup>3</sup>，覆盖全市", "推行“一网统管”，覆盖全市"),
        ("**（一）保护水源。** 划定**保护区**", "（一）保护水源。划定保护区"),
        ("## 一、总体要求", "一、总体要求"),
        ("- 巡查水源", "巡查水源"),
        ("> 巡查水源", "巡查水源"),
        (r"1\. 巡查水源\*", "1.巡查水源*"),
        ("漏损率<br>降到<b>8%</b>", "漏损率降到8%"),
        ("水压<0.2兆帕的，不得供水", "水压<0.2兆帕的，不得供水"),
        ("　　第一条　供水", "第一条供水"),
        ("（Ａ类）　１０个", "（Ａ类）１０个"),
        ("*重点", "*重点"),
        ("-5摄氏度以下", "-5摄氏度以下"),
    ],
)
def test_a_line_as_it_is_normalised(source: str, normalised: str) -> None:
    assert text_of(source).text == normalised


def test_cells_of_a_table_row_stay_apart() -> None:
    text = text_of("序号\t指标\t目标值\n1\t漏损率\t8%")
    assert text.text == "序号\t指标\t目标值\n1\t漏损率\t8%"
    assert [p.kind for p in text.paragraphs] == [ParagraphKind.TABLE] * 2


def test_the_places_where_white_space_was_taken_out_are_kept() -> None:
    text = text_of("云州市水务局　云州市财政局\n")
    assert text.text == "云州市水务局云州市财政局"
    assert text.paragraphs[0].breaks == (6,)


def test_marks_of_a_heading_and_an_indent_are_kept_in_the_paragraph() -> None:
    text = text_of("## 一、总体要求\n　　节约用水。\n第二条")
    assert [(p.heading, p.indented) for p in text.paragraphs] == [(2, False), (0, True), (0, False)]


def test_a_line_of_marks_alone_is_no_paragraph() -> None:
    text = text_of("节约用水。\n**\n保护水源。\n#\n")
    assert text.text == "节约用水。\n保护水源。"
    assert len(text.paragraphs) == 2


def test_folding_keeps_every_offset() -> None:
    source = "（Ａ１）：，；［〔【〖｛　｝〗】〕］！？～￥"
    assert fold(source) == "(A1):,;[[[[{ }]]]]!?~￥"
    assert len(fold(source)) == len(source)


@ANY
@given(st.text())
def test_folding_is_one_for_one_and_done_once(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_hashes_are_of_the_file_and_of_the_normalised_text() -> None:
    data = "供水 管理\r\n".encode()
    text = read_bytes(data, "case.txt")
    assert text.original_sha256 == hashlib.sha256(data).hexdigest()
    assert text.sha256 == hashlib.sha256("供水管理".encode()).hexdigest()


# back to the file -----------------------------------------------------------------------------------

MARKED = (
    "云州市 水务局\n\n# **一、总则**\n"
    "　　供水<sup>1</sup>单位应当使用 Open Water 平台，定期\n— 3 —\n报送数据。"
)


def test_every_character_is_the_one_at_its_place_in_the_file() -> None:
    text = text_of(MARKED)
    assert text.text == "云州市水务局\n一、总则\n供水单位应当使用Open Water平台，定期报送数据。\n— 3 —"
    kept = [(i, c) for i, c in enumerate(text.text) if c != "\n"]
    assert [MARKED[text.offsets.source(i)] for i, _ in kept] == [c for _, c in kept]


@pytest.mark.parametrize(
    ("word", "line"), [("云州市", 1), ("一、", 3), ("供水", 4), ("平台", 4), ("报送", 6), ("— 3", 5)]
)
def test_the_line_of_a_word_in_the_file(word: str, line: int) -> None:
    text = text_of(MARKED)
    assert text.offsets.line(text.text.index(word)) == line


PIECES = st.sampled_from(
    [
        *"\n\n\r\t　 （）《》“”，。；：、*#>-<|\\&.",
        "**",
        "<sup>1</sup>",
        "<sup>2</sup> 注",
        "&nbsp;",
        "\u200b",
        "第一条",
        "（一）",
        "1.",
        "目录",
        "CONTENTS",
        "……(3)",
        "— 7 —",
        "附件",
        "云州市水务局",
        "各有关单位：",
        "关于印发《云州市供水办法》的通知",
        "云水发〔2024〕6号",
        "2024年5月6日",
        "应当报送数据",
        "A b",
        "第〇十一条",
    ]
)


@ANY
@given(st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.lists(PIECES).map("".join)))
@example("a\n\n# \n甲，\nb")
def test_any_text_is_read_or_refused_and_offsets_hold(source: str) -> None:
    try:
        text = text_of(source)
    except InputError:
        return
    assert text.folded == fold(text.text)
    decoded = source.removeprefix("\ufeff")
    ends = 0
    for number, paragraph in enumerate(text.paragraphs):
        assert paragraph.start == (ends + 1 if number else 0)
        assert paragraph.start < paragraph.end
        ends = paragraph.end
        assert text.text[ends : ends + 1] in ("", "\n")
        assert "\n" not in text.text[paragraph.start : ends]
        assert all(paragraph.start <= offset <= ends for offset in paragraph.breaks)
        assert list(paragraph.breaks) == sorted(paragraph.breaks)
        for offset in range(paragraph.start, ends):
            place = text.offsets.source(offset)
            assert text.text[offset] == decoded[place] or (
                text.text[offset] == " " and decoded[place].isspace()
            )
            assert text.offsets.line(offset) == decoded.count("\n", 0, place) + 1
    assert ends == len(text.text)


@ANY
@given(st.one_of(st.text(st.characters(exclude_categories=["Cs"])), st.lists(PIECES).map("".join)))
@example("第〇十一条")
def test_any_text_gives_documents_or_an_input_error(source: str) -> None:
    try:
        found = documents(text_of(source))
    except InputError:
        return
    assert [document.span for document in found] == sorted(document.span for document in found)


# files ----------------------------------------------------------------------------------------------


def test_a_file_goes_by_the_name_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("节约用水", "utf8")
    assert read(tmp_path / "a.txt").name == "a.txt"
    assert read(tmp_path / "a.txt", "b/a.txt").name == "b/a.txt"
    with pytest.raises(InputError, match=r"^none\.txt: No such file"):
        read(tmp_path / "none.txt")


def test_a_folder_gives_its_texts_in_the_order_of_their_paths(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.MD", "a.png", "README.md", "b/readme.MD"):
        (tmp_path / name).write_text("节约用水", "utf8")
    assert [name for _, name in files([tmp_path, tmp_path / "c.txt"])] == ["b/a.MD", "c.txt", "c.txt"]


@pytest.mark.parametrize(
    ("name", "said"),
    [("none", "no such file"), ("empty", "nothing to read in this folder")],
)
def test_a_path_that_gives_no_text_is_refused(tmp_path: Path, name: str, said: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=said):
        list(files([tmp_path / name]))

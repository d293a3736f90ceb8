"""Whatever the text: nothing but InputError comes out, and every place holds its quote."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from ingest.errors import InputError
from ingest.folding import fold
from ingest.pipeline import BuiltFile, build_file
from ontology.iris import Iris
from ontology.terms import GB, NIF
from tests.conftest import SAMPLES, circular

ANY = settings(
    max_examples=150,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

LABELS = [
    "第一章 ",
    "第二节 ",
    "第三条 ",
    "第十二条　",
    "一、",
    "（二）",
    "(三)",
    "1.",
    "２．",
    "（1）",
    "①",
    "“第四条 ",
]
TITLES = [
    "青石县人民政府关于印发《青石县水塘管护办法》的通知",
    "青石县水塘管护办法",
    "青石县水塘管护办法（试行）",
    "青石县人民政府关于修改《青石县渡口规定》的决定",
    "青石县档案办公室\n青石县财政局\n关于印发《青石县借阅方案》的通知",
    "县水利局等部门关于整治河道的意见",
    "附件2",
    "附",
    "目　录",
    "CONTENTS",
]
HEADS = [
    "青政发〔2030〕7号",
    "青政办发[2031]12号",
    "青石县人民政府令第8号",
    "各乡镇人民政府，县政府各部门：",
    "各有关单位:",
    "青石县人民政府",
    "2030年4月31日",
    "2030年13月1日",
    "二〇三〇年五月二日",
    "(2020年1月2日县令第3号公布　根据2024年5月6日县令第9号修改)",
]
BODIES = [
    "县水利局",
    "县财政局、县林业局",
    "各乡镇政府",
    "县发展改革局牵头",
    "会同县司法局",
    "由县档案办",
    "有关部门",
    "等部门",
]
MODALS = ["应当", "不得", "可以", "严禁", "须", "应", "必须", "有权", "可", "负责", "要", "方可", "应用"]
TIMES = [
    "到2035年",
    "2030年底前",
    "2031年2月30日前",
    "自2030年6月1日起施行",
    "自印发之日起30日后施行",
    "有效期五年",
    "有效期至2034年12月31日",
    "每季度",
    "每年13月底前",
    "5个工作日内",
    "在0日内",
    "二十四小时内",
    "999999999999年内",
    "近三年",
    "到9999年",
    "到0000年",
]
NUMBERS = [
    "300",
    "1.5",
    "1,200",
    "３０",
    "两千",
    "百",
    "3-5",
    "9至2",
    "近千",
    "一百零八",
    "〇",
    "千亿级",
    "1.2.3",
    "-7",
    "²",
]
UNITS = ["亿元", "家", "个", "%", "％", "万人次", "微克/立方米", "项以上", "左右", "以内", "倍"]
VERBS = [
    "达到",
    "建成",
    "突破",
    "不低于",
    "压减至",
    "提高到",
    "控制在",
    "培育",
    "根据",
    "贯彻落实",
    "废止",
    "印发",
    "修改",
]
TITLED = [
    "《",
    "》",
    "〈",
    "〉",
    "《青石县水塘管护办法》",
    "《关于印发〈河道规定〉的通知》",
    "（以下简称《规定》）",
    "《》",
]
BRACKETS = [
    "（",
    "）",
    "(",
    ")",
    "【",
    "】",
    "〔",
    "〕",
    "“",
    "”",
    "（责任单位：",
    "牵头单位：",
    "配合单位：",
    "附件1",
    "前款",
]
STOPS = [
    "。",
    "；",
    "，",
    "、",
    "：",
    "！",
    ";",
    ".",
    "\n",
    "\n\n",
    "\r\n",
    " ",
    "　　",
    "\t",
    "\u200b",
    "\u2028",
    "\x85",
]
FURNITURE = [
    "\n— 12 —\n",
    "\n· 3 ·\n",
    "\n青石县人民政府公报　2030年第2期\n",
    "\n![图1](a.png)\n",
    "\n| 甲 | 乙 |\n|---|---|\n",
    "\n# 标题\n",
    "\n---\n",
    "**",
    "<sup>3</sup>",
    "<br>",
    "&nbsp;",
    "\nNotice of the County Office on Archives\n",
    "…………(3)\n",
    "\ufeff",
    "\U0001f600",
    "\u202e",
    "\\",
    '"',
]
FRAGMENTS = [
    *(LABELS + TITLES + HEADS + BODIES + MODALS + TIMES),
    *(NUMBERS + UNITS + VERBS + TITLED + BRACKETS + STOPS + FURNITURE),
]
LINES = [
    line
    for path in sorted(SAMPLES.iterdir())
    if path.name[0].isdigit()
    for line in path.read_text("utf8").splitlines()
    if line.strip()
]


@st.composite
def circular_like(draw: st.DrawFn) -> str:
    """Pieces of circulars in random order, half of the time behind a head that makes them a circular."""
    head = draw(st.sampled_from(["", circular(), f"{TITLES[0]}\n{HEADS[0]}\n{HEADS[3]}\n"]))
    pieces = draw(st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60))
    return head + "".join(pieces)


@st.composite
def torn_samples(draw: st.DrawFn) -> str:
    """Lines of the samples in random order, some with a fragment put into them or cut short."""
    lines = draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=25))
    for index in draw(st.lists(st.integers(0, len(lines) - 1), max_size=8)):
        place = draw(st.integers(0, len(lines[index])))
        lines[index] = lines[index][:place] + draw(st.sampled_from([*FRAGMENTS, ""]))
    return draw(st.sampled_from(["\n", "\n\n", "\r\n", ""])).join(lines)


def taken(data: bytes) -> BuiltFile | None:
    """What the pipeline makes of a file; None where it refuses the file, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "any.txt")
        path.write_bytes(data)
        try:
            return build_file(path, "any.txt", Iris())
        except InputError as error:
            assert str(error).startswith(("any.txt: ", "any.txt:")), error
            assert error.name == "any.txt"
            return None


def holds(processed: BuiltFile, data: bytes) -> None:
    """What must be true of every file that is taken in."""
    text, source = processed.text, data.decode("utf-8-sig")
    assert len(text.folded) == len(text.text)
    assert fold(text.text) == text.folded
    for offset, character in enumerate(text.text):  # the map leads back to the very characters of the file
        if character != "\n":  # what parts paragraphs is not copied from the file
            there = source[text.offsets.source(offset)]
            assert there == character or (character.isspace() and there.isspace()), offset

    places: dict[str, dict[str, str]] = defaultdict(dict)
    for line in processed.lines:
        quads = list(parse(line.encode(), RdfFormat.N_QUADS))
        assert len(quads) == 1, line
        quad = quads[0]
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.graph_name, NamedNode)
        if quad.predicate.value in (NIF.beginIndex, NIF.endIndex, NIF.anchorOf, GB.line):
            assert isinstance(quad.object, Literal)
            places[quad.subject.value][quad.predicate.value] = quad.object.value
    assert processed.documents, "taken in, but no document was found in it"
    assert places
    for iri, place in places.items():
        begin, end = int(place[NIF.beginIndex]), int(place[NIF.endIndex])
        assert 0 <= begin < end <= len(text.text), iri
        assert iri.endswith(f"#char={begin},{end}")
        if NIF.anchorOf in place:
            assert place[NIF.anchorOf] == text.text[begin:end], iri
        assert int(place[GB.line]) == source.count("\n", 0, text.offsets.source(begin)) + 1, iri


@ANY
@given(st.text(max_size=400))
@example("")
@example("\ufeff")
@example("第一条")
@example("第一条 应当。")
def test_any_text(text: str) -> None:
    data = text.encode("utf8")
    processed = taken(data)
    if processed is not None:
        holds(processed, data)


@ANY
@given(st.binary(max_size=300))
@example(b"\xef\xbb\xbf\xef\xbb\xbf")
@example(b"\r\n\r\n")
def test_any_bytes(data: bytes) -> None:
    processed = taken(data)
    if processed is not None:
        holds(processed, data)


@pytest.mark.check
@ANY
@given(torn_samples())
def test_samples_torn_to_pieces(text: str) -> None:
    data = text.encode("utf8")
    processed = taken(data)
    if processed is not None:
        holds(processed, data)


@ANY
@given(circular_like())
@example("第四条　八二十四小时内办结，完成归档亿〇个。")
@example("责任单位：\n二\n\x85有权")
@example(circular() + "\u2028应当爱护档案。")
@example("<sup>3</sup>（责任单位：（责任单位：")
@example(circular() + "第一章 \t第一章 ")
def test_pieces_of_circulars_in_any_order(text: str) -> None:
    data = text.encode("utf8")
    processed = taken(data)
    if processed is not None:
        holds(processed, data)


@ANY
@given(circular_like())
def test_the_same_bytes_give_the_same_quads(text: str) -> None:
    data = text.encode("utf8")
    first, second = taken(data), taken(data)
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert first.lines == second.lines
        assert len(set(first.lines)) == len(first.lines)


@pytest.mark.check
@ANY
@given(
    st.text(
        alphabet=st.sampled_from("第一条章（）《》〔〕“”：；。，、应当不得可以2035年月日号令\n 　#*<>sup/"),
        max_size=300,
    )
)
def test_any_order_of_the_characters_that_rules_look_for(text: str) -> None:
    data = (circular() + text).encode("utf8")
    processed = taken(data)
    assert processed is not None
    assert processed.documents[0][0].fields.number is not None
    holds(processed, data)

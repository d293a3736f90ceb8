"""Where documents begin, and which part of one a paragraph is (cases in tests/cases/segment.yaml)."""

from __future__ import annotations

from itertools import groupby, pairwise
from pathlib import Path

import pytest

import ingest
from ingest import numerals
from ingest.acts import without_term
from ingest.errors import InputError
from ingest.head import read_head
from ingest.model import DocumentFields, HeadField, Paragraph, ParagraphKind, Part, Segment, Text
from ingest.open_document import OpenDocument
from ingest.read import read, read_bytes
from ingest.segment import segment
from tests.cases import Case, cases, name
from tests.for_each import for_each

CASES = cases("segment")
SAMPLES = sorted((Path(ingest.__file__).parent / "samples").glob("0*.*"))
EMPTY = {"title", "circular", "number", "addressees", "date", "effective", "expires"}


def text_of(source: str) -> Text:
    return read_bytes(source.encode(), "case.txt")


def value(field: HeadField | None) -> str | None:
    return field.value if field else None


def described(text: Text, found: Segment, fields: DocumentFields) -> Case:
    """A document as the cases tell it."""
    told: Case = {
        "line": text.offsets.line(found.span.start),
        "title": value(fields.title),
        "circular": value(fields.circular_title),
        "type": fields.type,
        "circular_type": fields.circular_type,
        "number": value(fields.number),
        "issuers": [issuer.value for issuer in fields.issuers],
        "addressees": value(fields.addressees),
        "date": value(fields.date),
        "effective": value(fields.effective),
        "expires": value(fields.expires),
        "also": [field.value for field in fields.also],
        "parts": " ".join(part for part, _ in groupby(block.part for block in found.blocks)),
    }
    return told


@for_each(CASES, name)
def test_a_text_is_cut_into_its_documents(case: Case) -> None:
    text = text_of(case["text"])
    found = [described(text, each, read_head(text, each)) for each in segment(text)]
    expected = []
    for wanted, got in zip(case["documents"], found, strict=False):
        whole = {**dict.fromkeys(EMPTY), "issuers": [], "also": [], **wanted}
        expected.append({**{key: got[key] for key in ("line", "type", "circular_type")}, **whole})
    assert found == expected
    assert len(found) == len(case["documents"])


@for_each(CASES, name)
def test_a_field_quotes_the_place_that_gives_it(case: Case) -> None:
    text = text_of(case["text"])
    for each in segment(text):
        fields = read_head(text, each)
        surfaces = [fields.circular_title, fields.number, fields.addressees, *fields.also]
        for issuer in fields.issuers:
            assert issuer.span is not None
            assert without_term("".join(text.quote(issuer.span).split())) == issuer.value
        for field in filter(None, surfaces):
            assert field.span is not None
            assert "".join(text.quote(field.span).split()) == field.value
        for field in filter(None, [fields.date, fields.effective, fields.expires]):
            assert field.span is not None
            assert numerals.parse_date(text.quote(field.span)) == field.value


def every_text() -> list[Text]:
    return [text_of(case["text"]) for case in CASES] + [read(path) for path in SAMPLES]


@for_each(every_text, lambda text: f"{text.name}: {text.text[:30]}")
def test_documents_share_no_character_and_leave_no_body_text_out(text: Text) -> None:
    found = segment(text)
    blocks = [block for each in found for block in each.blocks]
    for before, after in pairwise(blocks):
        assert before.start < before.end <= after.start
    for each in found:
        assert each.span.start in {block.start for block in each.blocks}
        assert each.span.end == each.blocks[-1].end
    taken = {offset for block in blocks for offset in range(block.start, block.end)}
    for paragraph in text.paragraphs:
        if paragraph.kind is ParagraphKind.BODY and paragraph.start >= found[0].span.start:
            assert taken.issuperset(range(paragraph.start, paragraph.end))


def test_a_glued_title_parts_its_paragraph() -> None:
    text = text_of(
        "第一条　节水。\n第二条　自公布起施行。云州市节水奖励办法\n第一条　为了奖励节水，制定本办法。"
    )
    before, after = segment(text)
    assert text.quote(before.span) == "第一条节水。\n第二条自公布起施行。"
    assert [(block.part, text.text[block.start : block.end]) for block in after.blocks] == [
        (Part.TITLE, "云州市节水奖励办法"),
        (Part.BODY, "第一条为了奖励节水，制定本办法。"),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "云水发〔2024〕6号",
        "云水发[2024]6号",
        "云水发（2024）6号",
        "云水发(2024)6号",
        "云水发【2024】6号",
        "云水发［2024］6号",
        "云水发〔２０２４〕６号",
        "云水发〔2024〕第6号",
        "云水规字〔2024〕16号",
    ],
)
def test_a_number_is_copied_with_the_brackets_it_has(written: str) -> None:
    source = "云州市水务局关于清洗水箱的通知\n{}\n各供水单位：\n请每半年清洗一次水箱。"
    for line, number in (
        (written, written),
        (f"（{written}）", written),
        (written.replace("发", "发 "), written),
    ):
        text = text_of(source.format(line))
        (found,) = segment(text)
        field = read_head(text, found).number
        assert field is not None
        assert field.value == number
        assert found.of(Part.NUMBER)[0].start == text.text.index("\n") + 1


@pytest.mark.parametrize(
    "line",
    [
        "各供水单位：",
        "各区人民政府，市政府各部门，各市属国有企业：",
        "云阳区水务局、云河区水务局：",
        "各区教育局（体育局）、各直属学校：",
        "各市、县（区）人民政府:",
        "各区应急局、各消防救援大队：",
    ],
)
def test_a_salutation(line: str) -> None:
    text = text_of(f"云州市水务局关于清洗水箱的通知\n{line}\n为保障水质，请每半年清洗一次水箱。")
    (found,) = segment(text)
    assert [block.part for block in found.blocks] == [Part.TITLE, Part.ADDRESSEES, Part.NOTICE]
    assert value(read_head(text, found).addressees) == line[:-1]


@pytest.mark.parametrize("line", ["供水单位应当做到：", "收费标准如下：", "有下列情形之一的："])
def test_what_ends_in_a_colon_and_greets_nobody(line: str) -> None:
    text = text_of(f"云州市水务局关于清洗水箱的通知\n云水发〔2024〕6号\n{line}\n一、每半年清洗一次水箱。")
    (found,) = segment(text)
    assert read_head(text, found).addressees is None


@pytest.mark.parametrize(
    "source",
    [
        "云州市节水奖励办法\n为奖励节水，制定本办法。",
        "云水发〔2024〕6号\n请各单位节水。",
        "各供水单位：\n请各单位节水。",
        "第一条　请各单位节水。",
        "节水须知摘录如下\n第一条　请各单位节水。",
        "一、节水。\n二、护水。",
        "节约用水（责任单位：市水务局）。\n保护水源（牵头单位：市林业局）。",
    ],
)
def test_what_shows_that_a_text_is_official(source: str) -> None:
    assert segment(text_of(source))[0].blocks[0].start == 0


@pytest.mark.parametrize(
    "source", ["今天下雨。\n明天天晴。", "a\n\nb", "一、只有一条。", "会议日期：", "云州市水务局"]
)
def test_a_text_that_is_no_circular_is_refused(source: str) -> None:
    with pytest.raises(InputError, match=r"^case\.txt: no circular found"):
        segment(text_of(source))


SIGNED = """云州市水务局 云州市财政局关于印发《云州市换表办法》的通知
云水发〔2024〕6号
各供水单位：
现将《云州市换表办法》印发给你们。
{signature}
2024年5月6日
云州市换表办法
第一条 换表每六年一次。
"""


def test_issuers_are_quoted_from_the_title_where_the_signature_names_no_more() -> None:
    text = text_of(SIGNED.format(signature="云州市水务局\n云州市财政局"))
    (found,) = segment(text)
    spans = [issuer.span for issuer in read_head(text, found).issuers]
    assert [text.quote(span) for span in spans if span] == ["云州市水务局", "云州市财政局"]
    assert all(span.end <= found.blocks[0].end for span in spans if span)


ARTICLES = "云州市换表办法\n第一条 换表每六年一次。\n{between}第一条 换下的表应当回收。\n"


@pytest.mark.parametrize(("between", "count"), [("", 1), ("第二条 换表不收费。\n", 2)])
def test_numbering_that_starts_again_begins_a_document(between: str, count: int) -> None:
    assert len(segment(text_of(ARTICLES.format(between=between)))) == count


def test_a_block_has_the_breaks_that_lie_inside_it() -> None:
    paragraph = Paragraph(0, 12, ParagraphKind.BODY, 0, indented=False, breaks=(2, 6, 9))
    document = OpenDocument()
    document.add(paragraph, Part.BODY, end=6)
    document.add(paragraph, Part.TITLE, start=6)
    assert [(block.start, block.end, block.breaks) for block in document.blocks] == [
        (0, 6, (2,)),
        (6, 12, (9,)),
    ]


def test_what_stands_again_below_its_text_is_no_second_document() -> None:
    """As crawlers leave it; other articles that start again are another document's."""
    articles = [
        "第一条　为了保障高层住户用水，制定本办法。泵房的建设、维护和安全管理适用本办法，供水单位应当遵守。",
        "第二条　泵房应当上锁，钥匙由供水单位保管，并且每周巡查一次，巡查的情况应当记录在册，保存三年以上。",
        "第三条　本办法自2024年7月1日起施行。",
    ]
    others = [words.replace("泵房", "水箱") for words in articles]
    for again, count in ((articles, 1), (others, 2)):
        lines = "\n".join(["云州市二次供水管理办法", *articles, *again])
        assert len(segment(read_bytes(lines.encode(), "a.txt"))) == count

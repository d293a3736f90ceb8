"""PDF: reading order, what is no text, paragraphs, heads, and where each character stands."""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph

from ingest.model import Source
from ingest.readers import pdf
from ingest.readers.page_heading import is_page_heading
from tests.ingest.readers import making
from tests.ingest.readers.taking import only_document

WIDTH, HEIGHT = A4
SENTENCES = (
    "为促进夜间消费，方便市民生活，规范夜市经营秩序，营造安全有序的环境，根据有关法律、法规，结合本市实际，制定本办法。"
    "本市行政区域内夜市的规划、建设、经营和管理，适用本办法。市商务局负责夜市的统筹协调，各区人民政府负责本辖区夜市的日常管理工作。"
)


def drawn(*pages: Callable[[Canvas], None]) -> Source:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    (source,) = pdf.read(out.getvalue(), "a.pdf")
    return source


def write(canvas: Canvas, x: float, top: float, words: str, size: float = 16) -> None:
    canvas.setFont(making.FONT, size)
    canvas.drawString(x, HEIGHT - top - size, words)


def column(
    canvas: Canvas, words: str, x: float, characters: int, size: float = 16, top: float = 100
) -> float:
    """A paragraph with an indent, set line by line; gives where it ends."""
    write(canvas, x + 2 * size, top, words[: characters - 2], size)
    rest = words[characters - 2 :]
    while rest:
        top += 1.6 * size
        write(canvas, x, top, rest[:characters], size)
        rest = rest[characters:]
    return top + 1.6 * size


def paragraphs(source: Source) -> list[str]:
    return [line.strip() for line in source.text.split("\n") if line.strip()]


def test_lines_are_joined_and_what_stands_on_each_page_is_left_out() -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            write(canvas, 72, 40, f"云州市人民政府公报 2023年第{number}期", 10)
            top = column(canvas, SENTENCES, 72, 28)
            column(canvas, SENTENCES[57:], 72, 28, top=top)
            write(canvas, 280, 790, f"— {number} —", 12)

        return draw

    source = drawn(*map(page, (1, 2, 3)))
    assert paragraphs(source) == [SENTENCES, SENTENCES[57:]] * 3


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    def first(canvas: Canvas) -> None:
        write(canvas, 104, 100, SENTENCES[:26])
        write(canvas, 72, 126, SENTENCES[26:54])
        write(canvas, 280, 790, "- 1 -", 12)

    def second(canvas: Canvas) -> None:
        write(canvas, 72, 100, SENTENCES[54:82])
        write(canvas, 72, 126, SENTENCES[82:110])
        write(canvas, 72, 152, SENTENCES[110:])
        write(canvas, 280, 790, "- 2 -", 12)

    assert paragraphs(drawn(first, second)) == [SENTENCES]


def test_two_columns_are_read_one_after_the_other() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 150, 60, "云州市夜市管理办法", 22)
        column(canvas, SENTENCES, 50, 20, 11)
        column(canvas, SENTENCES[::-1], 310, 20, 11)

    assert paragraphs(drawn(draw)) == ["云州市夜市管理办法", SENTENCES, SENTENCES[::-1]]


def test_names_of_a_joint_red_head_stand_before_the_word_beside_them() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 80, "云州市商务局", 34)
        write(canvas, 420, 104, "文件", 34)
        write(canvas, 100, 128, "云州市财政局", 34)
        write(canvas, 72, 200, "云商发〔2023〕9号")
        write(canvas, 380, 200, "签发人：张三")
        write(canvas, 140, 260, "关于规范夜市经营的通知", 22)
        column(canvas, SENTENCES, 72, 28, top=320)

    source = drawn(draw)
    assert paragraphs(source)[:6] == [
        "云州市商务局",
        "云州市财政局",
        "文件",
        "云商发〔2023〕9号",
        "签发人：张三",
        "关于规范夜市经营的通知",
    ]
    fields = only_document(source).fields
    assert fields.number is not None
    assert fields.number.value == "云商发〔2023〕9号"
    assert fields.title is not None
    assert fields.title.value.endswith("关于规范夜市经营的通知")


def test_a_title_of_several_lines_is_one() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 100, 80, "云州市人民政府关于印发云州市夜市", 22)
        write(canvas, 210, 115, "管理办法的通知", 22)
        column(canvas, SENTENCES, 72, 28, top=200)

    assert paragraphs(drawn(draw))[0] == "云州市人民政府关于印发云州市夜市管理办法的通知"


def test_a_footnote_is_a_note() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, SENTENCES, 72, 28)
        write(canvas, 72, 740, "①本办法所称夜市，是指经批准设立的夜间集中经营场所。", 10)

    source = drawn(draw)
    assert paragraphs(source)[1] == "<sup>①</sup> 本办法所称夜市，是指经批准设立的夜间集中经营场所。"


def test_numbers_of_pages_inside_a_sentence_and_characters_of_page_makers_are_mended() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 104, 100, "各区要在二〇二三年年底前建成— 3 —夜市十处，⻛险可控。")

    assert paragraphs(drawn(draw))[0].startswith("各区要在二〇二三年年底前建成夜市十处")


def test_no_line_ends_with_an_opening_bracket_or_inside_a_date() -> None:
    def draw(canvas: Canvas) -> None:
        write(canvas, 104, 100, "根据《云州市夜市管理规定（")
        write(canvas, 72, 126, "2021—2025年）》，现就有关事项通知如下，请各单位结合实际认真贯彻落实")
        write(canvas, 72, 152, "，并于月底前报送。")
        write(canvas, 404, 300, "2023年3月1")
        write(canvas, 404, 326, "日")

    assert paragraphs(drawn(draw)) == [
        "根据《云州市夜市管理规定（2021—2025年）》，现就有关事项通知如下，请各单位结合实际认真贯彻落实，并于月底前报送。",
        "2023年3月1日",
    ]


@pytest.mark.parametrize(
    ("paragraphs_of_page", "heading"),
    [
        (["云州市夜市管理办法", "云州市人民政府令", "第5号", "云州市夜市管理办法"], True),
        (["关于印发夜市办法的通知(云政发〔2023〕5号)", "关于印发夜市办法的通知", "各区人民政府："], True),
        (["云州市商务管理局", "云州市城市管理局", "关于加强夜市管理的通知", "云州市商务管理局"], False),
        (
            ["云州市人民政府关于修改夜市办法的决定", "云州市人民政府关于修改夜市办法作如下决定：", "一、"],
            False,
        ),
    ],
)
def test_a_heading_of_a_site_is_told_from_names_and_sentences(
    paragraphs_of_page: list[str], heading: bool
) -> None:
    assert is_page_heading(paragraphs_of_page) is heading


def test_lines_that_name_fields_above_the_text_are_known_beside_it() -> None:
    head = ["发布部门：云州市人民政府", "发布日期：2023.03.05", "时效性：现行有效"]

    def draw(canvas: Canvas) -> None:
        for place, words in enumerate([*head, "云州市人民政府关于加强夜市管理的通知"]):
            write(canvas, 72, 90 + 26 * place, words)
        column(canvas, SENTENCES, 72, 28, top=220)

    source = drawn(draw)
    assert {name: field.value for name, field in source.metadata.items()} == {
        "publisher": "云州市人民政府",
        "published": "2023-03-05",
        "validity": "现行有效",
    }
    assert paragraphs(source)[0] == "云州市人民政府关于加强夜市管理的通知"


def test_every_character_has_its_page_and_box() -> None:
    def draw(canvas: Canvas) -> None:
        column(canvas, SENTENCES, 72, 28)

    source = drawn(draw, draw)
    second = source.text.rindex("市商务局")
    place = source.origins.at(second)
    assert place is not None
    assert place.page == 2
    assert place.box is not None
    assert place.box.left - 1 <= 72 + 16 * ((SENTENCES.index("市商务局") + 2) % 28) < place.box.right
    assert 100 < place.box.top < place.box.bottom < 300


def test_a_scanned_page_is_told() -> None:
    from PIL import Image  # noqa: PLC0415

    def picture(canvas: Canvas) -> None:
        canvas.drawInlineImage(Image.new("L", (60, 80), 200), 72, 72, 400, 600)

    def words(canvas: Canvas) -> None:
        column(canvas, SENTENCES, 72, 28)

    source = drawn(words, picture, picture)
    assert source.notices == ("no text layer on page 2–3: a picture, not read",)


_BIG = """
import sys
from pathlib import Path
from ingest.readers import pdf
(source,) = pdf.read(Path(sys.argv[1]).read_bytes(), "big.pdf")
assert source.origins.origins[-1].page == 1001
(peak,) = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
print(peak.split()[1])  # of this program alone; ru_maxrss begins with that of the process that started it
"""


@pytest.mark.check
def test_a_thousand_pages_are_read_fast_in_little_memory(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415

    style = making.body(16, firstLineIndent=32)
    story = making.front()
    for _ in range(1000):
        story += [PageBreak(), *(Paragraph(SENTENCES * 2, style) for _ in range(2))]
    file = Path(str(tmp_path)) / "big.pdf"
    file.write_bytes(making.pdf(story))
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    started = time.monotonic()
    done = subprocess.run([sys.executable, "-c", _BIG, str(file)], capture_output=True, check=True)
    seconds = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
    assert int(done.stdout) < 300 * 1024
    assert min(seconds, time.monotonic() - started) < 1001 / 50 * 2  # a busy machine takes twice the time

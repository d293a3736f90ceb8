"""Pages that are pictures: recognised where that is asked for, and every fact from them says so."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest import samples
from ingest.build import build_store
from ingest.errors import InputError
from ingest.extract import extract
from ingest.model import Reading
from ingest.pipeline import build_file, documents
from ingest.quoted_facts import quoted_facts
from ingest.read import read, read_bytes
from ingest.readers import isolated, ocr, pdf
from ingest.readers.ocr import WANTED, PictureLine, Tesseract
from ontology.errors import GongbaoError
from ontology.iris import Iris
from tests.inputs.labelled import INPUTS
from tests.same_facts.__main__ import circulars
from tests.same_facts.comparing import facts_of
from tests.same_facts.makers import pdf as make_pdf
from tests.same_facts.makers import text as make_text

WIDTH, HEIGHT = A4
LINES = (
    (150, 100, 20, "云州市商务局关于加强夜市管理的通知"),
    (72, 150, 16, "各区商务局："),
    (104, 180, 16, "为规范夜市经营秩序，市商务局应当于2023年6月30日前制定夜市管"),
    (72, 210, 16, "理细则。"),
    (420, 240, 16, "云州市商务局"),
    (420, 270, 16, "2023年3月1日"),
)
needs_engine = pytest.mark.skipif(not ocr.is_there(), reason=ocr.MISSING)


class Reader:
    """Recognises the same lines in every picture."""

    name = "a reader for tests"

    def lines(self, picture: Image.Image) -> Iterator[PictureLine]:
        scale = picture.width / WIDTH
        for left, top, size, words in LINES:
            wide = size * sum(1.0 if char > "\u2e80" else 0.5 for char in words)
            yield PictureLine(words, *(scale * at for at in (left, top, left + wide, top + size + 2)))


def pictures(images: Sequence[Image.Image]) -> bytes:
    """A PDF whose pages are pictures."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for image in images:
        canvas.drawInlineImage(image, 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


SCAN = pictures([Image.new("L", (60, 80), 200)])


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A scan, in a process in which it is read by character recognition."""
    monkeypatch.setattr(ocr, "find_engine", Reader)
    monkeypatch.setattr(isolated, "read", _read_here)
    file = tmp_path / "scan.pdf"
    file.write_bytes(SCAN)
    return file


def _read_here(data: bytes, name: str, **_: bool) -> Reading:
    token = WANTED.set(True)
    try:
        return Reading(tuple(pdf.read(data, name)))
    finally:
        WANTED.reset(token)


def test_a_scan_is_not_read_unless_it_is_asked_for() -> None:
    with pytest.raises(InputError, match="its pages are pictures"):
        list(pdf.read(SCAN, "scan.pdf"))


def test_every_fact_of_a_recognised_page_says_so(recognised: Path) -> None:
    text = read(recognised, ocr=True)
    assert text.text.split("\n")[2].endswith("前制定夜市管理细则。")
    assert text.notices == ("page 1 read by character recognition: look at the picture",)
    place = text.origins.at(text.offsets.source(text.text.index("夜市管理细则")))
    assert place is not None
    assert place.page == 1
    records = [
        fact.to_dict() for fact in quoted_facts(text, [(one, extract(one)) for one in documents(text)])
    ]
    assert {record["kind"] for record in records} >= {"doc", "deadline", "norm"}
    assert all(record["recognised"] is True for record in records)


def test_the_graph_says_what_was_recognised(recognised: Path) -> None:
    lines = build_file(recognised, "scan.pdf", Iris()).lines
    said = [line for line in lines if "ontology#recognised>" in line]
    places = {line.split()[0] for line in lines if "#beginIndex>" in line}
    assert {line.split()[0] for line in said} > places
    assert len(said) == len(places) + 1  # and the text


def test_nothing_else_says_that_it_was_recognised() -> None:
    text = read_bytes(
        "云州市商务局关于夜市的通知\n各区商务局：\n　　现将有关事项通知如下。\n".encode(), "a.txt"
    )
    assert not text.is_recognised(3)
    assert not any("recognised" in fact.to_dict() for fact in quoted_facts(text, ()))


def test_a_build_without_an_engine_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(ocr, "is_there", lambda: False)
    with pytest.raises(GongbaoError, match="no engine of character recognition"):
        build_store([tmp_path], tmp_path / "store", ocr=True)
    assert not (tmp_path / "store").exists()


def test_the_table_of_tesseract_is_read(tmp_path: Path) -> None:
    program = tmp_path / "tesseract"
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["4\t1\t1\t1\t1\t0\t10\t20\t300\t40\t-1\t", "5\t1\t1\t1\t1\t1\t10\t20\t80\t40\t96.1\t云州"]
    rows.append("5\t1\t1\t1\t1\t2\t90\t20\t30\t40\t12.0\t乱")
    table = "\\n".join([head, *rows])
    program.write_text(f"#!/bin/sh\ncat > /dev/null\nprintf '{table}\\n'\n")
    program.chmod(0o755)
    lines = list(Tesseract(str(program)).lines(Image.new("RGB", (10, 10))))
    assert lines == [PictureLine("云州", 10, 20, 90, 60)]


@pytest.mark.check
@needs_engine
def test_a_picture_of_a_sample_gives_its_facts() -> None:
    """Rendered as a scanner sees it; a few characters may be wrong, most facts are right."""
    blocks = dict(circulars(Path(samples.__path__[0])))["09-supplement-2024.txt#1"]
    document = pdfium.PdfDocument(make_pdf(blocks))
    scan = pictures([page.render(scale=3).to_pil().convert("L") for page in document])
    (source,) = isolated.read(scan, "scan.pdf", ocr=True).sources
    assert source.recognised == tuple(range(1, len(document) + 1))
    wanted, found = facts_of(make_text(blocks), "a.txt"), facts_of(source.text.encode(), "b.txt")
    assert (wanted & found).total() >= 0.8 * wanted.total()


@pytest.mark.check
@needs_engine
@pytest.mark.skipif(not INPUTS.is_dir(), reason="the folder of real files is not there")
def test_a_real_scan_is_read() -> None:
    """Its first page; all seven take a minute and more."""
    whole = pdfium.PdfDocument(INPUTS / "pdf" / "district" / "2.pdf")
    first = pdfium.PdfDocument.new()
    first.import_pages(whole, [0])
    out = io.BytesIO()
    first.save(out)
    (source,) = isolated.read(out.getvalue(), "2.pdf", ocr=True).sources
    assert source.recognised == (1,)
    assert "支持实体经济发展的若干措施" in source.text
    assert "第二条加快产业载体建设。采用“市场配置、事后补贴”的方式，" in source.text

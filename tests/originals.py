"""Files of several formats with circulars, of which the originals can be shown."""

from __future__ import annotations

import json
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.platypus import Paragraph

from ingest.build import build_store
from tests.conftest import SAMPLES, circular
from tests.ingest.readers.made import as_page, as_word, zipped
from tests.ingest.readers.making import body, front, pdf, pdf_table

MANIFEST = "known.jsonl"  # of an ending that is not read as a circular
PDF, PAGE, WORD, TEXT, ARCHIVE = "air.pdf", "pool.html", "archive.docx", "plain.txt", "night.zip"
INSIDE = f"{ARCHIVE}/tasks.pdf"
WIDE, HOSTILE = "wide.pdf", "hostile.html"
ADDRESS = "https://example.org/air.pdf"
TASKS = (("任务", "牵头单位", "完成时限"), ("开设夜间集市", "市商务局", "2023年6月底前"))
SCRIPT = "<script>alert(1)</script>"


def pdf_of(text: str, size: tuple[float, float] = A4, rotation: int = 0) -> bytes:
    """A PDF with one paragraph for each line."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return pdf([Paragraph(line, body(firstLineIndent=24)) for line in lines], size, rotation)


def build_formats(store: Path) -> None:
    """Build a store of one circular in each format, and of what is known of the first."""
    folder = store.with_name("formats-files")
    folder.mkdir(exist_ok=True)
    write_files(folder)
    assert build_store([folder], store, metadata=[folder / MANIFEST]).errors == []


def write_files(folder: Path) -> None:
    """Write the files."""
    air = (SAMPLES / "05-clean-air-2022.txt").read_text("utf8")
    pool = (SAMPLES / "01-expert-pool-2021.txt").read_text("utf8")
    tasks = pdf([*front(), pdf_table(TASKS)])
    files = {
        PDF: pdf_of(air),
        PAGE: as_page(pool),
        WORD: as_word(circular(7)),
        TEXT: circular(8).encode(),
        ARCHIVE: zipped({"tasks.pdf": tasks}),
        WIDE: pdf_of(circular(9), (14_000, 800)),
        HOSTILE: as_page(circular(10).replace("加快整理", f"加快整理{SCRIPT}")),
        MANIFEST: json.dumps({"文件": PDF, "发文字号": "云政发〔2030〕9号", "网址": ADDRESS}).encode(),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)

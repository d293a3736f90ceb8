"""Files of several formats made from the same paragraphs, by several makers."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from tests.ingest.readers import making
from tests.same_facts.blocks import Block, Place

Maker = Callable[[Sequence[Block]], bytes]
OFFICE_FORMATS = ("docx", "pdf", "doc", "rtf", "html")
_SECONDS = 120


def text(blocks: Sequence[Block]) -> bytes:
    """Plain text as people write it: blank lines around titles, two wide blanks before paragraphs."""
    lines: list[str] = []
    for block in blocks:
        if block.place in (Place.TITLE, Place.CENTRED):
            lines += [block.text, ""] if block.place is Place.CENTRED else [block.text]
        elif block.place is Place.BODY:
            lines.append("\u3000\u3000" + block.text)
        else:
            lines.append(block.text)
    return "\n".join(lines).encode()


def gb18030(blocks: Sequence[Block]) -> bytes:
    """The plain text in GB18030."""
    return text(blocks).decode().encode("gb18030")


_STYLES = {
    Place.TITLE: "text-align:center;font-size:22pt;font-weight:bold",
    Place.CENTRED: "text-align:center",
    Place.PLAIN: "",
    Place.BODY: "text-indent:2em",
    Place.SIGNATURE: "text-align:right",
}


def page(blocks: Sequence[Block]) -> bytes:
    """A web page with navigation and a footer around the text."""
    parts = [_element(block) for block in blocks]
    return (
        '<!DOCTYPE html><html><head><meta charset="utf-8"><title>云州市人民政府</title>'
        "<style>@page{size:A4;margin:25mm}body{font:12pt/1.7 'Noto Serif CJK SC',serif;margin:0}p{margin:0}"
        "td{border:1px solid;padding:2px}table{border-collapse:collapse}</style></head><body>"
        '<div class="nav"><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">信息公开目录</a></div>'
        f'<div id="zoom">{"".join(parts)}</div>'
        '<div class="footer">版权所有：云州市人民政府 <a href="/c">网站地图</a></div></body></html>'
    ).encode()


def bare_page(blocks: Sequence[Block]) -> bytes:
    """The page as an office program prints it: nothing but the text."""
    whole = page(blocks).decode()
    start, end = whole.index('<div class="nav">'), whole.index('<div id="zoom">')
    return (whole[:start] + whole[end : whole.index('<div class="footer">')] + "</body></html>").encode()


def page_of_breaks(blocks: Sequence[Block]) -> bytes:
    """A web page of one element in which only <br> divides the lines."""
    lines = [
        ("&emsp;&emsp;" if block.place is Place.BODY else "") + escape(block.text)
        if block.place is not Place.TABLE
        else _element(block)
        for block in blocks
    ]
    return (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head><body>'
        f'<div class="TRS_Editor">{"<br>".join(lines)}</div></body></html>'
    ).encode("gb18030")


def _element(block: Block) -> str:
    if block.place is Place.TABLE:
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in block.rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return f'<p style="{_STYLES[block.place]}">{escape(block.text)}</p>'


def word(blocks: Sequence[Block]) -> bytes:
    """A Word file by python-docx."""
    document = docx.Document()
    for block in blocks:
        if block.place is Place.TABLE:
            rows = block.rows
            table = document.add_table(len(rows), len(rows[0]))
            for number, row in enumerate(rows):
                for cell, words in zip(table.rows[number].cells, row, strict=True):
                    cell.text = words
            continue
        paragraph = document.add_paragraph()
        run = paragraph.add_run(block.text)
        if block.place in (Place.TITLE, Place.CENTRED):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size = Pt(22 if block.place is Place.TITLE else 16)
        elif block.place is Place.SIGNATURE:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        elif block.place is Place.BODY:
            paragraph.paragraph_format.first_line_indent = Pt(32)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def pdf(blocks: Sequence[Block]) -> bytes:
    """A PDF by ReportLab, its characters from a font that is not in the file."""
    title = ParagraphStyle("title", parent=making.body(20), alignment=1)
    styles = {
        Place.TITLE: title,
        Place.CENTRED: ParagraphStyle("centred", parent=making.body(), alignment=1),
        Place.PLAIN: making.body(),
        Place.BODY: making.body(firstLineIndent=24),
        Place.SIGNATURE: ParagraphStyle("right", parent=making.body(), alignment=2),
    }
    story: list[Flowable] = []
    for block in blocks:
        if block.place is Place.TABLE:
            story.append(making.pdf_table(block.rows))
        else:
            story.append(Paragraph(escape(block.text), styles[block.place]))
    return making.pdf(story)


def _office() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def _browser() -> str | None:
    return next((found for name in ("chromium", "google-chrome") if (found := shutil.which(name))), None)


def printed(blocks: Sequence[Block]) -> bytes:
    """A PDF by Chromium, its fonts in the file."""
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "a.html"), Path(folder, "a.pdf")
        given.write_bytes(bare_page(blocks))
        arguments = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        _run(
            [
                _browser() or "",
                *arguments,
                f"--user-data-dir={folder}/profile",
                f"--print-to-pdf={made}",
                str(given),
            ]
        )
        return made.read_bytes()


def _converted(kind: str, blocks: Sequence[Block]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        given = Path(folder, "a.docx")
        given.write_bytes(word(blocks))
        out = Path(folder, "out")
        profile = f"-env:UserInstallation=file://{folder}/profile"
        _run([_office() or "", "--headless", profile, "--convert-to", kind, "--outdir", str(out), str(given)])
        return (out / f"a.{kind}").read_bytes()


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)


MAKERS: dict[str, Maker] = {
    "gb18030.txt": gb18030,
    "html": page,
    "br.html": page_of_breaks,
    "docx": word,
    "pdf": pdf,
}
"""By the ending of the file; the baseline is ``text``."""


def second_makers() -> dict[str, Maker]:
    """Makers of programs that are installed here."""
    makers: dict[str, Maker] = {}
    if _browser():
        makers["browser.pdf"] = printed
    if _office():
        makers |= {f"office.{kind}": partial(_converted, kind) for kind in OFFICE_FORMATS}
    return makers

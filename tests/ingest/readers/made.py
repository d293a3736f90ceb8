"""One circular, invented, as files of several formats."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from html import escape

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH

from tests.conftest import circular

HEAD = ("任务", "牵头单位", "完成时限")
ROWS = (("整理案卷", "县档案办", "2031年6月底前"), ("核对目录", "县财政局", "2031年9月底前"))


def as_text(text: str) -> bytes:
    """UTF-8."""
    return text.encode()


def as_gb18030(text: str) -> bytes:
    """As Windows in China writes it."""
    return text.encode("gb18030")


def as_page(text: str) -> bytes:
    """A page with navigation, scripts, a counter and a footer around the text; the title is centred."""
    first, *others = [line for line in text.splitlines() if line.strip()]
    paragraphs = "\n".join(f'<p style="text-indent:2em">{escape(line)}</p>' for line in others)
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>青石县人民政府</title>
<script>var number = "青档发〔2029〕99号";</script></head><body>
<div class="top-nav"><a href="/">首页</a> <a href="/a">政务公开</a> <a href="/b">青档发〔2029〕98号</a></div>
<div class="crumb">当前位置：首页 &gt; 通知</div><!-- 青档发〔2029〕97号 -->
<div id="zoom"><p style="text-align:center">{escape(first)}</p>
{paragraphs}</div>
<p>【打印本页】</p><div style="display:none">青档发〔2029〕96号</div>
<div class="footer">版权所有 青石县人民政府 主办单位：县政府办公室</div></body></html>""".encode()


def as_word(text: str) -> bytes:
    """A Word file; the title is centred, the paragraphs are indented by their layout."""
    document = docx.Document()
    for place, line in enumerate(line for line in text.splitlines() if line.strip()):
        paragraph = document.add_paragraph(line.strip())
        if not place:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def as_archive(text: str) -> bytes:
    """A zip archive with one text."""
    return zipped({"通知.txt": text.encode()})


def mailed(body: str, files: dict[str, bytes]) -> bytes:
    """A message with attachments."""
    message = EmailMessage()
    message["From"], message["Subject"] = "a@example.org", "通知"
    message.set_content(body)
    for name, data in files.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def as_message(text: str) -> bytes:
    """A message with a page attached."""
    return mailed("请查收附件。", {"通知.html": as_page(text)})


MAKERS: dict[str, Callable[[str], bytes]] = {
    "txt": as_text,
    "gb18030.txt": as_gb18030,
    "html": as_page,
    "docx": as_word,
    "zip": as_archive,
    "eml": as_message,
}

CIRCULAR = circular(1)

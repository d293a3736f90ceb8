"""Files of several formats with a circular and its table of tasks, made for tests from invented words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, LongTable, Paragraph, SimpleDocTemplate
from reportlab.platypus.tables import TableStyle

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
TITLE = "云州市人民政府办公室关于印发夜市工作任务分工的通知"
HEAD = (
    TITLE,
    "云政办发〔2023〕5号",
    "各区人民政府，市政府各委、办、局：",
    "《夜市工作任务分工》已经市政府同意，现印发给你们，请认真组织实施，按时完成各项任务，每季度末向市商务局报送进展情况。",
    "云州市人民政府办公室",
    "2023年3月1日",
    "附件：任务分工表",
)
Cells = Sequence[Sequence[str]]
Spans = Sequence[tuple[int, int, int, int]]
"""Merged cells: row, column, number of rows, number of columns."""


def body(size: float = 12, **more: float) -> ParagraphStyle:
    return ParagraphStyle("body", fontName=FONT, fontSize=size, leading=size * 1.6, wordWrap="CJK", **more)


def pdf(story: Sequence[Flowable], size: tuple[float, float] = A4, rotation: int = 0) -> bytes:
    out = io.BytesIO()

    def number(canvas: object, document: object) -> None:
        canvas.setFont(FONT, 10)  # type: ignore[attr-defined]
        canvas.drawCentredString(size[0] / 2, 30, f"— {document.page} —")  # type: ignore[attr-defined]
        if rotation:
            canvas.setPageRotation(rotation)  # type: ignore[attr-defined]

    SimpleDocTemplate(out, pagesize=size, leftMargin=72, rightMargin=72).build(
        list(story), onFirstPage=number, onLaterPages=number
    )
    return out.getvalue()


def front() -> list[Flowable]:
    """The circular above the table."""
    title = ParagraphStyle("title", parent=body(20), alignment=1)
    right = ParagraphStyle("right", parent=body(), alignment=2)
    centred = ParagraphStyle("centred", parent=body(), alignment=1)
    styles = [title, centred, body(), body(firstLineIndent=24), right, right, body()]
    return [Paragraph(words, style) for words, style in zip(HEAD, styles, strict=True)]


def pdf_table(
    cells: Cells, spans: Spans = (), *, widths: Sequence[float] = (), heads: int = 1, open_sides: bool = False
) -> Flowable:
    style: list[tuple[object, ...]] = [
        ("FONT", (0, 0), (-1, -1), FONT, 10),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
    ]
    style += [
        ("SPAN", (column, row), (column + across - 1, row + down - 1)) for row, column, down, across in spans
    ]
    if open_sides:
        style += [("INNERGRID", (0, 0), (-1, -1), 0.5, colors.black)]
        style += [
            ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
            ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black),
        ]
    else:
        style += [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    words = [[Paragraph(cell, body(10)) if cell else "" for cell in row] for row in cells]
    return LongTable(words, colWidths=list(widths) or None, repeatRows=heads, style=TableStyle(style))


def workbook(sheets: dict[str, tuple[Cells, Spans]], above: Sequence[str] = HEAD) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, (cells, spans) in sheets.items():
        sheet = book.create_sheet(title)
        for line in above:
            sheet.append([line])
        for cells_of_row in cells:
            sheet.append([cell or None for cell in cells_of_row])
        for row, column, down, across in spans:
            top = len(above) + row + 1
            sheet.merge_cells(
                start_row=top, end_row=top + down - 1, start_column=column + 1, end_column=column + across
            )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OFD_SPACE = "http://www.ofdspec.org/2016"


def ofd(lines: Sequence[tuple[float, float, str]], rules: Sequence[str] = (), pages: int = 1) -> bytes:
    """An OFD of A4 pages; lines are left and top in millimetres and words in type of 4 mm."""
    texts = "".join(
        f'<ofd:TextObject ID="{n + 10}" Boundary="{x} {y} {4 * len(words) + 1} 5" Font="1" Size="4">'
        f'<ofd:TextCode X="0" Y="3.5" DeltaX="g {max(len(words) - 1, 0)} 4">{words}</ofd:TextCode>'
        "</ofd:TextObject>"
        for n, (x, y, words) in enumerate(lines)
    )
    texts += "".join(
        f'<ofd:PathObject ID="{n + 900}" Boundary="0 0 210 297" LineWidth="0.3">'
        f"<ofd:AbbreviatedData>{rule}</ofd:AbbreviatedData></ofd:PathObject>"
        for n, rule in enumerate(rules)
    )
    layer = f'<ofd:Layer ID="2">{texts}</ofd:Layer>'
    page = f'<ofd:Page xmlns:ofd="{OFD_SPACE}"><ofd:Content>{layer}</ofd:Content></ofd:Page>'
    listed = "".join(f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(pages))
    parts = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD_SPACE}" Version="1.0"><ofd:DocBody>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD_SPACE}"><ofd:CommonData><ofd:PageArea>'
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/Page_{n}/Content.xml": page for n in range(pages)},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, words in parts.items():
            packed.writestr(name, words)
    return out.getvalue()


LANDSCAPE = landscape(A4)

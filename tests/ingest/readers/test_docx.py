"""Word files."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document

from ingest.errors import InputError
from ingest.model import Source
from ingest.readers.docx import read
from tests.ingest.readers.made import CIRCULAR, as_word, zipped

BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)


def source_of(document: Document) -> Source:
    made = io.BytesIO()
    document.save(made)
    (source,) = read(made.getvalue(), "a.docx")
    assert isinstance(source, Source)
    return source


def test_merged_cells_stand_in_all_places_that_they_cover() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    for row, words in enumerate(
        (("任务", "牵头单位", "时限"), ("检漏", "县水务局", "2031年"), ("", "县住建局", "2032年"))
    ):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    source = source_of(document)
    (found,) = source.tables
    assert [row[0] for row in found.rows] == ["任务", "检漏", "检漏"]
    assert found.spans[1][0] == found.spans[2][0]
    assert source.text[slice(*found.spans[2][1])] == "县住建局"


def test_a_table_of_one_column_is_text() -> None:
    document = docx.Document()
    document.add_table(2, 1).cell(0, 0).text = "云州县人民政府文件"
    source = source_of(document)
    assert (source.tables, source.text.strip()) == ((), "云州县人民政府文件")


def test_deleted_text_is_left_out_and_breaks_are_lines() -> None:
    with zipfile.ZipFile(io.BytesIO(as_word("节约用水／保护水源浪费"))) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    written = files["word/document.xml"].decode()
    written = written.replace("／", "</w:t><w:br/><w:t>")
    deleted = "</w:t></w:r><w:del><w:r><w:delText>浪费</w:delText></w:r></w:del><w:r><w:t>"
    files["word/document.xml"] = written.replace("浪费", deleted).encode()
    (source,) = read(zipped(files), "a.docx")
    assert isinstance(source, Source)
    assert source.text == "节约用水\n保护水源\n"


def test_the_name_of_the_file_above_the_title_is_left_out() -> None:
    document = docx.Document()
    for line in ("003_关于印发《节水_办法》的通知", "关于印发《节水办法》的通知", "各镇人民政府："):
        document.add_paragraph(line)
    source = source_of(document)
    assert source.text.split() == ["关于印发《节水办法》的通知", "各镇人民政府："]
    origin = source.origins.at(source.text.index("各镇"))
    assert origin is not None and origin.part == "paragraph 3"


def test_numbers_that_word_makes_are_labels() -> None:
    document = docx.Document()
    for line in ("节约用水", "保护水源"):
        document.add_paragraph(line, style="List Number")
    assert source_of(document).text.split() == ["1.节约用水", "2.保护水源"]


@pytest.mark.parametrize(
    "data",
    [
        as_word(CIRCULAR)[:3000],
        zipped({"word/document.xml": b"<x/>"}),
        zipped({"[Content_Types].xml": b"<Types", "word/document.xml": b""}),
    ],
)
def test_a_broken_word_file_is_refused(data: bytes) -> None:
    from ingest.readers import read as read_any  # noqa: PLC0415

    with pytest.raises(InputError, match=r"a\.docx.*(?:broken|cut off|no text|no file)"):
        read_any(data, "a.docx")


def test_entities_of_xml_are_not_expanded() -> None:
    with zipfile.ZipFile(io.BytesIO(as_word("节水"))) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    head, body = files["word/document.xml"].split(b"?>", 1)
    files["word/document.xml"] = head + b"?>" + BOMB.encode() + body.replace("节水".encode(), b"&j;")
    try:
        (source,) = read(zipped(files), "a.docx")
    except InputError as error:
        assert "broken" in error.reason or "no text" in error.reason
    else:
        assert isinstance(source, Source) and len(source.text) < 1000

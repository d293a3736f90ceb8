"""Files that are broken, encrypted, too large or made to do harm: a clear InputError, or what is left."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.errors import InputError
from ingest.model import Source
from ingest.readers import ofd, pdf, workbook
from tests.ingest.readers import making
from tests.mutated import a_csv, a_pdf, a_workbook, an_ofd, packed, parts_of

Read = Callable[[bytes, str], Iterator[Source]]


FORMATS: list[tuple[str, Read, Callable[[], bytes]]] = [
    ("a.pdf", pdf.read, a_pdf),
    ("a.ofd", ofd.read, an_ofd),
    ("a.xlsx", workbook.read, a_workbook),
    ("a.csv", workbook.read, a_csv),
]


def refused(read: Read, data: bytes, name: str) -> str:
    with pytest.raises(InputError) as caught:
        list(read(data, name))
    assert caught.value.name == name
    return caught.value.reason


def test_a_format_is_known_by_its_bytes() -> None:
    readers = {"pdf": pdf, "ofd": ofd, "workbook": workbook}
    files = {"pdf": a_pdf(), "ofd": an_ofd(), "workbook": a_workbook()}
    for kind, data in files.items():
        assert [name for name, reader in readers.items() if reader.claims(data, "a.bin")] == [kind]
    assert workbook.claims(a_csv(), "a.csv")
    assert not workbook.claims(a_csv(), "a.txt")
    assert all(name.startswith(".") for reader in readers.values() for name in reader.MEDIA_TYPES)


@pytest.mark.parametrize(("name", "read", "make"), FORMATS[:3], ids=[name for name, _, _ in FORMATS[:3]])
def test_what_is_cut_off_is_refused(name: str, read: Read, make: Callable[[], bytes]) -> None:
    data = make()
    assert "broken or cut off" in refused(read, data[:300], name)
    assert refused(read, data[:5], name)


def test_an_encrypted_pdf_is_refused() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 100, "closed")
    canvas.save()
    assert "encrypted" in refused(pdf.read, out.getvalue(), "a.pdf")


def test_a_pdf_without_a_text_layer_is_refused_with_the_reason() -> None:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.rect(100, 100, 50, 50)
    canvas.showPage()
    canvas.save()
    assert "no text layer" in refused(pdf.read, out.getvalue(), "a.pdf")


@pytest.mark.parametrize("part", ["OFD.xml", "Doc_0/Document.xml"])
def test_entities_in_an_ofd_are_refused(part: str) -> None:
    bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><OFD>&b;</OFD>'
    for encoding in ("utf-8", "utf-16"):
        parts = {**parts_of(an_ofd()), part: bomb.encode(encoding)}
        assert "entities" in refused(ofd.read, packed(parts), "a.ofd")


def test_entities_in_a_workbook_are_refused() -> None:
    parts = parts_of(a_workbook())
    parts["xl/workbook.xml"] = b'<!DOCTYPE a [<!ENTITY a "aa">]>' + parts["xl/workbook.xml"]
    assert "entities" in refused(workbook.read, packed(parts), "a.xlsx")


@pytest.mark.parametrize(("name", "read"), [("a.ofd", ofd.read), ("a.xlsx", workbook.read)])
def test_a_zip_bomb_is_refused(name: str, read: Read) -> None:
    make = an_ofd if read is ofd.read else a_workbook
    parts = {**parts_of(make()), "xl/more.xml": b"\0" * (40 * 2**20)}
    assert "zip bomb" in refused(read, packed(parts), name)


def test_two_hundred_sheets_and_macros_are_read() -> None:
    parts = {**parts_of(a_workbook(200)), "xl/vbaProject.bin": b"\1\2\3"}
    (source,) = workbook.read(packed(parts), "a.xlsm")
    assert len(source.tables) == 200
    assert source.notices == ("macros in the workbook are not looked at",)
    last = source.tables[-1]
    place = source.origins.at(last.spans[2][2][0])
    assert place is not None
    assert (place.sheet, place.cell, last.rows[2][2]) == ("表199", "C9", "市发展改革委")


def test_a_page_that_is_gone_is_told_and_the_others_are_read() -> None:
    parts = parts_of(an_ofd())
    parts["Doc_0/Pages/Page_1/Content.xml"] = b"<broken"
    (source,) = ofd.read(packed(parts), "a.ofd")
    assert making.TITLE in source.text
    assert source.notices[0].startswith("page 2 cannot be read")

"""A folder of harmful files of every format: each is told by its name, and the good one is built."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from ingest.build import build_store
from ingest.errors import InputError
from ingest.read import files, read_bytes
from ingest.readers import isolated
from ingest.readers.html import LARGEST
from tests.ingest.readers.made import CIRCULAR, as_page, as_text, as_word, mailed, zipped
from tests.mutated import a_pdf, a_workbook, an_ofd, packed, parts_of

BOMB = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def encrypted_pdf() -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(100, 100, "closed")
    canvas.save()
    return out.getvalue()


def with_part(data: bytes, part: str, content: bytes) -> bytes:
    return packed({**parts_of(data), part: content})


def bombed(data: bytes, part: str) -> bytes:
    """The part with entities that grow when they are read."""
    return with_part(data, part, BOMB + parts_of(data)[part].partition(b"?>")[2])


BAD = {
    "encrypted.pdf": (encrypted_pdf, "encrypted"),
    "encrypted.docx": (lambda: OLE + "EncryptedPackage".encode("utf-16-le") * 9, "encrypted"),
    "cut.pdf": (lambda: a_pdf()[:400], "broken or cut off"),
    "cut.docx": (lambda: as_word(CIRCULAR)[:4_000], "broken"),
    "cut.xlsx": (lambda: a_workbook()[:2_000], "broken or cut off"),
    "cut.ofd": (lambda: an_ofd()[:300], "broken or cut off"),
    "cut.zip": (lambda: zipped({"a.txt": as_text(CIRCULAR)})[:300], "broken"),
    "bomb.xlsx": (lambda: with_part(a_workbook(), "xl/more.xml", bytes(40 * 2**20)), "zip bomb"),
    "entities.xlsx": (lambda: bombed(a_workbook(), "xl/workbook.xml"), "entities"),
    "entities.ofd": (lambda: bombed(an_ofd(), "OFD.xml"), "entities"),
    "out.zip": (lambda: zipped({"../../out.txt": as_text(CIRCULAR)}), "leads out of the archive"),
    "nested.zip": (lambda: zipped({"in.zip": zipped({"a.txt": b"1"})}), "an archive inside an archive"),
    "large.html": (lambda: b"<html><body>" + b"<p>1</p>" * (LARGEST // 8), "is the limit"),
}


@pytest.mark.check
def test_each_bad_file_is_told_and_the_good_one_is_built(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, (make, _) in BAD.items():
        (folder / name).write_bytes(make())
    (folder / "good.html").write_bytes(as_page(CIRCULAR))
    other = bombed(
        as_word(CIRCULAR.replace("节水", "用水")), "word/document.xml"
    )  # nothing is expanded in it
    (folder / "odd.docx").write_bytes(other)
    (folder / "loop").symlink_to(folder, target_is_directory=True)
    report = build_store([folder], tmp_path / "store")
    assert report.files == ["good.html", "odd.docx"]
    told = {error.name.split("/")[0]: error.reason for error in report.errors}
    assert set(told) == set(BAD)
    assert {name: told[name] for name, (_, words) in BAD.items() if words not in told[name]} == {}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "store"]


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(as_text(CIRCULAR))
    (tmp_path / "in" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [name for _, name in files([tmp_path])] == ["in/a.txt"]


def test_ten_thousand_tables_inside_one_another_are_read() -> None:
    page = "<html><body>" + "<table><tr><td>" * 10_000 + f"<p>{CIRCULAR}</p>"
    assert CIRCULAR[:10] in isolated.read(page.encode(), "deep.html").sources[0].text


@pytest.mark.parametrize("declared", ["big5", "us-ascii", "x-no-such-charset", "utf-16"])
def test_the_bytes_of_a_message_count_for_more_than_the_charset_that_it_declares(declared: str) -> None:
    data = mailed("见正文", {}).replace(b"utf-8", declared.encode())
    head, _, _ = data.partition(b"\n\n")
    head = head.replace(b"base64", b"8bit").replace(b"quoted-printable", b"8bit")
    text = read_bytes(head + b"\n\n" + CIRCULAR.encode("gb18030"), "a.eml").text
    assert CIRCULAR.split("\n")[0] in text


def test_a_page_of_an_ofd_cannot_be_a_file_outside(tmp_path: Path) -> None:
    """It names a page by a path that leads out of the package."""
    data = with_part(
        an_ofd(),
        "Doc_0/Document.xml",
        parts_of(an_ofd())["Doc_0/Document.xml"].replace(b"Pages/Page_0/", b"../../../../../../etc/"),
    )
    try:
        (source,) = isolated.read(data, "a.ofd").sources
    except InputError as error:
        assert error.name == "a.ofd"
    else:
        assert any("page 1" in notice for notice in source.notices)

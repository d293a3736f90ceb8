"""Archives and messages: every file in them, within limits."""

from __future__ import annotations

import io
import zipfile

import pytest

from ingest.errors import InputError
from ingest.read import Texts, read_all_bytes, read_bytes
from tests.ingest.readers.made import CIRCULAR, as_page, mailed, zipped

GOOD = CIRCULAR.encode()


def errors(found: Texts) -> list[str]:
    return [str(error) for error in found.errors]


def test_each_file_of_an_archive_is_read_and_what_cannot_be_is_told() -> None:
    inner = zipped({"x.txt": GOOD})
    found = read_all_bytes(
        zipped(
            {
                "通知/a.txt": GOOD,
                "b.html": as_page(CIRCULAR),
                "c.txt": b"\0\0",
                "d.zip": inner,
                "../e.txt": GOOD,
                "/f.txt": GOOD,
                "g.png": b"\x89PNG",
                "__MACOSX/h.txt": GOOD,
                "i.eml": mailed("通知", {}),
            }
        ),
        "all.zip",
    )
    assert [text.name for text in found.texts] == ["all.zip/通知/a.txt", "all.zip/b.html"]
    assert len({text.original_sha256 for text in found.texts}) == 2
    assert errors(found) == [
        "all.zip/c.txt:1: a NUL byte: this is not a text file",
        "all.zip/d.zip: an archive inside an archive is not read",
        "all.zip/../e.txt: its path leads out of the archive",
        "all.zip/f.txt: its path leads out of the archive",
        "all.zip/i.eml: a message inside an archive or message is not read",
    ]


def test_names_in_gbk() -> None:
    made = zipped({"AAAA.txt": GOOD}).replace(b"AAAA", "通知".encode("gbk"))
    assert read_bytes(made, "a.zip").name == "a.zip/通知.txt"


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(InputError, match="is the limit"):
        read_all_bytes(zipped({f"{n}.txt": bytes(90_000_000) for n in range(5)}), "bomb.zip")


def test_a_member_that_lies_about_its_size() -> None:
    made = bytearray(zipped({"a.txt": GOOD * 1000}))
    directory = made.index(b"PK\x01\x02")
    made[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    with pytest.raises(InputError, match=r"^a\.zip"):
        read_all_bytes(bytes(made), "a.zip")


def test_an_encrypted_member() -> None:
    made = bytearray(zipped({"a.txt": GOOD}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.index(mark) + at] |= 1
    with pytest.raises(InputError, match=r"^a\.zip/a\.txt: encrypted"):
        read_all_bytes(bytes(made), "a.zip")


def test_two_members_of_one_name() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("a.txt", GOOD)
        archive.writestr("a.txt", GOOD + b"\n")
    names = [text.name for text in read_all_bytes(made.getvalue(), "a.zip").texts]
    assert names == ["a.zip/a.txt", "a.zip/a.txt (2)"]


def test_a_message_gives_its_attachments() -> None:
    found = read_all_bytes(
        mailed("请查收。", {"a.txt": GOOD, "b.zip": zipped({"c.html": as_page(CIRCULAR)})}), "m.eml"
    )
    assert [text.name for text in found.texts] == ["m.eml/a.txt", "m.eml/b.zip/c.html"]


def test_a_message_whose_text_is_the_circular() -> None:
    text = read_bytes(mailed(CIRCULAR, {}), "m.eml")
    assert text.text == read_bytes(GOOD, "a.txt").text


def test_a_web_archive_gives_its_page() -> None:
    made = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        + as_page(CIRCULAR).decode().encode("gb18030")
        + b"\r\n--x--\r\n"
    )
    assert read_bytes(made, "page.mht").text == read_bytes(GOOD, "a.txt").text


def test_a_member_without_a_name_is_passed_over() -> None:
    data = zipped({"x": b"1", "通知.txt": GOOD})
    start = data.index(b"PK\x01\x02")
    entry = data[start:]
    cut = entry[:28] + b"\0\0" + entry[30:46] + entry[47:]  # the first name in the list has no length
    size = len(cut) - 22
    end = cut[-22:-10] + (size).to_bytes(4, "little") + cut[-6:]
    found = read_all_bytes(data[:start] + cut[:-22] + end, "all.zip")
    assert [text.name for text in found.texts] == ["all.zip/通知.txt"]

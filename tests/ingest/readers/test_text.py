"""Plain text: its encoding and the YAML above it."""

from __future__ import annotations

import pytest

from ingest.errors import InputError
from ingest.read import read_bytes
from tests.conftest import circular

BIG5 = "為加強節水管理，現將有關事項通知如下。縣水務局要做好管網檢漏工作，各單位要在年底前完成。"


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be"])
def test_simplified_chinese_in_its_encodings(encoding: str) -> None:
    text = read_bytes(circular().encode(encoding, "ignore"), "a.txt")
    assert (
        text.text == read_bytes(circular().encode(encoding, "ignore").decode(encoding).encode(), "a.txt").text
    )
    assert text.encoding is not None and text.encoding[:2] == encoding[:2]


def test_traditional_chinese_in_big5() -> None:
    text = read_bytes(BIG5.encode("big5"), "a.txt")
    assert (text.text, text.encoding) == (BIG5, "big5hkscs")


@pytest.mark.parametrize("data", [bytes(range(128, 256)) * 20, "voilà".encode("latin-1"), b"\xff\xfe\x00"])
def test_bytes_in_no_known_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(InputError):
        read_bytes(data, "a.txt")


@pytest.mark.parametrize("left", ["\ufffe", "\u00ad", "\ue004", "\uf0b7"])
def test_what_readers_of_pdf_leave_is_taken_out(left: str) -> None:
    text = read_bytes(f"第一条　节约{left}用水。".encode(), "a.txt")
    assert text.text == "第一条节约用水。"
    assert text.offsets.source(text.text.index("用")) == 7


def test_front_matter_is_known_beside_the_text_and_keeps_the_lines() -> None:
    text = read_bytes(
        "---\n标题: 关于节水的通知\n发布日期: 2030-05-08\n---\n第一条　节约用水。\n".encode(), "a.md"
    )
    assert {name: (field.value, field.said_by) for name, field in text.metadata.items()} == {
        "title": ("关于节水的通知", "sidecar"),
        "published": ("2030-05-08", "sidecar"),
    }
    assert (text.text, text.offsets.line(0)) == ("第一条节约用水。", 5)


@pytest.mark.parametrize("above", ["---\n第一条\n---\n", "---\na: [\n---\n", "---\nother: 1\n---\n"])
def test_what_names_no_field_is_no_front_matter(above: str) -> None:
    assert not read_bytes(f"{above}第一条　节约用水。\n".encode(), "a.md").metadata

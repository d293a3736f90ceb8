"""Files that cannot be taken in."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.store import current
from tests.bad_input.conftest import NO_CIRCULAR, entries, good_only, left_alone, one_line
from tests.conftest import Gongbao, circular

STORY = (
    "夜里下过一场小雨，巷口的石板亮得像镜子。阿禾提着竹篮出门，篮里装着母亲新蒸的米糕。\n\n"
    "“你又去看那棵老槐树？”邻居从窗里探出头来问。\n\n"
    "她笑了笑，没有回答。树下的猫已经等了她三个早晨，今天它的身边多了一只更小的猫。\n"
)
ENGLISH = (
    "The ferry leaves at dawn.\n\n"
    "Nobody in the village could say who had painted the lighthouse green, and the keeper, who was deaf to "
    "most questions, went on polishing the lamp as if the colour had always been there.\n"
)


def png() -> bytes:
    """A picture of one pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    size = (1).to_bytes(4, "big") * 2 + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress(b"\x00\xff")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


@dataclass(frozen=True, slots=True)
class Bad:
    """A file that cannot be taken in, and the place and reason that its message must give."""

    name: str
    data: bytes
    message: str


BAD = [
    Bad("empty.txt", b"", "empty.txt: the file is empty"),
    Bad("blank.md", b"\xef\xbb\xbf \r\n\t\n", "blank.md: the file is empty"),
    Bad("picture.txt", png(), "picture.txt:3: a NUL byte: this is not a text file"),
    Bad(
        "nul.txt",
        circular().replace("一、", "一\0、").encode(),
        "nul.txt:9: a NUL byte: this is not a text file",
    ),
    Bad(
        "escape.md",
        circular().replace("二、", "\x1b[1m二、").encode(),
        "escape.md:11: a control character (U+001B): not a text file",
    ),
    Bad("story.txt", STORY.encode(), f"story.txt: {NO_CIRCULAR}"),
    Bad("page.md", ENGLISH.encode(), f"page.md: {NO_CIRCULAR}"),
    Bad(
        "mixed.txt",
        b"\xe4\xb8\x80\n\xe4\xba\x8c\n\xe4\xb8\x89\xff\xe5\x9b\x9b\n",
        "mixed.txt:3: not UTF-8 (byte 0xff): invalid start byte",
    ),
    Bad("gbk.txt", "湖泊\n".encode("gbk"), "gbk.txt:1: not UTF-8 (byte 0xba): invalid start byte"),
]


@pytest.mark.check
@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_file_beside_a_good_one(bad: Bad, folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    (folder / bad.name).write_bytes(bad.data)
    ran = gongbao("build", folder, "--store", store, "--no-check")
    assert ran.status == 2
    assert ran.out == ""
    one_line(f"failed: {bad.message}", ran)
    assert re.search(r"^1 file, 1 document, .*; 1 failed$", ran.err, re.MULTILINE)
    good_only(gongbao("facts", "--store", store))
    assert current(store).manifest()["errors"] == [bad.message]
    assert current(store).manifest()["files"] == ["good.txt"]
    assert entries(store) == [current(store).id]
    info = gongbao("info", "--store", store)
    assert info.status == 0
    assert f"  {bad.message}" in info.out.splitlines()


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_file_alone_leaves_the_store_as_it_was(
    bad: Bad, standing: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    before = entries(standing)
    alone = tmp_path / bad.name
    alone.write_bytes(bad.data)
    ran = gongbao("build", alone, "--store", standing, "--no-check")
    assert ran.status == 2
    one_line("gongbao: nothing to build", ran)
    one_line(f"  {bad.message}", ran)
    left_alone(standing, before, gongbao)


def test_all_bad_files_in_one_build(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    for bad in BAD:
        (folder / bad.name).write_bytes(bad.data)
    ran = gongbao("build", folder, tmp_path / "nowhere.txt", "--store", store, "--no-check")
    assert ran.status == 2
    for bad in BAD:
        one_line(f"failed: {bad.message}", ran)
    one_line(f"failed: {tmp_path / 'nowhere.txt'}: no such file or folder", ran)
    assert f"; {len(BAD) + 1} failed" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_a_new_store_from_nothing_but_bad_files_has_no_version(tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    (tmp_path / "empty.txt").write_bytes(b"")
    ran = gongbao("build", tmp_path / "empty.txt", "--store", store)
    assert ran.status == 2
    one_line("  empty.txt: the file is empty", ran)
    assert entries(store) == []
    assert not (store / "current").exists()
    facts = gongbao("facts", "--store", store)
    assert facts.status == 2
    one_line(f"gongbao: {store}: the store has no version yet; run 'gongbao build' first", facts)
    assert gongbao("build", tmp_path, "--store", store).status == 2  # it is still a store

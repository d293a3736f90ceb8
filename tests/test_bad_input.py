"""Bad input through the command line: a message with name and line, and nothing else is lost."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from ingest.load import FORMAT, current, versions
from ingest.pipeline import build_store
from ingest.read import LONGEST_LINE
from tests.conftest import COMMAND, Gongbao, Ran, circular, installed

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


TOLD = re.compile(r"^1 files?, 1 documents?, ", re.MULTILINE)  # what the build says last
NO_CIRCULAR = "no circular found: no title, document number, addressees or articles"
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
    Bad("gbk.txt", circular().encode("gbk"), "gbk.txt:1: not UTF-8 (byte 0xc7): invalid continuation byte"),
]


def good_only(ran: Ran) -> None:
    """That the facts are those of ``circular(1)`` and of no other file."""
    assert ran.status == 0
    records = [json.loads(line) for line in ran.out.splitlines()]
    assert {record["file"] for record in records} == {"good.txt"}
    assert [record["number"] for record in records if record["kind"] == "doc"] == ["青档发〔2030〕1号"]
    assert [record["unit"] for record in records if record["kind"] == "resp"] == ["县档案办", "县财政局"]


def entries(store: Path) -> list[str]:
    """What lies in a store's versions folder, drafts too."""
    return sorted(path.name for path in (store / "versions").iterdir())


def one_line(message: str, ran: Ran) -> None:
    """That a message is a line of standard error of its own, and that nothing blew up."""
    assert message in ran.err.splitlines(), ran.err
    assert "Traceback" not in ran.err + ran.out


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good file."""
    made = tmp_path / "in"
    made.mkdir()
    (made / "good.txt").write_text(circular(), "utf8")
    return made


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


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of one good file on which builds fail, and which they must leave as it is."""
    made = tmp_path_factory.mktemp("standing")
    (made / "good.txt").write_text(circular(), "utf8")
    build_store([made / "good.txt"], made / "store", check=False)
    return made / "store"


def left_alone(standing: Path, before: list[str], gongbao: Gongbao) -> None:
    """That a build that failed changed nothing."""
    assert entries(standing) == before == [current(standing).id]
    assert not list(standing.glob(".current-*"))
    good_only(gongbao("facts", "--store", standing))


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


# paths ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Wrong:
    """A path that gives no file; ``made`` is what is put there first."""

    name: str
    made: str
    reason: str


WRONG = [
    Wrong("empty-folder", "folder", "no .txt or .md file in this folder"),
    Wrong("folder.txt", "folder", "no .txt or .md file in this folder"),
    Wrong("nowhere.txt", "", "no such file or folder"),
    Wrong("nowhere", "", "no such file or folder"),
    Wrong("nowhere/deep.txt", "", "no such file or folder"),
    Wrong("hanging.txt", "link", "no such file or folder"),
    Wrong("circular.pdf", "file", "neither .txt nor .md"),
    Wrong("circular", "file", "neither .txt nor .md"),
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
def test_a_path_that_gives_no_file(wrong: Wrong, standing: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    path = tmp_path / wrong.name
    if wrong.made == "folder":
        path.mkdir()
    elif wrong.made == "file":
        path.write_text(circular(2), "utf8")
    elif wrong.made == "link":
        path.symlink_to("not-there.txt")
    before = entries(standing)
    ran = gongbao("build", path, "--store", standing, "--no-check")
    assert ran.status == 2
    one_line("gongbao: nothing to build", ran)
    one_line(f"  {path}: {wrong.reason}", ran)
    left_alone(standing, before, gongbao)


def test_paths_that_give_no_file_beside_one_that_does(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "circular.pdf").write_text(circular(2), "utf8")
    paths = [tmp_path / "empty", tmp_path / "nowhere.txt", folder, tmp_path / "circular.pdf"]
    store = tmp_path / "store"
    ran = gongbao("build", *paths, "--store", store, "--no-check")
    assert ran.status == 2
    one_line(f"failed: {paths[0]}: no .txt or .md file in this folder", ran)
    one_line(f"failed: {paths[1]}: no such file or folder", ran)
    one_line(f"failed: {paths[3]}: neither .txt nor .md", ran)
    assert "1 file, 1 document" in ran.err
    assert "; 3 failed" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_a_folder_named_like_a_file_is_a_folder(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    inner = folder / "x.txt"
    inner.mkdir()
    (inner / "y.txt").write_text(circular(2), "utf8")
    store = tmp_path / "store"
    ran = gongbao("build", folder, "--store", store, "--no-check")
    assert ran.status == 0
    assert "failed" not in ran.err
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    assert [json.loads(doc)["file"] for doc in docs] == ["good.txt", "x.txt/y.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    locked = folder / "locked.txt"
    locked.write_text(circular(2), "utf8")
    locked.chmod(0)
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--no-check")
    assert ran.status == 2
    one_line("failed: locked.txt: Permission denied", ran)
    good_only(gongbao("facts", "--store", tmp_path / "store"))


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no /proc/self/mem to fail on reading")
def test_a_file_whose_reading_fails(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    (folder / "broken.txt").symlink_to("/proc/self/mem")
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--no-check")
    assert ran.status == 2
    one_line("failed: broken.txt: Input/output error", ran)
    good_only(gongbao("facts", "--store", tmp_path / "store"))


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX only")
def test_a_file_name_that_is_no_utf_8(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    """Archives packed on Chinese Windows unpack to names in GBK."""
    named = os.fsencode(folder) + b"/" + "通知.txt".encode("gbk")
    Path(os.fsdecode(named)).write_text(circular(2), "utf8")
    store = tmp_path / "store"
    done = subprocess.run(
        [COMMAND, "build", folder, "--store", store, "--no-check"], capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    assert done.returncode in (0, 2)  # taken in under some name, or refused
    facts = gongbao("facts", "--store", store, "--kind", "doc")
    assert facts.status == 0
    numbers = [json.loads(line)["number"] for line in facts.out.splitlines()]
    assert numbers == ["青档发〔2030〕1号", "青档发〔2030〕2号"][: 2 if done.returncode == 0 else 1]


def test_names_with_brackets_are_printed_as_they_are(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    (folder / "[red]x[bold].txt").write_bytes(b"")
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--no-check")
    one_line("failed: [red]x[bold].txt: the file is empty", ran)


# size -------------------------------------------------------------------------------------------


MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss * 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""


def measured(*arguments: object, limit: float) -> tuple[Ran, int]:
    """The installed command in a process of its own, with its peak memory in bytes.

    A small process starts it: Linux counts the memory of who starts a process into that process's peak.
    """
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, COMMAND, *map(str, arguments)],
        capture_output=True,
        encoding="utf8",
        check=False,
    )
    assert time.monotonic() - began < limit
    return Ran(done.returncode, "", done.stderr), int(done.stdout)


def test_one_line_of_50_mb(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    times = 50_000_000 // 9
    huge = tmp_path / "huge.txt"
    huge.write_text("青石县" * times, "utf8")
    store = tmp_path / "store"
    ran, memory = measured("build", huge, folder, "--store", store, "--no-check", limit=15)
    assert ran.status == 2
    one_line(f"failed: huge.txt:1: a line of {3 * times:,} characters; {LONGEST_LINE:,} is the limit", ran)
    assert memory < 300_000_000
    good_only(gongbao("facts", "--store", store))


LONG = {
    "digits": "1" * 40_000,
    "headings": "\n一、总则" * 8_000,
    "labels": "\n1.甲" * 8_000,
    "numeral": "一" * 40_000,
    "openings": "《" * 100_000,
}


def test_long_texts_do_not_stall_the_build(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    """Every one is below the limit of a line, and below the size of one issue of a gazette."""
    for serial, (name, text) in enumerate(LONG.items(), 2):
        (folder / f"{name}.txt").write_text(f"{circular(serial)}{text}。\n", "utf8")
    store = tmp_path / "store"
    try:
        ran = installed("build", folder, "--store", store, "--no-check", timeout=10)
    except subprocess.TimeoutExpired as expired:
        pytest.fail(f"stalled at {(expired.stderr or b'').decode().splitlines()[-1:]}")
    assert ran.status == 0
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    numbers = {json.loads(doc)["number"] for doc in docs}
    assert numbers >= {f"青档发〔2030〕{serial}号" for serial in range(1, len(LONG) + 2)}


# texts that once broke the pipeline --------------------------------------------------------------

ODD = {
    "numeral-that-is-none": "第四条　八二十四小时内办结。",
    "magnitude-in-front": "第四条　完成归档亿〇个。",
    "bearer-of-white-space": "\u2028应当爱护档案。",
    "bearer-of-next-line": "责任单位：\n二\n\x85有权查阅。",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_an_odd_text_does_not_stop_the_others(
    text: str, folder: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    (folder / "a-odd.txt").write_text(circular(2) + text + "\n", "utf8")
    store = tmp_path / "store"
    ran = gongbao("build", folder, "--store", store, "--no-check")
    assert ran.status == 0
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    assert {json.loads(doc)["file"] for doc in docs} == {"a-odd.txt", "good.txt"}


def test_a_text_in_which_no_document_is_found_is_refused(
    folder: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    (folder / "note.txt").write_text("<sup>3</sup>（责任单位：（责任单位：", "utf8")
    ran = gongbao("build", folder, "--store", tmp_path / "store", "--no-check")
    assert ran.status == 2
    one_line(f"failed: note.txt: {NO_CIRCULAR}", ran)
    good_only(gongbao("facts", "--store", tmp_path / "store"))


# strict -----------------------------------------------------------------------------------------

REVERSED = circular(2).replace("完成整理案卷300件以上", "建成泵站20至10座")
"""A range that the text gives the wrong way round: kept as written, and found by the shapes."""


def test_violations_are_listed_and_do_not_stop_a_build(
    folder: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    (folder / "reversed.txt").write_text(REVERSED, "utf8")
    ran = gongbao("build", folder, "--store", tmp_path / "store")
    assert ran.status == 0
    listed = [line for line in ran.err.splitlines() if line.startswith("shape violated: ")]
    assert len(listed) == 1
    assert listed[0].startswith("shape violated: reversed.txt:9: ")
    assert "schema:minValue: at most one, a decimal, not more than schema:maxValue." in listed[0]
    assert current(tmp_path / "store").manifest()["violations"] == [
        listed[0].removeprefix("shape violated: ")
    ]


def test_a_strict_build_that_fails_leaves_the_store_as_it_was(
    folder: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--strict").status == 0
    before = entries(store)
    (folder / "reversed.txt").write_text(REVERSED, "utf8")
    ran = gongbao("build", folder, "--store", store, "--strict")
    assert ran.status == 2
    one_line("gongbao: the build is strict and shapes are violated", ran)
    assert any(
        line.startswith("  reversed.txt:9: ") and "schema:minValue" in line for line in ran.err.splitlines()
    )
    assert entries(store) == before == [current(store).id]
    good_only(gongbao("facts", "--store", store))


# the same thing twice ---------------------------------------------------------------------------


def test_the_same_file_given_twice_is_taken_once(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    good, store = folder / "good.txt", tmp_path / "store"
    ran = gongbao("build", good, good, folder, "--store", store, "--no-check")
    assert ran.status == 0
    assert ran.err.splitlines()[0] == "[1/1] good.txt"
    assert "1 file, 1 document" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_the_same_file_by_another_path_is_noted_and_taken_once(
    folder: Path, tmp_path: Path, gongbao: Gongbao, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    store = tmp_path / "store"
    ran = gongbao("build", "good.txt", folder / "good.txt", "--store", store, "--no-check")
    assert ran.status == 0
    assert "1 file, 1 document" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_two_files_of_the_same_bytes(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    shutil.copy(folder / "good.txt", folder / "zz-copy.txt")
    store = tmp_path / "store"
    ran = gongbao("build", folder, "--store", store, "--no-check")
    assert ran.status == 0
    one_line("note: zz-copy.txt: the same bytes as good.txt; taken once", ran)
    assert "1 file, 1 document" in ran.err
    good_only(gongbao("facts", "--store", store))


def test_files_of_one_name_in_two_folders_are_told_apart(tmp_path: Path, gongbao: Gongbao) -> None:
    for year in ("2030", "2031"):
        (tmp_path / year).mkdir()
        (tmp_path / year / "01.txt").write_text(circular(int(year)), "utf8")
    store = tmp_path / "store"
    assert gongbao("build", tmp_path / "2030", tmp_path / "2031", "--store", store, "--no-check").status == 0
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    names = {json.loads(doc)["number"]: json.loads(doc)["file"] for doc in docs}
    assert set(names) == {"青档发〔2030〕2030号", "青档发〔2030〕2031号"}
    assert len(set(names.values())) == 2, names


# store folders ----------------------------------------------------------------------------------


def test_a_store_that_is_a_file(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    store.write_text("mine", "utf8")
    ran = gongbao("build", folder, "--store", store)
    assert ran.status == 2
    one_line(f"gongbao: {store}: a file, not a store folder", ran)
    assert store.read_text("utf8") == "mine"
    facts = gongbao("facts", "--store", store)
    assert facts.status == 2
    one_line(f"gongbao: {store}: not a gongbao store (no gongbao-store.json)", facts)


def test_a_store_below_a_file(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = folder / "good.txt" / "store"
    ran = gongbao("build", folder, "--store", store)
    assert ran.status == 2
    one_line(f"gongbao: {store}: cannot be made a store: Not a directory", ran)


def test_a_store_folder_that_holds_other_things(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "photos"
    (store / "versions").mkdir(parents=True)
    (store / "holiday.txt").write_text("mine", "utf8")
    for command in (("build", folder), ("facts",), ("info",), ("check",), ("export",)):
        ran = gongbao(*command, "--store", store)
        assert ran.status == 2
        assert ran.err.startswith(f"gongbao: {store}: not a gongbao store (no gongbao-store.json)")
        assert "Traceback" not in ran.err
    assert sorted(path.name for path in store.iterdir()) == ["holiday.txt", "versions"]
    assert entries(store) == []


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        (json.dumps({"format": FORMAT + 1}), "a store of another format"),
        ("[1]", "a store of another format"),
        ("{", "gongbao-store.json cannot be read"),
    ],
)
def test_a_store_of_another_format(
    mark: str, reason: str, folder: Path, tmp_path: Path, gongbao: Gongbao
) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    before = entries(store)
    (store / "gongbao-store.json").write_text(mark, "utf8")
    for command in (("build", folder), ("facts",), ("info",), ("check",), ("export",)):
        ran = gongbao(*command, "--store", store)
        assert ran.status == 2
        assert ran.err.startswith(f"gongbao: {store}: {reason}")
        assert "Traceback" not in ran.err
    assert entries(store) == before


def test_a_store_that_is_not_there(tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    for command in ("facts", "export", "check", "info"):
        ran = gongbao(command, "--store", store)
        assert ran.status == 2
        one_line(f"gongbao: {store}: no such folder; 'gongbao build PATH --store {store}' makes a store", ran)
    assert not store.exists()


def test_a_version_whose_database_is_gone(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    version = current(store)
    shutil.rmtree(version.folder / "oxigraph")
    ran = gongbao("facts", "--store", store)
    assert ran.status == 2
    assert ran.err.startswith(f"gongbao: {version.folder}: the database cannot be opened")
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0  # a build mends it
    good_only(gongbao("facts", "--store", store))
    assert len(versions(store)) == 2


def test_a_version_whose_manifest_is_broken(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    assert gongbao("build", folder, "--store", store, "--no-check").status == 0
    version = current(store)
    (version.folder / "manifest.json").write_text("{", "utf8")
    ran = gongbao("info", "--store", store)
    assert ran.status == 2
    assert f"gongbao: {version.folder}: no readable manifest.json" in ran.err


def test_a_base_that_makes_no_iris(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    store = tmp_path / "store"
    for base in ("nonsense", "https://example.org/没有斜线", "https://exa mple.org/"):
        ran = gongbao("build", folder, "--store", store, "--base", base)
        assert ran.status == 2
        assert ran.err.startswith(f"gongbao: {base!r} cannot be the base of IRIs: ")
        assert "Traceback" not in ran.err
    assert not store.exists()


def test_a_base_that_ends_in_a_hash_is_refused(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    """The IRI of a place has a fragment of its own, and an IRI has only one."""
    store = tmp_path / "store"
    ran = gongbao("build", folder, "--store", store, "--base", "https://example.org/data#", "--no-check")
    assert ran.status == 2
    assert ran.err.startswith("gongbao: 'https://example.org/data#' cannot be the base of IRIs: ")
    assert not store.exists()

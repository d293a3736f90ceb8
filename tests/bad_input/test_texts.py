"""Texts that are long or odd, and texts that violate shapes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ingest.read import LONGEST_LINE
from ingest.store import current
from tests.bad_input.conftest import NO_CIRCULAR, entries, good_only, one_line
from tests.conftest import COMMAND, Gongbao, Ran, circular, installed

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
    for attempt in range(3):  # a machine that is busy for a while is no stall, which is one each time
        try:
            ran = installed("build", folder, "--store", store, "--no-check", timeout=10)
            break
        except subprocess.TimeoutExpired as expired:
            if attempt == 2:
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

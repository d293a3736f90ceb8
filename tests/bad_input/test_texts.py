"""Texts that are long or odd, and texts that violate shapes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from cProfile import Profile
from pathlib import Path

import pytest

from ingest.errors import InputError
from ingest.pipeline import build_file
from ingest.readers.text import LONGEST_LINE, decode
from ingest.store import current
from ontology.iris import Iris
from tests.bad_input.conftest import NO_CIRCULAR, entries, good_only, one_line
from tests.bad_input.long_texts import LONG, ONE_LINE, ONE_LINE_TIMES, long_circular
from tests.conftest import COMMAND, Gongbao, Ran, circular, installed

MEASURE = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(usage.ru_maxrss * 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""


SIZES = (1, 2, 4)  # times the smallest text of which the work is counted
HANGS = 120  # seconds; nothing here takes nearly as long, however slow the machine


def measured(*arguments: object) -> tuple[Ran, int]:
    """The installed command in a process of its own, with its peak memory in bytes.

    A small process starts it: Linux counts the memory of who starts a process into that process's peak.
    """
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, COMMAND, *map(str, arguments)],
        capture_output=True,
        encoding="utf8",
        check=False,
        timeout=HANGS,
    )
    return Ran(done.returncode, "", done.stderr), int(done.stdout)


def calls(work: Callable[[], object]) -> int:
    """How many functions some work calls, those written in C with them."""
    profile = Profile()
    profile.runcall(work)
    return sum(entry.callcount for entry in profile.getstats())


def seconds(work: Callable[[], object], tries: int) -> float:
    """The least processor time that some work takes in some tries."""
    times = []
    for _ in range(tries):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times)


def grows_evenly(work: Callable[[int], Callable[[], object]]) -> None:
    """That work grows like the size of what it is done on, as far as it depends on it.

    Calls are counted, so that they say the same on every machine. What a regular expression does inside
    one call is measured, and four times the text may take ten times as long; if the time grew with the
    square of the text, it would be sixteen.
    """
    counted = [calls(work(size)) for size in SIZES]
    assert counted[1] < 2.2 * counted[0]
    assert counted[2] < 2.2 * counted[1]
    for attempt in range(3):  # what else the machine does may disturb one measurement
        short, long = seconds(work(SIZES[0]), 3), seconds(work(SIZES[-1]), 1 + attempt)
        if long < 10 * short:
            return
        assert attempt < 2, f"{short:.3f} s, and {long:.3f} s for {SIZES[-1]} times the text"


@pytest.mark.check
def test_one_line_of_50_mb(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    huge = tmp_path / "huge.txt"
    huge.write_text(ONE_LINE * ONE_LINE_TIMES, "utf8")
    store = tmp_path / "store"
    ran, memory = measured("build", huge, folder, "--store", store, "--no-check")
    assert ran.status == 2
    length = len(ONE_LINE) * ONE_LINE_TIMES
    one_line(f"failed: huge.txt:1: a line of {length:,} characters; {LONGEST_LINE:,} is the limit", ran)
    assert memory < 300_000_000
    good_only(gongbao("facts", "--store", store))


@pytest.mark.check
def test_the_work_of_refusing_a_line_grows_with_its_length() -> None:
    def work(size: int) -> Callable[[], object]:
        data = (ONE_LINE * (ONE_LINE_TIMES // 4 * size // SIZES[-1])).encode()

        def refuse() -> None:
            with pytest.raises(InputError, match="is the limit"):
                decode(data, "huge.txt")

        return refuse

    grows_evenly(work)


@pytest.mark.check
def test_long_texts_are_taken_in(folder: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    for serial, (name, (_, times)) in enumerate(LONG.items(), 2):
        (folder / f"{name}.txt").write_text(long_circular(name, times, serial), "utf8")
    store = tmp_path / "store"
    ran = installed("build", folder, "--store", store, "--no-check", timeout=HANGS)
    assert ran.status == 0
    docs = gongbao("facts", "--store", store, "--kind", "doc").out.splitlines()
    numbers = {json.loads(doc)["number"] for doc in docs}
    assert numbers >= {f"青档发〔2030〕{serial}号" for serial in range(1, len(LONG) + 2)}


@pytest.mark.check
@pytest.mark.parametrize("name", LONG)
def test_the_work_of_a_long_text_grows_with_its_length(name: str, tmp_path: Path) -> None:
    unit, times = LONG[name]
    smallest = times // (8 if "\n" in unit else 4)  # paragraphs are many calls, and counting them is slow

    def work(size: int) -> Callable[[], object]:
        path = tmp_path / f"{size}.txt"
        path.write_text(long_circular(name, smallest * size), "utf8")
        return lambda: build_file(path, path.name, Iris())

    work(1)()  # so that what is worked out once is worked out
    grows_evenly(work)


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

"""Work shared among processes: the same store, results in order, a bounded window, a budget."""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from ingest.budget import Budget
from ingest.build import BuildReport, build_store
from ingest.errors import InputError
from ingest.model import Text
from ingest.pipeline import ExtractedFile, extract_text
from ingest.resolve.resolver import Resolver
from ingest.store import current
from ingest.workers import in_order
from ontology.errors import GongbaoError
from ontology.iris import Iris
from tests.conftest import circular


def corpus(folder: Path, count: int = 3) -> Path:
    """Circulars of several issuers, one twice, one that is no text, one that cites another."""
    folder.mkdir()
    for place in range(count):
        text = circular().replace("云州", "青州" if place % 2 else "云州")
        (folder / f"{place}.txt").write_text(f"{text}\n根据《云州市示例办法》第{place}条执行。\n", "utf8")
    (folder / "again.txt").write_bytes((folder / "0.txt").read_bytes())
    (folder / "none.txt").write_text("nothing of that kind", "utf8")
    return folder


def built(folder: Path, store: Path, workers: int, executor: Executor | None = None) -> BuildReport:
    return build_store([folder], store, workers=workers, executor=executor)


def told(report: BuildReport) -> tuple[object, ...]:
    """All that a report says, but for the name of the version: its end is the digest of all quads."""
    assert report.version is not None
    digest = report.version.id.rpartition("-")[2]
    errors = [str(error) for error in report.errors]
    counts = (report.documents, report.facts, report.quads, report.mentions, report.unresolved)
    return (report.files, errors, report.notices, report.violations, counts, digest)


def test_any_executor_gives_the_same_store(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in")
    alone = built(folder, tmp_path / "one", 1)
    assert (len(alone.files), len(alone.errors), len(alone.notices)) == (3, 1, 1)
    with ThreadPoolExecutor(2) as threads:
        shared = built(folder, tmp_path / "two", 2, threads)
    assert told(shared) == told(alone)
    files = {path.name for path in current(tmp_path / "two").folder.iterdir()}
    assert files == {path.name for path in current(tmp_path / "one").folder.iterdir()}


@pytest.mark.check
def test_processes_give_the_same_store(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "in", 9)
    alone = built(folder, tmp_path / "one", 1)
    assert told(built(folder, tmp_path / "two", 2)) == told(alone)


class Ending(ThreadPoolExecutor):
    """An executor whose processes end at the third piece of work."""

    done = 0

    def submit(self, *arguments: object, **named: object) -> Future[object]:  # type: ignore[override]
        self.done += 1
        if self.done == 3:
            future: Future[object] = Future()
            future.set_exception(BrokenProcessPool("a process was killed"))
            return future
        return super().submit(*arguments, **named)  # type: ignore[arg-type]


def test_a_worker_that_is_killed_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    folder, store = corpus(tmp_path / "in"), tmp_path / "store"
    built(folder, store, 1)
    before = current(store).id
    for file in folder.iterdir():  # what has not changed is not worked on
        file.write_text(f"{file.read_text('utf8')}\n", "utf8")
    with Ending(1) as executor, pytest.raises(GongbaoError, match="a worker process has ended"):
        built(folder, store, 2, executor)
    assert current(store).id == before
    assert [path.name for path in (store / "versions").iterdir()] == [before]


def test_results_come_in_order_and_only_a_window_is_under_way() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for item in range(40):
            taken.append(item)
            yield item

    with ThreadPoolExecutor(2) as threads:
        seen = 0
        for seen, result in enumerate(in_order(threads, 2, str, items()), 1):
            assert result == str(seen - 1)
            assert len(taken) <= seen + 6
    assert seen == 40


def test_a_budget_that_is_spent_interrupts_even_a_regular_expression() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with (
        pytest.raises(InputError, match="takes more than 0 s of processor time"),
        Budget(0.02, 0.0).of("slow.txt", 1),
    ):
        re.match("(a+)+$", "a" * 40 + "b")
    assert signal.getsignal(signal.SIGVTALRM) == before
    assert signal.getitimer(signal.ITIMER_VIRTUAL)[0] == 0


def test_a_text_that_is_over_its_budget_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spins(text: Text, iris: Iris, resolver: Resolver) -> ExtractedFile:
        while text.name == "1.txt":
            os.getpid()
        return extract_text(text, iris, resolver)

    folder = corpus(tmp_path / "in")
    monkeypatch.setattr("ingest.passes.extract_text", spins)
    monkeypatch.setattr("ingest.build.BUDGET", Budget(0.2, 0.0))
    report = built(folder, tmp_path / "store", 1)
    assert report.files == ["0.txt", "2.txt"]
    assert any(str(error).startswith("1.txt: processing it takes more than") for error in report.errors)

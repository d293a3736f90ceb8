"""How fast texts become quads, stage by stage, and how much memory a whole build takes.

    python -m tests.benchmarks.build [FOLDER] [--repeat N]     (as a module: tests/ has an ingest of its own)

Without a folder it takes the shared corpus where there is one beside the project, else the samples. One
process, one thread. Characters are those of the normalised texts; the files themselves have more. At the
end come texts that are made to be slow, with a ! behind the seconds of one that takes too long.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import ParamSpec, TypeVar

from rich.console import Console
from rich.table import Table

from ingest.build import build_store
from ingest.collector import waiting_collector
from ingest.errors import InputError
from ingest.extract import deadline, internal, norm, reference, responsibility, target
from ingest.graph import mint, registry_graph, rules_graph
from ingest.head import read_head
from ingest.model import Document, Facts
from ingest.pattern import books
from ingest.pipeline import ExtractedFile, build_quads, collect_citations
from ingest.read import files, read
from ingest.resolve.resolver import builtin_resolver
from ingest.segment import segment
from ingest.store import open_draft, prepare, publish
from ingest.structure import structure
from ingest.validate import validate
from ontology.errors import GongbaoError
from ontology.iris import Iris
from ontology.terms import source
from tests.bad_input.long_texts import LONG, ONE_LINE, ONE_LINE_TIMES, long_circular
from tests.conftest import circular, installed

ROOT = Path(__file__).parents[2]
CORPUS = ROOT.parent / "shared" / "corpus"
SAMPLES = ROOT / "ingest" / "samples"
STAGES = (
    "read",
    "segment",
    "head",
    "structure",
    "responsibility",
    "target",
    "deadline",
    "reference",
    "internal",
    "norm",
    "resolve",
    "resolve and build",
)

P = ParamSpec("P")
R = TypeVar("R")


class Pass:
    """One way through all files: seconds by stage, and what came out."""

    def __init__(self, found: Sequence[tuple[Path, str]], iris: Iris) -> None:
        self._resolver = builtin_resolver()
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.characters = 0
        self.graphs: list[tuple[str, str, str, tuple[str, ...]]] = []  # name, SHA-256 and text, N-Quads
        self.failed: list[InputError] = []
        begin = process_time()
        for path, name in found:
            try:
                self._file(path, name, iris)
            except InputError as error:
                self.failed.append(error)
        self.processor = process_time() - begin  # seconds; other programs on the machine do not count in it

    @property
    def total(self) -> float:
        """Seconds of all stages."""
        return sum(self.seconds.values())

    def rate(self) -> str:
        """Characters a second, by the clock on the wall and by the processor's."""
        return (
            f"{self.characters / self.total:,.0f} characters a second"
            f" ({self.characters / self.processor:,.0f} by processor time)"
        )

    @waiting_collector()
    def _file(self, path: Path, name: str, iris: Iris) -> None:
        timed = self._timed
        text = timed("read", read, path, name)
        found: list[tuple[Document, Facts]] = []
        for part in timed("segment", segment, text):
            document = timed("structure", structure, text, part, timed("head", read_head, text, part))
            facts = Facts(
                responsibilities=tuple(timed("responsibility", responsibility.extract, document)),
                targets=tuple(timed("target", target.extract, document)),
                deadlines=tuple(timed("deadline", deadline.extract, document)),
                references=tuple(timed("reference", reference.extract, document)),
                internal_references=tuple(timed("internal", internal.extract, document)),
                norms=tuple(timed("norm", norm.extract, document)),
            )
            found.append((document, facts))
        resources = mint(text, [document for document, _ in found], iris)
        resolutions = timed("resolve", self._resolver.bodies, found)
        file = ExtractedFile(text, tuple(found), resources, resolutions)
        heads, cited = list(file.heads()), list(file.citation_mentions())
        citations = timed("resolve", collect_citations, heads, cited, iris, self._resolver)
        lines = timed("resolve and build", build_quads, file, citations, iris, self._resolver)
        self.characters += len(text.text)
        self.graphs.append((name, text.sha256, text.text, lines))

    def _timed(self, stage: str, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        begin = perf_counter()
        try:
            return call(*args, **kwargs)
        finally:
            self.seconds[stage] += perf_counter() - begin


def validated(run: Pass) -> float:
    """Seconds to check every graph against the shapes."""
    begin = perf_counter()
    for name, _, _, lines in run.graphs:
        validate(lines, name)
    return perf_counter() - begin


def loaded(run: Pass, iris: Iris) -> float:
    """Seconds to write a new store with every graph and to switch to it."""
    with TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        begin = perf_counter()
        prepare(store)
        with open_draft(store) as draft:
            draft.add_turtle(source(), iris.vocabulary_graph())
            draft.add(rules_graph(books(), iris).lines())
            draft.add(registry_graph(builtin_resolver().registry, iris).lines())
            for _, sha256, text, lines in run.graphs:
                draft.add_source(sha256, text)
                draft.add(lines)
            publish(store, draft, draft.finish({}), keep=0)
        return perf_counter() - begin


def whole_build(folder: Path) -> tuple[float, float]:
    """Seconds and peak memory (MB) of ``build_store`` in a process of its own.

    To be called before anything is read: on Linux a child's ru_maxrss begins with its parent's.
    """
    command = [sys.executable, "-m", "tests.benchmarks.build", "--build", str(folder)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
    seconds, peak = json.loads(done.stdout)
    return float(seconds), float(peak)


def _build(folder: Path) -> None:
    """What the child of ``whole_build`` does."""
    with TemporaryDirectory() as store:
        begin = perf_counter()
        try:
            build_store([folder], Path(store) / "store")
        except GongbaoError as error:
            raise SystemExit(f"{error}") from error
        seconds = perf_counter() - begin
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes there, KiB on Linux
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6]))


def stage_table(best: Pass) -> Table:
    """Seconds and share by stage."""
    table = Table()
    table.add_column("stage")
    for name in ("seconds", "share"):
        table.add_column(name, justify="right")
    for stage, seconds in best.seconds.items():
        table.add_row(stage, f"{seconds:.3f}", f"{seconds / best.total:.1%}")
    table.add_section()
    table.add_row("read → quads", f"{best.total:.3f}", "100.0%")
    return table


def after_table(run: Pass, iris: Iris, build_seconds: float, peak: float) -> Table:
    """What follows the quads, and the whole."""
    table = Table()
    table.add_column("step")
    table.add_column("seconds", justify="right")
    table.add_column("peak memory", justify="right")
    table.add_row("validate", f"{validated(run):.3f}", "")
    table.add_row("load", f"{loaded(run, iris):.3f}", "")
    table.add_section()
    table.add_row("build_store, own process", f"{build_seconds:.3f}", f"{peak:.0f} MB")
    return table


def stall_table() -> Table:
    """Seconds of the installed command on texts that are made to be slow, and what they may take."""
    table = Table()
    for name in ("long texts", "seconds", "may take"):
        table.add_column(name, justify="left" if name == "long texts" else "right")
    texts = {name: (long_circular(name, times), 10.0) for name, (_, times) in LONG.items()}
    texts["one line of 50 MB"] = (circular() + ONE_LINE * ONE_LINE_TIMES, 15.0)
    for name, (text, limit) in texts.items():
        with TemporaryDirectory() as folder:
            (Path(folder) / "long.txt").write_text(text, "utf8")
            begin = perf_counter()
            installed("build", folder, "--store", Path(folder) / "store", "--no-check", timeout=600)
            seconds = perf_counter() - begin
        table.add_row(name, f"{seconds:.1f}{' !' if seconds > limit else ''}", f"{limit:.0f}")
    return table


def measure(folder: Path, repeat: int) -> None:
    """Print everything."""
    console = Console(highlight=False)
    console.print(f"{folder}: Python {platform.python_version()}, {os.cpu_count()} cores", markup=False)
    build_seconds, peak = whole_build(folder)
    iris, found = Iris(), list(files([folder]))
    first = Pass(found, iris)
    for error in first.failed:
        console.print(f"left out: {error}", markup=False)
    best = min((Pass(found, iris) for _ in range(repeat)), key=lambda run: run.total)
    quads = sum(len(lines) for *_, lines in best.graphs)
    console.print(f"{len(best.graphs)} files, {best.characters:,} characters, {quads:,} quads")
    console.print(stage_table(best))
    console.print(f"best of {repeat} passes: {best.rate()}")
    console.print(f"the warm-up before:{' ' * len(str(repeat))} {first.rate()}")
    console.print(after_table(best, iris, build_seconds, peak))
    console.print(stall_table())


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Speed by stage and memory of a build.")
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS if CORPUS.is_dir() else SAMPLES)
    parser.add_argument("--repeat", type=int, default=5, metavar="N", help="passes after the warm-up")
    parser.add_argument("--build", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    folder = given.folder.resolve()
    if given.build:
        _build(folder)
    elif not folder.is_dir():
        parser.error(f"{given.folder}: no such folder")
    else:
        measure(folder, max(given.repeat, 1))


if __name__ == "__main__":
    main()

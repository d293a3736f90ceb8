"""What the commands print. Data goes to standard output, everything about the run to standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

from pyoxigraph import RdfFormat, serialize
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from ingest.errors import GongbaoError
from ingest.load import Version, current, versions
from ontology.terms import PREFIXES
from queries.facts import facts as read_facts
from queries.library import question
from queries.run import rows

if TYPE_CHECKING:
    from ingest.pipeline import Progress as Callback
    from ingest.pipeline import Report

FORMATS = ("nq", "ttl", "trig")
_SHOWN = 12  # rows of the demo's table


def _err() -> Console:
    return Console(stderr=True, highlight=False, soft_wrap=True)


def _out() -> Console:
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


@contextmanager
def progress(console: Console) -> Iterator[Callback]:
    """A progress bar on a terminal, a plain line a file otherwise."""
    if not console.is_terminal:
        yield lambda name, place, total: console.print(
            f"[{place}/{total}] {name}", markup=False, highlight=False
        )
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def update(name: str, place: int, total: int) -> None:
            bar.update(task, description=name[-40:], completed=place - 1, total=total)

        yield update


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Writing to a reader that has seen enough (``| head``) is no error."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def build(done: Report) -> None:
    """What a build did, and each file that failed."""
    console = _err()
    for notice in done.notices:
        console.print(f"note: {notice}", markup=False)
    for violation in done.violations:
        console.print(f"shape violated: {violation}", markup=False)
    for error in done.errors:
        console.print(f"failed: {error}", markup=False)
    version = done.version.id if done.version else "-"
    counts = (
        (len(done.files), "file"),
        (done.documents, "document"),
        (done.facts, "fact"),
        (done.quads, "quad"),
    )
    said = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
    failed = f"; {len(done.errors)} failed" if done.errors else ""
    console.print(f"{said} → version {version}{failed}", markup=False)


def facts(version: Version, kinds: tuple[str, ...]) -> None:
    """The facts as JSON Lines."""
    with reader_may_leave():
        for record in read_facts(version.open(), kinds):
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def export(version: Version, form: str, output: Path | None) -> None:
    """The graph as RDF; N-Quads are sorted so that equal stores give equal bytes."""
    if output is None:
        with reader_may_leave():
            _export(version, form, sys.stdout.buffer)
        return
    whole = output.resolve()
    # a pipe or device is written to; a file appears whole or not at all
    part = whole if whole.exists() and not whole.is_file() else whole.with_name(f".{whole.name}.part")
    try:
        with part.open("wb") as file:
            _export(version, form, file)
        if part != whole:
            part.replace(whole)
    except OSError as error:
        if part != whole:
            with suppress(OSError):
                part.unlink()
        raise GongbaoError(f"{output}: cannot be written: {error.strerror or error}") from error


def _export(version: Version, form: str, file: BinaryIO) -> None:
    if form == "nq":
        file.writelines(sorted(f"{quad} .\n".encode() for quad in version.quads()))
    elif form == "trig":
        serialize(version.quads(), file, RdfFormat.TRIG, prefixes=dict(PREFIXES))
    else:
        triples = sorted({quad.triple for quad in version.quads()}, key=str)
        serialize(triples, file, RdfFormat.TURTLE, prefixes=dict(PREFIXES))


def check(version: Version) -> bool:
    """Print violations and misplaced quotes; whether there are any."""
    from app.checks import contradictions, misplaced, violations  # noqa: PLC0415 - pySHACL is slow to import

    console = _out()
    store = version.open()
    found = [*violations(store), *contradictions(store), *misplaced(store, version.source)]
    for item in found:
        console.print(str(item), markup=False)
    _err().print(f"{len(found)} violations in version {version.id}", markup=False)
    return bool(found)


def info(folder: Path) -> None:
    """Counts by kind, versions, unresolved."""
    version = current(folder)
    store = version.open()
    table = Table("what", "count", title=f"version {version.id}")
    table.columns[1].justify = "right"
    for row in rows(store, question("info/counts")):
        table.add_row(row["what"] or "", row["n"] or "0")
    console = _out()
    console.print(table)
    for other in versions(folder):
        mark = "*" if other.id == version.id else " "
        console.print(f"{mark} {other.id}", markup=False)
    manifest = version.manifest()
    for name in ("errors", "violations"):
        items = manifest.get(name)
        if isinstance(items, list) and items:
            console.print(f"{name} of the build:", markup=False)
            for item in items:
                console.print(f"  {item}", markup=False)


def reason(version: Version | None) -> bool:
    """Run the reasoner and say what it found; whether all is sound."""
    from ontology.reason import reason as run  # noqa: PLC0415 - owlready2 is slow to import

    with TemporaryDirectory() as folder:
        paths = []
        if version is not None:
            path = Path(folder) / "facts.nt"
            lines = sorted({f"{quad.triple} .\n" for quad in version.open()})
            path.write_text("".join(lines), "utf8")
            paths.append(path)
        found = run(paths)
    console = _out()
    console.print("consistent" if found.consistent else "INCONSISTENT")
    for name in found.unsatisfiable:
        console.print(f"unsatisfiable: {name}", markup=False)
    if found.consistent and not found.unsatisfiable:
        console.print("every class can have members")
    return found.sound


def demo(version: Version) -> None:
    """Tasks with lead body, deadline and target, each with the place that says it."""
    table = Table(title="who leads which task, by when")
    for name in ("task", "lead", "deadline", "target"):
        table.add_column(name)
    table.add_column("place", no_wrap=True, overflow="fold")
    for row in list(rows(version.open(), question("demo/tasks")))[:_SHOWN]:
        table.add_row(*(row[name] or "" for name in ("task", "lead", "deadline", "target", "place")))
    _out().print(table)

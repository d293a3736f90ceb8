"""``gongbao build``: read circulars and build a new version of a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from app.commands.options import FAILED, Paths, StoreFolder
from app.commands.output import run_console
from ontology.iris import Iris

if TYPE_CHECKING:
    from ingest.build import BuildReport
    from ingest.build import Progress as Callback


def build(
    paths: Paths,
    store: StoreFolder,
    strict: Annotated[bool, typer.Option(help="Violations of the shapes stop the build.")] = False,
    check: Annotated[bool, typer.Option(help="Check every graph against the shapes.")] = True,
    keep: Annotated[int, typer.Option(min=0, help="Older versions to keep.")] = 2,
    base: Annotated[str, typer.Option(help="Base of the IRIs that are minted.")] = Iris().base,
    registry: Annotated[
        list[Path] | None,
        typer.Option(help="A folder with further registry files and judgements.csv.", show_default=False),
    ] = None,
    metadata: Annotated[
        list[Path] | None,
        typer.Option(
            help="A .csv, .json or .jsonl file with title, number, issuer, dates of the files.",
            show_default=False,
        ),
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise the words of pages that are pictures (scans).")
    ] = False,
) -> None:
    """Read circulars and build a new version of a store from them."""
    from ingest.build import build_store  # noqa: PLC0415 - only a build needs the patterns

    with show_progress(Console(stderr=True, soft_wrap=True)) as progress:
        report = build_store(
            paths,
            store,
            iris=Iris(base),
            strict=strict,
            check=check,
            keep=keep,
            registries=registry or (),
            metadata=metadata or (),
            ocr=ocr,
            progress=progress,
        )
    print_summary(report)
    if report.errors:
        raise typer.Exit(FAILED)


@contextmanager
def show_progress(console: Console) -> Iterator[Callback]:
    """Show a progress bar on a terminal, elsewhere one plain line for each file."""
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


def print_summary(report: BuildReport) -> None:
    """Print what a build did: notices, violations, each file that failed, and the counts."""
    console = run_console()
    for notice in report.notices:
        console.print(f"note: {notice}", markup=False)
    for violation in report.violations:
        console.print(f"shape violated: {violation}", markup=False)
    for error in report.errors:
        console.print(f"failed: {error}", markup=False)
    version = report.version.id if report.version else "-"
    counts = (
        (len(report.files), "file"),
        (report.documents, "document"),
        (report.facts, "fact"),
        (report.quads, "quad"),
    )
    for encoding, count in sorted(report.encodings.items()):
        console.print(f"note: {count} text{'' if count == 1 else 's'} in {encoding}", markup=False)
    summary = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
    failed = f"; {len(report.errors)} failed" if report.errors else ""
    console.print(f"{summary} → version {version}{failed}", markup=False)

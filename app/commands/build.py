"""``gongbao build``: read circulars and build a new version of a store."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from app.commands.options import FAILED, Paths, StoreFolder
from app.commands.output import run_console
from ingest.errors import InputError, StoreError
from ontology.errors import GongbaoError
from ontology.iris import Iris

_SHOWN = 10  # names of texts that a summary gives

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
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: build again when files change, until Ctrl-C.")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes that share the work; by default one a core where it is worth it.",
            show_default=False,
        ),
    ] = None,
    ocr: Annotated[
        bool, typer.Option("--ocr", help="Recognise the words of pages that are pictures (scans).")
    ] = False,
    reuse: Annotated[
        bool,
        typer.Option(help="Take over from the current version what comes from files that have not changed."),
    ] = True,
    originals: Annotated[
        bool, typer.Option(help="Keep the bytes of pages, PDF and Word files, to show them.")
    ] = True,
) -> None:
    """Read circulars and build a new version of a store from them."""

    def find_unchanged() -> BuildReport | None:
        """Look whether there is anything to build, which takes less time than loading the patterns."""
        from ingest.digest import digest_folder, rules_digest  # noqa: PLC0415 - only a build needs it
        from ingest.unchanged import find_unchanged_report  # noqa: PLC0415 - as above

        rules = rules_digest(
            (Iris(base).base, ocr, originals, check), tuple(map(digest_folder, registry or ()))
        )
        report = find_unchanged_report(paths, store, rules, metadata or ())
        return None if report is not None and strict and report.violations else report

    def run() -> BuildReport:
        report = find_unchanged() if reuse else None
        if report is not None:
            print_summary(report)
            return report
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
                originals=originals,
                reuse=reuse,
                workers=workers,
                progress=progress,
            )
        print_summary(report)
        return report

    if watch:
        build_when_changed(run, [*paths, *(registry or ()), *(metadata or ())])
    elif run().errors:
        raise typer.Exit(FAILED)


def build_when_changed(run: Callable[[], BuildReport], paths: Sequence[Path]) -> None:
    """Build, and again whenever files have changed, until Ctrl-C or SIGTERM.

    What is wrong with a file or a build is printed and does not end it. Raises InputError for a path that is
    not there when it begins, and StoreError where the store cannot be used from the first.
    """
    from app.watch import difference, look, wait_for_change  # noqa: PLC0415 - as above

    console = run_console()
    for path in paths:
        if not path.exists():
            raise InputError(str(path), "no such file or folder")
    try:
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        seen = wait_for_change(paths, None)
        _build_or_say_why(run, console, may_stop=True)
        while True:
            console.print(f"watching {len(look(paths)):,} files; Ctrl-C ends it", markup=False)
            after = wait_for_change(paths, seen)
            console.print(f"files: {difference(seen, after)}", markup=False)
            seen = after
            _build_or_say_why(run, console, may_stop=False)
    except KeyboardInterrupt:
        console.print("ended; the store holds the last version that was built", markup=False)


def _build_or_say_why(run: Callable[[], BuildReport], console: Console, *, may_stop: bool) -> None:
    try:
        run()
    except GongbaoError as error:
        if may_stop and isinstance(error, StoreError):
            raise
        console.print(f"gongbao: {error}", style="red", markup=False)


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
    if report.version and report.skipped:
        console.print(f"files: {changes(report)}", markup=False)
    for name in report.affected[:_SHOWN]:
        console.print(f"note: {name}: a document that it cites leads elsewhere now", markup=False)
    if len(report.affected) > _SHOWN:
        console.print(f"note: and {len(report.affected) - _SHOWN:,} further texts", markup=False)
    summary = ", ".join(f"{count} {noun}{'' if count == 1 else 's'}" for count, noun in counts)
    failed = f"; {len(report.errors)} failed" if report.errors else ""
    console.print(f"{summary} → version {version}{failed}", markup=False)


def changes(report: BuildReport) -> str:
    """Say what a build did with the files, as against the version before."""
    counts = (
        (len(report.added), "added"),
        (len(report.changed), "changed"),
        (len(report.removed), "removed"),
        (report.skipped, "unchanged and not read again"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts)

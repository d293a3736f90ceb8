"""``gongbao fetch``: circulars from the web into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from app.commands.build import show_progress
from app.commands.options import FAILED
from app.commands.output import run_console

if TYPE_CHECKING:
    from ingest.fetch.report import FetchReport

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells have it."""


def fetch(
    source: Annotated[
        str,
        typer.Argument(
            help="A file with an address a line, a sitemap (file or address), or the address of a list page.",
            show_default=False,
        ),
    ],
    into: Annotated[Path, typer.Option("--into", help="The folder to write.", show_default=False)],
    profile: Annotated[
        str | None,
        typer.Option(
            help="How list pages are read: a name or a YAML file; by default that of the host.",
            show_default=False,
        ),
    ] = None,
    host: Annotated[
        list[str] | None,
        typer.Option(help="A further host whose pages and attachments are fetched.", show_default=False),
    ] = None,
    pages: Annotated[int, typer.Option(min=1, help="Pages of one fetch; attachments come on top.")] = 1_000,
    lists: Annotated[int, typer.Option(min=1, help="List pages, or sitemaps, of one fetch.")] = 50,
    interval: Annotated[
        float, typer.Option(min=0.1, help="Seconds between two requests to one host, or what it asks for.")
    ] = 1.0,
    size: Annotated[int, typer.Option(min=1, help="Megabytes of an answer; more are refused.")] = 50,
    seconds: Annotated[float, typer.Option(min=1, help="Time a whole answer may take.")] = 60.0,
    agent: Annotated[
        str, typer.Option(help="The name to which robots.txt files speak, sent with each request.")
    ] = "gongbao",
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Fetch from private and loopback addresses too.")
    ] = False,
) -> None:
    """Fetch pages and their attachments, politely; a build of the folder knows where each came from."""
    from ingest.fetch.limits import FetchLimits  # noqa: PLC0415 - only this command needs an HTTP client
    from ingest.fetch.network import CheckedNetwork  # noqa: PLC0415
    from ingest.fetch.run import fetch as run_fetch  # noqa: PLC0415

    limits = FetchLimits(interval=interval, size=size * 1_000_000, seconds=seconds, pages=pages, lists=lists)
    with show_progress(Console(stderr=True, soft_wrap=True)) as progress:
        report = run_fetch(
            source,
            into,
            profile=profile,
            hosts=host or (),
            limits=limits,
            network=CheckedNetwork(allow_private=allow_private),
            agent=agent,
            progress=progress,
        )
    print_report(report, into)
    if report.interrupted:
        raise typer.Exit(INTERRUPTED)
    if report.failed:
        raise typer.Exit(FAILED)


def print_report(report: FetchReport, into: Path) -> None:
    """Print what a fetch did: what was left out, each address that failed and why, and the counts."""
    console = run_console()
    for notice in report.notices:
        console.print(f"note: {notice}", markup=False)
    for error in report.failed:
        console.print(f"failed: {error}", markup=False)
    if report.interrupted:
        console.print("interrupted: the same command goes on from here", markup=False)
    console.print(f"{report.summary()} → {into}", markup=False)

"""``gongbao demo``: the bundled samples, circulars of an invented city, built, served and shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from app.commands.build import print_summary
from app.commands.output import data_console
from app.serve.http.limits import BROWSER_PORT, HOST, PORT, Address
from ingest.store import Version, current
from queries.library import question
from queries.run import rows

_MOST_ROWS = 12


def demo(
    store: Annotated[Path, typer.Option("--store", help="Where to build it.")] = Path("demo-store"),
    browse: Annotated[
        bool, typer.Option(help="Serve it and show it in a web browser too, until Ctrl-C.")
    ] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The browser's port.")] = BROWSER_PORT,
    serve_port: Annotated[int, typer.Option(min=0, max=65535, help="The endpoint's port.")] = PORT,
) -> None:
    """Build a store from the bundled samples (an invented city), say what comes out, serve and show it.

    Where a port is in use, a free one is taken.
    """
    from ingest.build import build_store  # noqa: PLC0415 - only a build needs the patterns

    with samples() as folder:
        report = build_store([folder], store)
    print_summary(report)
    print_tasks(current(store))
    typer.echo(
        f"The store is {store}. Next: gongbao facts --store {store}; gongbao info --store {store}", err=True
    )
    if browse:
        from app.browse.run import browse as run_browser  # noqa: PLC0415 - only these commands need a browser
        from app.browse.run import free_address  # noqa: PLC0415

        endpoint = free_address(Address(HOST, serve_port), else_any=True)
        run_browser(store, None, free_address(Address(HOST, port), else_any=True), serve_port=endpoint.port)


@contextmanager
def samples() -> Iterator[Path]:
    """Give the folder of samples on disk, also from a zipped wheel."""
    with resources.as_file(resources.files("ingest") / "samples") as folder:
        yield folder


def print_tasks(version: Version) -> None:
    """Print tasks with lead body, deadline and target, each with the place that states it."""
    table = Table(title="who leads which task, by when")
    for name in ("task", "lead", "deadline", "target"):
        table.add_column(name)
    table.add_column("place", no_wrap=True, overflow="fold")
    for row in list(rows(version.open(), question("demo/tasks")))[:_MOST_ROWS]:
        table.add_row(*(row[name] or "" for name in ("task", "lead", "deadline", "target", "place")))
    data_console().print(table)

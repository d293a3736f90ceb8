"""The command line as a whole: its commands, and the one place where errors become messages."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from app.commands.browse import browse
from app.commands.build import build
from app.commands.check import check
from app.commands.demo import demo
from app.commands.diff import diff
from app.commands.export import export
from app.commands.facts import facts
from app.commands.fetch import fetch
from app.commands.info import info
from app.commands.options import FAILED
from app.commands.queries import queries
from app.commands.query import query
from app.commands.reason import reason
from app.commands.search import search
from app.commands.serve import serve
from app.commands.synth import synth
from app.commands.unresolved import unresolved
from ontology.errors import GongbaoError

application = typer.Typer(
    name="gongbao",
    help="Government circulars as a knowledge graph whose every fact opens the characters that say it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415 - slow to import

        typer.echo(f"gongbao {version('gongbao')}")
        raise typer.Exit


@application.callback()
def options(
    show_version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Say the version and stop."),
    ] = False,
) -> None:
    """Government circulars as a knowledge graph whose every fact opens the characters that say it."""


for command in (
    build,
    fetch,
    facts,
    export,
    check,
    info,
    diff,
    unresolved,
    queries,
    query,
    search,
    reason,
    serve,
    browse,
    demo,
    synth,
):
    application.command()(command)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit status; a GongbaoError becomes one red line and status 2."""
    try:
        application(args=arguments, prog_name="gongbao")
    except GongbaoError as error:
        Console(stderr=True).print(
            f"gongbao: {error}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        return FAILED
    return 0

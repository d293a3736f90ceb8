"""The command line: build a store, look at what is in it, check it, hand it on."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from app import questions, report
from app import search as found
from app import unresolved as unresolved_names
from app.samples import samples
from app.serve.limits import BROWSER_PORT, HOST, PORT, Address, Limits
from ingest.errors import GongbaoError
from ingest.load import current
from ingest.search import Filters, Kind
from ontology.errors import OntologyError
from ontology.iris import Iris
from queries.errors import QueryError
from queries.facts import KINDS
from queries.model import LANGUAGES

FAILED = 2  # exit status: at least one file failed, or the command could not do what was asked

application = typer.Typer(
    name="gongbao",
    help="Government circulars as a knowledge graph whose every fact opens the characters that say it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
Paths = Annotated[
    list[Path], typer.Argument(help="Files (.txt, .md) or folders of them.", show_default=False)
]
StoreFolder = Annotated[Path, typer.Option("--store", help="The store folder.", show_default=False)]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gongbao {version('gongbao')}")
        raise typer.Exit


def _known(value: str, known: Sequence[str], option: str) -> None:
    if value not in known:
        raise typer.BadParameter(f"{value}: known are {', '.join(known)}", param_hint=option)


@application.callback()
def options(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version and stop.")
    ] = False,
) -> None:
    """Government circulars as a knowledge graph whose every fact opens the characters that say it."""


@application.command()
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
) -> None:
    """Read circulars and build a new version of a store from them."""
    from ingest.pipeline import build_store  # noqa: PLC0415 - only a build needs the patterns

    with report.progress(Console(stderr=True, soft_wrap=True)) as progress:
        done = build_store(
            paths,
            store,
            iris=Iris(base),
            strict=strict,
            check=check,
            keep=keep,
            registries=registry or (),
            progress=progress,
        )
    report.build(done)
    if done.errors:
        raise typer.Exit(FAILED)


@application.command()
def facts(
    store: StoreFolder,
    kind: Annotated[
        list[str] | None, typer.Option(help="doc, resp, target, deadline, ref, iref, norm.")
    ] = None,
) -> None:
    """Print the facts as JSON Lines, read back from the graph by SPARQL."""
    unknown = set(kind or ()) - set(KINDS)
    if unknown:
        raise typer.BadParameter(f"{', '.join(sorted(unknown))}: known are {', '.join(KINDS)}")
    report.facts(current(store), tuple(kind) if kind else KINDS)


@application.command()
def export(
    store: StoreFolder,
    form: Annotated[str, typer.Option("--format", help="nq (sorted), ttl or trig.")] = "nq",
    output: Annotated[Path | None, typer.Option(help="A file instead of standard output.")] = None,
) -> None:
    """Write the graph as RDF."""
    if form not in report.FORMATS:
        raise typer.BadParameter(f"{form}: known are {', '.join(report.FORMATS)}", param_hint="--format")
    report.export(current(store), form, output)


@application.command()
def check(store: StoreFolder) -> None:
    """Check every graph of a store against the shapes and every place against its text."""
    if report.check(current(store)):
        raise typer.Exit(FAILED)


@application.command()
def info(store: StoreFolder) -> None:
    """Say what a store holds: counts by kind, versions, what is not resolved."""
    report.info(store)


@application.command()
def unresolved(
    store: StoreFolder,
    form: Annotated[
        str, typer.Option("--format", help="text, csv (all places) or judgements (rows to fill in).")
    ] = "text",
) -> None:
    """List the names of bodies that nothing resolved, with counts and places."""
    if form not in unresolved_names.FORMATS:
        known = ", ".join(unresolved_names.FORMATS)
        raise typer.BadParameter(f"{form}: known are {known}", param_hint="--format")
    unresolved_names.show(current(store), form)


@application.command()
def queries(
    form: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """List the questions that a store can be asked, with their parameters."""
    _known(form, questions.LIST_FORMATS, "--format")
    questions.list_all(form)


@application.command()
def query(
    name: Annotated[str, typer.Argument(help="The question, such as agency/tasks.", show_default=False)],
    store: StoreFolder,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="key=value; may be given more than once.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, json or md.")] = "table",
    lang: Annotated[str, typer.Option(help="Language of the heads of table and md: zh or en.")] = "zh",
) -> None:
    """Ask a question of the library."""
    _known(form, questions.FORMATS, "--format")
    _known(lang, LANGUAGES, "--lang")
    questions.ask(current(store), name, parameter or (), form, "en" if lang == "en" else "zh")


@application.command()
def search(
    words: Annotated[str, typer.Argument(help='Words; "in quotes" side by side.', show_default=False)],
    store: StoreFolder,
    kind: Annotated[str | None, typer.Option(help=f"{', '.join(Kind)}.", show_default=False)] = None,
    agency: Annotated[
        str | None, typer.Option(help="A body by any name or by IRI.", show_default=False)
    ] = None,
    document_type: Annotated[
        str | None, typer.Option("--type", help="通知, 办法, 意见 …", show_default=False)
    ] = None,
    year: Annotated[
        str | None, typer.Option(help="2021, 2020-2022, 2020- or -2022.", show_default=False)
    ] = None,
    page: Annotated[int, typer.Option(help="Twenty hits a page, from 1.")] = 1,
    form: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """Search the text of documents, clauses, tasks and the names of bodies."""
    _known(form, found.FORMATS, "--format")
    if kind is not None:
        _known(kind, tuple(Kind), "--kind")
    years = found.years(year)
    found.show(current(store), words, Filters(kind, agency, document_type, *years), page, form)


@application.command()
def reason(
    store: Annotated[Path | None, typer.Option("--store", help="Reason over a store's facts too.")] = None,
) -> None:
    """Run HermiT over the ontology: is it consistent, can every class have members? Needs Java."""
    if not report.reason(current(store) if store else None):
        raise typer.Exit(FAILED)


@application.command()
def serve(
    store: StoreFolder,
    host: Annotated[str, typer.Option(help="The address to listen on; only this machine by default.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = PORT,
    token_file: Annotated[
        Path | None,
        typer.Option(help="A file with a token that every request must bear.", show_default=False),
    ] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help="Time a query may take.")] = Limits.seconds,
    rows: Annotated[int, typer.Option(min=1, help="Rows of a result; more are cut.")] = Limits.rows,
    size: Annotated[int, typer.Option(min=1, help="Megabytes of a result; more are cut.")] = Limits.size
    >> 20,
    workers: Annotated[int, typer.Option(min=1, help="Processes that evaluate queries.")] = Limits.workers,
    requests: Annotated[
        int, typer.Option(min=1, help="Queries answered or waiting at once.")
    ] = Limits.requests,
    memory: Annotated[int, typer.Option(min=256, help="Megabytes a worker may need.")] = Limits.memory >> 20,
    resident: Annotated[
        int, typer.Option(min=0, help="Quads held in memory, as --memory allows; more are read from disk.")
    ] = Limits.resident,
    kept: Annotated[int, typer.Option(min=0, help="Megabytes of answers to keep.")] = Limits.kept >> 20,
) -> None:
    """Answer SPARQL, named questions and searches over HTTP, read-only, until Ctrl-C."""
    from app.serve.server import serve as run_server  # noqa: PLC0415 - only this command needs a server

    limits = Limits(
        seconds=seconds,
        rows=rows,
        size=size << 20,
        workers=workers,
        requests=requests,
        memory=memory << 20,
        resident=resident,
        kept=kept << 20,
    )
    run_server(store, Address(host, port), limits, token_file)


@application.command()
def browse(
    store: Annotated[
        Path | None,
        typer.Option("--store", help="A store folder; an endpoint is run for it.", show_default=False),
    ] = None,
    endpoint: Annotated[
        str | None,
        typer.Option(help="An endpoint of gongbao, or any SPARQL endpoint, instead.", show_default=False),
    ] = None,
    host: Annotated[str, typer.Option(help="The address to listen on; only this machine by default.")] = HOST,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")] = BROWSER_PORT,
) -> None:
    """Open a store or an endpoint in a web browser, for people, until Ctrl-C."""
    from app.browse.run import browse as run_browser  # noqa: PLC0415 - only this command needs a browser

    run_browser(store, endpoint, Address(host, port))


@application.command()
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
    from ingest.pipeline import build_store  # noqa: PLC0415 - only a build needs the patterns

    with samples() as folder:
        done = build_store([folder], store)
    report.build(done)
    report.demo(current(store))
    typer.echo(
        f"The store is {store}. Next: gongbao facts --store {store}; gongbao info --store {store}", err=True
    )
    if browse:
        from app.browse.run import browse as run_browser  # noqa: PLC0415 - only these commands need a browser
        from app.browse.run import free  # noqa: PLC0415

        endpoint = free(Address(HOST, serve_port), else_any=True)
        run_browser(store, None, free(Address(HOST, port), else_any=True), serve_port=endpoint.port)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; every error that gongbao foresees is one clear line and status 2."""
    try:
        application(args=arguments, prog_name="gongbao")
    except (GongbaoError, OntologyError, QueryError) as error:
        Console(stderr=True).print(
            f"gongbao: {error}", style="red", markup=False, highlight=False, soft_wrap=True
        )
        return FAILED
    return 0

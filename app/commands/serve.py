"""``gongbao serve``: the endpoint."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.commands.options import StoreFolder
from app.serve.http.limits import HOST, PORT, Address, Limits


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
    kept: Annotated[int, typer.Option(min=0, help="Megabytes of answers to keep.")] = Limits.cache_size >> 20,
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
        cache_size=kept << 20,
    )
    run_server(store, Address(host, port), limits, token_file)

"""``gongbao browse``: the pages for people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.serve.http.limits import BROWSER_PORT, HOST, Address


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

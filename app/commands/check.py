"""``gongbao check``: a store against the shapes, and every quote against its text."""

from __future__ import annotations

from typing import Annotated

import typer

from app.commands.options import FAILED, StoreFolder
from app.commands.output import data_console, run_console
from ingest.store import current


def check(
    store: StoreFolder,
    full: Annotated[
        bool,
        typer.Option("--full", help="Let pySHACL judge every graph, not only those that a quick test fails."),
    ] = False,
) -> None:
    """Check every graph of a store against the shapes and every place against its text."""
    from app.integrity import contradictions, misplaced_quotes, violations  # noqa: PLC0415 - pySHACL is slow

    version = current(store)
    graph = version.open()
    console = data_console()
    found = [*violations(graph, full=full), *contradictions(graph), *misplaced_quotes(graph, version.source)]
    for violation in found:
        console.print(str(violation), markup=False)
    run_console().print(f"{len(found)} violations in version {version.id}", markup=False)
    if found:
        raise typer.Exit(FAILED)

"""``gongbao unresolved``: names of bodies that nothing resolved."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from app.commands.options import StoreFolder, check_choice
from app.commands.output import run_console
from ingest.store import Version, current
from queries.library import question
from queries.run import rows
from queries.unresolved import find_unresolved, format_unresolved

FORMATS = ("text", "csv", "judgements")
_MOST_PLACES = 5  # of a name, as text


def unresolved(
    store: StoreFolder,
    form: Annotated[
        str, typer.Option("--format", help="text, csv (all places) or judgements (rows to fill in).")
    ] = "text",
) -> None:
    """List the names of bodies that nothing resolved, with counts and places."""
    check_choice(form, FORMATS, "--format")
    print_names(current(store), form)


def print_names(version: Version, form: str) -> None:
    """Print the names that nothing resolved; the share that is resolved goes to standard error."""
    store = version.open()
    found = find_unresolved(store)
    if form == "text":
        console = Console(highlight=False, soft_wrap=True)
        for one in found:
            more = len(one.places) - _MOST_PLACES
            where = ", ".join(one.places[:_MOST_PLACES]) + (f" and {more} more" if more > 0 else "")
            console.print(f"{len(one.places):5}  {one.name}  {where}", markup=False)
    else:
        print(format_unresolved(found, form), end="")
    total = sum(int(row["n"] or 0) for row in rows(store, question("info/mentions")))
    left = sum(len(one.places) for one in found)
    share = f", {100 * (total - left) / total:.1f} % are resolved" if total else ""
    run_console().print(f"{left} of {total} mentions of bodies are not resolved{share}")

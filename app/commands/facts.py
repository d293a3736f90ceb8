"""``gongbao facts``: the facts as JSON Lines."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from app.commands.options import StoreFolder
from app.commands.output import ignore_closed_pipe
from ingest.store import current
from queries.facts import KINDS
from queries.facts import facts as read_facts


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
    version = current(store)
    with ignore_closed_pipe():
        for record in read_facts(version.open(), tuple(kind) if kind else KINDS):
            sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")

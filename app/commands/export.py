"""``gongbao export``: the graph as RDF."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from pyoxigraph import RdfFormat, serialize

from app.commands.options import StoreFolder, check_choice
from app.commands.output import ignore_closed_pipe
from ingest.store import Version, current
from ontology.errors import GongbaoError
from ontology.terms import PREFIXES

FORMATS = ("nq", "ttl", "trig")


def export(
    store: StoreFolder,
    form: Annotated[str, typer.Option("--format", help="nq (sorted), ttl or trig.")] = "nq",
    output: Annotated[Path | None, typer.Option(help="A file instead of standard output.")] = None,
) -> None:
    """Write the graph as RDF."""
    check_choice(form, FORMATS, "--format")
    write_graph(current(store), form, output)


def write_graph(version: Version, form: str, output: Path | None) -> None:
    """Write the graph to a file, or to standard output where ``output`` is None.

    N-Quads are sorted, so that equal stores give equal bytes. Raises GongbaoError where the file cannot be
    written.
    """
    if output is None:
        with ignore_closed_pipe():
            _serialize(version, form, sys.stdout.buffer)
        return
    target = output.resolve()
    # a pipe or device is written to; a file appears whole or not at all
    part = target if target.exists() and not target.is_file() else target.with_name(f".{target.name}.part")
    try:
        with part.open("wb") as file:
            _serialize(version, form, file)
        if part != target:
            part.replace(target)
    except OSError as error:
        if part != target:
            with suppress(OSError):
                part.unlink()
        raise GongbaoError(f"{output}: cannot be written: {error.strerror or error}") from error


def _serialize(version: Version, form: str, file: BinaryIO) -> None:
    if form == "nq":
        file.writelines(sorted(f"{quad} .\n".encode() for quad in version.quads()))
    elif form == "trig":
        serialize(version.quads(), file, RdfFormat.TRIG, prefixes=dict(PREFIXES))
    else:
        triples = sorted({quad.triple for quad in version.quads()}, key=str)
        serialize(triples, file, RdfFormat.TURTLE, prefixes=dict(PREFIXES))

"""``gongbao export``: the graph as RDF."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from pyoxigraph import RdfFormat, serialize

from app.commands.options import StoreFolder, check_choice
from app.commands.output import reader_may_leave
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
    write(current(store), form, output)


def write(version: Version, form: str, output: Path | None) -> None:
    """The graph as RDF; N-Quads are sorted so that equal stores give equal bytes."""
    if output is None:
        with reader_may_leave():
            _export(version, form, sys.stdout.buffer)
        return
    whole = output.resolve()
    # a pipe or device is written to; a file appears whole or not at all
    part = whole if whole.exists() and not whole.is_file() else whole.with_name(f".{whole.name}.part")
    try:
        with part.open("wb") as file:
            _export(version, form, file)
        if part != whole:
            part.replace(whole)
    except OSError as error:
        if part != whole:
            with suppress(OSError):
                part.unlink()
        raise GongbaoError(f"{output}: cannot be written: {error.strerror or error}") from error


def _export(version: Version, form: str, file: BinaryIO) -> None:
    if form == "nq":
        file.writelines(sorted(f"{quad} .\n".encode() for quad in version.quads()))
    elif form == "trig":
        serialize(version.quads(), file, RdfFormat.TRIG, prefixes=dict(PREFIXES))
    else:
        triples = sorted({quad.triple for quad in version.quads()}, key=str)
        serialize(triples, file, RdfFormat.TURTLE, prefixes=dict(PREFIXES))

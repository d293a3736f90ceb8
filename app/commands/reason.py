"""``gongbao reason``: is the ontology consistent?"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from app.commands.options import FAILED
from app.commands.output import data_console
from ingest.store import Version, current


def reason(
    store: Annotated[Path | None, typer.Option("--store", help="Reason over a store's facts too.")] = None,
) -> None:
    """Run HermiT over the ontology: is it consistent, can every class have members? Needs Java."""
    if not report_soundness(current(store) if store else None):
        raise typer.Exit(FAILED)


def report_soundness(version: Version | None) -> bool:
    """Run the reasoner, print what it found, and return whether all is sound."""
    from ontology.reason import reason as run  # noqa: PLC0415 - owlready2 is slow to import

    with TemporaryDirectory() as folder:
        paths = []
        if version is not None:
            path = Path(folder) / "facts.nt"
            lines = sorted({f"{quad.triple} .\n" for quad in version.open()})
            path.write_text("".join(lines), "utf8")
            paths.append(path)
        found = run(paths)
    console = data_console()
    console.print("consistent" if found.consistent else "INCONSISTENT")
    for name in found.unsatisfiable:
        console.print(f"unsatisfiable: {name}", markup=False)
    if found.consistent and not found.unsatisfiable:
        console.print("every class can have members")
    return found.sound

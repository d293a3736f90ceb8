"""``gongbao info``: what a store holds."""

from __future__ import annotations

from rich.table import Table

from app.commands.options import StoreFolder
from app.commands.output import data_console
from ingest.store import current, versions
from queries.library import question
from queries.run import rows


def info(store: StoreFolder) -> None:
    """Say what a store holds: counts by kind, versions, what is not resolved."""
    version = current(store)
    table = Table("what", "count", title=f"version {version.id}")
    table.columns[1].justify = "right"
    for row in rows(version.open(), question("info/counts")):
        table.add_row(row["what"] or "", row["n"] or "0")
    console = data_console()
    console.print(table)
    for other in versions(store):
        mark = "*" if other.id == version.id else " "
        console.print(f"{mark} {other.id}", markup=False)
    manifest = version.manifest()
    for name in ("errors", "violations"):
        items = manifest.get(name)
        if isinstance(items, list) and items:
            console.print(f"{name} of the build:", markup=False)
            for item in items:
                console.print(f"  {item}", markup=False)

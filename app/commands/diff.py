"""``gongbao diff``: what differs between two versions of a store."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.options import StoreFolder, check_choice
from app.commands.output import ignore_closed_pipe, run_console
from ingest.errors import StoreError
from ingest.store import current, versions

if TYPE_CHECKING:
    from app.version_diff import VersionDifference
    from queries.facts import FactRecord

FORMATS = ("text", "jsonl", "patch")
_SIGNS = {"removed": "-", "added": "+"}
_NOT_SHOWN = frozenset({"kind", "file", "line", "start", "end", "place", "page", "iri", "rule", "confidence"})


def diff(
    store: StoreFolder,
    before: Annotated[
        str | None,
        typer.Argument(
            help="A version, or how its name begins; by default the one before.", show_default=False
        ),
    ] = None,
    after: Annotated[
        str | None,
        typer.Argument(help="Another version; by default the current one.", show_default=False),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="text, jsonl (facts) or patch (all quads, RDF Patch).")
    ] = "text",
) -> None:
    """Show the facts that differ between two versions of a store."""
    from app.version_diff import choose_version, compare  # noqa: PLC0415 - slow to import

    check_choice(form, FORMATS, "--format")
    now = current(store)
    all_versions = versions(store)
    new = choose_version(all_versions, after) if after else now
    if before:
        old = choose_version(all_versions, before)
    else:
        older = [version for version in all_versions if version.id < new.id]
        if not older:
            raise StoreError(f"{store}: there is no version before {new.id}")
        old = older[-1]
    found = compare(old, new)
    with ignore_closed_pipe():
        sys.stdout.writelines(found.patch() if form == "patch" else _facts(found, form))
    count = len(found.graphs)
    run_console().print(
        f"{old.id} → {new.id}: {count:,} graph{'' if count == 1 else 's'} differ{'s' if count == 1 else ''}",
        markup=False,
    )


def _facts(found: VersionDifference, form: str) -> Iterator[str]:
    for change, record in found.facts():
        if form == "jsonl":
            yield json.dumps({"change": change.value, **record}, ensure_ascii=False) + "\n"
        else:
            yield f"{_SIGNS[change.value]} {_told(record)}\n"


def _told(record: FactRecord) -> str:
    """A fact on one line."""
    said = (
        f"{name}={value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
        for name, value in record.items()
        if name not in _NOT_SHOWN and value not in (None, [], {}, "")
    )
    return f"{record['kind']} {record['file']}:{record['line']} {' '.join(said)}"

"""``gongbao search``: full text search, its hits as a table or as JSON."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from app.commands.options import StoreFolder, check_choice
from app.commands.output import data_console, run_console
from ingest.search import EntryKind, SearchError, SearchFilters, SearchHit, SearchIndex, SearchResults
from ingest.search import search as search_index
from ingest.store import Version, current

FORMATS = ("table", "json")
_YEARS = re.compile(r"(?P<since>[0-9]{4})?(?P<range>-(?P<until>[0-9]{4})?)?")


def search(
    words: Annotated[str, typer.Argument(help='Words; "in quotes" side by side.', show_default=False)],
    store: StoreFolder,
    kind: Annotated[str | None, typer.Option(help=f"{', '.join(EntryKind)}.", show_default=False)] = None,
    agency: Annotated[
        str | None, typer.Option(help="A body by any name or by IRI.", show_default=False)
    ] = None,
    document_type: Annotated[
        str | None, typer.Option("--type", help="通知, 办法, 意见 …", show_default=False)
    ] = None,
    year: Annotated[
        str | None, typer.Option(help="2021, 2020-2022, 2020- or -2022.", show_default=False)
    ] = None,
    page: Annotated[int, typer.Option(help="Twenty hits a page, from 1.")] = 1,
    form: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """Search the text of documents, clauses, tasks and the names of bodies."""
    check_choice(form, FORMATS, "--format")
    if kind is not None:
        check_choice(kind, tuple(EntryKind), "--kind")
    years = parse_years(year)
    print_hits(current(store), words, SearchFilters(kind, agency, document_type, *years), page, form)


def parse_years(text: str | None) -> tuple[int | None, int | None]:
    """Parse ``2021``, ``2020-2022``, ``2020-`` or ``-2022`` to first and last year. Raises SearchError."""
    if text is None:
        return None, None
    match = _YEARS.fullmatch(text)
    since, until = match.group("since", "until") if match else (None, None)
    if match is None or not (since or until):
        raise SearchError(f"{text!r} is no year: 2021, 2020-2022, 2020- and -2022 are understood")
    if match["range"] is None:
        until = since
    return int(since) if since else None, int(until) if until else None


def print_hits(version: Version, words: str, filters: SearchFilters, page: int, form: str) -> None:
    """Print one page of hits. Raises SearchError and StoreError."""
    found = search_index(SearchIndex(version.folder), words, filters, page=page)
    if form == "json":
        json.dump(page_record(found), sys.stdout, ensure_ascii=False, indent=1)
        sys.stdout.write("\n")
        return
    if found.hits:
        data_console().print(_table(found))
    first = (page - 1) * found.size + 1
    shown = f"{first} to {first + len(found.hits) - 1} of " if found.hits else ""
    run_console().print(f"{shown}{found.total} found")


def page_record(found: SearchResults) -> dict[str, object]:
    """Return a page of hits as JSON has it."""
    facets = {name: dict(counts) for name, counts in asdict(found.facets).items()}
    hits = [_hit_record(hit) for hit in found.hits]
    return {"total": found.total, "page": found.page, "size": found.size, "facets": facets, "hits": hits}


def _hit_record(hit: SearchHit) -> dict[str, object]:
    return {
        "kind": str(hit.kind),
        "iri": hit.iri,
        "title": hit.title,
        "document": hit.document._asdict() if hit.document else None,
        "agencies": [agency._asdict() for agency in hit.agencies],
        "document_type": hit.document_type,
        "year": hit.year,
        "score": round(hit.score, 3),
        "snippet": [piece._asdict() for piece in hit.snippet],
        "place": hit.place,
    }


def _table(found: SearchResults) -> Table:
    table = Table("what", "title", "found", "document")
    for hit in found.hits:
        snippet = Text()
        for text, marked in hit.snippet:
            snippet.append(text, "bold reverse" if marked else "")
        table.add_row(hit.kind, Text(hit.title), snippet, Text(_document_name(hit)))
    return table


def _document_name(hit: SearchHit) -> str:
    if hit.document is None:
        return ""
    return hit.document.number or hit.document.title or hit.document.iri

"""Full text search over documents, clauses, tasks and bodies: /search."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import RequestError
from app.serve.http.exchange import Exchange, begin
from app.serve.http.links import Links
from app.serve.http.media_types import HTML, JSON
from app.serve.isolation.version_cache import load_dataset_info, load_search_index
from app.serve.isolation.versions import Versions
from ingest.search import EntryKind, SearchError, SearchFilters, SearchHit, SearchResults, search
from queries.model import Language, Words

FORMATS = {"json": JSON, "html": HTML}
PARAMETERS: Mapping[str, Words] = {
    "q": Words("检索词", "words to search for"),
    "kind": Words("种类", "kind"),
    "agency": Words("机构", "body"),
    "type": Words("文种", "type of document"),
    "year": Words("年份", "year, or years as 2020-2023"),
    "page": Words("页", "page"),
}
KINDS: Mapping[EntryKind, Words] = {
    EntryKind.DOCUMENT: Words("文件", "documents"),
    EntryKind.CLAUSE: Words("条款", "clauses"),
    EntryKind.TASK: Words("任务", "tasks"),
    EntryKind.AGENCY: Words("机构", "bodies"),
}
_YEARS = re.compile(r"(?P<since>[0-9]{4})?(?P<to>-(?P<until>[0-9]{4})?)?")
_FACETS = 8  # values of each that a page shows


@dataclass(frozen=True, slots=True)
class FilterChoice:
    """A way to narrow a search, or to widen it again."""

    text: str
    number: int
    link: str
    chosen: bool


async def find(request: Request) -> Response:
    """A page of what was found."""
    versions: Versions = request.app.state.versions
    exchange = begin(request, versions.version, FORMATS, PARAMETERS)
    values = exchange.values
    words = values.get("q")
    if words is None and exchange.media_type != HTML:
        raise RequestError("the parameter q, the words to search for, is missing")
    filters, number = _filters(values), _page_number(values.get("page", "1"))
    if (same := exchange.not_modified()) is not None:
        return same
    base = (await load_dataset_info(exchange.version)).base
    found = None
    if words is not None:
        opened = await load_search_index(exchange.version)
        try:
            found = await asyncio.to_thread(search, opened, words, filters, page=number)
        except SearchError as error:
            raise RequestError(str(error)) from error
    if exchange.media_type == HTML:
        return await exchange.page("search.html", **_page_values(exchange, found, base))
    results = _results(found, values, exchange.links, base) if found else {}
    return exchange.json({"q": words, "version": exchange.version.id, **results})


def _filters(values: Mapping[str, str]) -> SearchFilters:
    kind = values.get("kind")
    if kind is not None and kind not in {known.value for known in EntryKind}:
        raise RequestError(f"kind={kind}: known are {', '.join(EntryKind)}")
    year = values.get("year", "")
    years = _YEARS.fullmatch(year)
    if years is None:
        raise RequestError(f"year={year}: a year such as 2023, or years such as 2020-2023, 2020- or -2023")
    since = int(years["since"]) if years["since"] else None
    until = int(years["until"]) if years["until"] else None
    return SearchFilters(
        kind=kind,
        agency=values.get("agency"),
        document_type=values.get("type"),
        year_from=since,
        year_to=until if years["to"] else since,
    )


def _page_number(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or len(value) > 9:
        raise RequestError(f"page={value}: a number from 1 on")
    return int(value)


def _neighbour_pages(found: SearchResults, values: Mapping[str, str], links: Links) -> dict[str, str | None]:
    """Return links to the pages before and after."""

    def to(number: int) -> str:
        return links.search({**values, "page": str(number)})

    return {
        "previous": to(found.page - 1) if found.page > 1 and found.total else None,
        "next": to(found.page + 1) if found.page * found.size < found.total else None,
    }


def _results(found: SearchResults, values: Mapping[str, str], links: Links, base: str) -> dict[str, object]:
    return {
        "total": found.total,
        "page": found.page,
        "size": found.size,
        **_neighbour_pages(found, values, links),
        "hits": [_hit(hit, links, base) for hit in found.hits],
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts]
            for name, counts in (
                ("kind", found.facets.kinds),
                ("type", found.facets.document_types),
                ("year", found.facets.years),
                ("agency", found.facets.agencies),
            )
        },
    }


def _hit(hit: SearchHit, links: Links, base: str) -> dict[str, object]:
    document = hit.document
    return {
        "kind": hit.kind.value,
        "iri": hit.iri,
        "url": links.thing(base, hit.iri),
        "title": hit.title,
        "document": {"iri": document.iri, "number": document.number, "title": document.title}
        if document
        else None,
        "agencies": [{"iri": agency.iri, "name": agency.name} for agency in hit.agencies],
        "type": hit.document_type,
        "year": hit.year,
        "score": hit.score,
        "snippet": [{"text": piece.text, "marked": piece.marked} for piece in hit.snippet],
        "place": hit.place,
    }


def _page_values(exchange: Exchange, found: SearchResults | None, base: str) -> dict[str, object]:
    values, links, language = exchange.values, exchange.links, exchange.language
    kinds = {kind.value: words.of(language) for kind, words in KINDS.items()}
    return {
        "values": {name: values.get(name, "") for name in PARAMETERS},
        "labels": {name: words.of(language) for name, words in PARAMETERS.items()},
        "kinds": kinds,
        "found": found,
        "hits": [
            (
                hit,
                kinds[hit.kind.value],
                links.thing(base, hit.iri),
                links.thing(base, hit.document.iri) if hit.document else None,
                links.thing(base, hit.place) if hit.place else None,
            )
            for hit in (found.hits if found else ())
        ],
        "choices": _choices(found, values, links, language) if found else [],
        "turned": _neighbour_pages(found, values, links) if found else {"previous": None, "next": None},
    }


def _choices(
    found: SearchResults, values: Mapping[str, str], links: Links, language: Language
) -> list[tuple[str, list[FilterChoice]]]:
    rest = {name: value for name, value in values.items() if name != "page"}
    kinds = {kind.value: words.of(language) for kind, words in KINDS.items()}

    def choice(name: str, value: str, number: int) -> FilterChoice:
        others = {key: kept for key, kept in rest.items() if key != name}
        chosen = name in rest
        link = links.search(others if chosen else {**others, name: value})
        return FilterChoice(kinds.get(value, value) if name == "kind" else value, number, link, chosen)

    facets = found.facets
    return [
        (
            PARAMETERS[name].of(language).partition(",")[0],
            [choice(name, value, number) for value, number in counts[:_FACETS]],
        )
        for name, counts in (
            ("kind", facets.kinds),
            ("type", facets.document_types),
            ("year", facets.years),
            ("agency", facets.agencies),
        )
        if counts
    ]

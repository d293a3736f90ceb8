"""A page, and RDF, for every minted IRI: /id/…"""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import NotFoundError, RequestError
from app.serve.http.exchange import Exchange, begin
from app.serve.http.links import requested_iri
from app.serve.http.media_types import HTML, JSON
from app.serve.isolation.version_cache import load_dataset_info, load_source
from app.serve.isolation.versions import Versions
from app.serve.resources.display_names import fetch_names
from app.serve.resources.entity_description import (
    EntityDescription,
    fetch_description,
    incoming_query,
    serialise,
)
from app.serve.resources.entity_page import find_passages, group_statements, original_links
from app.serve.resources.passages import text_digest
from app.serve.resources.sparql import CUT
from ingest.store import Version
from ontology.places import place

FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "html": HTML,
    "json": JSON,
}
PLAIN = "text/plain"
"""The media type of a whole text; places count the characters of this form"""
FORMATS_OF_A_TEXT = {**FORMATS, "txt": PLAIN}
_TRIPLES = 10_000  # of RDF
_TRIPLES_OF_A_PAGE = 500


async def thing(request: Request) -> Response:
    """All statements whose subject or object is the entity."""
    versions: Versions = request.app.state.versions
    path = _path(request)
    formats = FORMATS_OF_A_TEXT if path.startswith(b"text/") else FORMATS
    exchange = begin(request, versions.version, formats, ("char",))
    base = (await load_dataset_info(exchange.version)).base
    iri = _iri(path, base, exchange.values.get("char"))
    if (same := exchange.not_modified()) is not None:
        return same
    if exchange.media_type == PLAIN:
        return exchange.content(await _text(exchange.version, iri))
    most = _TRIPLES_OF_A_PAGE if exchange.media_type == HTML else _TRIPLES
    description = await fetch_description(request, iri, base, most)
    links = exchange.links
    others = {name: links.thing(base, iri, name) or "" for name in ("ttl", "jsonld", "nt", "html")}
    exchange.headers["Link"] = ", ".join(
        f'<{link}>; rel="alternate"; type="{FORMATS[name]}"'
        for name, link in others.items()
        if FORMATS[name] != exchange.media_type
    )
    if description.cut is not None:
        exchange.headers[CUT] = description.cut
    if exchange.media_type != HTML:
        return exchange.content(await asyncio.to_thread(serialise, description.triples, exchange.media_type))
    del others["html"]
    return await _page(exchange, description, base, others)


async def _page(
    exchange: Exchange, description: EntityDescription, base: str, forms: dict[str, str]
) -> Response:
    versions: Versions = exchange.request.app.state.versions
    iri, links = description.iri, exchange.links
    names = await fetch_names(versions.pool, description.iris(), exchange.language, iri)
    passages = await find_passages(exchange.version, description, names)
    return await exchange.page(
        "thing.html",
        iri=iri,
        title=names.name(iri),
        kind=names.kind(iri),
        groups=await asyncio.to_thread(group_statements, description, names, links, base),
        passages=[(links.thing(base, found.text), found) for found in passages],
        originals=original_links(description, links),
        cut=description.cut,
        forms=forms,
        types=FORMATS,
        query=incoming_query(iri, base),
    )


def _path(request: Request) -> bytes:
    """Return what follows /id/ in a request, as it is encoded there."""
    root = str(request.scope.get("root_path", "")).encode("utf8")
    return bytes(request.scope["raw_path"]).removeprefix(root).removeprefix(b"/id/")


def _iri(path: bytes, base: str, char: str | None) -> str:
    if char is not None and not path.startswith(b"text/"):
        raise RequestError("char=START,END names characters of a text; this is none")
    iri = requested_iri(base, path, char)
    if iri is None:
        raise NotFoundError("nothing can have this name")
    return iri


async def _text(version: Version, iri: str) -> str:
    """Return the characters of a text or of a place in one."""
    within = place(iri)
    sha = text_digest(within.text if within else iri)
    if sha is None or not version.has_source(sha):
        raise NotFoundError(f"version {version.id} has no text {iri}")
    text = await load_source(version, sha)
    return text[within.start : within.end] if within else text

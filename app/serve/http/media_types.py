"""Media types of results and of graphs, and the choice by an Accept header."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import mimeparse
from pyoxigraph import QueryResultsFormat, RdfFormat

from app.serve.http.errors import RequestError

_ACCEPT = 2000
HTML = "text/html"
JSON = "application/json"
# In order of preference: what is given to clients that accept anything comes first.
RESULTS: Mapping[str, QueryResultsFormat] = MappingProxyType(
    {
        "application/sparql-results+json": QueryResultsFormat.JSON,
        "application/sparql-results+xml": QueryResultsFormat.XML,
        "text/csv": QueryResultsFormat.CSV,
        "text/tab-separated-values": QueryResultsFormat.TSV,
        JSON: QueryResultsFormat.JSON,
        "application/xml": QueryResultsFormat.XML,
        "text/xml": QueryResultsFormat.XML,
    }
)
GRAPHS: Mapping[str, RdfFormat] = MappingProxyType(
    {
        "text/turtle": RdfFormat.TURTLE,
        "application/n-triples": RdfFormat.N_TRIPLES,
        "application/ld+json": RdfFormat.JSON_LD,
        "application/rdf+xml": RdfFormat.RDF_XML,
        "application/n-quads": RdfFormat.N_QUADS,
        "application/trig": RdfFormat.TRIG,
        "text/plain": RdfFormat.N_TRIPLES,
        "application/xml": RdfFormat.RDF_XML,
        "text/xml": RdfFormat.RDF_XML,
        JSON: RdfFormat.JSON_LD,
    }
)
BOOLEANS = tuple(
    name for name, kind in RESULTS.items() if kind in (QueryResultsFormat.JSON, QueryResultsFormat.XML)
)


def best_match(accept: str | None, offered: tuple[str, ...]) -> str | None:
    """Return the media type of ``offered`` that an Accept header prefers, the first of equals; None if none.

    Raises RequestError for a header that cannot be read.
    """
    if accept is None or not accept.strip():
        return offered[0]
    if len(accept) > _ACCEPT:
        raise RequestError(f"an Accept header of more than {_ACCEPT} characters is not read")
    try:
        return mimeparse.best_match(list(reversed(offered)), accept) or None
    except ValueError as error:
        raise RequestError(f"the Accept header cannot be read: {error}") from error


def content_type(media_type: str) -> str:
    """Return the Content-Type header of a body; all our bodies are UTF-8."""
    return f"{media_type}; charset=utf-8"

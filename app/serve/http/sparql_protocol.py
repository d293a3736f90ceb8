"""Query requests of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode
from starlette.requests import Request

from app.serve.http.errors import (
    ForbiddenError,
    MediaTypeError,
    RequestError,
    RequestTimeoutError,
    TooLongError,
)
from app.serve.http.parameters import decode_parameters

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-query"
UPDATE = "application/sparql-update"
_BODY_TIMEOUT = 10.0  # seconds for a body to come
_GRAPHS = 100  # of a dataset
_IRI = 2000  # characters
Parameters = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """The query and the dataset that a request names; ``query`` is None where the request has no query."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def parse_request(request: Request, size: int) -> SparqlRequest:
    """Parse a request; ``size`` is how many bytes a body may have.

    Raises RequestError for everything that the protocol does not allow.
    """
    parameters = decode_parameters(request.scope["query_string"])
    if request.method != "POST":
        return _request(parameters)
    media_type, charset = _body_type(request)
    if media_type == UPDATE:
        raise ForbiddenError("this endpoint is for reading; updates are refused")
    if media_type not in (FORM, DIRECT):
        raise MediaTypeError(
            f"a query is posted as {FORM} or {DIRECT}, not as {media_type or 'a body without type'}"
        )
    if charset not in ("utf-8", "utf8", ""):
        raise MediaTypeError(f"a query is UTF-8, not {charset}")
    body = await _read_body(request, size)
    if media_type == FORM:
        return _request([*parameters, *decode_parameters(body)])
    try:
        query = body.decode("utf8")
    except UnicodeDecodeError as error:
        raise RequestError(f"the body is not UTF-8: {error}") from error
    return _request([*parameters, ("query", query)])


def _request(parameters: Parameters) -> SparqlRequest:
    def all_of(name: str) -> tuple[str, ...]:
        return tuple(value for key, value in parameters if key == name)

    for name in ("update", "using-graph-uri", "using-named-graph-uri"):
        if all_of(name):
            raise ForbiddenError(f"this endpoint is for reading; updates are refused ({name})")
    queries = all_of("query")
    if len(queries) > 1:
        raise RequestError(f"one query is evaluated, the request has {len(queries)}")
    graphs = [all_of("default-graph-uri"), all_of("named-graph-uri")]
    if sum(map(len, graphs)) > _GRAPHS:
        raise RequestError(f"the request names more than {_GRAPHS} graphs")
    for graph in (graph for some in graphs for graph in some):
        _check_iri(graph)
    return SparqlRequest(queries[0] if queries else None, *graphs)


def _check_iri(iri: str) -> None:
    if len(iri) > _IRI:
        raise RequestError(f"an IRI of more than {_IRI} characters names no graph here")
    try:
        NamedNode(iri)
    except ValueError as error:
        raise RequestError(f"{iri!r} names no graph: an absolute IRI is needed") from error


def _body_type(request: Request) -> tuple[str, str]:
    """Media type and charset of the body, in small letters; empty where they are not given."""
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    given = dict(parameter.strip().partition("=")[::2] for parameter in parameters)
    return media_type.strip(), given.get("charset", "").strip().strip('"')


async def _read_body(request: Request, size: int) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_TIMEOUT):
            async for part in request.stream():
                body += part
                if len(body) > size:
                    raise TooLongError(f"the body has more than {size} bytes")
    except TimeoutError as error:
        raise RequestTimeoutError(f"the body did not come within {_BODY_TIMEOUT:g} s") from error
    return bytes(body)

"""The SPARQL endpoint: /sparql."""

from __future__ import annotations

import json
from dataclasses import astuple

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import NotAcceptableError, RequestError
from app.serve.http.etags import PROGRAM_VERSION, etag, not_modified
from app.serve.http.links import sparql_address
from app.serve.http.media_types import GRAPHS, HTML, best_match, content_type
from app.serve.http.pages import render_page
from app.serve.http.query_guard import check_query
from app.serve.http.sparql_protocol import DIRECT, FORM, SparqlRequest, parse_request
from app.serve.isolation.result_cache import is_volatile
from app.serve.isolation.versions import Versions
from app.serve.isolation.worker import QueryJob, QueryResult
from app.serve.resources.description import service

CUT = "Gongbao-Cut"
"""The header that names the limit which cut a result."""
_BYTES_A_CHARACTER = 12  # a character of Chinese in a form: %E7%A7%91, and room for the other parameters


async def sparql(request: Request) -> Response:
    """Answer a query; without one, the service description, or a form for people."""
    versions: Versions = request.app.state.versions
    limits = versions.limits
    what = await parse_request(request, limits.query * _BYTES_A_CHARACTER)
    if what.query is None:
        if request.method == "POST":
            raise RequestError(
                f"the request has no query; post it as {DIRECT}, or as {FORM} in the field query"
            )
        return await _describe(request)
    check_query(what.query, limits)
    return await evaluate(request, what)


async def evaluate(request: Request, what: SparqlRequest) -> Response:
    """Return the result of a query, or 304 where the client has it already."""
    versions: Versions = request.app.state.versions
    limits = versions.limits
    pool = versions.pool
    job = QueryJob(
        what.query or "",
        request.headers.get("accept"),
        sparql_address(request),
        what.default_graphs,
        what.named_graphs,
        limits.rows,
        limits.size,
    )
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if not is_volatile(job.query):
        headers["ETag"] = etag(PROGRAM_VERSION, pool.version.id, json.dumps(astuple(job)))
        if request.method != "POST" and (same := not_modified(request, headers)) is not None:
            return same
    answer: QueryResult = await pool.run(job, request.is_disconnected)
    if answer.truncated_by is not None:
        headers[CUT] = answer.truncated_by
    return Response(answer.content, headers=headers | {"Content-Type": content_type(answer.media_type)})


async def _describe(request: Request) -> Response:
    offered = (*GRAPHS, HTML)
    wanted = best_match(request.headers.get("accept"), offered)
    if wanted is None:
        raise NotAcceptableError(f"the description of the service can be given as {', '.join(offered)}")
    if wanted == HTML:
        return render_page(request, "sparql.html")
    return await service(request, wanted)

"""The SPARQL endpoint: /sparql."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import NotAcceptableError, RequestError
from app.serve.http.etags import etag
from app.serve.http.links import endpoint
from app.serve.http.media_types import GRAPHS, HTML, best, content_type
from app.serve.http.negotiation import PROGRAM, unchanged
from app.serve.http.pages import page
from app.serve.http.query_guard import look_over
from app.serve.http.sparql_protocol import DIRECT, FORM, Asked, asked
from app.serve.isolation.result_cache import changing
from app.serve.isolation.versions import Versions
from app.serve.isolation.worker import Answer, Job
from app.serve.resources.description import service

CUT = "Gongbao-Cut"
"""The header that names the limit which cut a result."""
_BYTES_A_CHARACTER = 12  # a character of Chinese in a form: %E7%A7%91, and room for the other parameters


async def sparql(request: Request) -> Response:
    """Answer a query; without one, the service description, or a form for people."""
    versions: Versions = request.app.state.versions
    limits = versions.limits
    what = await asked(request, limits.query * _BYTES_A_CHARACTER)
    if what.query is None:
        if request.method == "POST":
            raise RequestError(
                f"the request has no query; post it as {DIRECT}, or as {FORM} in the field query"
            )
        return await _describe(request)
    look_over(what.query, limits)
    return await evaluate(request, what)


async def evaluate(request: Request, what: Asked) -> Response:
    """Return the result of a query, or 304 where the client has it already."""
    versions: Versions = request.app.state.versions
    limits = versions.limits
    workers = versions.workers
    job = Job(
        what.query or "",
        request.headers.get("accept"),
        endpoint(request),
        what.default_graphs,
        what.named_graphs,
        limits.rows,
        limits.size,
    )
    headers = {"Vary": "Accept", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
    if not changing(job.query):
        headers["ETag"] = etag(PROGRAM, workers.version.id, repr(job))
        if request.method != "POST" and (same := unchanged(request, headers)) is not None:
            return same
    answer: Answer = await workers.run(job, request.is_disconnected)
    if answer.cut is not None:
        headers[CUT] = answer.cut
    return Response(answer.content, headers=headers | {"Content-Type": content_type(answer.media_type)})


async def _describe(request: Request) -> Response:
    offered = (*GRAPHS, HTML)
    wanted = best(request.headers.get("accept"), offered)
    if wanted is None:
        raise NotAcceptableError(f"the description of the service can be given as {', '.join(offered)}")
    if wanted == HTML:
        return page(request, "sparql.html")
    return await service(request, wanted)

"""The landing page: what this is, what it holds, where to go."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.serve.http.links import Links
from app.serve.http.media_types import HTML, JSON
from app.serve.http.negotiation import answered, unchanged, wishes
from app.serve.http.pages import page
from app.serve.isolation.version_files import about
from app.serve.isolation.versions import Versions
from app.serve.resources.questions import subjects
from queries.model import Words

FORMATS = {"html": HTML, "json": JSON}
_COUNTS = {
    "files": Words("源文件", "source files"),
    "documents": Words("文件", "documents"),
    "facts": Words("事实", "facts"),
    "mentions": Words("机构提及", "mentions of bodies"),
    "unresolved": Words("未消歧的提及", "mentions not resolved"),
    "quads": Words("四元组", "quads"),
}


async def landing(request: Request) -> Response:
    """What this is, and links to all of it."""
    versions: Versions = request.app.state.versions
    version = versions.version
    wished = wishes(request, FORMATS, ())
    headers = answered(request, version, wished.media_type)
    if (same := unchanged(request, headers)) is not None:
        return same
    found = await about(version)
    counts = {name: found.counts[name] for name in _COUNTS if name in found.counts}
    if wished.media_type == JSON:
        links = Links(str(request.scope.get("root_path", "")))
        told = {
            "version": version.id,
            "base": found.base,
            "counts": counts,
            "questions": links.questions,
            "search": links.search(),
            "sparql": links.sparql(),
            "void": links.void,
            "openapi": links.openapi,
        }
        return JSONResponse(told, headers=headers)
    response = await asyncio.to_thread(
        page,
        request,
        "landing.html",
        version=version.id,
        counts=[(_COUNTS[name].of(wished.language), number) for name, number in counts.items()],
        subjects=subjects(),
    )
    response.headers.update(headers)
    return response

"""The landing page: what this is, what it holds, where to go."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.exchange import begin
from app.serve.http.media_types import HTML, JSON
from app.serve.http.pages import links_of
from app.serve.isolation.version_cache import load_dataset_info
from app.serve.isolation.versions import Versions
from queries.model import Words
from queries.present.questions import questions_by_subject

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
    exchange = begin(request, versions.version, FORMATS)
    if (same := exchange.not_modified()) is not None:
        return same
    version = exchange.version
    found = await load_dataset_info(version)
    counts = {name: found.counts[name] for name in _COUNTS if name in found.counts}
    if exchange.media_type == JSON:
        links = links_of(request)  # the same in all languages
        return exchange.json(
            {
                "version": version.id,
                "base": found.base,
                "counts": counts,
                "questions": links.questions,
                "search": links.search(),
                "sparql": links.sparql(),
                "void": links.void,
                "openapi": links.openapi,
            }
        )
    return await exchange.page(
        "landing.html",
        version=version.id,
        counts=[(_COUNTS[name].of(exchange.language), number) for name, number in counts.items()],
        subjects=questions_by_subject(),
    )

"""A request with what was negotiated for it, and the ways to answer it. Every page begins here."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.serve.http.etags import caching_headers, not_modified
from app.serve.http.links import Links
from app.serve.http.media_types import content_type
from app.serve.http.negotiation import negotiate
from app.serve.http.pages import links_of, render_page
from ingest.store import Version
from queries.model import Language


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request to a version of the store, with the format, language and parameters that it asks for.

    ``headers`` go with every answer; a resource may add to them.
    """

    request: Request
    version: Version
    media_type: str
    language: Language
    values: Mapping[str, str]
    headers: dict[str, str]

    @property
    def links(self) -> Links:
        """Links as they stand on the page."""
        return links_of(self.request, self.language)

    def not_modified(self) -> Response | None:
        """Return 304 for a client that has the answer already, else None."""
        return not_modified(self.request, self.headers)

    def content(self, content: bytes | str) -> Response:
        """Return a response in the negotiated format."""
        return Response(content, headers=self.headers | {"Content-Type": content_type(self.media_type)})

    def json(self, content: object) -> Response:
        """Return a response in JSON."""
        return JSONResponse(content, headers=self.headers)

    async def page(self, template: str, **values: object) -> Response:
        """Return a page for people from a template."""
        response = await asyncio.to_thread(render_page, self.request, template, 200, **values)
        response.headers.update(self.headers)
        return response


def begin(
    request: Request, version: Version, formats: Mapping[str, str], known: Collection[str] | None = ()
) -> Exchange:
    """Negotiate a request; ``formats`` are names for ?format= and media types, the preferred first.

    ``known`` are the parameters that there may be; None leaves that to the caller.
    Raises RequestError for what cannot be given, or is unknown, doubled or of no meaning.
    """
    found = negotiate(request, formats, known)
    headers = caching_headers(request, version, found.media_type)
    return Exchange(request, version, found.media_type, found.language, found.values, headers)

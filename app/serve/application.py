"""The application: its routes, its middleware, and the place where errors become responses."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from app.serve.http.errors import RequestError, UnauthorizedError
from app.serve.http.media_types import HTML, best_match
from app.serve.http.pages import render_page
from app.serve.isolation.renderer import PageRenderer
from app.serve.isolation.versions import Versions
from app.serve.resources.description import void
from app.serve.resources.entity import thing
from app.serve.resources.landing import landing
from app.serve.resources.openapi import openapi
from app.serve.resources.originals import original, original_page
from app.serve.resources.questions import answer_question, list_questions
from app.serve.resources.search import find
from app.serve.resources.sparql import CUT, sparql
from queries.library import library

_TEXT = "text/plain"


def create_app(versions: Versions, token: str | None = None) -> Starlette:
    """Return the endpoint over a store; with a token, only for requests that bear it.

    Raises QueryError where a question of the library cannot be used.
    """
    renderer = PageRenderer(versions.limits)
    library()  # read now: reading all headers takes longer than an answer

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await versions.start()
        follower = asyncio.create_task(versions.follow())
        try:
            yield
        finally:
            follower.cancel()
            with suppress(asyncio.CancelledError):
                await follower
            await versions.stop()
            await renderer.stop()

    middleware = [
        Middleware(
            CORSMiddleware,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD", "POST"],
            allow_headers=["*"],
            expose_headers=["ETag", "Link", "Retry-After", CUT],
        )
    ]
    if token is not None:
        middleware.append(Middleware(BearerTokenMiddleware, token=token))
    app = Starlette(
        routes=[
            Route("/", landing),
            Route("/q", list_questions, name="listed"),
            Route("/q/{name:path}", answer_question),
            Route("/id/{path:path}", thing),
            Route("/search", find),
            Route("/original/{text}", original),
            Route("/original/{text}/page/{page}", original_page),
            Route("/openapi.json", openapi),
            Route("/sparql", sparql, methods=["GET", "POST"], name="sparql"),
            Route("/sparql/", sparql, methods=["GET", "POST"], include_in_schema=False),
            Route("/.well-known/void", void, name="void"),
            Route("/health", health),
        ],
        middleware=middleware,
        exception_handlers={RequestError: _request_error, HTTPException: _http_error},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # redirects would name whatever host the client gave
    app.state.versions = versions
    app.state.renderer = renderer
    return app


async def health(request: Request) -> Response:
    """Report that queries are answered, and from which version of the store."""
    versions: Versions = request.app.state.versions
    return JSONResponse(
        {"status": "ok", "version": versions.version.id}, headers={"Cache-Control": "no-store"}
    )


class BearerTokenMiddleware:
    """Refuses requests that do not bear the token."""

    def __init__(self, app: ASGIApp, token: str) -> None:
        self._app = app
        self._token = f"Bearer {token}".encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            given = f"{scheme.title()} {token}".encode("latin-1")
            if not hmac.compare_digest(given, self._token):
                await _request_error(request, UnauthorizedError("a bearer token is needed"))(
                    scope, receive, send
                )
                return
        await self._app(scope, receive, send)


def _request_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestError):
        raise error
    return _error_response(request, error.status, str(error), error.headers)


def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return _error_response(request, error.status_code, error.detail, dict(error.headers or {}))


def _error_response(request: Request, status: int, reason: str, headers: dict[str, str]) -> Response:
    """Return an error as a page where the client wants HTML, else as plain text."""
    try:
        media_type = best_match(request.headers.get("accept"), (_TEXT, HTML))
    except RequestError:
        media_type = _TEXT
    if media_type == HTML:
        response: Response = render_page(
            request, "error.html", status, title=f"{status} {HTTPStatus(status).phrase}", reason=reason
        )
        response.headers.update(headers)
        return response
    return PlainTextResponse(f"{reason}\n", status, headers=headers)

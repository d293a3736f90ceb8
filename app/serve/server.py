"""Runs the application with uvicorn until it is told to stop."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from app.serve.application import create_app
from app.serve.http.limits import Address, Limits
from app.serve.http.timeouts import IdleTimeoutProtocol
from app.serve.isolation.sandbox import can_sandbox
from app.serve.isolation.versions import Versions
from ingest.store import current
from ontology.errors import GongbaoError

_CONNECTIONS = 1000  # at once; beyond them there is 503
_GRACE = 5  # seconds for requests that are being answered when the server is told to stop


class ServeError(GongbaoError):
    """The server cannot be started with these options."""


def serve(store: Path, address: Address, limits: Limits, token_file: Path | None = None) -> None:
    """Serve a store until Ctrl-C. Raises GongbaoError for a store, address or token that cannot be used."""
    if not address.local and not can_sandbox():
        raise ServeError(
            "this machine cannot keep queries from sending requests; only loopback is served here"
        )
    token = _token(token_file) if token_file else None
    current(store).open()  # an error here is reported once, not by each worker
    versions = Versions(store, limits)
    app = create_app(versions, token)
    listener = _listen(address)
    host, port = listener.getsockname()[:2]
    print(f"gongbao serves {store} at http://{f'[{host}]' if ':' in host else host}:{port}/", flush=True)
    configuration = uvicorn.Config(
        app,
        log_level="warning",
        timeout_graceful_shutdown=_GRACE,
        server_header=False,
        ws="none",
        http=IdleTimeoutProtocol,
        limit_concurrency=_CONNECTIONS,
    )
    with listener, suppress(KeyboardInterrupt):  # uvicorn has shut down in order and raises the signal again
        uvicorn.Server(configuration).run(sockets=[listener])


def _listen(address: Address) -> socket.socket:
    try:
        family, _, _, _, place = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(place[:2], family=family)
    except (OSError, OverflowError) as error:
        raise ServeError(f"{address.host}:{address.port} cannot be listened on: {error}") from error


def _token(path: Path) -> str:
    try:
        token = path.read_text("ascii").strip()
    except (OSError, ValueError) as error:
        raise ServeError(f"{path}: the token cannot be read: {error}") from error
    if not token or not token.isprintable() or " " in token:
        raise ServeError(f"{path}: one line with a token is needed")
    return token

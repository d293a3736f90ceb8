"""A web site on this machine, and fetches from it over real sockets with a clock that nobody waits for."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpcore
import pytest

from ingest.fetch.limits import Clock, FetchLimits
from ingest.fetch.network import CheckedNetwork, Resolve
from ingest.fetch.report import FetchReport
from ingest.fetch.run import fetch

HTML = "text/html; charset=utf-8"
LOOPBACK = "127.0.0.1"
HOST = "www.yunzhou.example"


@dataclass(frozen=True)
class Reply:
    """What the site answers; ``parts`` are sent one after the other, with ``pause`` seconds between them."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    parts: Sequence[bytes] = ()
    pause: float = 0.0


Route = Reply | Callable[[BaseHTTPRequestHandler], Reply]


def page(body: str, **headers: str) -> Reply:
    """A web page in UTF-8."""
    text = f"<!doctype html><html><body>{body}</body></html>"
    return Reply(text.encode(), headers={"Content-Type": HTML, **headers})


def redirect(location: str) -> Reply:
    return Reply(status=302, headers={"Location": location})


class Site:
    """A web site with routes that a test sets; a list of replies is given out one after the other."""

    def __init__(self) -> None:
        self.routes: dict[str, Route | list[Route]] = {}
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer((LOOPBACK, 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        self.asked.append(handler.path)
        self.headers.append({name.lower(): value for name, value in handler.headers.items()})
        route = self.routes.get(handler.path, Reply(status=404))
        if isinstance(route, list):
            route = route.pop(0) if len(route) > 1 else route[0]
        reply = route if isinstance(route, Reply) else route(handler)
        handler.send_response(reply.status)
        if not reply.parts:
            handler.send_header("Content-Length", str(len(reply.body)))
        else:
            handler.close_connection = True
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        try:
            for part in reply.parts or (reply.body,):
                handler.wfile.write(part)
                if reply.pause and stopped.wait(reply.pause):
                    return
        except OSError:
            return  # whoever asked has gone

    def at(self, path: str, host: str = HOST) -> str:
        return f"http://{host}:{self.port}{path}"

    def documents(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path in self.asked if path != "/robots.txt"]

    def wrap(self, context: ssl.SSLContext) -> None:
        """Speak TLS from now on."""
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True)

    def close(self) -> None:
        stopped.set()
        self._server.shutdown()
        self._server.server_close()
        stopped.clear()


stopped = threading.Event()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


class FakeTime:
    """A clock that a pause sets forward."""

    def __init__(self) -> None:
        self.seconds = 1_000.0
        self.pauses: list[float] = []
        self._start = datetime(2030, 5, 6, tzinfo=UTC)

    def clock(self) -> Clock:
        return Clock(lambda: self.seconds, self._sleep, self._today)

    def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds

    def _today(self) -> datetime:
        self.seconds += 0.001  # no two stamps are the same
        return self._start + timedelta(seconds=self.seconds)


class Routed(httpcore.SyncBackend):
    """Leads every connection to this machine and remembers where it was meant to go."""

    def __init__(self) -> None:
        self.connected: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        self.connected.append(host)
        return super().connect_tcp(LOOPBACK, port, timeout, local_address, socket_options)


def local(_host: str, _port: int) -> list[str]:
    return [LOOPBACK]


class Fetcher:
    """Fetches into one folder; what a fetch does not say is taken from here."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.into = folder / "into"
        self.time = FakeTime()
        self.limits = FetchLimits()
        self.resolver: Resolve = local
        self.inner: httpcore.NetworkBackend | None = None
        self.allow_private = True

    def __call__(self, source: str | list[str], **options: object) -> FetchReport:
        if isinstance(source, list):
            (self.folder / "list.txt").write_text("\n".join(source), "utf8")
            source = str(self.folder / "list.txt")
        network = CheckedNetwork(self.resolver, allow_private=self.allow_private, inner=self.inner)
        return fetch(
            source,
            self.into,
            limits=self.limits,
            network=network,
            clock=self.time.clock(),
            **options,  # type: ignore[arg-type]
        )

    def records(self) -> list[dict[str, str]]:
        """The lines of the manifest."""
        lines = (self.into / "fetched.jsonl").read_text("utf8").splitlines()
        return [json.loads(line) for line in lines]

    def files(self) -> list[str]:
        """The names of all files but the lock."""
        found = (path for path in self.into.rglob("*") if path.is_file() and path.name != ".lock")
        return sorted(path.relative_to(self.into).as_posix() for path in found)


@pytest.fixture
def fetcher(tmp_path: Path) -> Fetcher:
    return Fetcher(tmp_path)


def reasons(report: FetchReport) -> list[str]:
    return [error.reason for error in report.failed]

"""Connections to public internet addresses only, and none that lasts beyond its time.

A host is resolved once for each connection; each address it has is checked, and the very address that was
checked is connected to, so that a name which changes its meaning in between (DNS rebinding) gains nothing.
The host's name stays in the Host header and in TLS, where the certificate is checked against it.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from ssl import SSLContext

import httpcore
import httpx

from ingest.fetch.addresses import is_public

Resolve = Callable[[str, int], Sequence[str]]
"""From a host and a port to internet addresses; raises OSError where there are none."""
_SocketOptions = Iterable[
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
]


class NotPublicError(Exception):
    """A host whose internet address is private; nothing was sent to it."""


class OutOfTimeError(Exception):
    """An answer that takes too long as a whole, though bytes may still be coming."""


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the internet addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that were checked. ``allow`` bounds the time of all that comes after it."""

    def __init__(
        self,
        resolver: Resolve = resolve,
        *,
        allow_private: bool = False,
        inner: httpcore.NetworkBackend | None = None,
    ) -> None:
        self._resolver = resolver
        self._allow_private = allow_private
        self._inner = inner or httpcore.SyncBackend()
        self._until = float("inf")

    def allow(self, seconds: float) -> None:
        """Give the next answer so many seconds from now, whatever the number of bytes it comes in."""
        self._until = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """Return the seconds one step may take. Raises OutOfTimeError where none are left."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise OutOfTimeError
        return left if timeout is None else min(left, timeout)

    def is_over(self) -> bool:
        """Whether the time of the answer is over."""
        return time.monotonic() >= self._until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: _SocketOptions | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host by one of its addresses. Raises NotPublicError."""
        try:
            addresses = self._resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"the host {host} is not found") from error
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    means = "" if address == host else f"is {address}, which "
                    raise NotPublicError(f"{host} {means}is no public address")
        failed: Exception = httpcore.ConnectError(f"the host {host} has no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failed = error
            else:
                return _TimedStream(stream, self)
        raise failed


class _TimedStream(httpcore.NetworkStream):
    """A stream of which each step ends with the time of the answer."""

    def __init__(self, stream: httpcore.NetworkStream, network: CheckedNetwork) -> None:
        self._stream = stream
        self._network = network

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._network.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._network.left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._stream.start_tls(ssl_context, server_hostname, self._network.left(timeout))
        return _TimedStream(inner, self._network)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class CheckedTransport(httpx.BaseTransport):
    """What httpx sends with: its own connection pool, over a checked network."""

    def __init__(self, network: CheckedNetwork, context: SSLContext | None = None) -> None:
        self._network = network
        self._context = context
        self._pools: dict[str, httpcore.ConnectionPool] = {}

    def _pool(self, scheme: str) -> httpcore.ConnectionPool:
        """The connections of a scheme; certificates are loaded for the first https address only."""
        if scheme not in self._pools:
            secure = scheme == "https" and self._context is None
            self._pools[scheme] = httpcore.ConnectionPool(
                ssl_context=httpx.create_ssl_context() if secure else self._context,
                network_backend=self._network,
                max_connections=10,
                keepalive_expiry=30,
            )
        return self._pools[scheme]

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its answer's body is read by whoever reads the response."""
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        answer = self._pool(request.url.scheme).handle_request(
            httpcore.Request(
                request.method, url, headers=request.headers.raw, extensions=dict(request.extensions)
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer), extensions=dict(answer.extensions)
        )

    def close(self) -> None:
        """Close all connections."""
        for pool in self._pools.values():
            pool.close()


class _Body(httpx.SyncByteStream):
    """The body of an answer as it comes."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()

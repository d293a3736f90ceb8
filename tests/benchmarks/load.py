"""Asks a server as fast as some clients can, over kept connections and with little work of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from urllib.parse import urlsplit

import uvloop

_RESULTS = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Shots:
    """What came of many requests: seconds of each, in order, statuses other than 200, seconds in all."""

    seconds: tuple[float, ...]
    failures: tuple[int, ...]
    whole: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.seconds) / self.whole

    def quantile(self, share: float) -> float:
        """Seconds within which that share of the requests was answered."""
        ranked = sorted(self.seconds)
        return ranked[min(int(len(ranked) * share), len(ranked) - 1)]


def hammer(
    url: str, *, clients: int, requests: int, accept: str = _RESULTS, query: str | None = None
) -> Shots:
    """Ask one address ``requests`` times with so many clients; with a query, by posting it."""
    return uvloop.run(_hammer([_head(url, accept, query)], url, clients, requests))


def hammer_all(urls: Sequence[str], *, clients: int, requests: int, accept: str) -> Shots:
    """Ask these addresses in turn."""
    return uvloop.run(_hammer([_head(url, accept, None) for url in urls], urls[0], clients, requests))


async def _hammer(heads: Sequence[bytes], url: str, clients: int, requests: int) -> Shots:
    parts = urlsplit(url)
    seconds: list[float] = []
    failures: list[int] = []
    left = iter(range(requests))

    async def client() -> None:
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        for number in left:
            begun = perf_counter()
            try:
                writer.write(heads[number % len(heads)])
                status, closed = await _answer(reader)
            except (asyncio.IncompleteReadError, ConnectionError):  # a kept connection that the server ended
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
                writer.write(heads[number % len(heads)])
                status, closed = await _answer(reader)
            seconds.append(perf_counter() - begun)
            if status != 200:
                failures.append(status)
            if closed:
                writer.close()
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.close()

    begun = perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return Shots(tuple(seconds), tuple(failures), perf_counter() - begun)


def _head(url: str, accept: str, query: str | None) -> bytes:
    parts = urlsplit(url)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    body = (query or "").encode("utf8")
    method = "GET" if query is None else "POST"
    head = f"{method} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept: {accept}\r\n"
    if query is not None:
        head += f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n"
    return f"{head}\r\n".encode("ascii") + body


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one answer to its end: its status, and whether the server closes the connection."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
    if b"content-length" in fields:
        await reader.readexactly(int(fields[b"content-length"]))
    elif fields.get(b"transfer-encoding") == b"chunked":
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.read()
    return status, fields.get(b"connection") == b"close"

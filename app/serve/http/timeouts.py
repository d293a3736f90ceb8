"""Ends idle connections, which would keep other clients out.

The class builds on the inside of uvicorn (HttpToolsProtocol and its attributes), so pyproject.toml allows
one minor version of uvicorn only; test_timeouts.py shows whether another one fits.
"""

from __future__ import annotations

import asyncio

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle


class IdleTimeoutProtocol(HttpToolsProtocol):
    """A connection that is ended when nothing happens in it.

    A client must send a whole head of a request, or take a part of an answer, within at most 2 * ``seconds``.
    """

    seconds = 10.0
    head = 64 << 10
    """limit for the head of a request, in bytes"""
    _last_cycle: RequestResponseCycle | None = None
    _was_idle = False
    _last_unsent = 0
    _head = 0
    _received = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to check the connection from time to time."""
        super().connection_made(transport)
        self.loop.call_later(self.seconds, self._check_idle)

    def data_received(self, data: bytes) -> None:
        """Take data; end the connection if it is too much for a head that never ends."""
        if self.cycle is None or self.cycle.response_complete:
            self._received += len(data)
            if self._received > 8 * self.head:  # a body may have come with its head
                self.transport.abort()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Start to count the bytes of a head."""
        self._head = self._received = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """Count a part of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Count a header."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > self.head:
            raise httptools.HttpParserError("the head of the request is too long")

    def _check_idle(self) -> None:
        if self not in self.connections:
            return
        unsent = self.transport.get_write_buffer_size()
        if unsent and unsent == self._last_unsent:
            self.transport.abort()
            return
        idle = not unsent and (self.cycle is None or self.cycle.response_complete)
        if idle and self._was_idle and self.cycle is self._last_cycle:
            self.transport.abort()
            return
        self._was_idle, self._last_cycle, self._last_unsent = idle, self.cycle, unsent
        self.loop.call_later(self.seconds, self._check_idle)

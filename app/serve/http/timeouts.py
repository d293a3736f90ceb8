"""Connections that send no request, or do not take their answer, are ended: they keep others out."""

from __future__ import annotations

import asyncio

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle


class Patience(HttpToolsProtocol):
    """A connection that is ended when nothing goes on in it.

    A whole head of a request must come, and some of an answer be taken, within ``seconds`` or twice that.
    """

    seconds = 10.0
    head = 64 << 10
    """bytes that the head of a request may have"""
    _seen: RequestResponseCycle | None = None
    _looked = False
    _unsent = 0
    _head = 0
    _fed = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at the connection from time to time."""
        super().connection_made(transport)
        self.loop.call_later(self.seconds, self._look)

    def data_received(self, data: bytes) -> None:
        """Take what comes; what never becomes a request is not taken for ever."""
        if self.cycle is None or self.cycle.response_complete:
            self._fed += len(data)
            if self._fed > 8 * self.head:  # a body may have come with its head
                self.transport.abort()
                return
        super().data_received(data)

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        self._head = self._fed = 0
        super().on_message_begin()

    def on_url(self, url: bytes) -> None:
        """A piece of the address."""
        self._count(len(url))
        super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header."""
        self._count(len(name) + len(value))
        super().on_header(name, value)

    def _count(self, size: int) -> None:
        self._head += size
        if self._head > self.head:
            raise httptools.HttpParserError("the head of the request is too long")

    def _look(self) -> None:
        if self not in self.connections:
            return
        unsent = self.transport.get_write_buffer_size()
        if unsent and unsent == self._unsent:
            self.transport.abort()
            return
        waiting = not unsent and (self.cycle is None or self.cycle.response_complete)
        if waiting and self._looked and self.cycle is self._seen:
            self.transport.abort()
            return
        self._looked, self._seen, self._unsent = waiting, self.cycle, unsent
        self.loop.call_later(self.seconds, self._look)

"""Connections that send no request are ended, so that they cannot take the places of others."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle


class Patience(HttpToolsProtocol):
    """A connection on which a whole head of a request must come within ``seconds``, at most twice that."""

    seconds = 10.0
    _seen: RequestResponseCycle | None = None
    _looked = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to look at the connection from time to time."""
        super().connection_made(transport)
        self.loop.call_later(self.seconds, self._look)

    def _look(self) -> None:
        if self.transport.is_closing():
            return
        waiting = self.cycle is None or self.cycle.response_complete
        if waiting and self._looked and self.cycle is self._seen:
            self.transport.close()
            return
        self._looked, self._seen = waiting, self.cycle
        self.loop.call_later(self.seconds, self._look)

"""What a request may take, and where the server listens."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

HOST = "127.0.0.1"
PORT = 7878
BROWSER_PORT = 8501


@dataclass(frozen=True)
class Limits:
    """What one query, one worker and the endpoint as a whole may take."""

    seconds: float = 10.0
    """of evaluation; a worker that is not done then is ended and replaced"""
    rows: int = 100_000
    """of a result, or triples of a graph; more are cut, and the cut is announced"""
    size: int = 32 << 20
    """bytes of a result; more are cut, and the cut is announced"""
    query: int = 50_000
    """characters of a query"""
    depth: int = 100
    """brackets within brackets of a query"""
    workers: int = 8
    """processes that evaluate"""
    requests: int = 64
    """queries that are evaluated or wait for a worker at the same time"""
    memory: int = 1 << 30
    """bytes of data that a worker may need, not counting a version that is held in memory"""
    resident: int = 250_000
    """quads of a version that is read into memory as a whole, once; a larger one is answered from disk"""
    kept: int = 64 << 20
    """bytes of answers that are kept to be given again; none are with 0"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens; port 0 takes a free one."""

    host: str = HOST
    port: int = PORT

    @property
    def local(self) -> bool:
        """Whether only this machine reaches it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

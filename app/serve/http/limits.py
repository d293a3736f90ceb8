"""Limits of time, size and number, and the address where the server listens."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

HOST = "127.0.0.1"
PORT = 7878
BROWSER_PORT = 8501


@dataclass(frozen=True)
class Limits:
    """Limits for one query, one worker and the endpoint as a whole."""

    seconds: float = 10.0
    """of evaluation; a worker that takes longer is ended and replaced"""
    rows: int = 100_000
    """of a result, or triples of a graph; longer results are cut, and the response says so"""
    size: int = 32 << 20
    """bytes of a result; longer results are cut, and the response says so"""
    query: int = 50_000
    """characters of a query"""
    depth: int = 100
    """levels of brackets in a query"""
    workers: int = 8
    """processes that evaluate queries"""
    requests: int = 64
    """queries that are evaluated or wait for a worker at the same time"""
    memory: int = 1 << 30
    """bytes of data that a worker may need, not counting a version that is held in memory"""
    resident: int = 250_000
    """quads of a version that is read into memory as a whole, once; a larger one is answered from disk"""
    cache_size: int = 64 << 20
    """bytes of results that are cached; 0 caches none"""
    page_cache: int = 32 << 20
    """bytes of pictures of pages that are cached"""


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

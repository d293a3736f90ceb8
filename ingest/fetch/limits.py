"""How much a fetch may take, and how often it asks."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch. Times are seconds, sizes bytes."""

    interval: float = 1.0  # between two requests to one host, unless its robots.txt asks for more
    size: int = 50_000_000  # of an answer, unpacked
    seconds: float = 60.0  # for an answer as a whole
    silence: float = 20.0  # without a byte
    redirects: int = 5
    attempts: int = 4
    longest_wait: float = 120.0  # that a host may ask for with Retry-After
    pages: int = 1_000  # of one fetch, attachments not counted
    lists: int = 50  # list pages, or sitemaps
    depth: int = 3  # of sitemaps that name sitemaps
    attachments: int = 50  # of one page


@dataclass(frozen=True, slots=True)
class Clock:
    """The time, so that tests need not wait for it."""

    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    today: Callable[[], datetime] = lambda: datetime.now(UTC)

    def stamp(self) -> str:
        """Return date and time as they stand in the manifest (ISO 8601, UTC)."""
        return self.today().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

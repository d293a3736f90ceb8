"""What is owed to each host: its robots.txt, a pause between two requests, and rest where it asks for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from protego import Protego

from ingest.fetch.addresses import host_of
from ingest.fetch.limits import Clock

LONGEST_ROBOTS = 1_000_000  # bytes; RFC 9309 asks for 500 KiB at least
_LONGEST_DELAY = 3_600.0  # seconds between two requests; who asks for more does not want to be read


@dataclass(slots=True)
class _Host:
    interval: float
    ready: float = 0.0  # on the clock
    closed: str | None = None  # why nothing more is asked of it


class Hosts:
    """The hosts of a fetch, each with its pace."""

    def __init__(self, interval: float, clock: Clock) -> None:
        self._interval = interval
        self._clock = clock
        self._hosts: dict[str, _Host] = {}

    def _of(self, address: str) -> _Host:
        return self._hosts.setdefault(host_of(address), _Host(self._interval))

    def ready_at(self, host: str) -> float:
        """When a host may be asked next, on the clock."""
        return self._hosts[host].ready if host in self._hosts else 0.0

    def wait(self, address: str) -> None:
        """Wait until the host of an address may be asked, and count that as asking it."""
        host = self._of(address)
        pause = host.ready - self._clock.now()
        if pause > 0:
            self._clock.sleep(pause)
        host.ready = self._clock.now() + host.interval

    def rest(self, address: str, seconds: float) -> None:
        """Leave the host of an address alone for some time."""
        host = self._of(address)
        host.ready = max(host.ready, self._clock.now() + seconds)

    def slow_down(self, address: str, delay: float) -> None:
        """Ask a host no more often than it wishes."""
        host = self._of(address)
        if not math.isfinite(delay) or delay > _LONGEST_DELAY:
            self.close(address, f"its robots.txt asks for {delay:g} seconds between two requests")
            return
        host.interval = max(host.interval, delay)
        host.ready = max(host.ready, self._clock.now() + host.interval)

    def close(self, address: str, reason: str) -> None:
        """Ask nothing more of a host in this fetch."""
        self._of(address).closed = reason

    def closed(self, address: str) -> str | None:
        """Why nothing more is asked of a host; None where it may be asked."""
        return self._of(address).closed


@dataclass(frozen=True, slots=True)
class Robots:
    """The robots.txt of one origin; where it cannot be read, nothing is allowed (RFC 9309, 2.3.1.4)."""

    rules: Protego | None
    agent: str
    why: str = ""  # it cannot be read

    def refusal(self, address: str) -> str | None:
        """Why an address may not be fetched; None where it may."""
        if self.rules is None:
            return f"the robots.txt of the host cannot be read: {self.why}"
        return None if self.rules.can_fetch(address, self.agent) else "robots.txt does not allow it"

    def delay(self) -> float:
        """The seconds that the host wishes between two requests."""
        if self.rules is None:
            return 0.0
        rate = self.rules.request_rate(self.agent)
        by_rate = rate.seconds / rate.requests if rate is not None and rate.requests else 0.0
        asked = self.rules.crawl_delay(self.agent) or 0.0
        return max(asked, by_rate) if math.isfinite(asked) else math.inf

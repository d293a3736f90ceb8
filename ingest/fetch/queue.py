"""What is still to be fetched, host by host, so that one host's pauses are another's turn."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum, auto

from ingest.fetch.addresses import host_of
from ingest.fetch.folder import Record
from ingest.fetch.hosts import Hosts


class WantedKind(Enum):
    """What an address is asked for."""

    START = auto()  # a sitemap or a list page, which its bytes tell
    LIST = auto()  # a further list page
    PAGE = auto()
    ATTACHMENT = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """An address to be fetched; ``depth`` is of sitemaps, ``page`` and ``words`` of attachments."""

    address: str
    kind: WantedKind
    depth: int = 0
    page: Record | None = None
    words: str = ""


class Queue:
    """Addresses in the order in which they came, each once, of the host first that may be asked first."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts
        self._waiting: dict[str, deque[Wanted]] = {}
        self._seen: set[str] = set()

    @property
    def known(self) -> int:
        """How many addresses were ever added."""
        return len(self._seen)

    def has_seen(self, address: str) -> bool:
        """Whether an address was ever added."""
        return address in self._seen

    def add(self, wanted: Wanted) -> bool:
        """Add an address; gives False where it came before."""
        if wanted.address in self._seen:
            return False
        self._seen.add(wanted.address)
        self._waiting.setdefault(host_of(wanted.address), deque()).append(wanted)
        return True

    def take(self) -> Wanted | None:
        """Take what comes next; None where nothing is left."""
        if not self._waiting:
            return None
        host = min(self._waiting, key=self._hosts.ready_at)
        wanted = self._waiting[host].popleft()
        if not self._waiting[host]:
            del self._waiting[host]
        return wanted

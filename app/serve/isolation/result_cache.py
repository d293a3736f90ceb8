"""Results of queries that are given again: a version never changes, so neither do its answers."""

from __future__ import annotations

import re

from cachetools import LRUCache

from app.serve.isolation.worker import QueryJob, QueryResult

# Functions that return something else the next time; an escape could hide one.
_VOLATILE = re.compile(r"\b(?:NOW|RAND|(?:STR)?UUID|BNODE)\b|\\U")
_WORDS = ("NOW", "RAND", "UUID", "BNODE", "\\U")
_LARGEST = 8  # a result may take this part of the cache
_OBJECTS = 500  # bytes of Python's objects for one entry, about


def is_volatile(query: str) -> bool:
    """Return whether a query may have another result the next time."""
    query = query.upper()
    return any(word in query for word in _WORDS) and _VOLATILE.search(query) is not None


class ResultCache:
    """The results that were asked for last, up to ``size`` bytes, without volatile and very large ones."""

    def __init__(self, size: int) -> None:
        self._entries: LRUCache[QueryJob, tuple[QueryResult, int]] = LRUCache(size, lambda entry: entry[1])

    def get(self, job: QueryJob) -> QueryResult | None:
        """Return the result of the same job, if it is in the cache."""
        entry = self._entries.get(job)
        return None if entry is None else entry[0]

    def put(self, job: QueryJob, result: QueryResult) -> None:
        """Add a result, if it may be cached; those not asked for the longest make room."""
        size = _size(job, result)
        if size > self._entries.maxsize // _LARGEST or job in self._entries or is_volatile(job.query):
            return
        self._entries[job] = result, size


def _size(job: QueryJob, result: QueryResult) -> int:
    """Return about how many bytes both take."""
    graphs = sum(map(len, (*job.default_graphs, *job.named_graphs)))
    texts = 2 * len(job.query) + graphs + len(job.accept or "") + len(job.base)
    return len(result.content) + texts + _OBJECTS

"""Follows the store: a new version is taken up without a failed request."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app.serve.http.limits import Limits
from app.serve.isolation.pool import Workers
from ingest.errors import StoreError
from ingest.store import Version, current

_LOOK = 0.5  # seconds between two looks at the store


class Versions:
    """The current version of a store with workers for it; the next one takes its place when it is ready."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.store = store
        self.limits = limits
        self._workers = Workers(current(store), limits)
        self._before: set[Workers] = set()
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def workers(self) -> Workers:
        """Those of the version that is answered from now."""
        return self._workers

    @property
    def version(self) -> Version:
        """The version that is answered from now."""
        return self._workers.version

    async def start(self) -> None:
        """Start the workers of the first version. Raises StoreError where its database cannot be opened."""
        await self._workers.start()

    async def follow(self) -> None:
        """Look for new versions, and after the workers, for ever."""
        while True:
            await asyncio.sleep(_LOOK)
            self._workers.tend()
            await self._look()

    async def _look(self) -> None:
        try:
            newest = current(self.store)
        except (StoreError, OSError):
            return  # being replaced, or gone: the version at hand still answers
        if newest == self.version:
            return
        workers = Workers(newest, self.limits)
        try:
            await workers.start()
        except (StoreError, OSError):
            return  # gone again already; the next look finds what is there then
        before, self._workers = self._workers, workers
        self._before.add(before)
        ending = asyncio.create_task(self._end(before))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _end(self, workers: Workers) -> None:
        """End the workers of a version once all that began with them has been answered."""
        end = asyncio.get_running_loop().time() + 2 * self.limits.seconds + _LOOK
        await asyncio.sleep(_LOOK)
        while workers.asked and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_LOOK)
        await workers.stop()
        self._before.discard(workers)

    async def stop(self) -> None:
        """End all workers."""
        for ending in self._ending:
            ending.cancel()
        await asyncio.gather(*self._ending, return_exceptions=True)
        for workers in (*self._before, self._workers):
            await workers.stop()

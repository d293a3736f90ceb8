"""Follows the store: the endpoint changes over to a new version without a failed request."""

from __future__ import annotations

import asyncio
from pathlib import Path

from app.serve.http.limits import Limits
from app.serve.isolation.pool import WorkerPool
from ingest.errors import StoreError
from ingest.store import Version, current

_INTERVAL = 0.5  # seconds between two looks at the store


class Versions:
    """The current version of a store with its workers; the next one takes over when its workers are ready."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.store = store
        self.limits = limits
        self._pool = WorkerPool(current(store), limits)
        self._before: set[WorkerPool] = set()
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def pool(self) -> WorkerPool:
        """The worker processes of the current version."""
        return self._pool

    @property
    def version(self) -> Version:
        """The current version."""
        return self._pool.version

    async def start(self) -> None:
        """Start the workers of the first version. Raises StoreError where its database cannot be opened."""
        await self._pool.start()

    async def follow(self) -> None:
        """Look for new versions and dead workers, until cancelled."""
        while True:
            await asyncio.sleep(_INTERVAL)
            self._pool.replace_dead()
            await self._update()

    async def _update(self) -> None:
        try:
            newest = current(self.store)
        except (StoreError, OSError):
            return  # being replaced, or gone: the current version still answers
        if newest == self.version:
            return
        pool = WorkerPool(newest, self.limits)
        try:
            await pool.start()
        except (StoreError, OSError):
            return  # gone again already; the next look finds what is there by then
        before, self._pool = self._pool, pool
        self._before.add(before)
        ending = asyncio.create_task(self._end(before))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    async def _end(self, pool: WorkerPool) -> None:
        """End the workers of an older version once they have answered their last query."""
        end = asyncio.get_running_loop().time() + 2 * self.limits.seconds + _INTERVAL
        await asyncio.sleep(_INTERVAL)
        while pool.pending and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_INTERVAL)
        await pool.stop()
        self._before.discard(pool)

    async def stop(self) -> None:
        """End all workers."""
        for ending in self._ending:
            ending.cancel()
        await asyncio.gather(*self._ending, return_exceptions=True)
        for pool in (*self._before, self._pool):
            await pool.stop()

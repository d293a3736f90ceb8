"""Follows the store: a new version is taken up without a failed request."""

from __future__ import annotations

import asyncio
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from pebble import ProcessExpired

from app.serve.limits import Limits
from app.serve.workers import Workers
from ingest.errors import StoreError
from ingest.load import Version, current

_LOOK = 0.5  # seconds between two looks at the store


class Versions:
    """The current version of a store with workers for it; the next one takes its place when it is ready."""

    def __init__(self, store: Path, limits: Limits) -> None:
        self.store = store
        self.limits = limits
        self._workers = Workers(current(store), limits)
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def workers(self) -> Workers:
        """Those of the version that is answered from now."""
        return self._workers

    @property
    def version(self) -> Version:
        """The version that is answered from now."""
        return self._workers.version

    async def follow(self) -> None:
        """Look for new versions for ever."""
        while True:
            await asyncio.sleep(_LOOK)
            await self._look()

    async def _look(self) -> None:
        try:
            newest = current(self.store)
        except StoreError:
            return  # being replaced, or gone: the version at hand still answers
        if newest == self.version and not self._workers.broken:
            return
        workers = Workers(newest, self.limits)
        try:
            await asyncio.to_thread(workers.warm)
        except (BrokenProcessPool, ProcessExpired, OSError):
            await asyncio.to_thread(workers.stop)
            return
        before, self._workers = self._workers, workers
        ending = asyncio.create_task(asyncio.to_thread(before.close))
        self._ending.add(ending)
        ending.add_done_callback(self._ending.discard)

    def stop(self) -> None:
        """End all workers."""
        self._workers.stop()

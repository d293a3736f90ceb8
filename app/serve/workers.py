"""Worker processes for one version of a store, each ended and replaced when a query does not end in time."""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import ForkServerContext

from pebble import ProcessExpired, ProcessPool

from app.serve import evaluation
from app.serve.errors import BusyError, LimitError, MemoryLimitError, TimeLimitError
from app.serve.evaluation import Answer, Job
from app.serve.limits import Limits
from app.serve.seal import can_seal
from ingest.load import Version

_WATCH = 0.5  # seconds between looks whether the asker is still there
_REPLACED = "the workers are being replaced; try again"
_SMALL = Job("ASK {}", None, "urn:x-gongbao:start")


def _context() -> ForkServerContext:
    """New processes are copies of one that has no threads and has imported everything: they start at once."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([evaluation.__name__])
    return context


class Workers:
    """Evaluates queries over one version, ``limits.workers`` at the same time."""

    def __init__(self, version: Version, limits: Limits) -> None:
        self.version = version
        self._limits = limits
        self._asked = 0
        self._pool = ProcessPool(
            max_workers=limits.workers,
            initializer=evaluation.start,
            initargs=(str(version.folder), limits.memory, can_seal()),
            context=_context(),
        )

    @property
    def broken(self) -> bool:
        """Whether the pool has given up: its processes die of something that no query did."""
        return not self._pool.active

    def warm(self) -> None:
        """Start the processes; comes back when one answers."""
        self._pool.schedule(evaluation.evaluate, args=(_SMALL,)).result()

    async def run(self, job: Job, gone: Callable[[], Awaitable[bool]] | None = None) -> Answer:
        """The answer to a query; ``gone`` says whether the asker has left, which ends the evaluation.

        Raises RequestError: what is wrong with the query, or the limit that it met.
        """
        if self._asked >= self._limits.requests:
            raise BusyError(f"{self._limits.requests} queries are being answered; try again")
        self._asked += 1
        try:
            return await self._run(job, gone)
        finally:
            self._asked -= 1

    async def _run(self, job: Job, gone: Callable[[], Awaitable[bool]] | None) -> Answer:
        try:
            scheduled = self._pool.schedule(evaluation.evaluate, args=(job,), timeout=self._limits.seconds)
        except RuntimeError as error:  # what a pool says that has given up
            raise LimitError(_REPLACED) from error
        future = asyncio.wrap_future(scheduled)
        try:
            while not (await asyncio.wait([future], timeout=_WATCH))[0]:
                if gone is not None and await gone():
                    raise LimitError("the asker has left")
            return future.result()
        except TimeoutError as error:
            raise TimeLimitError(
                f"the query was ended after {self._limits.seconds:g} s; ask for less, or name more of it"
            ) from error
        except BrokenProcessPool as error:
            raise LimitError(_REPLACED) from error
        except ProcessExpired as error:
            raise MemoryLimitError(
                f"the query needs more than {self._limits.memory >> 20} MB, or is nested too deep"
            ) from error
        finally:
            scheduled.cancel()  # does nothing where it is done; otherwise its worker is ended

    def stop(self) -> None:
        """End the processes; what they are at is lost."""
        self._pool.stop()
        self._pool.join()

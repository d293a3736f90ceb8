"""A pool of worker processes for one version of a store; a worker that takes too long is ended and replaced.

docs/decisions.md, "Worker pool", compares it with pools from libraries.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from app.serve.http.errors import LimitError, MemoryLimitError, OverloadedError, RequestError, TimeLimitError
from app.serve.http.limits import Limits
from app.serve.isolation.forkserver import ForkServer
from app.serve.isolation.result_cache import ResultCache
from app.serve.isolation.worker import LENGTH, QueryJob, QueryResult
from ingest.errors import StoreError
from ingest.store import Version

_CHECK = 0.25  # seconds between two checks of a query that takes long
_NICE = 15  # how far its priority is lowered then, so that short queries stay short
_RETRY = 1.0  # seconds until starting a worker is tried again
Disconnected = Callable[[], Awaitable[bool]]
"""Tells whether the client has left."""


@dataclass(frozen=True, eq=False)
class _Worker:
    """A worker process, and our end of the line to it."""

    forkserver: ForkServer
    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def start(cls, forkserver: ForkServer) -> _Worker:
        """Start a process; return once it has opened the store. Raises StoreError where it cannot."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                process = await forkserver.start_worker(theirs)
        except (StoreError, OSError, asyncio.CancelledError):
            ours.close()
            raise
        worker = cls(forkserver, process, *await asyncio.open_connection(sock=ours))
        try:
            await worker.receive()
        except asyncio.CancelledError:
            worker.writer.close()
            raise
        except (RequestError, asyncio.IncompleteReadError) as error:
            await worker.end()
            reason = "its process ended" if isinstance(error, asyncio.IncompleteReadError) else error
            raise StoreError(f"{forkserver.version.folder}: no worker can be started: {reason}") from error
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process is still running."""
        return not self.reader.at_eof()

    async def ask(self, job: QueryJob) -> QueryResult:
        """Evaluate a query there. Raises its RequestError; IncompleteReadError if the process dies."""
        message = pickle.dumps(job)
        self.writer.write(LENGTH.pack(len(message)) + message)
        await self.writer.drain()
        return await self.receive()

    async def receive(self) -> QueryResult:
        """Return the next result."""
        (length,) = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))
        result = pickle.loads(await self.reader.readexactly(length))
        if isinstance(result, RequestError):
            raise result
        if not isinstance(result, QueryResult):
            raise TypeError(f"a worker gave {type(result).__name__}")
        return result

    def lower_priority(self) -> None:
        """Let other processes go first from now on."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.process, _NICE)

    async def end(self) -> None:
        """End the process, whatever it is doing."""
        await self.forkserver.end_worker(self.process)
        self.writer.close()


@dataclass(eq=False)
class WorkerPool:
    """Evaluates queries over one version, up to ``limits.workers`` at the same time."""

    version: Version
    limits: Limits
    _pending: int = 0
    _cache: ResultCache = field(init=False)
    _forkserver: ForkServer = field(init=False)
    _all: set[_Worker] = field(default_factory=set)
    _idle: asyncio.LifoQueue[_Worker] = field(default_factory=asyncio.LifoQueue)
    _starting: set[asyncio.Task[None]] = field(default_factory=set)
    _stopped: bool = False

    def __post_init__(self) -> None:
        self._cache = ResultCache(self.limits.cache_size)
        self._forkserver = ForkServer(self.version, self.limits)

    async def start(self) -> None:
        """Start the processes; return once all have opened the store. Raises StoreError where one cannot."""
        try:
            await self._forkserver.start()
            starting = [_Worker.start(self._forkserver) for _ in range(self.limits.workers)]
            failed = None
            for started in await asyncio.gather(*starting, return_exceptions=True):
                if isinstance(started, _Worker):
                    self._add(started)
                else:
                    failed = started
            if failed is not None:
                raise failed
        except (StoreError, OSError, asyncio.CancelledError):
            await self.stop()
            raise

    async def run(self, job: QueryJob, disconnected: Disconnected | None = None) -> QueryResult:
        """Evaluate a query; it is ended if ``disconnected`` says that the client has left.

        Raises RequestError for what is wrong with the query, and for a limit that it met.
        """
        if (cached := self._cache.get(job)) is not None:
            return cached
        if self._pending >= self.limits.requests:
            raise OverloadedError(f"{self.limits.requests} queries are being answered; try again")
        self._pending += 1
        try:
            result = await self._run(await self._idle_worker(disconnected), job, disconnected)
        finally:
            self._pending -= 1
        self._cache.put(job, result)
        return result

    @property
    def pending(self) -> int:
        """How many queries are being evaluated or wait."""
        return self._pending

    async def _idle_worker(self, disconnected: Disconnected | None) -> _Worker:
        """Return a worker that has nothing to do, as soon as there is one."""
        try:
            async with asyncio.timeout(self.limits.seconds):
                while True:
                    try:
                        worker = await asyncio.wait_for(self._idle.get(), _CHECK)
                    except TimeoutError:
                        if disconnected is not None and await disconnected():
                            raise LimitError("the asker has left") from None
                        continue
                    if worker.alive:
                        return worker
                    self._replace(worker)
        except TimeoutError as error:
            raise OverloadedError("no worker became free in time; try again") from error

    async def _run(self, worker: _Worker, job: QueryJob, disconnected: Disconnected | None) -> QueryResult:
        asking = asyncio.ensure_future(worker.ask(job))
        quick = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                quick = bool((await asyncio.wait([asking], timeout=_CHECK))[0])
                if not quick:
                    worker.lower_priority()
                while not (await asyncio.wait([asking], timeout=_CHECK))[0]:
                    if disconnected is not None and await disconnected():
                        raise LimitError("the asker has left")
            return asking.result()
        except TimeoutError as error:
            raise TimeLimitError(
                f"the query was ended after {self.limits.seconds:g} s; ask for less, or name more of it"
            ) from error
        except (pickle.UnpicklingError, TypeError):  # the messages are out of step
            quick = False
            raise
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            quick = False
            raise MemoryLimitError(
                f"the query needs more than {self.limits.memory >> 20} MB, or is nested too deep"
            ) from error
        finally:
            asking.cancel()
            if quick:
                self._idle.put_nowait(worker)
            else:  # still evaluating, dead, or of low priority, which cannot be raised again
                self._replace(worker)

    def replace_dead(self) -> None:
        """Replace workers that have died while idle; to be called from time to time."""
        idle = []
        while not self._idle.empty():
            idle.append(self._idle.get_nowait())
        for worker in reversed(idle):
            if worker.alive:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)

    def _add(self, worker: _Worker) -> None:
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker) -> None:
        task = asyncio.create_task(self._start_another(worker))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_another(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.end()
        while not self._stopped:
            with suppress(StoreError, OSError):  # no process can be made now
                self._add(await _Worker.start(self._forkserver))
                return
            await asyncio.sleep(_RETRY)

    async def stop(self) -> None:
        """End the processes; what they are evaluating is lost."""
        self._stopped = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await self._forkserver.stop()
        for worker in self._all:
            worker.writer.close()
        self._all.clear()

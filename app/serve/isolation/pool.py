"""Worker processes for one version of a store, each ended and replaced when a query does not end in time.

Why not a pool from a library: those that can end a process in the middle of an evaluation look at the clock a
few times a second, hand each task through three threads, and give up for good when a process dies at rest.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from app.serve.http.errors import BusyError, LimitError, MemoryLimitError, RequestError, TimeLimitError
from app.serve.http.limits import Limits
from app.serve.isolation.forkserver import Nursery
from app.serve.isolation.result_cache import Kept
from app.serve.isolation.worker import LENGTH, Answer, Job
from ingest.errors import StoreError
from ingest.store import Version

_WATCH = 0.25  # seconds between looks at a query that takes long
_NICE = 15  # what it then steps back by, so that short queries stay short
_AGAIN = 1.0  # seconds until a worker that cannot be started is tried again


@dataclass(frozen=True, eq=False)
class _Worker:
    """A process with its end of the line to it."""

    nursery: Nursery
    process: int
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def start(cls, nursery: Nursery) -> _Worker:
        """A process that has opened the store. Raises StoreError where it cannot."""
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                process = await nursery.make(theirs)
        except (StoreError, OSError, asyncio.CancelledError):
            ours.close()
            raise
        worker = cls(nursery, process, *await asyncio.open_connection(sock=ours))
        try:
            await worker.receive()
        except asyncio.CancelledError:
            worker.writer.close()
            raise
        except (RequestError, asyncio.IncompleteReadError) as error:
            await worker.end()
            reason = "its process ended" if isinstance(error, asyncio.IncompleteReadError) else error
            raise StoreError(f"{nursery.version.folder}: no worker can be started: {reason}") from error
        return worker

    @property
    def alive(self) -> bool:
        """Whether the process has not ended."""
        return not self.reader.at_eof()

    async def ask(self, job: Job) -> Answer:
        """What the process answers. Raises the RequestError that it met; IncompleteReadError if it dies."""
        message = pickle.dumps(job)
        self.writer.write(LENGTH.pack(len(message)) + message)
        await self.writer.drain()
        return await self.receive()

    async def receive(self) -> Answer:
        """The next answer."""
        (length,) = LENGTH.unpack(await self.reader.readexactly(LENGTH.size))
        answer = pickle.loads(await self.reader.readexactly(length))
        if isinstance(answer, RequestError):
            raise answer
        if not isinstance(answer, Answer):
            raise TypeError(f"a worker gave {type(answer).__name__}")
        return answer

    def step_back(self) -> None:
        """Let others go first from now on."""
        with suppress(ProcessLookupError):
            os.setpriority(os.PRIO_PROCESS, self.process, _NICE)

    async def end(self) -> None:
        """End the process, whatever it is at."""
        await self.nursery.unmake(self.process)
        self.writer.close()


@dataclass(eq=False)
class Workers:
    """Evaluates queries over one version, ``limits.workers`` at the same time."""

    version: Version
    limits: Limits
    _asked: int = 0
    _kept: Kept = field(init=False)
    _nursery: Nursery = field(init=False)
    _all: set[_Worker] = field(default_factory=set)
    _idle: asyncio.LifoQueue[_Worker] = field(default_factory=asyncio.LifoQueue)
    _starting: set[asyncio.Task[None]] = field(default_factory=set)
    _stopped: bool = False

    def __post_init__(self) -> None:
        self._kept = Kept(self.limits.kept)
        self._nursery = Nursery(self.version, self.limits)

    async def start(self) -> None:
        """Start the processes; comes back when all have opened the store. StoreError where one cannot."""
        try:
            await self._nursery.open()
            starting = [_Worker.start(self._nursery) for _ in range(self.limits.workers)]
            failed = None
            for started in await asyncio.gather(*starting, return_exceptions=True):
                if isinstance(started, _Worker):
                    self._take_on(started)
                else:
                    failed = started
            if failed is not None:
                raise failed
        except (StoreError, OSError, asyncio.CancelledError):
            await self.stop()
            raise

    async def run(self, job: Job, gone: Callable[[], Awaitable[bool]] | None = None) -> Answer:
        """The answer to a query; ``gone`` says whether the asker has left, which ends the evaluation.

        Raises RequestError: what is wrong with the query, or the limit that it met.
        """
        if (kept := self._kept.get(job)) is not None:
            return kept
        if self._asked >= self.limits.requests:
            raise BusyError(f"{self.limits.requests} queries are being answered; try again")
        self._asked += 1
        try:
            answer = await self._run(await self._free(gone), job, gone)
        finally:
            self._asked -= 1
        self._kept.put(job, answer)
        return answer

    @property
    def asked(self) -> int:
        """How many queries are being answered or wait."""
        return self._asked

    async def _free(self, gone: Callable[[], Awaitable[bool]] | None) -> _Worker:
        """A worker that has nothing to do, as soon as there is one."""
        try:
            async with asyncio.timeout(self.limits.seconds):
                while True:
                    try:
                        worker = await asyncio.wait_for(self._idle.get(), _WATCH)
                    except TimeoutError:
                        if gone is not None and await gone():
                            raise LimitError("the asker has left") from None
                        continue
                    if worker.alive:
                        return worker
                    self._replace(worker)
        except TimeoutError as error:
            raise BusyError("no worker became free in time; try again") from error

    async def _run(self, worker: _Worker, job: Job, gone: Callable[[], Awaitable[bool]] | None) -> Answer:
        asking = asyncio.ensure_future(worker.ask(job))
        fresh = False
        try:
            async with asyncio.timeout(self.limits.seconds):
                fresh = bool((await asyncio.wait([asking], timeout=_WATCH))[0])
                if not fresh:
                    worker.step_back()
                while not (await asyncio.wait([asking], timeout=_WATCH))[0]:
                    if gone is not None and await gone():
                        raise LimitError("the asker has left")
            return asking.result()
        except TimeoutError as error:
            raise TimeLimitError(
                f"the query was ended after {self.limits.seconds:g} s; ask for less, or name more of it"
            ) from error
        except (pickle.UnpicklingError, TypeError):  # the line is out of step
            fresh = False
            raise
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            fresh = False
            raise MemoryLimitError(
                f"the query needs more than {self.limits.memory >> 20} MB, or is nested too deep"
            ) from error
        finally:
            asking.cancel()
            if fresh:
                self._idle.put_nowait(worker)
            else:  # at it still, dead, or of low priority, which cannot be raised again
                self._replace(worker)

    def tend(self) -> None:
        """Replace those that have died at rest; to be called from time to time."""
        resting = []
        while not self._idle.empty():
            resting.append(self._idle.get_nowait())
        for worker in reversed(resting):
            if worker.alive:
                self._idle.put_nowait(worker)
            else:
                self._replace(worker)

    def _take_on(self, worker: _Worker) -> None:
        self._all.add(worker)
        self._idle.put_nowait(worker)

    def _replace(self, worker: _Worker) -> None:
        task = asyncio.create_task(self._start_instead(worker))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start_instead(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.end()
        while not self._stopped:
            with suppress(StoreError, OSError):  # no process can be made now
                self._take_on(await _Worker.start(self._nursery))
                return
            await asyncio.sleep(_AGAIN)

    async def stop(self) -> None:
        """End the processes; what they are at is lost."""
        self._stopped = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await self._nursery.end()
        for worker in self._all:
            worker.writer.close()
        self._all.clear()

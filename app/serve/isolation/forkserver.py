"""A process for each version, which forks the workers so that they share what was read into memory.

Oxigraph answers from memory in about half the time that it needs from disk. A version that is small enough is
therefore read into the memory of this process, once; a fork has it at once and without memory of its own.
Only a process without threads can be forked safely: a database on disk brings threads, so only forks open it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from typing import TypeVar

from app.serve.http.limits import Limits
from app.serve.isolation.lifetime import end_with_parent
from app.serve.isolation.memory import (
    bound_memory,
    data_size,
    disable_backtraces,
    mute_standard_error,
    preload_jemalloc,
    retain_freed_memory,
)
from app.serve.isolation.resident import read_into_memory
from app.serve.isolation.sandbox import can_sandbox, enter_sandbox
from app.serve.isolation.worker import run_worker
from ingest.errors import StoreError
from ingest.store import Version

Result = TypeVar("Result")
_BYTES_A_QUAD = 2000  # in memory, rather more than is seen
_GRACE = 5.0  # seconds in which the process may end by itself


class ForkServer:
    """The server's side: starts and ends workers. Blocking calls run one after the other in a thread."""

    def __init__(self, version: Version, limits: Limits) -> None:
        self.version = version
        self.limits = limits
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="forkserver")
        self._process: ForkServerProcess | None = None
        self._line: Connection | None = None
        self._stopped = False

    async def start(self) -> None:
        """Have the version read. Raises StoreError where it cannot be opened."""
        self._check()
        await self._in_order(self._connect)

    async def start_worker(self, theirs: socket.socket) -> int:
        """Have a worker forked that answers on a socket; return the number of its process.

        Raises StoreError where the version cannot be opened, or no process can be started now.
        """
        self._check()
        ours = theirs.dup()  # the caller may be cancelled and close its own
        return await self._in_order(partial(self._start_worker, ours))

    async def end_worker(self, worker: int) -> None:
        """Have a worker ended, whatever it is doing."""
        if self._stopped:
            return  # with all others
        await self._in_order(partial(self._end_worker, worker))

    async def stop(self) -> None:
        """End the process and all its workers."""
        if self._stopped:
            return
        self._stopped = True
        if self._process is not None and self._line is None:  # it is still reading
            self._process.kill()
        await self._in_order(self._close)
        self._thread.shutdown(wait=False)

    async def _in_order(self, do: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, do)

    def _check(self) -> None:
        if self._stopped:
            raise self._error("the server ends")

    def _start_worker(self, theirs: socket.socket) -> int:
        reply: object
        with theirs:
            line = self._connect()
            try:
                line.send(None)
                send_handle(line, theirs.fileno(), None)
                reply = line.recv()
            except (EOFError, OSError) as error:
                self._close()
                reply = error
        if not isinstance(reply, int):
            raise self._error(reply)
        return reply

    def _end_worker(self, worker: int) -> None:
        if self._line is not None:
            try:
                self._line.send(worker)
                self._line.recv()
            except (EOFError, OSError):  # its workers have ended with it
                self._close()

    def _connect(self) -> Connection:
        """Return the line to the process, which is started if there is none."""
        if self._line is not None:
            return self._line
        reply: object = None
        for resident in (self.limits.resident, 0):  # what does not fit after all is answered from disk
            self._check()
            try:
                line = self._start_process(resident)
                reply = line.recv()
            except EOFError:
                reply = "it needs more memory than a worker may have"
                self._close()
            except OSError as error:
                reply = error
                break
            else:
                if reply is None:
                    self._line = line
                    return line
                break
        self._close()
        raise self._error(reply)

    def _start_process(self, resident: int) -> Connection:
        context = multiprocessing.get_context("forkserver")  # forks of a process without threads
        context.set_forkserver_preload([__name__])
        ours, theirs = context.Pipe()
        with theirs, preload_jemalloc():  # the first process brings Python's fork server, the parent of all
            arguments = (theirs, str(self.version.folder), resident, self.limits.memory, can_sandbox())
            process = context.Process(target=run_forkserver, args=arguments, daemon=True)
            process.start()
        self._process = process
        return ours

    def _close(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            if self._line is not None:
                self._process.join(_GRACE)
            self._process.kill()
            self._process.join()
        self._line = self._process = None

    def _error(self, reason: object) -> StoreError:
        return StoreError(f"{self.version.folder}: no worker can be started: {reason}")


def run_forkserver(line: Connection, folder: str, resident: int, memory: int, sandboxed: bool) -> None:
    """Start and end workers as the server asks, until it closes the line.

    Sends None once the version is read, or a text that says why it cannot be. Then it receives None and a
    socket for a worker to be started, and sends the number of its process; or it receives the number of one
    to be ended, and sends it back. Where the version does not fit into memory, the process ends silently.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this process
    end_with_parent()
    disable_backtraces()
    retain_freed_memory()
    version = Version(Path(folder))
    try:
        if sandboxed:
            enter_sandbox()
        bound_memory(memory, for_good=False)
        quads = version.manifest().get("quads")
    except (StoreError, OSError) as error:
        line.send(str(error))
        return
    store = None
    if isinstance(quads, int) and quads <= min(resident, memory // _BYTES_A_QUAD):
        with mute_standard_error():
            store = read_into_memory(version)
    bound_memory(memory + (data_size() if store else 0))  # what is there already counts for no worker
    with suppress(ConnectionError):  # the server is gone, or has ended what it asked for
        line.send(None)
        if (theirs := _fork_workers(line)) is not None:
            run_worker(theirs, version, store)


def _fork_workers(line: Connection) -> socket.socket | None:
    """Start and end workers. Returns None at the end, and in each worker the socket on which it answers."""
    workers: set[int] = set()
    dying: set[int] = set()
    try:
        while True:
            wanted = line.recv()
            dying = {worker for worker in dying if not os.waitpid(worker, os.WNOHANG)[0]}
            if wanted is None:
                theirs = socket.socket(fileno=recv_handle(line))
                try:
                    worker = os.fork()
                except OSError as error:
                    theirs.close()
                    line.send(str(error))
                    continue
                if not worker:
                    end_with_parent()
                    line.close()
                    return theirs
                theirs.close()
                workers.add(worker)
                line.send(worker)
            else:
                if wanted in workers:  # and not of a process before this one
                    os.kill(wanted, signal.SIGKILL)  # no other process has its number until it is waited for
                    workers.remove(wanted)
                    dying.add(wanted)
                line.send(wanted)
    except (EOFError, ConnectionError):
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        for worker in workers | dying:
            os.waitpid(worker, 0)
        return None

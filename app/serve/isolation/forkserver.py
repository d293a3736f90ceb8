"""One process for each version that its workers are copies of, so that they share what was read.

Oxigraph answers from memory in about half the time that it needs from disk. A version that is small enough is
therefore read into the memory of this process, once; a copy of the process has it at once and without memory
of its own. Only a process without threads can be copied: a database on disk brings threads, so it is opened
in copies only.
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

from pyoxigraph import RdfFormat, Store

from app.serve.http.limits import Limits
from app.serve.isolation import worker as evaluation
from app.serve.isolation.memory import (
    bound_memory,
    data_size,
    disable_backtraces,
    mute_standard_error,
    preload_jemalloc,
    retain_freed_memory,
)
from app.serve.isolation.sandbox import can_seal, end_with_parent, seal
from ingest.errors import StoreError
from ingest.store import Version

Result = TypeVar("Result")
_QUAD = 2000  # bytes that a quad may need in memory, rather more than is seen
_END = 5.0  # seconds in which the process may end by itself
_DOES_NOT_FIT = (
    MemoryError,  # Python has no more; or a line is longer than the parser's buffer may be
    RuntimeError,  # no memory for the stack of a thread
    OSError,  # a pipe that the other process has left
    SyntaxError,  # data cut short within a line
    ValueError,
)
"""What reading into memory raises where there is too little of it, besides what ends the process at once."""


class Nursery:
    """The server's side: has workers made and ended. What waits does so in a thread of its own, in turn."""

    def __init__(self, version: Version, limits: Limits) -> None:
        self.version = version
        self.limits = limits
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="nursery")
        self._process: ForkServerProcess | None = None
        self._line: Connection | None = None
        self._ended = False

    async def open(self) -> None:
        """Have the version read. Raises StoreError where it cannot be opened."""
        self._check()
        await self._in_order(self._opened)

    async def make(self, theirs: socket.socket) -> int:
        """Have a worker made that answers on a socket; gives the number of its process.

        Raises StoreError where the version cannot be opened, or no process can be made now.
        """
        self._check()
        ours = theirs.dup()  # the asker may be cancelled, and close what is his
        return await self._in_order(partial(self._made, ours))

    async def unmake(self, worker: int) -> None:
        """Have a worker ended, whatever it is at."""
        if self._ended:
            return  # with all others
        await self._in_order(partial(self._unmade, worker))

    async def end(self) -> None:
        """End the process and all its workers."""
        if self._ended:
            return
        self._ended = True
        if self._process is not None and self._line is None:  # it still reads
            self._process.kill()
        await self._in_order(self._close)
        self._thread.shutdown(wait=False)

    async def _in_order(self, do: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, do)

    def _check(self) -> None:
        if self._ended:
            raise self._error("the server ends")

    def _made(self, theirs: socket.socket) -> int:
        with theirs:
            line = self._opened()
            try:
                line.send(None)
                send_handle(line, theirs.fileno(), None)
                made = line.recv()
            except (EOFError, OSError) as error:
                self._close()
                made = error
        if not isinstance(made, int):
            raise self._error(made)
        return made

    def _unmade(self, worker: int) -> None:
        if self._line is not None:
            try:
                self._line.send(worker)
                self._line.recv()
            except (EOFError, OSError):  # its workers have ended with it
                self._close()

    def _opened(self) -> Connection:
        if self._line is not None:
            return self._line
        said: object = None
        for resident in (self.limits.resident, 0):  # what does not fit after all is answered from disk
            self._check()
            try:
                line = self._start(resident)
                said = line.recv()
            except EOFError:
                said = "it needs more memory than a worker may have"
                self._close()
            except OSError as error:
                said = error
                break
            else:
                if said is None:
                    self._line = line
                    return line
                break
        self._close()
        raise self._error(said)

    def _start(self, resident: int) -> Connection:
        context = multiprocessing.get_context("forkserver")  # copies of a process without threads
        context.set_forkserver_preload([__name__])
        ours, theirs = context.Pipe()
        with theirs, preload_jemalloc():  # the first process brings the one that all others are copies of
            arguments = (theirs, str(self.version.folder), resident, self.limits.memory, can_seal())
            process = context.Process(target=keep, args=arguments, daemon=True)
            process.start()
        self._process = process
        return ours

    def _close(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            if self._line is not None:
                self._process.join(_END)
            self._process.kill()
            self._process.join()
        self._line = self._process = None

    def _error(self, said: object) -> StoreError:
        return StoreError(f"{self.version.folder}: no worker can be started: {said}")


def keep(line: Connection, folder: str, resident: int, memory: int, sealed: bool) -> None:
    """Make and end workers as the server says, until it closes the line.

    Says None once the version is read, or why it is not. Then None and a socket come for each worker that is
    to be made, and its number goes; or the number of one that is to be ended comes and goes. Where the
    version does not fit into memory after all, the process ends without a word.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this
    end_with_parent()
    disable_backtraces()
    retain_freed_memory()
    version = Version(Path(folder))
    try:
        if sealed:
            seal()
        bound_memory(memory, for_good=False)
        quads = version.manifest().get("quads")
    except (StoreError, OSError) as error:
        line.send(str(error))
        return
    store = None
    if isinstance(quads, int) and quads <= min(resident, memory // _QUAD):
        with mute_standard_error():
            store = _copy(version)
    bound_memory(memory + (data_size() if store else 0))  # what is there already is no worker's
    with suppress(ConnectionError):  # the server is gone, or has ended what it asked
        line.send(None)
        if (theirs := _tend(line)) is not None:
            evaluation.work(theirs, version, store)


def _tend(line: Connection) -> socket.socket | None:
    """Make and end workers; comes back at the end, and in each copy, which gets its socket."""
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
                if wanted in workers:  # and not one of a process before this
                    os.kill(wanted, signal.SIGKILL)  # nobody else has its number until it is waited for
                    workers.remove(wanted)
                    dying.add(wanted)
                line.send(wanted)
    except (EOFError, ConnectionError):
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        for worker in workers | dying:
            os.waitpid(worker, 0)
        return None


def _copy(version: Version) -> Store:
    """Read a version into memory, out of another process. Ends this process where it does not fit.

    What a failed attempt leaves behind is never given back as a whole, so there is no going on from it.
    """
    reading, writing = os.pipe()
    reader = os.fork()
    if not reader:
        os.close(reading)
        end_with_parent()
        try:
            with os.fdopen(writing, "wb") as out:
                version.open().dump(out, format=RdfFormat.N_QUADS)
        except (StoreError, *_DOES_NOT_FIT) as error:
            raise SystemExit(1) from error
        raise SystemExit
    os.close(writing)
    store = Store()
    try:
        # In a thread of its own, as a thread that has made blank nodes would have all copies make the same.
        with ThreadPoolExecutor(1) as loader, os.fdopen(reading, "rb") as quads:
            loader.submit(store.load, quads, RdfFormat.N_QUADS).result()
    except _DOES_NOT_FIT as error:
        os.kill(reader, signal.SIGKILL)  # nobody takes what it still writes
        os.waitpid(reader, 0)
        raise SystemExit(1) from error
    if os.waitpid(reader, 0)[1]:  # the end of the data was cut off at the end of a line
        raise SystemExit(1)
    return store

"""One process for each version that its workers are copies of, so that they share what was read.

Oxigraph answers from memory in about half the time that it needs from disk. A version that is small enough is
therefore read into the memory of this process, once; a copy of the process has it at once and without memory
of its own. Only a process without threads can be copied: a database on disk brings threads, so it is opened
in copies only.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import recv_handle, send_handle
from pathlib import Path
from threading import Lock

from pyoxigraph import RdfFormat, Store

from app.serve import evaluation
from app.serve.allocator import preferred
from app.serve.limits import Limits
from app.serve.seal import bound_memory, can_seal, data_size, end_with_parent, keep_memory, seal
from ingest.errors import StoreError
from ingest.load import Version

_QUAD = 2000  # bytes that a quad may need in memory, rather more than is seen
_END = 5.0  # seconds in which the process may end by itself


@dataclass(eq=False)
class Nursery:
    """The server's side: has workers made and ended. Its methods wait; any thread may call them."""

    version: Version
    limits: Limits
    _lock: Lock = field(default_factory=Lock)
    _process: ForkServerProcess | None = None
    _line: Connection | None = None

    def open(self) -> None:
        """Have the version read. Raises StoreError where it cannot be opened."""
        with self._lock:
            self._opened()

    def make(self, theirs: socket.socket) -> int:
        """Have a worker made that answers on a socket; gives the number of its process.

        Raises StoreError where the version cannot be opened; EOFError or OSError where none can be made.
        """
        with self._lock:
            line = self._opened()
            try:
                line.send(None)
                send_handle(line, theirs.fileno(), None)
                made = line.recv()
            except (EOFError, OSError):
                self._close()
                raise
        if not isinstance(made, int):
            raise TypeError(f"a nursery gave {type(made).__name__}")
        return made

    def unmake(self, worker: int) -> None:
        """Have a worker ended, whatever it is at."""
        with self._lock:
            if self._line is not None:
                try:
                    self._line.send(worker)
                    self._line.recv()
                except (EOFError, OSError):  # its workers have ended with it
                    self._close()

    def end(self) -> None:
        """End the process and all its workers."""
        with self._lock:
            self._close()

    def _opened(self) -> Connection:
        if self._line is not None:
            return self._line
        said: object = None
        for resident in (self.limits.resident, 0):  # what does not fit after all is answered from disk
            self._line = self._start(resident)
            try:
                said = self._line.recv()
            except EOFError:
                said = "it needs more memory than a worker may have"
                self._close()
                continue
            if said is None:
                return self._line
            break
        self._close()
        raise StoreError(f"{self.version.folder}: no worker can be started: {said}")

    def _start(self, resident: int) -> Connection:
        context = multiprocessing.get_context("forkserver")  # copies of a process without threads
        context.set_forkserver_preload([__name__])
        ours, theirs = context.Pipe()
        with theirs, preferred():  # the first process brings the one that all others are copies of
            arguments = (theirs, str(self.version.folder), resident, self.limits.memory, can_seal())
            self._process = context.Process(target=keep, args=arguments, daemon=True)
            self._process.start()
        return ours

    def _close(self) -> None:
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.join(_END)
            self._process.kill()
            self._process.join()
        self._line = self._process = None


def keep(line: Connection, folder: str, resident: int, memory: int, sealed: bool) -> None:
    """Make and end workers as the server says, until it closes the line.

    Says None once the version is read, or why it is not. Then None and a socket come for each worker that is
    to be made, and its number goes; or the number of one that is to be ended comes and goes.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this
    end_with_parent()
    keep_memory()
    if sealed:
        seal()
    bound_memory(memory, for_good=False)
    version = Version(Path(folder))
    try:
        quads = version.manifest().get("quads")
        fits = isinstance(quads, int) and quads <= min(resident, memory // _QUAD)
        store = _copy(version) if fits else None
    except StoreError as error:
        line.send(str(error))
        return
    bound_memory(memory + (data_size() if store else 0))  # what is there already is no worker's
    line.send(None)
    if (theirs := _tend(line)) is not None:
        evaluation.work(theirs, version, store)


def _tend(line: Connection) -> socket.socket | None:
    """Make and end workers; comes back at the end, and in each copy, which gets its socket."""
    workers: set[int] = set()
    try:
        while True:
            wanted = line.recv()
            if wanted is None:
                theirs = socket.socket(fileno=recv_handle(line))
                worker = os.fork()
                if not worker:
                    end_with_parent()
                    line.close()
                    return theirs
                theirs.close()
                workers.add(worker)
                line.send(worker)
            else:
                if wanted in workers:  # and not one of a process before this
                    _end(wanted)
                    workers.remove(wanted)
                line.send(wanted)
    except (EOFError, ConnectionError):
        for worker in workers:
            _end(worker)
        return None


def _copy(version: Version) -> Store | None:
    """A version in memory, read out by another process; None where there is too little of it."""
    reading, writing = os.pipe()
    reader = os.fork()
    if not reader:
        os.close(reading)
        end_with_parent()
        with os.fdopen(writing, "wb") as out:
            version.open().dump(out, format=RdfFormat.N_QUADS)
        raise SystemExit
    os.close(writing)
    store = Store()
    with os.fdopen(reading, "rb") as quads:
        try:
            store.load(quads, format=RdfFormat.N_QUADS)
        except (SyntaxError, ValueError, OSError):  # cut short
            quads.close()
            os.waitpid(reader, 0)
            return None
    return None if os.waitpid(reader, 0)[1] else store


def _end(worker: int) -> None:
    """End a process; its number is not given to another before."""
    os.kill(worker, signal.SIGKILL)
    os.waitpid(worker, 0)

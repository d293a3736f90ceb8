"""Reads a version into the memory of this process, which ends where the version does not fit."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

from pyoxigraph import RdfFormat, Store

from app.serve.isolation.lifetime import end_with_parent
from ingest.errors import StoreError
from ingest.store import Version

_DOES_NOT_FIT = (
    MemoryError,  # none is left; or a line is longer than the parser's buffer may become
    RuntimeError,  # no memory for the stack of a thread
    OSError,  # the process at the other end of the pipe has ended
    SyntaxError,  # data cut short within a line
    ValueError,
)
"""The errors that reading raises when memory runs out, unless the process is killed first"""


def read_into_memory(version: Version) -> Store:
    """Return a version in memory, as another process reads it from disk.

    Raises SystemExit where it does not fit: what a failed attempt leaves behind is never freed as a whole, so
    there is no going on in this process.
    """
    reading, writing = os.pipe()
    reader = os.fork()
    if not reader:
        os.close(reading)
        _dump(version, writing)
    os.close(writing)
    store = Store()
    try:
        # In its own thread: a thread that has made blank nodes would have all forks make the same ones.
        with ThreadPoolExecutor(1) as loader, os.fdopen(reading, "rb") as quads:
            loader.submit(store.load, quads, RdfFormat.N_QUADS).result()
    except _DOES_NOT_FIT as error:
        os.kill(reader, signal.SIGKILL)
        os.waitpid(reader, 0)
        raise SystemExit(1) from error
    if os.waitpid(reader, 0)[1]:  # data cut short between two lines
        raise SystemExit(1)
    return store


def _dump(version: Version, writing: int) -> NoReturn:
    """Write a version to a pipe as N-Quads, and end this process: its status says whether all was written."""
    end_with_parent()
    try:
        with os.fdopen(writing, "wb") as out:
            version.open().dump(out, format=RdfFormat.N_QUADS)
    except (StoreError, *_DOES_NOT_FIT):
        os._exit(1)
    os._exit(0)

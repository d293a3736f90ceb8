"""Memory of the processes that evaluate queries: the bound, the allocator, the end of it.

Running out of memory shows itself in many ways: Python raises MemoryError, or RuntimeError where a thread
gets no stack; Rust's allocator, a panic of Rust code (which is compiled to abort) and RocksDB end the
process, each with its own message on standard error. glibc and jemalloc come to these at different sizes.
"""

from __future__ import annotations

import ctypes
import os
import re
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from functools import cache
from pathlib import Path
from threading import Lock

_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # of glibc's malloc.h
_STANDARD_ERROR = 2
_PRELOAD = "LD_PRELOAD"
_ENVIRONMENT = Lock()  # all threads share one


def bound_memory(size: int, *, for_good: bool = True) -> None:
    """Let this process have at most ``size`` bytes of data; unless ``for_good``, it may set another bound."""
    hard = size if for_good else resource.getrlimit(resource.RLIMIT_DATA)[1]
    resource.setrlimit(resource.RLIMIT_DATA, (size, hard))


def data_size() -> int:
    """Return how many bytes of data this process has, as the bound counts them; 0 where that is unknown."""
    status = Path("/proc/self/status")
    found = re.search(r"^VmData:\s*(\d+) kB$", status.read_text(), re.MULTILINE) if status.exists() else None
    return int(found[1]) << 10 if found else 0


def retain_freed_memory() -> None:
    """Keep freed memory in this process for its next query: asking the system for it again takes time."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):  # glibc
        for option, value in ((_M_ARENA_MAX, 1), (_M_MMAP_THRESHOLD, 1 << 30), (_M_TRIM_THRESHOLD, 1 << 28)):
            library.mallopt(option, value)


@contextmanager
def preload_jemalloc() -> Iterator[None]:
    """Give processes started meanwhile jemalloc, if the machine has it and the user has named no library.

    A query allocates much and soon frees it: with jemalloc, which Oxigraph's own server contains, it takes
    about a quarter less time than with glibc. An allocator must be named before a process starts.
    """
    with _ENVIRONMENT:
        library = _jemalloc() if sys.platform == "linux" and _PRELOAD not in os.environ else None
        if library is None:
            yield
            return
        os.environ[_PRELOAD] = library
        try:
            yield
        finally:
            del os.environ[_PRELOAD]


@cache
def _jemalloc() -> str | None:
    return find_library("jemalloc")


def disable_backtraces() -> None:
    """Let Rust code panic without a backtrace: to make one without memory blocks the process for ever."""
    os.environ["RUST_BACKTRACE"] = "0"


@contextmanager
def mute_standard_error() -> Iterator[None]:
    """Drop what native code writes to standard error meanwhile, its last words before an end included."""
    shown = os.dup(_STANDARD_ERROR)
    null = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(null, _STANDARD_ERROR)
        yield
    finally:
        os.dup2(shown, _STANDARD_ERROR)
        os.close(null)
        os.close(shown)

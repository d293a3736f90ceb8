"""Processes that share the work of a build, and their results in the order of the work."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from ontology.errors import GongbaoError

T = TypeVar("T")
R = TypeVar("R")
_AHEAD = 3  # pieces of work a worker that may wait, or be done before their turn: bounds the memory


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(count: int) -> Iterator[Executor]:
    """An executor with so many worker processes; they end with it.

    They are started from a process without threads, which has imported the pipeline once for all of them.
    """
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        context.set_forkserver_preload(["ingest.passes"])
    with ProcessPoolExecutor(count, mp_context=context) as executor:
        yield executor


def in_order(
    executor: Executor | None, count: int, work: Callable[[T], R], items: Iterable[T]
) -> Iterator[R]:
    """The results of some work, in the order of the items; only a window of them is under way at a time.

    Without an executor the work is done here. Raises GongbaoError where a worker has ended.
    """
    if executor is None:
        yield from map(work, items)
        return
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(executor.submit(work, item))
            if len(waiting) >= count * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenExecutor as error:
        raise GongbaoError(
            "a worker process has ended (out of memory, or killed); nothing was written: "
            "build again, with fewer --workers if memory is short"
        ) from error
    finally:
        for future in waiting:
            future.cancel()

"""Our worker pool beside pools from libraries: the same queries, the same limits of time and memory.

    python -m tests.benchmarks.pools [STORE] [--requests N]

Without a store it builds one of the samples. pebble and loky are left out where they are not installed;
nothing else needs them. docs/decisions.md holds a table that this printed.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import signal
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Protocol

from pyoxigraph import Store
from rich.console import Console
from rich.table import Table

from app.serve.http.limits import Limits
from app.serve.isolation.memory import bound_memory, disable_backtraces, preload_jemalloc, retain_freed_memory
from app.serve.isolation.pool import WorkerPool
from app.serve.isolation.sandbox import can_sandbox, enter_sandbox
from app.serve.isolation.worker import QueryJob, QueryResult, evaluate
from ingest.build import build_store
from ingest.store import Version, current
from queries.library import find
from queries.parameters import bind
from tests.benchmarks.build import SAMPLES
from tests.serve.http.test_limits import ORDINARY, RUNAWAYS
from tests.serve.test_running import below, children

LIMITS = Limits(seconds=2.0, workers=6, memory=400 << 20, cache_size=0)
CLIENTS = 8
_BASE = "http://127.0.0.1/sparql"
_LARGE = 27  # doublings of a text
_store: list[Store] = []  # of a worker of a library


class Pool(Protocol):
    """What is compared."""

    async def start(self) -> None: ...
    async def run(self, job: QueryJob) -> QueryResult: ...
    async def worker(self) -> int: ...
    async def stop(self) -> None: ...


class Ours:
    """The pool of the endpoint."""

    def __init__(self, version: Version, resident: int) -> None:
        limits = Limits(**{**vars(LIMITS), "resident": resident})
        self._pool = WorkerPool(version, limits)

    async def start(self) -> None:
        await self._pool.start()
        self._following = asyncio.create_task(self._follow())

    async def _follow(self) -> None:
        while True:  # as Versions does it
            await asyncio.sleep(0.5)
            self._pool.replace_dead()

    async def run(self, job: QueryJob) -> QueryResult:
        return await self._pool.run(job)

    async def worker(self) -> int:
        return below(os.getpid(), 3)[0]

    async def stop(self) -> None:
        self._following.cancel()
        await self._pool.stop()


class Pebble:
    """pebble.ProcessPool, which ends a worker whose task takes too long."""

    def __init__(self, version: Version) -> None:
        from pebble import CONSTS, ProcessPool  # noqa: PLC0415 - need not be installed

        CONSTS.term_timeout = 0.1  # not 3 s between SIGTERM, which an evaluation does not see, and SIGKILL
        context = multiprocessing.get_context("forkserver")
        self._pool = ProcessPool(LIMITS.workers, 0, _open, (version,), context)

    async def start(self) -> None:
        with preload_jemalloc():
            await asyncio.gather(*(self._do(os.getpid) for _ in range(LIMITS.workers)))

    async def _do(self, function: Callable[..., object], *values: object) -> object:
        future: Future[object] = self._pool.schedule(function, args=values, timeout=LIMITS.seconds)
        return await asyncio.wrap_future(future)

    async def run(self, job: QueryJob) -> QueryResult:
        result = await self._do(_evaluate, job)
        assert isinstance(result, QueryResult)
        return result

    async def worker(self) -> int:
        process = await self._do(os.getpid)
        assert isinstance(process, int)
        return process

    async def stop(self) -> None:
        self._pool.stop()
        await asyncio.to_thread(self._pool.join)


class Loky:
    """loky.ProcessPoolExecutor, which can be ended as a whole only: that is its limit of time."""

    def __init__(self, version: Version) -> None:
        self._version = version

    async def start(self) -> None:
        from loky import ProcessPoolExecutor  # noqa: PLC0415 - need not be installed

        with preload_jemalloc():
            self._pool = ProcessPoolExecutor(LIMITS.workers, initializer=_open, initargs=(self._version,))
            self._ready = asyncio.wrap_future(self._pool.submit(os.getpid))
        await asyncio.wait([self._ready])

    async def _do(self, function: Callable[..., object], *values: object) -> object:
        await asyncio.wait([self._ready])  # to start takes longer than a query may
        pool = self._pool
        (result,) = await asyncio.gather(self._submit(function, *values), return_exceptions=True)
        if isinstance(result, BaseException):
            if pool is self._pool:  # nobody has replaced it meanwhile
                await self.start()
                await asyncio.to_thread(pool.shutdown, kill_workers=True)
            raise result
        return result

    async def _submit(self, function: Callable[..., object], *values: object) -> object:
        future: Awaitable[object] = asyncio.wrap_future(self._pool.submit(function, *values))
        return await asyncio.wait_for(future, LIMITS.seconds)

    async def run(self, job: QueryJob) -> QueryResult:
        result = await self._do(_evaluate, job)
        assert isinstance(result, QueryResult)
        return result

    async def worker(self) -> int:
        process = await self._do(os.getpid)
        assert isinstance(process, int)
        return process

    async def stop(self) -> None:
        await asyncio.to_thread(self._pool.shutdown, kill_workers=True)


def _open(version: Version) -> None:
    """Make a process of a library the like of our workers."""
    disable_backtraces()
    retain_freed_memory()
    if can_sandbox():
        enter_sandbox()
    bound_memory(LIMITS.memory)
    _store.append(version.open())


def _evaluate(job: QueryJob) -> QueryResult:
    return evaluate(_store[0], job)


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, nargs="?")
    parser.add_argument("--requests", type=int, default=2000)
    arguments = parser.parse_args()
    with TemporaryDirectory() as scratch:
        store = arguments.store or Path(scratch) / "store"
        if arguments.store is None:
            build_store([SAMPLES], store)
        version = current(store)
        pools: dict[str, Callable[[], Pool]] = {
            "ours, from memory": lambda: Ours(version, Limits.resident),
            "ours, from disk": lambda: Ours(version, 0),
        }
        if find_spec("pebble"):
            pools["pebble"] = lambda: Pebble(version)
        if find_spec("loky"):
            pools["loky"] = lambda: Loky(version)
        table = Table("", *pools, title=f"{LIMITS.workers} workers, {LIMITS.seconds:g} s, {CLIENTS} clients")
        columns = [asyncio.run(_measure(make, arguments.requests)) for make in pools.values()]
        for row in columns[0]:
            table.add_row(row, *(column[row] for column in columns))
        Console(width=160).print(table)


async def _measure(make: Callable[[], Pool], requests: int) -> dict[str, str]:
    pool, found = make(), {}
    begun = perf_counter()
    await pool.start()
    found["s to start"] = f"{perf_counter() - begun:.1f}"
    question = find("agency/load")
    load = bind(question, {parameter.name: parameter.example for parameter in question.parameters})
    for name, query in (("ASK {}", "ASK {}"), ("agency/load", load)):
        await _ask(pool, query, CLIENTS * 4)
        rates, used = [], _processor_seconds()
        for _ in range(3):
            begun = perf_counter()
            _, failed = await _ask(pool, query, requests)
            assert not failed, failed[0]
            rates.append(requests / (perf_counter() - begun))
        used = _processor_seconds() - used
        found[f"{name}, requests a second, best of 3"] = f"{max(rates):.0f}"
        found[f"{name}, ms of processor time a request"] = f"{used * 1000 / (3 * requests):.2f}"
    found["MB of all processes, shared memory once"] = f"{sum(map(_share, children(os.getpid()))) >> 20}"

    alone, _ = await _ask(pool, ORDINARY, 200, clients=1)
    runaways = [asyncio.create_task(_timed(pool.run(_job(query)))) for query in RUNAWAYS.values()]
    await asyncio.sleep(0.3)
    beside, failed = await _ask(pool, ORDINARY, 10**6, clients=1, until=runaways)
    ended = await asyncio.gather(*runaways)
    found["four runaways ended after, s"] = " ".join(f"{seconds:.1f}" for seconds, _ in ended)
    found["ordinary query alone, median ms"] = f"{_median(alone) * 1000:.1f}"
    found["beside the runaways, median ms"] = f"{_median(beside) * 1000:.1f}"
    found["of these failed"] = f"{len(failed)} of {len(beside) + len(failed)}"

    doubled = " ".join(f"BIND (CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(_LARGE))
    large = f"SELECT (STRLEN(?a{_LARGE}) AS ?n) {{ BIND ('xxxxxxxx' AS ?a0) {doubled} }}"
    _, error = await _timed(pool.run(_job(large)))
    found["a query that needs 2 GB"] = type(error).__name__
    found["failed of 40 after it"] = str(len((await _ask(pool, ORDINARY, 40))[1]))

    os.kill(await pool.worker(), signal.SIGKILL)
    await asyncio.sleep(1)
    found["failed of 40 after an idle worker died"] = str(len((await _ask(pool, ORDINARY, 40))[1]))
    await pool.stop()
    return found


async def _ask(
    pool: Pool,
    query: str,
    requests: int,
    clients: int = CLIENTS,
    until: list[asyncio.Task[tuple[float, BaseException | None]]] | None = None,
) -> tuple[list[float], list[BaseException]]:
    """The seconds that answers took, and the errors of those that failed; ``until`` all tasks have ended."""
    times: list[float] = []
    failed: list[BaseException] = []
    left = iter(range(requests))

    async def client() -> None:
        for _ in left:
            if until is not None and all(task.done() for task in until):
                return
            seconds, error = await _timed(pool.run(_job(query)))
            if error is None:
                times.append(seconds)
            else:
                failed.append(error)
                await asyncio.sleep(0.01)

    await asyncio.gather(*(client() for _ in range(clients)))
    return times, failed


async def _timed(running: Awaitable[QueryResult]) -> tuple[float, BaseException | None]:
    begun = perf_counter()
    (result,) = await asyncio.gather(running, return_exceptions=True)
    return perf_counter() - begun, result if isinstance(result, BaseException) else None


def _job(query: str) -> QueryJob:
    return QueryJob(query, None, _BASE)


def _share(process: int) -> int:
    """The bytes of a process, of those that several share its share only."""
    with suppress(ProcessLookupError, FileNotFoundError):  # it has ended
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) << 10
    return 0


def _processor_seconds() -> float:
    """What this process and those below it have used, whatever else runs on the machine."""
    ticks = 0
    for process in (os.getpid(), *children(os.getpid())):
        with suppress(ProcessLookupError, FileNotFoundError):  # it has ended
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])  # utime, stime
    return ticks / os.sysconf("SC_CLK_TCK")


def _median(times: list[float]) -> float:
    return sorted(times)[len(times) // 2] if times else float("nan")


if __name__ == "__main__":
    from tests.benchmarks import pools  # noqa: PLW0406 - workers import it by this name, and have _store in it

    pools.main()

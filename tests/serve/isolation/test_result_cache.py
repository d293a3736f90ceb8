"""Which results are cached, and for how long."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.serve.http.errors import LimitError
from app.serve.http.limits import Limits
from app.serve.isolation.pool import WorkerPool
from app.serve.isolation.result_cache import ResultCache
from app.serve.isolation.worker import QueryJob, QueryResult
from ingest.store import current

BASE = "http://127.0.0.1/sparql"


def job(query: str, accept: str | None = None) -> QueryJob:
    return QueryJob(query, accept, BASE)


def answer(size: int = 1) -> QueryResult:
    return QueryResult(b"x" * size, "text/csv")


def test_the_same_job_has_the_same_answer() -> None:
    cache = ResultCache(10_000)
    assert cache.get(job("ASK {}")) is None
    cache.put(job("ASK {}"), answer())
    assert cache.get(job("ASK {}")) == answer()
    assert cache.get(job("ASK { }")) is None
    assert cache.get(job("ASK {}", "text/csv")) is None
    assert cache.get(QueryJob("ASK {}", None, BASE, ("x:a",))) is None
    assert cache.get(QueryJob("ASK {}", None, BASE, (), ("x:a",))) is None


def test_those_asked_for_longest_ago_make_room() -> None:
    cache = ResultCache(16_000)
    for number in range(8):
        cache.put(job(f"ASK {{}} #{number}"), answer(1400))
    assert cache.get(job("ASK {} #0")) is not None
    cache.put(job("ASK {} #8"), answer(1400))
    found = [cache.get(job(f"ASK {{}} #{number}")) is not None for number in range(9)]
    assert found == [True, False, True, True, True, True, True, True, True]
    cache.put(job("ASK {} #large"), answer(2100))
    assert cache.get(job("ASK {} #large")) is None


def test_all_that_a_job_holds_is_counted() -> None:
    cache = ResultCache(16_000)
    many = [
        QueryJob("ASK {}", None, BASE, ("x:" + "a" * 3000,)),
        QueryJob("ASK {}", None, BASE, (), ("x:" + "a" * 3000,)),
        job("ASK {}", "text/csv;a=" + "b" * 3000),
    ]
    for one in many:
        cache.put(one, answer())
    assert [cache.get(one) for one in many] == [None] * 3


@pytest.mark.parametrize("name", ["NOW()", "rand()", "UUID()", "StrUUID()", "BNODE()", "\\u004EOW()"])
def test_what_changes_is_not_kept(name: str) -> None:
    cache = ResultCache(10_000)
    query = f"SELECT ({name} AS ?a) {{}}"
    cache.put(job(query), answer())
    assert cache.get(job(query)) is None


@pytest.mark.server
def test_the_second_time_no_worker_is_needed(samples_store: Path) -> None:
    async def run() -> None:
        pool = WorkerPool(current(samples_store), Limits(workers=1, seconds=30))
        first, other = job("SELECT (COUNT(*) AS ?n) { ?a ?b ?c }"), job("SELECT (1 AS ?n) {}")
        await pool.start()
        try:
            result = await pool.run(first)
        finally:
            await pool.stop()
        assert await pool.run(first) is result
        pool.limits = Limits(workers=1, seconds=0.1)
        with pytest.raises(LimitError):  # this one needs a worker, and all have ended
            await pool.run(other)

    asyncio.run(run())

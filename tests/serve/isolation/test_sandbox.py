"""Nothing that a query says makes the endpoint send a request."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from pyoxigraph import Store

from app.serve.http.errors import RequestError
from app.serve.http.limits import Limits
from app.serve.http.query_guard import check_query
from app.serve.isolation.pool import WorkerPool
from app.serve.isolation.sandbox import can_sandbox
from app.serve.isolation.worker import QueryJob
from ingest.store import current

SERVICES = {
    "plain": "SELECT * { SERVICE <%s> { ?a ?b ?c } }",
    "small letters": "select * { service <%s> { ?a ?b ?c } }",
    "silent": "SELECT * { SERVICE SILENT <%s> { ?a ?b ?c } }",
    "an escaped letter": "SELECT * { S\\u0045RVICE <%s> { ?a ?b ?c } }",
    "a long escaped letter": "SELECT * { SERV\\U00000049CE <%s> { ?a ?b ?c } }",
    "all escaped": "SELECT * { \\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 <%s> { ?a ?b ?c } }",
    "behind a comment": "SELECT * { # '\nSERVICE <%s> { ?a ?b ?c } }",
    "an escaped line break ends the comment": "SELECT * { # \\u000ASERVICE <%s> { ?a ?b ?c } }",
    "behind a text with a sign of comments": "SELECT * { ?a ?b '#' . SERVICE <%s> { ?a ?b ?c } }",
    "behind an escaped quote": 'SELECT * { ?a ?b "\\"" . SERVICE <%s> { ?a ?b ?c } }',
    "behind a long text": "SELECT * { ?a ?b '''it''s ''' . SERVICE <%s> { ?a ?b ?c } }",
    "behind an operator that looks like an IRI": "SELECT * { FILTER(?a<?b) SERVICE <%s> {} FILTER(?c>?b) }",
    "by a variable": "SELECT * { VALUES ?s { <%s> } SERVICE ?s { ?a ?b ?c } }",
    "by a prefixed name": "PREFIX service: <%s> SELECT * { SERVICE service: { ?a ?b ?c } }",
    "without blanks": "SELECT*{SERVICE<%s>{?a ?b ?c}}",
    "behind a number": "SELECT * { ?a ?b 1SERVICE<%s>{} }",
    "behind a word": "SELECT * { ?a ?b trueSERVICE<%s>{} }",
    "before a word": "SELECT * { SERVICESILENT<%s>{} }",
    "within": "SELECT * { { SELECT * { OPTIONAL { SERVICE <%s> { ?a ?b ?c } } } } }",
    "in a condition": "SELECT * { FILTER NOT EXISTS { SERVICE <%s> { ?a ?b ?c } } }",
    "in what is constructed from": "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <%s> { ?a ?b ?c } }",
    "as a graph": "SELECT * FROM <%s> { ?a ?b ?c }",
    "as a named graph": "SELECT * FROM NAMED <%s> { GRAPH ?g { ?a ?b ?c } }",
    "described": "DESCRIBE <%s>",
}
HARMLESS = [
    "PREFIX service: <x:> SELECT ?service { ?service service:service 'SERVICE' # SERVICE\n }",
    "SELECT $SERVICE { <x:SERVICE> <x:p> \"SERVICE <x:y>\"@service, '''SERVICE''', _:SERVICE }",
    "PREFIX a: <x:> SELECT * { ?a a:b.SERVICE a:SERVICE-b, a:%41SERVICE }",
]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket on loopback that somebody could connect to."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.5)
        yield listening


@pytest.fixture(scope="module")
def shared_listener() -> Iterator[socket.socket]:
    """The same for many queries: seen is who has connected by the end of each, or soon after the last."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0)
        yield listening
        listening.settimeout(0.5)
        assert not called(listening)


def called(listening: socket.socket) -> bool:
    """Whether somebody has connected."""
    try:
        listening.accept()[0].close()
    except (TimeoutError, BlockingIOError):
        return False
    return True


def address(listening: socket.socket) -> str:
    return f"http://127.0.0.1:{listening.getsockname()[1]}/sparql"


@pytest.mark.parametrize("name", SERVICES)
def test_the_server_sends_nothing(name: str, samples_server: str, shared_listener: socket.socket) -> None:
    query = SERVICES[name] % address(shared_listener)
    answer = httpx.post(f"{samples_server}/sparql", data={"query": query}, timeout=60)
    service = not any(word in name for word in ("graph", "described"))
    assert answer.status_code == (403 if service else 200), answer.text
    assert not called(shared_listener)


@pytest.mark.server
@pytest.mark.skipif(not can_sandbox(), reason=f"no sandbox on {sys.platform}")
def test_a_worker_sends_nothing_even_if_the_query_is_not_looked_at(
    samples_store: Path, listener: socket.socket
) -> None:
    async def run() -> None:
        pool = WorkerPool(current(samples_store), Limits(workers=1))
        await pool.start()
        try:
            for query in SERVICES.values():
                try:
                    await pool.run(QueryJob(query % address(listener), None, "http://127.0.0.1/"))
                except RequestError as error:
                    assert "the query" in str(error)
        finally:
            await pool.stop()

    asyncio.run(run())
    assert not called(listener)


def test_without_the_sandbox_a_request_would_be_sent(samples_store: Path, listener: socket.socket) -> None:
    """What the tests above are worth: Oxigraph itself does call."""
    store: Store = current(samples_store).open()
    listener.setblocking(False)
    with pytest.raises(BlockingIOError):
        listener.accept()
    listener.settimeout(5)
    connections: list[bool] = []
    answered = threading.Thread(target=lambda: connections.append(called(listener)))
    answered.start()
    with pytest.raises((OSError, RuntimeError, ValueError)):
        list(store.query(SERVICES["plain"] % address(listener)))  # type: ignore[arg-type]
    answered.join(10)
    assert connections == [True]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_elsewhere_is_no_service(query: str) -> None:
    check_query(query, Limits())


@pytest.mark.parametrize("piece", ["a.", "a-", "\\'", '\\"', "'''", "<", "a:", "%41", "SERVICEX", "\\u0053"])
@pytest.mark.parametrize("text", ["{0} SERVICEX", "{1}SERVICEX {0}"])
def test_the_check_takes_time_by_length_alone(piece: str, text: str) -> None:
    def seconds(times: int) -> float:
        begun = time.process_time()
        with suppress(RequestError):
            check_query(text.format(piece * times, "{" * 90), Limits(query=1_000_000))
        return time.process_time() - begun

    few, many = (min(seconds(times) for _ in range(3)) for times in (5_000, 80_000))
    assert many < 16 * 6 * max(few, 0.002)  # 16 times the length; 256 times where each sign is seen from each

"""Askers who send nothing, or slowly, do not keep others out."""

from __future__ import annotations

import asyncio
import socket
import time
from pathlib import Path

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.serve.application import create_app
from app.serve.http import sparql_protocol
from app.serve.http.limits import Limits
from app.serve.http.timeouts import IdleTimeoutProtocol
from app.serve.isolation.versions import Versions

SECONDS = 0.3


class Short(IdleTimeoutProtocol):
    seconds = SECONDS


async def slow(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that takes longer than a silent client may."""
    await asyncio.sleep(4 * SECONDS)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


async def closed_after(sent: bytes, port: int) -> tuple[bytes, float]:
    """What comes back, and seconds until the server closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    begun = time.monotonic()
    writer.write(sent)
    async with asyncio.timeout(20):
        answer = await reader.read()
    writer.close()
    return answer, time.monotonic() - begun


def test_silence_ends_a_connection_and_a_slow_answer_does_not() -> None:
    async def run() -> list[tuple[bytes, float]]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
            config = uvicorn.Config(slow, http=Short, lifespan="off", ws="none", log_level="error")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            head = b"GET / HTTP/1.1\r\nHost: a\r\n"
            found = await asyncio.gather(
                *(closed_after(sent, port) for sent in (b"", head, head + b"\r\n", head + b"\r\n" + head))
            )
            server.should_exit = True
            await serving
            return list(found)

    nothing, half, whole, second = asyncio.run(run())
    assert (nothing[0], half[0]) == (b"", b"")
    assert SECONDS <= nothing[1] < 20 * SECONDS
    assert SECONDS <= half[1] < 20 * SECONDS
    assert whole[0].endswith(b"\r\n\r\nok")
    assert second[0].count(b"HTTP/1.1 200") == 1  # the second request never came whole


def test_an_answer_that_is_not_taken_ends_the_connection() -> None:
    async def large(scope: Scope, receive: Receive, send: Send) -> None:
        size = 64 << 20
        await send(
            {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % size)]}
        )
        await send({"type": "http.response.body", "body": bytes(size)})

    async def run() -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening, socket.socket() as line:
            config = uvicorn.Config(large, http=Short, lifespan="off", ws="none", log_level="error")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            line.setblocking(False)
            loop = asyncio.get_running_loop()
            await loop.sock_connect(line, listening.getsockname())
            await loop.sock_sendall(line, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            async with asyncio.timeout(20):
                for wanted in (1, 0):  # it comes, and it is ended
                    while len(server.server_state.connections) != wanted:
                        await asyncio.sleep(SECONDS / 10)
            server.should_exit = True
            await serving

    asyncio.run(run())


def test_a_body_that_does_not_come(samples_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql_protocol, "_BODY_TIMEOUT", SECONDS)
    app = create_app(Versions(samples_store, Limits()))  # no worker is needed

    async def run() -> tuple[bytes, float]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            port = listening.getsockname()[1]
            config = uvicorn.Config(app, http=IdleTimeoutProtocol, lifespan="off", log_level="error")
            server = uvicorn.Server(config)
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
            answer = await closed_after(head + b"Connection: close\r\nContent-Length: 6\r\n\r\nASK", port)
            server.should_exit = True
            await serving
            return answer

    answer, seconds = asyncio.run(run())
    assert answer.startswith(b"HTTP/1.1 408")
    assert SECONDS <= seconds < 20 * SECONDS

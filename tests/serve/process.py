"""The server as a process of its own, as people start and end it."""

from __future__ import annotations

import os
import select
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.conftest import COMMAND

SLOW = 60  # seconds for a start or an end on a busy machine


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its address without a slash at the end, its process, and the file it prints to."""

    url: str
    pid: int
    log: Path


def start_server(store: Path, log: Path, *options: object) -> Server:
    """Start ``gongbao serve`` on a free port, and wait until it answers."""
    arguments = [str(COMMAND), "serve", "--store", str(store), "--port", "0", *map(str, options)]
    log.touch()
    printed = [
        (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_APPEND, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    pid = os.posix_spawn(COMMAND, arguments, os.environ, file_actions=printed)
    server = Server(_address(pid, log), pid, log)
    transport = httpx.HTTPTransport(retries=5)
    with httpx.Client(transport=transport, timeout=SLOW) as client:
        try:
            client.get(f"{server.url}/health")  # waits for the workers; 401 where a token is needed
        except httpx.ConnectError as error:
            raise AssertionError(log.read_text("utf8")) from error
    return server


def _address(pid: int, log: Path) -> str:
    end = time.monotonic() + SLOW
    while "\n" not in (printed := log.read_text("utf8")):
        assert time.monotonic() < end, printed
        assert os.waitpid(pid, os.WNOHANG) == (0, 0), printed
        time.sleep(0.02)
    assert " at http://" in printed, printed
    return printed.partition("\n")[0].rsplit(" at ", 1)[1].strip().rstrip("/")


def end_server(server: Server) -> None:
    """End a server as Ctrl-C ends it, whichever process has started it."""
    ends_after(server, signal.SIGINT)
    printed = server.log.read_text("utf8")
    assert "Traceback" not in printed, printed


def ends_after(server: Server, sent: signal.Signals, seconds: float = SLOW) -> int | None:
    """Send a signal and wait for the end; return the exit status if this process has started the server."""
    process = os.pidfd_open(server.pid)
    try:
        signal.pidfd_send_signal(process, sent)
        if not select.select([process], [], [], seconds)[0]:
            signal.pidfd_send_signal(process, signal.SIGKILL)
            raise AssertionError(f"it does not end: {server.log.read_text('utf8')}")
    finally:
        os.close(process)
    with suppress(ChildProcessError):
        return os.waitstatus_to_exitcode(os.waitpid(server.pid, 0)[1])
    return None


@contextmanager
def serving(store: Path, *options: object) -> Iterator[Server]:
    """A server over a store, ended as Ctrl-C ends it."""
    with TemporaryDirectory() as folder:
        server = start_server(store, Path(folder) / "log", *options)
        try:
            yield server
        finally:
            with suppress(ProcessLookupError):  # a test has ended it
                end_server(server)

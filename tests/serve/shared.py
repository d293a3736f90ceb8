"""Servers that the processes of one run share: the first to ask starts one, the last to let go ends it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.serve.process import Server, end_server, start_server
from tests.shared import locked, shared_folder


@contextmanager
def shared_server(folders: pytest.TempPathFactory, name: str, store: Path, *options: object) -> Iterator[str]:
    """The address of a server that tests only ask. All that share a name give the same store and options."""
    users = shared_folder(folders) / f"{name}.users"
    log = users.with_suffix(".log")
    with locked(users):
        count, server = _read(users, log) or (0, start_server(store, log, *options))
        _write(users, count + 1, server)
    try:
        yield server.url
    finally:
        with locked(users):
            count, _ = _read(users, log) or (1, server)
            if count > 1:
                _write(users, count - 1, server)
            else:
                users.unlink()
                end_server(server)


def _read(users: Path, log: Path) -> tuple[int, Server] | None:
    if not users.exists():
        return None
    count, pid, url = users.read_text("utf8").split()
    return int(count), Server(url, int(pid), log)


def _write(users: Path, count: int, server: Server) -> None:
    users.write_text(f"{count} {server.pid} {server.url}", "utf8")

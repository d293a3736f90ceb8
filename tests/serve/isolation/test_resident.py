"""Whatever says that a version does not fit into memory, or that none is left, ends the process quietly."""

from __future__ import annotations

import os
import pickle
import socket
from pathlib import Path
from typing import cast

import pytest
from pyoxigraph import Store

from app.serve.isolation import resident
from app.serve.isolation.memory import mute_standard_error
from app.serve.isolation.resident import read_into_memory
from app.serve.isolation.worker import LENGTH, QueryJob, QueryResult, run_worker
from ingest.store import Version, current
from tests.serve.test_running import children

ERRORS = [
    MemoryError("Reached the buffer maximal size of 16777216"),
    RuntimeError("can't start new thread"),
    OSError("Cannot allocate memory"),
    SyntaxError("Parser error"),
    ValueError("not UTF-8"),
]


def failing_store(error: Exception) -> Store:
    """A store that can neither load nor answer."""

    class Failing:
        def load(self, *_: object) -> None:
            raise error

        def query(self, *_: object, **__: object) -> None:
            raise error

    return cast("Store", Failing())


def test_a_version_that_fits(samples_store: Path) -> None:
    version = current(samples_store)
    assert len(read_into_memory(version)) == len(version.open())


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_reading_ends_the_process(
    error: Exception, samples_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(resident, "Store", lambda: failing_store(error))
    before = children(os.getpid())
    with pytest.raises(SystemExit):
        read_into_memory(current(samples_store))
    assert children(os.getpid()) <= before  # the process that reads from disk has ended too


def test_a_reader_that_fails_ends_the_process(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        read_into_memory(Version(tmp_path / "missing"))


def test_an_evaluation_without_memory_ends_the_worker(tmp_path: Path) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        job = pickle.dumps(QueryJob("ASK {}", None, "http://127.0.0.1/"))
        ours.sendall(LENGTH.pack(len(job)) + job)
        with pytest.raises(SystemExit):
            run_worker(theirs, Version(tmp_path), failing_store(MemoryError()))
        (length,) = LENGTH.unpack(ours.recv(LENGTH.size))
        assert pickle.loads(ours.recv(length)) == QueryResult(b"", "")  # it was open; no answer follows


def test_standard_error_is_muted_for_a_while(capfd: pytest.CaptureFixture[str]) -> None:
    with mute_standard_error():
        os.write(2, b"memory allocation of 1 bytes failed")
    os.write(2, b"heard")
    assert capfd.readouterr().err == "heard"

"""Real servers on free ports, run by the installed command."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from ingest.store import open_draft, prepare, publish
from tests.conftest import COMMAND

W3C = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
"""The graphs of W3C's tests of the protocol, and the one triple in each."""
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_SLOW = 60  # seconds for a start on a busy machine


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address without a slash at the end, and its process."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def serving(store: Path, *options: object) -> Iterator[Served]:
    """A server over a store, ended as Ctrl-C ends it."""
    process = subprocess.Popen(
        [COMMAND, "serve", "--store", store, "--port", "0", *map(str, options)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf8",
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert " at http://" in line, line + process.stdout.read()
        url = line.rsplit(" at ", 1)[1].strip().rstrip("/")
        transport = httpx.HTTPTransport(retries=5)
        with httpx.Client(transport=transport, timeout=_SLOW) as client:
            try:
                client.get(f"{url}/health")  # waits until the workers are there; 401 where a token is needed
            except httpx.ConnectError as error:
                raise AssertionError(process.stdout.read()) from error
        yield Served(url, process)
    finally:
        process.send_signal(signal.SIGINT)
        try:
            said = process.communicate(timeout=_SLOW)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            raise
        assert "Traceback" not in said, said


def store_of_quads(folder: Path, *lines: str) -> Path:
    """A store with these N-Quads and nothing else."""
    prepare(folder)
    with open_draft(folder) as written:
        written.add(lines)
        digest = written.finish({"base": "https://example.org/id/", "documents": 0})
        publish(folder, written, digest, keep=2)
    return folder


@pytest.fixture(scope="session")
def samples_server(samples_store: Path) -> Iterator[str]:
    """The address of a server over the samples."""
    with serving(samples_store) as served:
        yield served.url


@pytest.fixture(scope="session")
def graphs_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the graphs of W3C's tests of the protocol."""
    store = tmp_path_factory.mktemp("graphs") / "store"
    names = [W3C.format(number) for number in (1, 2, 3)]
    store_of_quads(store, *(f"<{name}> {_TYPE} <{DOCUMENT}> <{name}> .\n" for name in names))
    with serving(store, "--workers", 2) as served:
        yield served.url

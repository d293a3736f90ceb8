"""Real servers on free ports, run by the installed command."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.store import open_draft, prepare, publish
from tests.serve.shared import shared_server
from tests.shared import made_once

W3C = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
"""The graphs of W3C's tests of the protocol, and the one triple in each."""
DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def store_of_quads(folder: Path, *lines: str) -> Path:
    """A store with these N-Quads and nothing else."""
    prepare(folder)
    with open_draft(folder) as written:
        written.add(lines)
        digest = written.finish({"base": "https://example.org/id/", "documents": 0})
        publish(folder, written, digest, keep=2)
    return folder


@pytest.fixture(scope="session")
def samples_server(samples_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the samples."""
    with shared_server(tmp_path_factory, "samples-server", samples_store) as url:
        yield url


@pytest.fixture(scope="session")
def formats_server(formats_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An endpoint over files of several formats."""
    options = ("--seconds", 60, "--workers", 2)
    with shared_server(tmp_path_factory, "formats-endpoint", formats_store, *options) as url:
        yield url


@pytest.fixture(scope="session")
def graphs_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the graphs of W3C's tests of the protocol."""
    names = [W3C.format(number) for number in (1, 2, 3)]
    quads = [f"<{name}> {_TYPE} <{DOCUMENT}> <{name}> .\n" for name in names]
    store = made_once(tmp_path_factory, "graphs-store", lambda folder: store_of_quads(folder, *quads))
    with shared_server(tmp_path_factory, "graphs-server", store, "--workers", 2) as url:
        yield url

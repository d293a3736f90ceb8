"""What happens in a worker process: a query is evaluated over a version of the store and written as bytes."""

from __future__ import annotations

import pickle
import socket
import struct
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from app.serve.http.errors import LimitError, NotAcceptableError, RequestError
from app.serve.http.limits import Limits
from app.serve.http.media_types import BOOLEANS, GRAPHS, RESULTS, best
from app.serve.isolation import csv_results as tables
from app.serve.isolation.truncation import Sink, cut
from ingest.errors import StoreError
from ingest.store import Version
from ontology.terms import PREFIXES

LENGTH = struct.Struct(">Q")
"""The length of a message between server and worker."""


@dataclass(frozen=True, slots=True)
class Job:
    """A query as the protocol gives it, with what its result may be."""

    query: str
    accept: str | None
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows: int = Limits.rows
    size: int = Limits.size


@dataclass(frozen=True, slots=True)
class Answer:
    """A result as bytes; ``cut`` says what limit cut it, if one did."""

    content: bytes
    media_type: str
    cut: str | None = None


def work(line: socket.socket, version: Version, memory: Store | None) -> None:
    """Answer the queries that come over a line from the server, until it is closed.

    ``memory`` is the version where it was read already. A message is its length and then its pickle: a Job
    comes; an Answer or a RequestError goes. The first that goes says that the store is open, or why it is
    not. Where memory runs out the process ends, and so does the line.
    """
    try:
        store = version.open() if memory is None else memory
        _send(line, Answer(b"", ""))
        while message := _received(line):
            job = pickle.loads(message)
            try:
                _send(line, evaluate(store, job))
            except RequestError as error:
                _send(line, error)
    except StoreError as error:
        _send(line, LimitError(str(error)))
    except MemoryError as error:  # what was evaluated half is never freed as a whole: a new process is better
        raise SystemExit(1) from error


def _send(line: socket.socket, message: Answer | RequestError) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    line.sendall(LENGTH.pack(len(data)))
    line.sendall(data)


def _received(line: socket.socket) -> bytes:
    """The next message; empty at the end."""
    head = line.recv(LENGTH.size, socket.MSG_WAITALL)
    if len(head) < LENGTH.size:
        return b""
    return line.recv(LENGTH.unpack(head)[0], socket.MSG_WAITALL)


def evaluate(store: Store, job: Job) -> Answer:
    """The result of a query. Raises RequestError for what is wrong with the query."""
    given = bool(job.default_graphs or job.named_graphs)
    sink = Sink(job.size)
    try:
        result = store.query(
            job.query,
            base_iri=job.base,
            default_graph=[NamedNode(iri) for iri in job.default_graphs] if given else None,
            named_graphs=[NamedNode(iri) for iri in job.named_graphs] if given else None,
        )
        if isinstance(result, QueryTriples):
            return _graph(result, job)
        return _solutions(result, job, sink)
    except SyntaxError as error:
        raise RequestError(f"the query is not SPARQL 1.1: {error}") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise RequestError(f"the query cannot be evaluated: {error}") from error


def _solutions(result: QuerySolutions | QueryBoolean, job: Job, sink: Sink) -> Answer:
    offered = tuple(RESULTS) if isinstance(result, QuerySolutions) else BOOLEANS
    media_type = _acceptable(job.accept, offered)
    form = RESULTS[media_type]
    if form == QueryResultsFormat.CSV and isinstance(result, QuerySolutions):
        table, limit = tables.written(result, job.rows, job.size)
        return Answer(table, media_type, limit)
    try:
        result.serialize(sink, format=form)
    except OSError:
        if not sink.full:
            raise
    content = sink.content()
    if isinstance(result, QueryBoolean):
        return Answer(content, media_type)
    limit = f"{job.size} bytes" if sink.full else f"{job.rows} rows"
    shortened = cut(content, form, job.rows, f"{job.base}#limits", broken=sink.full)
    return Answer(content, media_type) if shortened is None else Answer(shortened, media_type, limit)


def _graph(result: QueryTriples, job: Job) -> Answer:
    media_type = _acceptable(job.accept, tuple(GRAPHS))
    triples = list(islice(result, job.rows + 1))
    limit = None
    if len(triples) > job.rows:
        triples, limit = triples[: job.rows], f"{job.rows} triples"
    content = _written(triples, GRAPHS[media_type])
    while len(content) > job.size:
        triples, limit = triples[: len(triples) * job.size * 9 // (len(content) * 10)], f"{job.size} bytes"
        content = _written(triples, GRAPHS[media_type])
    return Answer(content, media_type, limit)


def _written(triples: list[Triple], form: RdfFormat) -> bytes:
    prefixes = dict(PREFIXES) if form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML) else None
    return serialize(triples, format=form, prefixes=prefixes) or b""


def _acceptable(accept: str | None, offered: tuple[str, ...]) -> str:
    found = best(accept, offered)
    if found is None:
        raise NotAcceptableError(f"none of the accepted formats can be given; known are {', '.join(offered)}")
    return found

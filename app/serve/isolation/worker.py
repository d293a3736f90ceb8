"""The worker process: evaluates queries over a version of the store and writes the results as bytes."""

from __future__ import annotations

import pickle
import socket
import struct
from contextlib import redirect_stderr
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
from app.serve.http.media_types import BOOLEANS, GRAPHS, RESULTS, best_match
from app.serve.isolation.csv_results import write_csv
from app.serve.isolation.truncation import Sink, truncate
from ingest.errors import StoreError
from ingest.store import Version
from ontology.terms import PREFIXES

LENGTH = struct.Struct(">Q")
"""The length of a message between server and worker, which goes before it."""


@dataclass(frozen=True, slots=True)
class QueryJob:
    """A query as the protocol gives it, with the format and limits of its result."""

    query: str
    accept: str | None
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows: int = Limits.rows
    size: int = Limits.size


@dataclass(frozen=True, slots=True)
class QueryResult:
    """A result as bytes; ``truncated_by`` names the limit that cut it, if one did."""

    content: bytes
    media_type: str
    truncated_by: str | None = None


def run_worker(line: socket.socket, version: Version, memory: Store | None) -> None:
    """Evaluate the queries that come over a line from the server, until the line is closed.

    ``memory`` is the version where it is in memory already. A message is its length and then its pickle:
    a QueryJob comes in, a QueryResult or a RequestError goes out. The first that goes out says that the store
    is open, or why not. Where memory runs out the process ends, and so does the line.
    """
    try:
        store = version.open() if memory is None else memory
        _send(line, QueryResult(b"", ""))
        with redirect_stderr(None):  # Oxigraph prints a traceback before it aborts without memory
            while message := _receive(line):
                job = pickle.loads(message)
                try:
                    _send(line, evaluate(store, job))
                except RequestError as error:
                    _send(line, error)
    except StoreError as error:
        _send(line, LimitError(str(error)))
    except MemoryError as error:  # what was evaluated half is never freed as a whole: a new process is better
        raise SystemExit(1) from error


def _send(line: socket.socket, message: QueryResult | RequestError) -> None:
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    line.sendall(LENGTH.pack(len(data)))
    line.sendall(data)


def _receive(line: socket.socket) -> bytes:
    """Return the next message; empty at the end."""
    head = line.recv(LENGTH.size, socket.MSG_WAITALL)
    if len(head) < LENGTH.size:
        return b""
    return line.recv(LENGTH.unpack(head)[0], socket.MSG_WAITALL)


def evaluate(store: Store, job: QueryJob) -> QueryResult:
    """Evaluate a query. Raises RequestError where the query is wrong."""
    has_dataset = bool(job.default_graphs or job.named_graphs)
    sink = Sink(job.size)
    try:
        result = store.query(
            job.query,
            base_iri=job.base,
            default_graph=[NamedNode(iri) for iri in job.default_graphs] if has_dataset else None,
            named_graphs=[NamedNode(iri) for iri in job.named_graphs] if has_dataset else None,
        )
        if isinstance(result, QueryTriples):
            return _graph(result, job)
        return _solutions(result, job, sink)
    except SyntaxError as error:
        raise RequestError(f"the query is not SPARQL 1.1: {error}") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise RequestError(f"the query cannot be evaluated: {error}") from error


def _solutions(result: QuerySolutions | QueryBoolean, job: QueryJob, sink: Sink) -> QueryResult:
    offered = tuple(RESULTS) if isinstance(result, QuerySolutions) else BOOLEANS
    media_type = _negotiate(job.accept, offered)
    form = RESULTS[media_type]
    if form == QueryResultsFormat.CSV and isinstance(result, QuerySolutions):
        table, limit = write_csv(result, job.rows, job.size)
        return QueryResult(table, media_type, limit)
    try:
        result.serialize(sink, format=form)
    except OSError:
        if not sink.full:
            raise
    content = sink.content()
    if isinstance(result, QueryBoolean):
        return QueryResult(content, media_type)
    limit = f"{job.size} bytes" if sink.full else f"{job.rows} rows"
    shortened = truncate(content, form, job.rows, f"{job.base}#limits", broken=sink.full)
    return (
        QueryResult(content, media_type) if shortened is None else QueryResult(shortened, media_type, limit)
    )


def _graph(result: QueryTriples, job: QueryJob) -> QueryResult:
    media_type = _negotiate(job.accept, tuple(GRAPHS))
    triples = list(islice(result, job.rows + 1))
    limit = None
    if len(triples) > job.rows:
        triples, limit = triples[: job.rows], f"{job.rows} triples"
    content = _serialize(triples, GRAPHS[media_type])
    while len(content) > job.size:
        triples, limit = triples[: len(triples) * job.size * 9 // (len(content) * 10)], f"{job.size} bytes"
        content = _serialize(triples, GRAPHS[media_type])
    return QueryResult(content, media_type, limit)


def _serialize(triples: list[Triple], form: RdfFormat) -> bytes:
    prefixes = dict(PREFIXES) if form in (RdfFormat.TURTLE, RdfFormat.TRIG, RdfFormat.RDF_XML) else None
    return serialize(triples, format=form, prefixes=prefixes) or b""


def _negotiate(accept: str | None, offered: tuple[str, ...]) -> str:
    media_type = best_match(accept, offered)
    if media_type is None:
        raise NotAcceptableError(f"none of the accepted formats can be given; known are {', '.join(offered)}")
    return media_type

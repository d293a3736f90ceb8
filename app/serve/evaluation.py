"""What happens in a worker process: a query is evaluated over a version of the store and written as bytes."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

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

from app.serve import tables
from app.serve.cut import Sink, cut
from app.serve.errors import NotAcceptableError, RequestError
from app.serve.formats import BOOLEANS, GRAPHS, RESULTS, best
from app.serve.seal import bound_memory, seal
from ingest.load import Version
from ontology.terms import PREFIXES

T = TypeVar("T")
_PATIENCE = 0.25  # seconds after which a query gives way to others
_NICE = 15
_STACK = 64 << 20  # bytes: a query parsed by descent goes as deep as its author likes


@dataclass(frozen=True, slots=True)
class Job:
    """A query as the protocol gives it, with what its result may be."""

    query: str
    accept: str | None
    base: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    rows: int = 100_000
    size: int = 32 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """A result as bytes; ``cut`` says what limit cut it, if one did."""

    content: bytes
    media_type: str
    cut: str | None = None


class _Opened:
    """The store of this process; the one thing that a worker keeps."""

    store: Store | None = None


def start(version: str, memory: int, sealed: bool) -> None:
    """Make this process a worker for one version of a store."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # to be ended at once, in the middle of an evaluation
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends its workers
    if sealed:
        seal()
    threading.stack_size(_STACK)
    bound_memory(memory)
    _Opened.store = Version(Path(version)).open()


def evaluate(job: Job) -> Answer:
    """The result of a query. Raises RequestError for what is wrong with the query."""
    store = _Opened.store
    if store is None:
        raise RuntimeError("this process is no worker")
    return _giving_way(lambda: _evaluate(store, job))


def _giving_way(work: Callable[[], T]) -> T:
    """Do a piece of work in a thread that steps back when it takes long, so that short queries stay short.

    The priority of a thread can only fall; the next query has a thread of its own.
    """
    threads: list[int] = []

    def run() -> T:
        threads.append(threading.get_native_id())
        return work()

    with ThreadPoolExecutor(max_workers=1) as executor:
        future = executor.submit(run)
        if not wait([future], timeout=_PATIENCE).done and threads:
            os.setpriority(os.PRIO_PROCESS, threads[0], _NICE)
        return future.result()


def _evaluate(store: Store, job: Job) -> Answer:
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

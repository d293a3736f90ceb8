"""The endpoint beside others, its named questions, its search, and how it bears runaway queries.

    python -m tests.benchmarks.endpoint [STORE] [--requests N]

Without a store it builds one of the shared corpus, else of the samples. The others are Oxigraph's own server
and rdflib-endpoint (pip install '.[compare]'), each over the same data on the same machine, one by one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import create_server
from tempfile import TemporaryDirectory
from time import perf_counter, sleep
from urllib.parse import quote, urlencode

import httpx
from rich.console import Console
from rich.table import Table

from app.commands.export import write_graph as export
from ingest.build import build_store
from ingest.store import current
from queries.library import find, questions
from queries.model import Question
from queries.parameters import bind
from queries.run import answer
from tests.benchmarks.build import CORPUS, SAMPLES
from tests.benchmarks.load import hammer, hammer_all
from tests.serve.http.test_limits import ORDINARY, RUNAWAYS
from tests.serve.process import serving

CLIENTS = 8
COMPARED = ("agency/load", "agency/history", "document/list")
SECONDS = 5.0
Values = Mapping[str, str]


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path, nargs="?")
    parser.add_argument("--requests", type=int, default=2000)
    arguments = parser.parse_args()
    with TemporaryDirectory() as scratch:
        store = arguments.store or _build(Path(scratch))
        values = {question.name: _values(store, question) for question in questions()}
        console = Console()
        _compare(console, store, values, Path(scratch), arguments.requests)
        with serving(store, "--seconds", SECONDS, "--kept", 0) as served:
            _questions(console, served.url, values)
            _searches(console, served.url, store)
            _runaways(console, served.url)


def _build(scratch: Path) -> Path:
    build_store([CORPUS if CORPUS.is_dir() else SAMPLES], scratch / "store")
    return scratch / "store"


def _values(store: Path, question: Question) -> Values:
    """Values with which a question has something to do: the busiest body, the document with most in it."""
    opened = current(store).open()
    found = {}
    for parameter in question.parameters:
        if parameter.type == "agency":
            rows = list(answer(opened, find("agency/rolled-up"), {}))
            found[parameter.name] = rows[0]["name"] or "" if rows else parameter.example
        elif parameter.type == "document":
            rows = list(answer(opened, find("quality/coverage"), {}))
            found[parameter.name] = rows[0]["document"] or "" if rows else parameter.example
        elif parameter.default is None and parameter.required:
            found[parameter.name] = parameter.example
    return found


def _compare(
    console: Console, store: Path, values: Mapping[str, Values], scratch: Path, requests: int
) -> None:
    """Ours twice: with nothing kept, as the others do it, and as it is, with answers kept."""
    servers = {"gongbao": _ours, "kept": _keeping, "oxigraph": _oxigraph, "rdflib-endpoint": _rdflib}
    rates: dict[str, list[float]] = {name: [] for name in servers}
    sparql = [bind(find(name), values[name]) for name in COMPARED]
    for name, server in servers.items():
        asked = requests if name != "rdflib-endpoint" else 2 * CLIENTS
        with server(store, scratch) as url:
            for query in sparql:
                hammer(url, clients=CLIENTS, requests=CLIENTS, query=query)
                shots = hammer(url, clients=CLIENTS, requests=asked, query=query)
                rates[name].append(shots.rate if not shots.failures else float("nan"))
    table = Table("question", *rates, "gongbao : oxigraph", "gongbao : rdflib-endpoint")
    table.title = f"requests a second, {CLIENTS} clients"
    for number, name in enumerate(COMPARED):
        ours, _, native, slow = found = [rates[server][number] for server in servers]
        ratios = f"{ours / native:.2f}", f"{ours / slow:.1f}"
        table.add_row(name, *(f"{rate:.1f}" for rate in found), *ratios)
    console.print(table)


def _questions(console: Console, url: str, values: Mapping[str, Values]) -> None:
    table = Table("question", "median ms", "p95 ms", "max ms", title="named questions, one client, JSON")
    slowest = 0.0
    for question in questions():
        address = f"{url}/q/{question.name}?{urlencode(values[question.name])}"
        shots = hammer(address, clients=1, requests=40, accept="application/json")
        assert not shots.failures, (question.name, shots.failures)
        slowest = max(slowest, shots.quantile(0.95))
        table.add_row(question.name, *(f"{shots.quantile(share) * 1000:.1f}" for share in (0.5, 0.95, 1)))
    table.add_row("slowest p95", "", f"{slowest * 1000:.1f}", "", style="bold")
    console.print(table)


def _searches(console: Console, url: str, store: Path) -> None:
    titles = [row["title"] or "" for row in answer(current(store).open(), find("document/list"), {})]
    words = [title[start : start + 4] for title in titles for start in range(0, len(title) - 4, 5)]
    addresses = [f"{url}/search?q={quote(word, '')}" for word in words if word.strip()]
    shots = hammer_all(addresses, clients=1, requests=500, accept="application/json")
    assert not shots.failures, shots.failures
    console.print(
        f"search: median {shots.quantile(0.5) * 1000:.1f} ms, p95 {shots.quantile(0.95) * 1000:.1f} ms"
    )


def _runaways(console: Console, url: str) -> None:
    """An ordinary question, alone and beside four queries that never end."""
    ordinary = f"{url}/sparql?query={quote(ORDINARY, '')}"
    quiet = hammer(ordinary, clients=1, requests=500)
    with ThreadPoolExecutor(len(RUNAWAYS)) as executor:
        running = [executor.submit(_runaway, url, query) for query in RUNAWAYS.values()]
        sleep(0.3)
        beside = hammer(ordinary, clients=1, requests=200)
        still = sum(not future.done() for future in running)
        ended = [future.result() for future in running]
    after = hammer(ordinary, clients=CLIENTS, requests=10_000)
    table = Table("runaways", "status", "seconds", title=f"limit {SECONDS:g} s")
    for name, (status, seconds) in zip(RUNAWAYS, ended, strict=True):
        table.add_row(name, str(status), f"{seconds:.2f}")
    console.print(table)
    alone, with_them = quiet.quantile(0.95) * 1000, beside.quantile(0.95) * 1000
    console.print(
        f"an ordinary question: p95 {alone:.1f} ms alone, {with_them:.1f} ms beside them "
        f"({with_them / alone:.1f} times; {still} of {len(RUNAWAYS)} still ran at the end, "
        f"{len(beside.failures)} failures)"
    )
    console.print(f"10,000 requests afterwards: {len(after.failures)} failures, {after.rate:.0f} a second")


def _runaway(url: str, query: str) -> tuple[int, float]:
    begun = perf_counter()
    status = httpx.post(f"{url}/sparql", data={"query": query}, timeout=60).status_code
    return status, perf_counter() - begun


@contextmanager
def _ours(store: Path, _: Path) -> Iterator[str]:
    with serving(store, "--kept", 0) as served:
        yield f"{served.url}/sparql"


@contextmanager
def _keeping(store: Path, _: Path) -> Iterator[str]:
    with serving(store) as served:
        yield f"{served.url}/sparql"


@contextmanager
def _oxigraph(store: Path, _: Path) -> Iterator[str]:
    database = current(store).folder / "oxigraph"
    with _process(
        ["oxigraph", "serve-read-only", "--location", str(database), "--bind"], "{host}:{port}"
    ) as url:
        yield f"{url}/query"


@contextmanager
def _rdflib(store: Path, scratch: Path) -> Iterator[str]:
    turtle = scratch / "merged.ttl"
    export(current(store), "ttl", turtle)
    with _process(
        ["rdflib-endpoint", "serve", str(turtle), "--host", "127.0.0.1", "--port"], "{port}"
    ) as url:
        yield f"{url}/"


@contextmanager
def _process(command: list[str], address: str) -> Iterator[str]:
    """A server of another project, ready to answer."""
    with create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name(command[0])
    place = address.format(host="127.0.0.1", port=port)
    with ExitStack() as stack:
        process = stack.enter_context(
            subprocess.Popen(
                [program, *command[1:], place], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
        stack.callback(process.terminate)
        url = f"http://127.0.0.1:{port}"
        for _ in range(600):
            try:
                httpx.get(url, timeout=60)
                break
            except httpx.TransportError:
                sleep(0.2)
        yield url


if __name__ == "__main__":
    main()

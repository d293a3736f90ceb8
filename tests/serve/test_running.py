"""Starting, ending, and following a store that changes."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from app.serve.http.limits import Limits
from app.serve.isolation.forkserver import ForkServer
from ingest.build import build_store
from ingest.errors import StoreError
from ingest.store import current
from tests.conftest import Gongbao, circular, installed
from tests.serve.conftest import store_of_quads
from tests.serve.process import ends_after, serving

pytestmark = pytest.mark.server
COUNT = "SELECT (COUNT(*) AS ?n) { ?document <https://w3id.org/gongbao/ontology#documentOrder> ?order }"


def write(corpus: Path, serial: int) -> None:
    corpus.mkdir(exist_ok=True)
    (corpus / f"{serial}.txt").write_text(circular(serial), "utf8")


def count(url: str) -> str:
    answer = httpx.get(f"{url}/sparql", params={"query": COUNT}, headers={"accept": "text/csv"}, timeout=60)
    assert answer.status_code == 200, answer.text
    return answer.text.split()[1]


def children(process: int) -> set[int]:
    """The processes that a process has started, and theirs."""
    found = set()
    for thread in Path(f"/proc/{process}/task").glob("*/children"):
        for child in thread.read_text().split():
            found |= {int(child)} | children(int(child))
    return found


def parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])


def depth(process: int, root: int) -> int:
    """How many steps below another process a process stands; -1 where it is gone, or another's."""
    steps = 0
    while process != root:
        try:
            process, steps = parent(process), steps + 1
        except (FileNotFoundError, ProcessLookupError):
            return -1
    return steps


def below(root: int, steps: int) -> list[int]:
    """Python's two helpers stand one step below the server, a fork server two, its workers three."""
    return [child for child in children(root) if depth(child, root) == steps]


def alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(wanted: str, url: str, seconds: float = 60) -> Iterator[str]:
    """Answers until the wanted one comes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = count(url)
        yield found
        if found == wanted:
            return
        time.sleep(0.05)
    raise AssertionError(f"{wanted} did not come")


@pytest.mark.check
def test_a_new_version_is_taken_up_without_a_failed_request(tmp_path: Path) -> None:
    corpus, store = tmp_path / "corpus", tmp_path / "store"
    write(corpus, 1)
    build_store([corpus], store, check=False)
    options = ("--workers", 2, "--seconds", 2)
    with serving(store, *options) as served, ThreadPoolExecutor(4) as executor:
        first = httpx.get(f"{served.url}/health").json()["version"]
        assert (first, count(served.url)) == (current(store).id, "1")
        tag = httpx.get(f"{served.url}/sparql", params={"query": COUNT}).headers["etag"]
        askers = [executor.submit(list, until("3", served.url)) for _ in range(4)]
        for serial in (2, 3):
            write(corpus, serial)
            build_store([corpus], store, check=False)
        for asker in askers:
            seen = asker.result()  # every request was answered
            assert seen == sorted(seen)
        assert httpx.get(f"{served.url}/health").json()["version"] == current(store).id
        end = time.monotonic() + 30
        while [len(below(served.pid, steps)) for steps in (2, 3)] != [1, 2]:  # only the newest
            assert time.monotonic() < end
            time.sleep(0.2)
        again = httpx.get(f"{served.url}/sparql", params={"query": COUNT}, headers={"if-none-match": tag})
        assert (again.status_code, again.headers["etag"] != tag) == (200, True)
        (store / "current").unlink()  # a store that goes away is served on
        time.sleep(1.5)
        assert count(served.url) == "3"


@pytest.mark.check
@pytest.mark.parametrize("steps", [3, 2])
@pytest.mark.parametrize("resident", [0, Limits.resident])
def test_processes_that_die_are_replaced(resident: int, steps: int, samples_store: Path) -> None:
    with serving(samples_store, "--workers", 2, "--resident", resident) as served:
        expected = count(served.url)
        for _ in range(3):
            end = time.monotonic() + 30
            while len(below(served.pid, 3)) < 2:
                assert time.monotonic() < end
                time.sleep(0.1)
                count(served.url)
            for process in below(served.pid, steps):
                os.kill(process, signal.SIGKILL)
            end = time.monotonic() + 30
            answers = []
            while time.monotonic() < end:
                answers.append(httpx.get(f"{served.url}/sparql", params={"query": COUNT}, timeout=60))
                if answers[-1].status_code == 200:
                    break
                time.sleep(0.1)
            assert {answer.status_code for answer in answers} <= {200, 503}
            assert count(served.url) == expected


def reads_from_disk(server: int) -> bool:
    """Whether a worker has a file of the database open."""
    (worker,) = below(server, 3)
    return any(entry.readlink().suffix == ".sst" for entry in Path(f"/proc/{worker}/fd").iterdir())


@pytest.mark.parametrize(
    ("options", "disk"), [((), False), (("--memory", 256), False), (("--resident", 0), True)]
)
def test_what_fits_is_answered_from_memory(
    options: tuple[object, ...], disk: bool, samples_store: Path
) -> None:
    with serving(samples_store, "--workers", 1, *options) as served:
        assert count(served.url) == str(current(samples_store).manifest()["documents"])
        assert reads_from_disk(served.pid) == disk


@pytest.mark.check
def test_after_a_fork_server_that_has_died_comes_another(samples_store: Path) -> None:
    async def run() -> None:
        forkserver = ForkServer(current(samples_store), Limits())
        await forkserver.start()
        for process in below(os.getpid(), 2):
            os.kill(process, signal.SIGKILL)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            with pytest.raises(StoreError, match="no worker can be started"):
                await forkserver.start_worker(theirs)
            made = await forkserver.start_worker(theirs)
            assert alive(made)
            await forkserver.stop()
            assert not alive(made)
            with pytest.raises(StoreError, match="the server ends"):
                await forkserver.start_worker(theirs)

    asyncio.run(run())


@pytest.mark.check
def test_versions_are_followed_though_reading_one_was_cut_short(tmp_path: Path) -> None:
    corpus, store = tmp_path / "corpus", tmp_path / "store"
    write(corpus, 1)
    build_store([corpus], store, check=False)
    with serving(store, "--workers", 1) as served:
        (before,) = below(served.pid, 2)
        write(corpus, 2)
        build_store([corpus], store, check=False)
        end = time.monotonic() + 30
        while not (new := [each for each in below(served.pid, 2) if each != before]):
            assert time.monotonic() < end
        os.kill(new[0], signal.SIGKILL)
        assert list(until("2", served.url))[-1] == "2"


@pytest.mark.parametrize(
    ("length", "memory"),
    [
        (6 << 20, 1024),  # 18 MB in one line: there is memory, but the parser takes no line of this length
        pytest.param(
            24 << 20, 256, marks=pytest.mark.check
        ),  # 72 MB, and several times that while it is read
        pytest.param(24 << 20, 400, marks=pytest.mark.check),
    ],
)
def test_what_does_not_fit_after_all_is_answered_from_disk(
    length: int, memory: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RUST_BACKTRACE", "1")  # printing one without memory would block a worker for ever
    store = store_of_quads(tmp_path / "store", f'<urn:a> <urn:b> "{"长" * length}" <urn:g> .\n')
    with serving(store, "--workers", 1, "--memory", memory, "--seconds", 30) as served:
        address = f"{served.url}/sparql"
        answer = httpx.get(address, params={"query": "ASK { ?a ?b ?c }"}, timeout=60)
        assert (answer.status_code, answer.json()["boolean"]) == (200, True)
        assert reads_from_disk(served.pid)
        for accept in (
            "text/csv",
            "application/sparql-results+json",
        ):  # each runs out of memory in its own way
            all_of_it = httpx.get(
                address, params={"query": "SELECT * { ?a ?b ?c }"}, headers={"accept": accept}, timeout=60
            )
            assert all_of_it.status_code == 200 or "MB" in all_of_it.text
        assert httpx.get(address, params={"query": "ASK { ?a ?b ?c }"}, timeout=60).status_code == 200


@pytest.mark.check
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(ending: signal.Signals, samples_store: Path) -> None:
    with serving(samples_store, "--workers", 2) as served:
        started = children(served.pid)
        assert len(started) >= 2
        asking = threading.Thread(target=count, args=(served.url,))
        asking.start()
        asking.join()
        assert ends_after(served, ending, 15) in (0, -ending)
        time.sleep(0.5)
        assert [process for process in started if alive(process)] == []
        with pytest.raises(httpx.ConnectError):
            httpx.get(f"{served.url}/health")


def test_a_token(samples_store: Path, tmp_path: Path) -> None:
    token = tmp_path / "token"
    token.write_text("geheim-123\n")
    with serving(samples_store, "--workers", 1, "--token-file", token) as served:
        address, query = f"{served.url}/sparql", {"query": "ASK {}"}
        for headers in ({}, {"authorization": "Bearer geheim-12"}, {"authorization": "Basic geheim-123"}):
            refused = httpx.get(address, params=query, headers=headers)
            assert (refused.status_code, refused.headers["www-authenticate"][:6]) == (401, "Bearer")
        allowed = httpx.get(address, params=query, headers={"authorization": "Bearer geheim-123"})
        assert allowed.status_code == 200
        preflight = {"origin": "https://example.org", "access-control-request-method": "GET"}
        assert httpx.options(address, headers=preflight).status_code == 200


def test_what_cannot_be_served(gongbao: Gongbao, samples_store: Path, tmp_path: Path) -> None:
    def failing(*arguments: object) -> str:
        ran = gongbao("serve", *arguments)
        assert (ran.status, ran.out) == (2, "")
        return ran.err

    missing = tmp_path / "missing"
    assert f"{missing}: no such folder; 'gongbao build PATH --store {missing}' makes a store" in failing(
        "--store", missing
    )
    assert "not a gongbao store" in failing("--store", tmp_path)
    old = tmp_path / "old"
    old.mkdir()
    (old / "gongbao-store.json").write_text('{"format": 2}')
    assert "a store of another format" in failing("--store", old)
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "gongbao-store.json").write_text('{"format": 3}')
    assert "no version yet" in failing("--store", empty)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"127.0.0.1:{port} cannot be listened on" in failing("--store", samples_store, "--port", port)
    assert "cannot be listened on" in failing("--store", samples_store, "--host", "no.such.host.invalid")
    assert "the token cannot be read" in failing("--store", samples_store, "--token-file", missing)
    blank = tmp_path / "blank"
    blank.write_text("\n")
    assert "one line with a token is needed" in failing("--store", samples_store, "--token-file", blank)


def test_a_database_that_cannot_be_opened(tmp_path: Path) -> None:
    corpus, store = tmp_path / "corpus", tmp_path / "store"
    write(corpus, 1)
    build_store([corpus], store, check=False)
    for file in (store / "current" / "oxigraph").iterdir():
        file.write_bytes(b"")
    ran = installed("serve", "--store", store)
    assert (ran.status, ran.out) == (2, "")
    assert "the database cannot be opened" in ran.err
    assert "Traceback" not in ran.err

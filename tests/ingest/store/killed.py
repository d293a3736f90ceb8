"""A program for test_killed: builds in child processes that are killed, or that have too little room.

It opens no database itself: a child made by fork would else lack the threads of the database. What it finds
it prints as JSON. Arguments: a folder to work in, how many builds to kill, a seed.
"""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NoReturn

from pyoxigraph import DefaultGraph

from ingest import search
from ingest.build import build_store
from ingest.pipeline import build_file
from ingest.store import current
from ontology.errors import GongbaoError
from ontology.iris import Iris
from tests.conftest import circular

ROOM = (0, 100, 3_000, 30_000, 80_000, 200_000)  # bytes that a file may have
KILLED = 9


def in_child(work: Callable[[], str]) -> str:
    """Run something in a child process and return what it returns; ``killed`` for one that was."""
    with started(work) as (process, reading):
        found = os.read(reading, 65_536).decode()
        return "killed" if os.WTERMSIG(os.waitpid(process, 0)[1]) == KILLED else found


@contextmanager
def started(work: Callable[[], str]) -> Iterator[tuple[int, int]]:
    """A child process, and where what it returns can be read."""
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        _run(work, writing)
    os.close(writing)
    try:
        yield process, reading
    finally:
        os.close(reading)


def _run(work: Callable[[], str], writing: int) -> NoReturn:
    status = 1
    try:
        os.write(writing, work().encode())
        status = 0
    except Exception as error:
        os.write(writing, repr(error).encode())
    finally:
        os._exit(status)


def build(corpus: Path, store: Path) -> str:
    """Build; gives what the command would say."""
    try:
        report = build_store([corpus], store, check=False, keep=1)
    except GongbaoError as error:
        return f"{type(error).__name__}: {error}"
    return "; ".join(map(str, report.errors)) or "built"


def content(store: Path) -> str:
    """What identifies the current version, of which every quad is read and the index is asked."""
    version = current(store)
    manifest = version.manifest()
    graph = version.open()
    quads = sum(1 for name in graph.named_graphs() for _ in graph.quads_for_pattern(None, None, None, name))
    merged = sum(1 for _ in graph.quads_for_pattern(None, None, None, DefaultGraph()))
    found = search.search(search.SearchIndex(version.folder), "归档").total
    sound = "sound" if manifest["quads"] == quads else f"{quads} quads of {manifest['quads']}"
    return f"{sound} {manifest['digest']} {merged} {found}"


def main(folder: Path, count: int, seed: int) -> None:
    """Kill builds at random moments, and let others run out of room."""
    chance = random.Random(seed)
    corpora = (folder / "two", folder / "three")
    for size, corpus in enumerate(corpora, 2):
        corpus.mkdir()
        for serial in range(size):
            (corpus / f"{serial}.txt").write_text(circular(serial + 1), "utf8")
        build_file(corpus / "0.txt", "0.txt", Iris())  # all that children need is loaded now
    wanted: list[str] = []
    took: list[float] = []
    for corpus in corpora:
        store = folder / f"{corpus.name}.store"
        in_child(partial(build, corpus, store))
        begun = time.monotonic()
        wanted.append(in_child(partial(content, store)))
    store = folder / "store"
    for corpus in corpora * 2:
        begun = time.monotonic()
        in_child(partial(build, corpus, store))
        took.append(time.monotonic() - begun)
    seen: list[str] = []
    killed = 0
    for turn in range(count):
        corpus = corpora[turn % 2]
        with started(partial(build, corpus, store)) as (process, _):
            time.sleep(chance.uniform(0, max(took[2:])))
            os.kill(process, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(process, 0)[1])
        seen.append(in_child(lambda: content(store)))
    last = in_child(lambda: build(corpora[0], store))
    left = [path.name for path in (*store.glob(".*"), *(store / "versions").glob(".*"))]
    full: dict[int, tuple[str, str]] = {}
    for room in ROOM:

        def in_little_room(room: int = room) -> str:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
            return build(corpora[1], store)

        full[room] = (in_child(in_little_room), in_child(lambda: content(store)))
    found = {"wanted": wanted, "seen": seen, "killed": killed, "last": last, "left": left, "full": full}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))

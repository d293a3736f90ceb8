"""The store folder: whole versions and an atomic switch; nobody ever reads a half-written store.

STORE/gongbao-store.json        what makes the folder a store: its format
STORE/versions/<id>/            oxigraph/, search/ (ingest.search), sources/<sha256>.txt, manifest.json
STORE/current -> versions/<id>  switched by an atomic rename
"""

from __future__ import annotations

import json
import os
import pickle
import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from time import time
from typing import TypeVar

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from ingest.errors import StoreError
from ingest.read import STORE_MARK

FORMAT = 3  # 2: bodies resolved; 3: the default graph is the merge of all, and a search index
T = TypeVar("T")
_CURRENT = "current"
_VERSIONS = "versions"
_LOADERS = 2  # threads that load; Oxigraph lets others run meanwhile
_WAITING = 4  # pieces of data that may wait for them
_ABANDONED = 86_400  # seconds after which a draft belongs to nobody


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a store, ready for reading."""

    folder: Path

    @property
    def id(self) -> str:
        """Its name: time of the build and a hash of its quads."""
        return self.folder.name

    def open(self) -> Store:
        """The graph, read-only. Raises StoreError where the database cannot be opened."""
        try:
            return Store.read_only(str(self.folder / "oxigraph"))
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(f"{self.folder}: the database cannot be opened: {error}") from error

    def quads(self) -> Iterator[Quad]:
        """All that is stated in named graphs, graph by graph; the default graph says it once more."""
        store = self.open()
        for graph in store.named_graphs():
            yield from store.quads_for_pattern(None, None, None, graph)

    def manifest(self) -> dict[str, object]:
        """What stands in manifest.json."""
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text("utf8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.folder}: no readable manifest.json: {error}") from error
        if not isinstance(manifest, dict):
            raise StoreError(f"{self.folder}: manifest.json holds no object")
        return manifest

    def has_source(self, text_sha256: str) -> bool:
        """Whether there is a text with this digest."""
        return (self.folder / "sources" / f"{text_sha256}.txt").is_file()

    def source(self, text_sha256: str) -> str:
        """The normalised text that places point into."""
        path = self.folder / "sources" / f"{text_sha256}.txt"
        try:
            return path.read_bytes().decode("utf8")
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: the text of the places cannot be read: {error}") from error


class Draft:
    """A version while it is being written; not visible to readers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "sources").mkdir(parents=True)
        self._spool = folder / "spool"
        self._spool.mkdir()
        self._store = Store(str(folder / "oxigraph"))
        self._digest = sha256()
        self._quads = 0
        self._loaders = ThreadPoolExecutor(max_workers=_LOADERS)
        self._loading: deque[Future[None]] = deque()

    @property
    def graph(self) -> Store:
        """What has been loaded so far."""
        self._settle()
        return self._store

    def source(self, text_sha256: str) -> str:
        """A text that was kept."""
        return (self.folder / "sources" / f"{text_sha256}.txt").read_bytes().decode("utf8")

    def add_source(self, text_sha256: str, text: str) -> None:
        """Keep a normalised text."""
        (self.folder / "sources" / f"{text_sha256}.txt").write_bytes(text.encode("utf8"))

    def spool(self, name: str, thing: object) -> None:
        """Put a thing aside on disk until ``unspool`` takes it back: a corpus need not fit into memory."""
        with self._spooled(name).open("wb") as file:
            pickle.dump(thing, file, protocol=pickle.HIGHEST_PROTOCOL)

    def unspool(self, name: str, kind: type[T]) -> T:
        """Take back what was put aside under a name."""
        path = self._spooled(name)
        with path.open("rb") as file:
            thing = pickle.load(file)
        path.unlink()
        if not isinstance(thing, kind):
            raise TypeError(f"{name}: {kind.__name__} expected")
        return thing

    def _spooled(self, name: str) -> Path:
        return self._spool / sha256(name.encode("utf8")).hexdigest()

    def add(self, lines: Iterable[str]) -> int:
        """Load one graph, given as N-Quads lines; gives their number."""
        written = list(lines)
        quads = "".join(written).encode("utf8")
        self._digest.update(sha256(quads).digest())
        self._load(quads, RdfFormat.N_QUADS)
        self._merge("".join(f"{line[: line.rindex(' <')]} .\n" for line in written).encode("utf8"))
        self._quads += len(written)
        return len(written)

    def add_turtle(self, turtle: bytes, graph_iri: str) -> None:
        """Load a Turtle document into one graph."""
        self._digest.update(sha256(turtle).digest())
        self._store.bulk_load(turtle, format=RdfFormat.TURTLE, to_graph=NamedNode(graph_iri))
        triples = sorted(f"{quad.triple} .\n" for quad in parse(turtle, RdfFormat.TURTLE))
        self._merge("".join(triples).encode("utf8"))
        self._quads += len(triples)

    def _merge(self, triples: bytes) -> None:
        """Put triples into the default graph: the merge of all graphs, each triple once.

        Oxigraph could answer from the union of the named graphs, but gives a triple once for each of them.
        """
        self._load(triples, RdfFormat.N_TRIPLES)

    def _load(self, data: bytes, form: RdfFormat) -> None:
        """Have data loaded beside what goes on; not much of it waits at a time."""
        self._loading.append(self._loaders.submit(self._store.bulk_load, data, format=form))
        while len(self._loading) > _WAITING:
            self._loading.popleft().result()

    def _settle(self) -> None:
        """Wait until all that was given is loaded. Raises what a loader met."""
        while self._loading:
            self._loading.popleft().result()

    def tidy(self) -> None:
        """Begin to bring the database into its last form; it can be read meanwhile, nothing can be added."""
        self._settle()
        self._loading.append(self._loaders.submit(self._store.flush))
        self._loading.append(self._loaders.submit(self._store.optimize))

    def __len__(self) -> int:
        """Number of quads in named graphs, vocabulary and rules included."""
        return self._quads

    def close(self) -> None:
        """Let go of the database."""
        self._loaders.shutdown(cancel_futures=True)
        with suppress(AttributeError):
            del self._store

    def finish(self, manifest: dict[str, object]) -> str:
        """Write the manifest once the database is tidy; gives a hash of everything that was loaded."""
        self._settle()
        shutil.rmtree(self._spool)
        digest = self._digest.hexdigest()
        whole = {"format": FORMAT, "quads": len(self), "digest": digest, **manifest}
        text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
        (self.folder / "manifest.json").write_text(text + "\n", "utf8")
        del self._store
        return digest


def prepare(folder: Path) -> None:
    """Make a store folder, or make sure that an existing folder is one.

    Raises StoreError for a folder that holds something else, and for a store of another format.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file, not a store folder")
    mark = folder / STORE_MARK
    if mark.exists():
        _check_format(folder)
    elif folder.exists() and any(folder.iterdir()):
        raise StoreError(
            f"{folder}: not a gongbao store (no {STORE_MARK}) and not empty; give another folder"
        )
    else:
        try:
            (folder / _VERSIONS).mkdir(parents=True, exist_ok=True)
            mark.write_text(json.dumps({"format": FORMAT}) + "\n", "utf8")
        except OSError as error:
            raise StoreError(f"{folder}: cannot be made a store: {error.strerror}") from error


def _check_format(folder: Path) -> None:
    try:
        found = json.loads((folder / STORE_MARK).read_text("utf8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: {STORE_MARK} cannot be read: {error}") from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise StoreError(f"{folder}: a store of another format; this gongbao reads format {FORMAT}")


@contextmanager
def draft(folder: Path) -> Iterator[Draft]:
    """A new version to be written into; thrown away whole unless ``switch`` has made it current.

    Raises StoreError where the disk refuses (full, read-only).
    """
    place = folder / _VERSIONS / f".draft-{os.getpid()}-{token_hex(4)}"
    written: Draft | None = None
    try:
        _sweep(folder)
        written = Draft(place)
        yield written
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        if written is not None:
            written.close()  # an open database goes on writing into the folder that is to go
        shutil.rmtree(place, ignore_errors=True)


def _sweep(folder: Path) -> None:
    """Remove drafts of processes that are no more."""
    for left in (folder / _VERSIONS).glob(".draft-*"):
        with suppress(FileNotFoundError):  # its own build has just ended
            if time() - left.stat().st_mtime > _ABANDONED or not _alive(left.name.split("-")[1]):
                shutil.rmtree(left, ignore_errors=True)


def _alive(process: str) -> bool:
    """Whether a process of this number runs here."""
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, ValueError):
        return True
    return True


def switch(folder: Path, written: Draft, digest: str, *, keep: int) -> Version:
    """Give a finished draft its name and make it current; keeps ``keep`` older versions."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    version = folder / _VERSIONS / f"{stamp}-{digest[:12]}"
    written.folder.rename(version)
    link = folder / f".{_CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(_VERSIONS) / version.name)
    link.replace(folder / _CURRENT)
    shown = (folder / _CURRENT).resolve()  # another build may have switched since
    older = sorted(
        p for p in (folder / _VERSIONS).iterdir() if p not in (version, shown) and p.name[0] != "."
    )
    for path in older[: max(len(older) - keep, 0)]:
        shutil.rmtree(path, ignore_errors=True)
    return Version(version)


def current(folder: Path) -> Version:
    """The version that readers see. Raises StoreError with what to do where there is none."""
    if not folder.exists():
        raise StoreError(f"{folder}: no such folder; 'gongbao build PATH --store {folder}' makes a store")
    if not (folder / STORE_MARK).exists():
        raise StoreError(f"{folder}: not a gongbao store (no {STORE_MARK})")
    _check_format(folder)
    link = folder / _CURRENT
    if not link.exists():
        raise StoreError(f"{folder}: the store has no version yet; run 'gongbao build' first")
    return Version(link.resolve())


def versions(folder: Path) -> tuple[Version, ...]:
    """All versions, oldest first."""
    found = sorted(path for path in (folder / _VERSIONS).iterdir() if path.name[0] != ".")
    return tuple(map(Version, found))

"""Writing a new version of a store: nobody reads it before it is complete."""

from __future__ import annotations

import json
import os
import shutil
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from ingest.errors import StoreError
from ingest.nquads import without_graph
from ingest.store.changes import GraphChanges, copy_database, link_file
from ingest.store.folder import CURRENT, DRAFT, FORMAT, VERSIONS, make_current
from ingest.store.layout import Layout, encode
from ingest.store.version import Version, kept_path, layout_path, original_path, source_path

_LOADERS = 2  # threads that load; Oxigraph lets other threads run meanwhile
_AT_ONCE = 4_000_000  # bytes that are loaded at once
_WAITING = 4  # loads that may wait for them


@dataclass(frozen=True, slots=True)
class Chunk:
    """Quads of named graphs as N-Quads, their triples as N-Triples, and how many they are."""

    quads: bytes
    triples: bytes
    count: int

    @property
    def digest(self) -> bytes:
        """Digest of the quads."""
        return sha256(self.quads).digest()

    @classmethod
    def of(cls, lines: Iterable[str]) -> Chunk:
        """Make a chunk of N-Quads lines."""
        written = list(lines)
        triples = "".join(map(without_graph, written))
        return cls("".join(written).encode("utf8"), triples.encode("utf8"), len(written))


class Draft:
    """A version while it is being written; not visible to readers."""

    def __init__(self, folder: Path, before: Path | None = None, *, grow: bool = False) -> None:
        """``before`` is the folder of the version whose originals are kept again without a second copy.

        With ``grow`` the draft begins with the graphs of that version, and only changes are written.
        """
        self.folder = folder
        self._before = before
        for name in ("sources", "layouts", "originals", "kept"):
            (folder / name).mkdir(parents=True)
        if grow and before is not None:
            copy_database(before / "oxigraph", folder / "oxigraph")
        self._store = Store(str(folder / "oxigraph"))
        self._changes = GraphChanges(self._store)
        self._digest = sha256()
        self._quads = 0
        self._loaders = ThreadPoolExecutor(max_workers=_LOADERS)
        self._loading: deque[Future[None]] = deque()
        self._gathered: defaultdict[RdfFormat, bytearray] = defaultdict(bytearray)

    @property
    def graph(self) -> Store:
        """The database with everything that has been added so far."""
        self._settle()
        return self._store

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """Make a folder for what is needed while the draft is written, and remove it afterwards."""
        folder = self.folder / "scratch"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def source(self, text_sha256: str) -> str:
        """Return a text that was added."""
        return Version(self.folder).source(text_sha256)

    def add_source(self, text_sha256: str, text: str) -> None:
        """Add a normalised text."""
        _write(source_path(self.folder, text_sha256), text.encode("utf8"))

    def add_layout(self, original_sha256: str, layout: Layout) -> None:
        """Add the layout of a text, by the digest that its graph has."""
        _write(layout_path(self.folder, original_sha256), encode(layout))

    def add_kept(self, name: str, data: bytes) -> None:
        """Add what the next build can use again."""
        _write(kept_path(self.folder, name), data)

    def keep_files(self, *paths: tuple[Callable[[Path, str], Path], str]) -> None:
        """Keep files of the version before, each given by the function of its place and its name."""
        if self._before is None:
            raise ValueError("no version before")
        for place, name in paths:
            source, target = place(self._before, name), place(self.folder, name)
            if source.exists() and not target.exists():
                link_file(source, target)

    def add_original(self, file_sha256: str, data: bytes) -> None:
        """Add the bytes of a file; what the version before has is linked, so that it takes no room twice."""
        path = original_path(self.folder, file_sha256)
        if path.exists():
            return
        known = original_path(self._before, file_sha256) if self._before is not None else None
        try:
            if known is not None and known.read_bytes() == data:
                path.hardlink_to(known)
                return
        except OSError:  # not there, or a disk without links
            path.unlink(missing_ok=True)
        path.write_bytes(data)

    def add(self, lines: Iterable[str]) -> int:
        """Load one graph, given as N-Quads lines; return their number."""
        return self.add_chunk(Chunk.of(lines))

    def add_chunk(self, chunk: Chunk) -> int:
        """Load a chunk; return the number of its quads."""
        self._digest.update(chunk.digest)
        self._load(chunk.quads, RdfFormat.N_QUADS)
        self._merge(chunk.triples)
        self._quads += chunk.count
        return chunk.count

    def skip(self, digest: bytes, count: int) -> None:
        """Count quads that the version before has already."""
        self._digest.update(digest)
        self._quads += count

    def remove(self, graph: str) -> None:
        """Take a graph of the version before out."""
        self._changes.remove(graph)

    def replace(self, graph: str, chunk: Chunk) -> None:
        """Put a graph in the place of what the version before has of it."""
        self._changes.keep_only(graph, chunk.quads)
        self.add_chunk(chunk)

    def merge(self) -> int:
        """Bring the default graph up to date; return how many quads were taken out of graphs."""
        self._settle()
        self._changes.merge()
        return self._changes.count

    def add_turtle(self, turtle: bytes, graph_iri: str) -> tuple[bytes, int]:
        """Load a Turtle document into one graph; return its digest and the number of its quads."""
        digest = sha256(turtle).digest()
        self._digest.update(digest)
        self._store.bulk_load(turtle, format=RdfFormat.TURTLE, to_graph=NamedNode(graph_iri))
        triples, count = _triples(turtle)
        self._merge(triples)
        self._quads += count
        return digest, count

    def _merge(self, triples: bytes) -> None:
        """Put triples into the default graph: the merge of all graphs, each triple once.

        Oxigraph could answer from the union of the named graphs, but gives a triple once for each of them.
        """
        self._load(triples, RdfFormat.N_TRIPLES)

    def _load(self, data: bytes, form: RdfFormat) -> None:
        """Load data in another thread, many chunks at once: each time makes files of its own."""
        gathered = self._gathered[form]
        gathered += data
        if len(gathered) >= _AT_ONCE:
            self._load_gathered(form)

    def _load_gathered(self, form: RdfFormat) -> None:
        """Load what has been gathered; only a few loads wait at a time."""
        data = bytes(self._gathered.pop(form))
        self._loading.append(self._loaders.submit(self._store.bulk_load, data, format=form))
        while len(self._loading) > _WAITING:
            self._loading.popleft().result()

    def _settle(self) -> None:
        """Wait until all data is loaded. Raises what went wrong in a loading thread."""
        for form in tuple(self._gathered):
            self._load_gathered(form)
        while self._loading:
            self._loading.popleft().result()

    def tidy(self, *, wholly: bool = True) -> None:
        """Begin to bring the database into its last form; it can be read meanwhile, nothing can be added.

        ``wholly`` writes all of its data anew, without what was taken out.
        """
        self._settle()
        self._loading.append(self._loaders.submit(self._store.flush))
        if wholly:
            self._loading.append(self._loaders.submit(self._store.optimize))

    def __len__(self) -> int:
        """Number of quads in named graphs, vocabulary and rules included."""
        return self._quads

    def close(self) -> None:
        """Let go of the database."""
        self._loaders.shutdown(cancel_futures=True)
        with suppress(AttributeError):
            del self._changes
            del self._store

    def finish(self, manifest: dict[str, object]) -> str:
        """Write the manifest once the database is tidy; return a hash of everything that was loaded."""
        self._settle()
        digest = self._digest.hexdigest()
        whole = {"format": FORMAT, "quads": len(self), "digest": digest, **manifest}
        text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True)
        (self.folder / "manifest.json").write_text(text + "\n", "utf8")
        del self._changes
        del self._store
        return digest


def _write(path: Path, data: bytes) -> None:
    """Write a file that is named by its content: what is there may be a link to that of another version."""
    if not path.exists():
        path.write_bytes(data)


@lru_cache(maxsize=1)
def _triples(turtle: bytes) -> tuple[bytes, int]:
    """Return a Turtle document as N-Triples in their order, and their number; the last is remembered."""
    triples = sorted(f"{quad.triple} .\n" for quad in parse(turtle, RdfFormat.TURTLE))
    return "".join(triples).encode("utf8"), len(triples)


@contextmanager
def open_draft(folder: Path, *, grow: bool = False) -> Iterator[Draft]:
    """Open a new version for writing; it is thrown away unless ``publish`` has made it current.

    With ``grow`` it begins with the graphs of the current version. Raises StoreError where the disk refuses
    (full, read-only).
    """
    place = folder / VERSIONS / f"{DRAFT}{os.getpid()}-{token_hex(4)}"
    draft: Draft | None = None
    try:
        draft = Draft(place, (folder / CURRENT).resolve(), grow=grow)
        yield draft
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror or error}") from error
    finally:
        if draft is not None:
            draft.close()  # an open database goes on writing into the folder that is to go
        shutil.rmtree(place, ignore_errors=True)


def publish(folder: Path, draft: Draft, digest: str, *, keep: int) -> Version:
    """Give a finished draft its name and make it the current version; keep ``keep`` older versions."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    version = Version(folder / VERSIONS / f"{stamp}-{digest[:12]}")
    draft.folder.rename(version.folder)
    make_current(folder, version, keep=keep)
    return version

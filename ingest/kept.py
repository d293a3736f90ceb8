"""What a version keeps for the next build: of each file its state and what extraction made of it.

It is used again for a file whose bytes, name and fields beside it are the same, by the same rules
(``rules_digest``); a text's graph as well, where the other documents give the same answers to its citations.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import file_digest, sha256
from pathlib import Path

from ingest.errors import InputError, StoreError
from ingest.listing import FileState
from ingest.passes import Extraction, KnownDocuments, Settings, Written
from ingest.store import Version, kept_path, pack, sizes_of_database, unpack

_INDEX = "index"


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text: what the first pass made of it, and where it was written, what the second did."""

    extraction: Extraction  # without the file; ``body`` is the name under which that is kept
    body: str
    written: Written | None = None  # without the graph and the text
    digest: bytes = b""  # of the quads
    quads: int = 0


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of a build with its texts."""

    path: str
    state: FileState
    sha256: str
    beside: str  # digest of what is known beside its texts
    texts: tuple[KeptText, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """All that a version keeps; ``files`` by their names."""

    rules: str
    files: Mapping[str, KeptFile]
    fixed: tuple[tuple[bytes, int], ...]  # digests and sizes of the graphs that come from no file
    loose: int = 0  # quads taken out of the database since all of it was written anew
    sizes: Mapping[str, int] = field(default_factory=dict)  # of the files of the database

    def texts(self) -> Iterator[KeptText]:
        """Yield all texts that are in the version."""
        for file in self.files.values():
            yield from (text for text in file.texts if text.written is not None)


def write_kept(folder: Path, kept: Kept) -> None:
    """Write the index of what a draft keeps; its database must be closed."""
    kept_path(folder, _INDEX).write_bytes(pack(replace(kept, sizes=sizes_of_database(folder))))


def read_kept(version: Version, rules: str) -> Kept | None:
    """Return what a version keeps; None for nothing, for other rules, and for a damaged version."""
    try:
        kept = unpack(kept_path(version.folder, _INDEX).read_bytes())
        sound = (
            isinstance(kept, Kept) and kept.rules == rules and kept.sizes == sizes_of_database(version.folder)
        )
    except (OSError, ValueError):
        return None
    return kept if sound and isinstance(kept, Kept) else None


def read_body(version: Version, name: str) -> bytes:
    """Return a packed file. Raises StoreError where it is damaged or gone."""
    path = kept_path(version.folder, name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror}") from error
    if body_name(data) != name:
        raise StoreError(f"{path}: damaged")
    return data


def body_name(packed: bytes) -> str:
    """Return the name under which a packed file is kept."""
    return sha256(packed).hexdigest() if packed else ""


def find_unchanged(
    kept: Kept | None, path: Path, name: str, state: FileState, settings: Settings
) -> KeptFile | None:
    """Return what is kept of a file if it is still the same; the state may be new."""
    file = kept.files.get(name) if kept else None
    if file is None or not file.sha256:
        return None
    if state and state == file.state and path.as_posix() == file.path:
        same_bytes = True
    else:
        try:
            with path.open("rb") as opened:
                same_bytes = file_digest(opened, "sha256").hexdigest() == file.sha256
        except OSError:
            return None
    if (
        not same_bytes
        or beside_digest(settings, path, [text.extraction.name for text in file.texts]) != file.beside
    ):
        return None
    return replace(file, path=path.as_posix(), state=state)


def beside_digest(settings: Settings, path: Path, names: list[str]) -> str:
    """Return a digest of what is known beside the texts of a file; empty where that cannot be read."""
    try:
        known = [sorted(settings.manifest.known_of(name, path).items()) for name in names]
    except InputError:
        return ""
    return sha256(repr(known).encode()).hexdigest()


def known_documents(texts: Iterator[KeptText]) -> KnownDocuments:
    """Return all documents that texts know and cite."""
    known = KnownDocuments()
    for text in texts:
        known.heads.update(text.extraction.heads)
        known.cited.update(text.extraction.cited)
    return known

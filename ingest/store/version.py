"""One version of a store, for reading."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad, Store

from ingest.errors import StoreError
from ingest.store.layout import Layout, decode


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a store, ready for reading."""

    folder: Path

    @property
    def id(self) -> str:
        """Its name: time of the build and a hash of its quads."""
        return self.folder.name

    def open(self) -> Store:
        """Open the graph read-only. Raises StoreError where the database cannot be opened."""
        try:
            return Store.read_only(str(self.folder / "oxigraph"))
        except (OSError, ValueError, RuntimeError) as error:
            raise StoreError(f"{self.folder}: the database cannot be opened: {error}") from error

    def quads(self) -> Iterator[Quad]:
        """Yield the quads of all named graphs, graph by graph. The default graph, which repeats them, is
        left out.
        """
        store = self.open()
        for graph in store.named_graphs():
            yield from store.quads_for_pattern(None, None, None, graph)

    def manifest(self) -> dict[str, object]:
        """Return the content of manifest.json. Raises StoreError where it cannot be read."""
        try:
            manifest = json.loads((self.folder / "manifest.json").read_text("utf8"))
        except (OSError, ValueError) as error:
            raise StoreError(f"{self.folder}: no readable manifest.json: {error}") from error
        if not isinstance(manifest, dict):
            raise StoreError(f"{self.folder}: manifest.json holds no object")
        return manifest

    def has_source(self, text_sha256: str) -> bool:
        """Tell whether there is a text with this digest."""
        return source_path(self.folder, text_sha256).is_file()

    def layout(self, original_sha256: str) -> Layout | None:
        """Return the layout of a text, by the digest that its graph has; None for a plain text.

        Raises StoreError where it cannot be read.
        """
        path = layout_path(self.folder, original_sha256)
        try:
            return decode(path.read_bytes()) if path.exists() else None
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: the places in the file cannot be read: {error}") from error

    def original(self, file_sha256: str) -> Path | None:
        """Return where the bytes of a file are kept, if they are. They may have been damaged since."""
        path = original_path(self.folder, file_sha256)
        return path if path.is_file() else None

    def source(self, text_sha256: str) -> str:
        """Return the normalised text that offsets refer to. Raises StoreError where it cannot be read."""
        path = source_path(self.folder, text_sha256)
        try:
            return path.read_bytes().decode("utf8")
        except (OSError, ValueError) as error:
            raise StoreError(f"{path}: the text of the places cannot be read: {error}") from error


def source_path(version: Path, text_sha256: str) -> Path:
    """Return the file that holds a normalised text in the folder of a version or of a draft."""
    return version / "sources" / f"{text_sha256}.txt"


def kept_path(version: Path, name: str) -> Path:
    """Return the file that holds something which the next build can use again."""
    return version / "kept" / name


def layout_path(version: Path, original_sha256: str) -> Path:
    """Return the file that holds the layout of a text."""
    return version / "layouts" / original_sha256


def original_path(version: Path, file_sha256: str) -> Path:
    """Return the file that holds the bytes of a file as it was read."""
    return version / "originals" / file_sha256


def sizes_of_database(version: Path) -> dict[str, int]:
    """Return names and sizes of the files of data: one that is gone or cut short is noticed."""
    files = sorted(path for path in (version / "oxigraph").iterdir() if path.suffix == ".sst")
    return {path.name: path.stat().st_size for path in files}

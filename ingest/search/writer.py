"""Write the search index of a draft."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import tantivy

from ingest.errors import StoreError
from ingest.search.model import EntryKind, SearchEntry, document, schema
from ingest.search.words import index_words

_HEAP = 15_000_000  # bytes; the least that tantivy takes


def write(folder: Path, entries: Iterable[SearchEntry]) -> int:
    """Write an index into a new folder; gives the number of its entries.

    One thread adds them in their order, so that equal entries give equal answers.
    Raises StoreError where the disk refuses.
    """
    folder.mkdir()
    count = 0
    try:
        index = tantivy.Index(schema(), str(folder))
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        for entry in entries:
            writer.add_document(document(entry, _words(entry)))
            count += 1
        writer.commit()
        writer.wait_merging_threads()
    except ValueError as error:  # tantivy has no other
        raise StoreError(f"{folder}: the search index cannot be written: {error}") from error
    for lock in folder.glob(".tantivy-*.lock"):
        lock.unlink()
    _open_to_readers(folder)
    return count


def _words(entry: SearchEntry) -> tuple[str, str]:
    """The words of title and text. A body's name is one of its names, no title: a registry of bodies would
    else stand above the documents that are about the same.
    """
    if entry.kind is EntryKind.AGENCY:
        return "", index_words(f"{entry.title}、{entry.text}")
    return index_words(entry.title), index_words(entry.text)


def _open_to_readers(folder: Path) -> None:
    """Let who may read the folder read every file: tantivy keeps two of them to the owner."""
    mode = folder.stat().st_mode & 0o666
    for file in folder.iterdir():
        file.chmod(mode)

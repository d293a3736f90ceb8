"""Wait until files have changed and nobody writes to them any more.

Files are looked at again and again: what a kernel tells of changes leaves out those that another machine
makes on a network file system, and a file that is still being written must be looked at twice anyway.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from ingest.readers import SUFFIXES
from ingest.store_mark import STORE_MARK

INTERVAL = 0.5  # seconds between two looks, or five times what a look takes
QUIET = 2.0  # seconds without a change after which files are taken for complete
_BESIDE = frozenset({".json", ".jsonl"})  # sidecars, and the manifest of a fetch
FileStates = Mapping[Path, tuple[int, int, int]]
"""Of each file its time of change in nanoseconds, its size and its number on the disk."""


def look(paths: Iterable[Path]) -> FileStates:
    """Return the state of files, and of those in folders that a build may read; stores are passed by."""
    found: dict[Path, tuple[int, int, int]] = {}
    for path in paths:
        if not path.is_dir():
            _add(found, path)
            continue
        for folder, below, names in os.walk(path):
            if STORE_MARK in names:
                below.clear()
                continue
            for name in names:
                if Path(name).suffix.lower() in SUFFIXES | _BESIDE:
                    _add(found, Path(folder, name))
    return found


def _add(found: dict[Path, tuple[int, int, int]], path: Path) -> None:
    try:
        state = path.stat()
    except OSError:
        return  # gone, or a link that leads nowhere
    found[path] = (state.st_mtime_ns, state.st_size, state.st_ino)


def wait_for_change(paths: Iterable[Path], before: FileStates | None) -> FileStates:
    """Wait until files are not as before and have been quiet for a while; return how they are then.

    With ``before`` None there is nothing to compare with, and only the quiet is waited for.
    """
    paths = tuple(paths)
    seen = look(paths)
    since = time.monotonic()
    if before is None and _are_old(seen):
        return seen
    while seen == before or time.monotonic() - since < QUIET:
        begun = time.monotonic()
        time.sleep(INTERVAL)
        now = look(paths)
        took = time.monotonic() - begun - INTERVAL
        if now != seen:
            seen, since = now, time.monotonic()
        time.sleep(max(0.0, 5 * took - INTERVAL))
    return seen


def _are_old(states: FileStates) -> bool:
    newest = max((changed for changed, _, _ in states.values()), default=0)
    return time.time_ns() - newest > QUIET * 1e9


def difference(before: FileStates, after: FileStates) -> str:
    """Say how many files are new, changed and removed."""
    counts = {
        "new": len(after.keys() - before.keys()),
        "changed": sum(before[path] != after[path] for path in before.keys() & after.keys()),
        "removed": len(before.keys() - after.keys()),
    }
    return ", ".join(f"{count} {name}" for name, count in counts.items() if count)

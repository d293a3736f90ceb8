"""The files of a build: their names, and the states by which a later build sees that nothing has changed."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from ingest.errors import InputError
from ingest.manifest import sidecars
from ingest.read import files

FileState = tuple[tuple[int, ...], ...]
"""Size, times and number on the disk of a file and of the JSON files beside it; empty where that tells
nothing."""

_JUST_NOW = 2_000_000_000  # nanoseconds: a file that young may change again without a new time


def list_files(paths: Iterable[Path], errors: list[InputError]) -> list[tuple[Path, str]]:
    """List the files under all paths with their names; paths that give none are added to ``errors``.

    Files of the same name in two folders are named by their whole paths; a file given twice is listed once.
    """
    found: dict[Path, str] = {}
    known: set[Path] = set()
    for path in paths:
        try:
            for file, name in files([path]):
                real = file.resolve()
                printable = name.encode("utf8", "replace").decode("utf8")
                if printable != name:
                    errors.append(InputError(printable, "the name of the file is not UTF-8"))
                elif real not in known:
                    known.add(real)
                    found[file] = name
        except InputError as error:
            errors.append(error)
    used = Counter(found.values())
    named = ((file, name if used[name] == 1 else file.as_posix()) for file, name in found.items())
    return sorted(named, key=lambda item: (item[1], item[0]))


def state_of(path: Path) -> FileState:
    """Return the state of a file; call it before the file is read."""
    newest = time.time_ns() - _JUST_NOW
    states: list[tuple[int, ...]] = []
    for place in (path, *sidecars(path)):
        try:
            found = os.stat(place)  # noqa: PTH116 - three times for each file of a corpus
        except OSError:
            states.append(())
            continue
        if max(found.st_mtime_ns, found.st_ctime_ns) > newest:
            return ()
        states.append((found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
    return tuple(states) if states[0] else ()

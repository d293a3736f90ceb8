"""Folders that the processes of one run share: the first that asks for one makes it."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.build import build_store


def shared_folder(folders: pytest.TempPathFactory) -> Path:
    """The folder of a run, the same in all of its processes."""
    own = folders.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of a path; one process at a time does."""
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that is made by the first process that asks for it, and then only read."""
    made = shared_folder(folders) / name
    with locked(made):
        if not made.exists():
            draft = made.with_name(f"{name}.building")
            shutil.rmtree(draft, ignore_errors=True)
            make(draft)
            draft.rename(made)
    return made


def built_once(folders: pytest.TempPathFactory, name: str, paths: list[Path]) -> Path:
    """A store of some files; for reading only."""

    def build(store: Path) -> None:
        assert build_store(paths, store).errors == []

    return made_once(folders, name, build)

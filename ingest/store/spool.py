"""Intermediate results of a build: some stay in memory, the rest waits on disk until it is needed."""

from __future__ import annotations

import pickle
import shutil
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")


class Spool(Generic[T]):
    """Holds objects of one type by name until they are taken back: a corpus need not fit into memory.

    ``room`` is how much may stay in memory, in the unit of the sizes given to ``put``. Once the sizes exceed
    it, everything further goes to ``folder``, which is created when first needed.
    """

    def __init__(self, folder: Path, kind: type[T], room: int) -> None:
        self._folder = folder
        self._kind = kind
        self._room = room
        self._in_memory: dict[str, T] = {}

    def put(self, name: str, thing: T, size: int) -> None:
        """Put an object aside under a name."""
        self._room -= size
        if self._room >= 0:
            self._in_memory[name] = thing
            return
        self._folder.mkdir(exist_ok=True)
        with self._path(name).open("wb") as file:
            pickle.dump(thing, file, protocol=pickle.HIGHEST_PROTOCOL)

    def take(self, name: str) -> T:
        """Return the object that was put aside under a name, and forget it."""
        if name in self._in_memory:
            return self._in_memory.pop(name)
        path = self._path(name)
        with path.open("rb") as file:
            thing = pickle.load(file)
        path.unlink()
        if not isinstance(thing, self._kind):
            raise TypeError(f"{name}: {self._kind.__name__} expected")
        return thing

    def close(self) -> None:
        """Remove everything that was never taken back."""
        self._in_memory.clear()
        if self._folder.exists():
            shutil.rmtree(self._folder)

    def _path(self, name: str) -> Path:
        return self._folder / sha256(name.encode("utf8")).hexdigest()

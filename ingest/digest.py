"""Digests of rules, and of folders that people edit: a change of any file that is read tells."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path

import ingest
import ontology

_DATA = {".py", ".yaml", ".json", ".csv", ".ttl"}


def digest_folder(folder: Path) -> str:
    """Return the SHA-256 of the names and bytes of the files of code and data below a folder."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _DATA and path.is_file():
            found.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()


def rules_digest(options: tuple[str | bool, ...], registry_digests: Sequence[str]) -> str:
    """Return a digest of all that decides what is made of a file, but for the file and what is beside it."""
    return sha256(repr((_program(), options, tuple(registry_digests))).encode()).hexdigest()


@cache
def _program() -> str:
    """Digest of the rules, the code and the libraries of this gongbao."""
    parts = [digest_folder(Path(room.__file__ or "").parent) for room in (ingest, ontology)]
    libraries = sorted(
        path.name for folder in map(Path, sys.path) if folder.is_dir() for path in folder.glob("*.dist-info")
    )
    return sha256(repr((sys.version, libraries, parts)).encode()).hexdigest()

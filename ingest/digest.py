"""Digests of folders that people edit: a change of any file that is read tells."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

_DATA = {".py", ".yaml", ".json", ".csv", ".ttl"}


def digest_folder(folder: Path) -> str:
    """Return the SHA-256 of the names and bytes of the files of code and data below a folder."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        if path.suffix in _DATA and path.is_file():
            found.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            found.update(sha256(path.read_bytes()).digest())
    return found.hexdigest()

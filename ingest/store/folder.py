"""The store folder as a whole: its mark and format, its versions, and which of them is the current one.

STORE/gongbao-store.json        marks the folder as a store and states its format
STORE/versions/<id>/            oxigraph/, search/ (ingest.search), sources/<sha256>.txt, manifest.json,
                                originals/<sha256> (bytes of files), layouts/<sha256> (their pages, tables)
STORE/current -> versions/<id>  switched by an atomic rename
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ingest.errors import StoreError
from ingest.store.version import Version
from ingest.store_mark import STORE_MARK

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

FORMAT = 3  # 2: bodies resolved; 3: the default graph is the merge of all, and a search index
VERSIONS = "versions"
_UNFINISHED_MARK = f".{STORE_MARK}-"
CURRENT = "current"
DRAFT = ".draft-"  # with which the name of a version begins that is being written
GONE = ".gone-"  # and that of one that is being removed


def prepare(folder: Path) -> None:
    """Make a store folder, or make sure that an existing folder is one.

    Raises StoreError for a folder that holds something else, and for a store of another format.
    """
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder}: a file, not a store folder")
    mark = folder / STORE_MARK
    if mark.exists():
        _check_format(folder)
        (folder / VERSIONS).mkdir(exist_ok=True)  # a first build may have been killed between the two
    elif folder.exists() and any(not path.name.startswith(_UNFINISHED_MARK) for path in folder.iterdir()):
        raise StoreError(
            f"{folder}: not a gongbao store (no {STORE_MARK}) and not empty; give another folder"
        )
    else:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            unfinished = folder / f"{_UNFINISHED_MARK}{os.getpid()}"
            unfinished.write_text(json.dumps({"format": FORMAT}) + "\n", "utf8")
            unfinished.replace(mark)
            (folder / VERSIONS).mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder}: cannot be made a store: {error.strerror}") from error


def _check_format(folder: Path) -> None:
    try:
        content = json.loads((folder / STORE_MARK).read_text("utf8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{folder}: {STORE_MARK} cannot be read: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise StoreError(f"{folder}: a store of another format; this gongbao reads format {FORMAT}")


def current(folder: Path) -> Version:
    """Return the version that readers see. Raises StoreError, which says what to do, where there is none."""
    if not folder.exists():
        raise StoreError(f"{folder}: no such folder; 'gongbao build PATH --store {folder}' makes a store")
    if not (folder / STORE_MARK).exists():
        raise StoreError(f"{folder}: not a gongbao store (no {STORE_MARK})")
    _check_format(folder)
    link = folder / CURRENT
    if not link.exists():
        raise StoreError(f"{folder}: the store has no version yet; run 'gongbao build' first")
    return Version(link.resolve())


def has_version(folder: Path) -> bool:
    """Tell whether a store has a current version."""
    return (folder / CURRENT).exists()


@contextmanager
def sole_writer(folder: Path) -> Iterator[None]:
    """Let nobody else write a store meanwhile. Raises StoreError where somebody does.

    The lock is the operating system's: it ends with its process, however that ends. What builds have left
    that were killed is removed.
    """
    if fcntl is None:
        yield
        return
    try:
        mark = (folder / STORE_MARK).open("r+b")
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}") from error
    with mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StoreError(
                f"{folder}: another build is writing this store; wait until it has ended"
            ) from error
        except OSError:  # a disk that knows no locks: whose drafts there are cannot be told
            yield
            return
        sweep(folder)
        yield


def versions(folder: Path) -> tuple[Version, ...]:
    """Return all versions, oldest first. Drafts are not among them."""
    paths = sorted(path for path in (folder / VERSIONS).iterdir() if path.name[0] != ".")
    return tuple(map(Version, paths))


def make_current(folder: Path, version: Version, *, keep: int) -> None:
    """Switch readers to a version and remove all older versions but ``keep``."""
    link = folder / f".{CURRENT}-{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(VERSIONS) / version.id)
    link.replace(folder / CURRENT)
    in_use = {version.folder, (folder / CURRENT).resolve()}  # another build may have switched since
    older = [other.folder for other in versions(folder) if other.folder not in in_use]
    for path in older[: max(len(older) - keep, 0)]:
        gone = path.with_name(f"{GONE}{path.name}")
        try:
            path.rename(gone)  # a version is whole or not there, also if this process is killed
        except OSError:
            continue
        shutil.rmtree(gone, ignore_errors=True)


def sweep(folder: Path) -> None:
    """Remove what builds left that were killed. Only the sole writer of a store may do it."""
    for left in (*(folder / VERSIONS).glob(f"{DRAFT}*"), *(folder / VERSIONS).glob(f"{GONE}*")):
        shutil.rmtree(left, ignore_errors=True)
    for left in (*folder.glob(f".{CURRENT}-*"), *folder.glob(f"{_UNFINISHED_MARK}*")):
        left.unlink(missing_ok=True)

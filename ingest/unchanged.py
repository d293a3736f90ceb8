"""Whether anything has changed since the current version was built, found out without loading the rules.

A version keeps a list of its files with their states; where all of them, and all that is known beside them,
are as they were, there is nothing to build.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from ingest.build_report import BuildReport
from ingest.errors import InputError
from ingest.listing import FileState, list_files, state_of
from ingest.manifest import Manifest, read_manifest
from ingest.store import current, has_version, kept_path, pack, sizes_of_database, unpack

_NAME = "listing"
ListedFile = tuple[str, str, FileState]
"""The path of a file, its name and its state."""


def write_listing(report: BuildReport, rules: str, manifest: Manifest, files: Sequence[ListedFile]) -> None:
    """Write down what the version of a report was built from, where states tell whether that has changed."""
    version = report.version
    if version is None or report.errors or not all(state for _, _, state in files):
        return
    path = kept_path(version.folder, _NAME)
    sizes = sizes_of_database(version.folder)
    content = (rules, _digest(manifest), tuple(files), sizes, replace(report, version=None))
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(pack(content))
    unfinished.replace(path)


def find_unchanged_report(
    paths: Sequence[Path], store: Path, rules: str, metadata: Sequence[Path]
) -> BuildReport | None:
    """Return what a build of these paths would report if it changes nothing; None if it may change something.

    Raises what ``read_manifest`` and ``current`` raise.
    """
    if not has_version(store):
        return None
    version = current(store)
    try:
        content = unpack(kept_path(version.folder, _NAME).read_bytes())
    except (OSError, ValueError):
        return None
    if not isinstance(content, tuple) or content[0] != rules:
        return None
    _, beside, files, sizes, report = content
    errors: list[InputError] = []
    now = [(path.as_posix(), name, state_of(path)) for path, name in list_files(paths, errors)]
    same = not errors and tuple(now) == files and _digest(read_manifest(metadata, paths)) == beside
    if not same or sizes != sizes_of_database(version.folder) or not isinstance(report, BuildReport):
        return None
    report.version = version
    report.added, report.changed, report.removed, report.affected = [], [], [], []
    report.skipped = len(files)
    return report


def _digest(manifest: Manifest) -> str:
    return sha256(
        repr((sorted(manifest.fields.items()), sorted(manifest.fetched.items()))).encode()
    ).hexdigest()

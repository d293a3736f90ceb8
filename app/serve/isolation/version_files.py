"""What is read once from a version of the store. A new version is another key, so it brings its own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from app.serve.http.errors import LimitError
from ingest.errors import StoreError
from ingest.search import SearchIndex
from ingest.store import Version

_VERSIONS = 2  # the one that is answered from, and the one before while its last requests end


@dataclass(frozen=True, slots=True)
class About:
    """What a version's manifest says that pages need."""

    base: str
    """of the IRIs that were minted"""
    counts: Mapping[str, int]


async def about(version: Version) -> About:
    """What a version holds. Raises LimitError where it is being replaced."""
    return await asyncio.to_thread(_about, version)


async def index(version: Version) -> SearchIndex:
    """The search index of a version. Raises LimitError where it cannot be opened."""
    return await asyncio.to_thread(_index, version)


async def source(version: Version, text_sha256: str) -> str:
    """A normalised text. Raises LimitError where the version is being replaced."""
    return await asyncio.to_thread(_source, version, text_sha256)


@lru_cache(maxsize=_VERSIONS)
def _about(version: Version) -> About:
    try:
        manifest = version.manifest()
    except StoreError as error:
        raise LimitError("the version is being replaced; try again") from error
    counts = {name: value for name, value in manifest.items() if isinstance(value, int)}
    files = manifest.get("files")
    if isinstance(files, list):
        counts["files"] = len(files)
    return About(str(manifest["base"]), MappingProxyType(counts))


@lru_cache(maxsize=_VERSIONS)
def _index(version: Version) -> SearchIndex:
    try:
        return SearchIndex(version.folder)
    except StoreError as error:
        raise LimitError(f"no search now: {error}") from error


def _source(version: Version, text_sha256: str) -> str:
    try:
        return version.source(text_sha256)
    except StoreError as error:
        raise LimitError("the version is being replaced; try again") from error

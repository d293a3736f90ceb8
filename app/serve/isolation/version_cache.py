"""Files of a version of the store, read once. A new version is another key, so its own files are read."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from app.serve.http.errors import LimitError
from ingest.errors import StoreError
from ingest.search import SearchIndex
from ingest.store import Layout, Version

_VERSIONS = 2  # the current one, and the one before it while its last requests end


@dataclass(frozen=True, slots=True)
class DatasetInfo:
    """What pages show from the manifest of a version."""

    base: str
    """the common prefix of all minted IRIs"""
    counts: Mapping[str, int]


async def load_dataset_info(version: Version) -> DatasetInfo:
    """Read the manifest of a version. Raises LimitError where it is being replaced."""
    return await asyncio.to_thread(_dataset_info, version)


async def load_search_index(version: Version) -> SearchIndex:
    """Open the search index of a version. Raises LimitError where it cannot be opened."""
    return await asyncio.to_thread(_search_index, version)


async def load_source(version: Version, text_sha256: str) -> str:
    """Read a normalised text. Raises LimitError where the version is being replaced."""
    return await asyncio.to_thread(_source, version, text_sha256)


@lru_cache(maxsize=_VERSIONS)
def _dataset_info(version: Version) -> DatasetInfo:
    try:
        manifest = version.manifest()
    except StoreError as error:
        raise LimitError("the version is being replaced; try again") from error
    counts = {name: value for name, value in manifest.items() if isinstance(value, int)}
    files = manifest.get("files")
    if isinstance(files, list):
        counts["files"] = len(files)
    return DatasetInfo(str(manifest["base"]), MappingProxyType(counts))


@lru_cache(maxsize=_VERSIONS)
def _search_index(version: Version) -> SearchIndex:
    try:
        return SearchIndex(version.folder)
    except StoreError as error:
        raise LimitError(f"no search now: {error}") from error


async def load_layout(version: Version, original_sha256: str) -> Layout | None:
    """Read the layout of a text; None for a plain text. Raises LimitError where it cannot be read."""
    return await asyncio.to_thread(_layout, version, original_sha256)


def _layout(version: Version, original_sha256: str) -> Layout | None:
    try:
        return version.layout(original_sha256)
    except StoreError as error:
        raise LimitError(f"no places in the original now: {error}") from error


def _source(version: Version, text_sha256: str) -> str:
    try:
        return version.source(text_sha256)
    except StoreError as error:
        raise LimitError("the version is being replaced; try again") from error

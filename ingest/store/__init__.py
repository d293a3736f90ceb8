"""The store folder: reading its versions and writing new ones; nobody ever reads a half-written store."""

from ingest.store.draft import Chunk, Draft, open_draft, publish
from ingest.store.folder import FORMAT, current, has_version, prepare, sole_writer, versions
from ingest.store.layout import LaidParagraph, Layout, PageBox, PlaceRun, layout_of, plain_layout
from ingest.store.packed import pack, unpack
from ingest.store.version import (
    Version,
    kept_path,
    layout_path,
    original_path,
    sizes_of_database,
    source_path,
)

__all__ = [
    "FORMAT",
    "Chunk",
    "Draft",
    "LaidParagraph",
    "Layout",
    "PageBox",
    "PlaceRun",
    "Version",
    "current",
    "has_version",
    "kept_path",
    "layout_of",
    "layout_path",
    "open_draft",
    "original_path",
    "pack",
    "plain_layout",
    "prepare",
    "publish",
    "sizes_of_database",
    "sole_writer",
    "source_path",
    "unpack",
    "versions",
]

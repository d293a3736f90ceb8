"""The store folder: reading its versions and writing new ones; nobody ever reads a half-written store."""

from ingest.store.draft import Chunk, Draft, open_draft, publish
from ingest.store.folder import FORMAT, current, prepare, versions
from ingest.store.layout import LaidParagraph, Layout, PageBox, PlaceRun, layout_of, plain_layout
from ingest.store.spool import Spool
from ingest.store.version import Version

__all__ = [
    "FORMAT",
    "Chunk",
    "Draft",
    "LaidParagraph",
    "Layout",
    "PageBox",
    "PlaceRun",
    "Spool",
    "Version",
    "current",
    "layout_of",
    "open_draft",
    "plain_layout",
    "prepare",
    "publish",
    "versions",
]

"""The store folder: reading its versions and writing new ones; nobody ever reads a half-written store."""

from ingest.store.draft import Chunk, Draft, open_draft, publish
from ingest.store.folder import FORMAT, current, prepare, versions
from ingest.store.spool import Spool
from ingest.store.version import Version

__all__ = [
    "FORMAT",
    "Chunk",
    "Draft",
    "Spool",
    "Version",
    "current",
    "open_draft",
    "prepare",
    "publish",
    "versions",
]

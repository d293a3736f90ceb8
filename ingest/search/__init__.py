"""Full text search: the index of a version, written when it is built, and searching it."""

from __future__ import annotations

from ingest.search.find import Facets, Filters, Found, Hit, SearchError, SearchIndex, search
from ingest.search.gather import entries
from ingest.search.model import FOLDER, Agency, DocumentName, Entry, Kind
from ingest.search.snippet import Piece
from ingest.search.writer import write

__all__ = [
    "FOLDER",
    "Agency",
    "DocumentName",
    "Entry",
    "Facets",
    "Filters",
    "Found",
    "Hit",
    "Kind",
    "Piece",
    "SearchError",
    "SearchIndex",
    "entries",
    "search",
    "write",
]

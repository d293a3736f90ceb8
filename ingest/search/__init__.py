"""Full text search: the index of a version, written when it is built, and searching it."""

from __future__ import annotations

from ingest.search.find import (
    SearchError,
    SearchFacets,
    SearchFilters,
    SearchHit,
    SearchIndex,
    SearchResults,
    search,
)
from ingest.search.gather import entries
from ingest.search.model import FOLDER, AgencyName, DocumentName, EntryKind, SearchEntry
from ingest.search.snippet import SnippetRun
from ingest.search.writer import write

__all__ = [
    "FOLDER",
    "AgencyName",
    "DocumentName",
    "EntryKind",
    "SearchEntry",
    "SearchError",
    "SearchFacets",
    "SearchFilters",
    "SearchHit",
    "SearchIndex",
    "SearchResults",
    "SnippetRun",
    "entries",
    "search",
    "write",
]

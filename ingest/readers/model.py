"""The nouns of the readers, as ``ingest.model.source`` has them."""

from __future__ import annotations

from ingest.model.source import Box, Failure, Field, Origin, OriginMap, Reading, Source, Table

__all__ = ["Box", "Failure", "Field", "Origin", "OriginMap", "Reading", "Source", "Table"]

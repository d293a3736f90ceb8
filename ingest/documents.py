"""From a file's text to its documents, ready for extraction."""

from __future__ import annotations

from ingest.extract.document import head
from ingest.model import Document, Text
from ingest.segment import segment
from ingest.structure import structure


def documents(text: Text) -> tuple[Document, ...]:
    """Segment, read the heads, structure. Raises InputError for a text that is no circular."""
    return tuple(structure(text, found, head(text, found)) for found in segment(text))

"""Documents from text, as the pipeline makes them."""

from __future__ import annotations

from tests.ingest.extract.conftest import document_of, documents_of

__all__ = ["document_of", "documents_of"]

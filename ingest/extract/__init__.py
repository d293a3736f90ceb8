"""The seven kinds of fact, one module a kind; each has ``extract(document)``."""

from __future__ import annotations

from ingest.extract import deadline, internal, norm, reference, responsibility, target
from ingest.model import Document, Facts


def extract(document: Document) -> Facts:
    """All facts of a document; its head is read before (``ingest.head``)."""
    return Facts(
        responsibilities=tuple(responsibility.extract(document)),
        targets=tuple(target.extract(document)),
        deadlines=tuple(deadline.extract(document)),
        references=tuple(reference.extract(document)),
        internal_references=tuple(internal.extract(document)),
        norms=tuple(norm.extract(document)),
    )

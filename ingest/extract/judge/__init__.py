"""Responsibilities in running prose, decided by weights over what stands around a body's name.

Candidates come from the structure of the sentence, their weights from gold (``python -m tests.truth train``).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.extract.judge.decide import decide
from ingest.extract.judge.weights import builtin
from ingest.model import Document, Responsibility, Span


def extract(document: Document, annotations: Sequence[Span] = ()) -> list[Responsibility]:
    """Responsibilities in the prose of a document, outside its annotations, in the order of the text."""
    return [duty.fact for duty in decide(document, annotations, builtin())]

"""The nouns of the pipeline: text, document, clause and the kinds of fact.

Every offset counts Unicode code points of the normalised text, end exclusive, so that
``text.text[start:end]`` is the quote.
"""

from __future__ import annotations

from ingest.model.document import (
    FACT_PARTS,
    Block,
    Clause,
    ClauseKind,
    Document,
    DocumentFields,
    HeadField,
    Part,
    Segment,
    Sentence,
)
from ingest.model.facts import (
    Comparator,
    Deadline,
    DeadlineKind,
    Fact,
    Facts,
    InternalReference,
    Modality,
    Norm,
    Reference,
    Relation,
    Responsibility,
    Role,
    Target,
)
from ingest.model.text import OffsetMap, Paragraph, ParagraphKind, Span, Text, TextTable

__all__ = [
    "FACT_PARTS",
    "Block",
    "Clause",
    "ClauseKind",
    "Comparator",
    "Deadline",
    "DeadlineKind",
    "Document",
    "DocumentFields",
    "Fact",
    "Facts",
    "HeadField",
    "InternalReference",
    "Modality",
    "Norm",
    "OffsetMap",
    "Paragraph",
    "ParagraphKind",
    "Part",
    "Reference",
    "Relation",
    "Responsibility",
    "Role",
    "Segment",
    "Sentence",
    "Span",
    "Target",
    "Text",
    "TextTable",
]

"""The nouns of the pipeline: what a reader gives, text, document, clause and the kinds of fact.

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
from ingest.model.source import Box, Failure, Field, Origin, OriginMap, Reading, Source, Table
from ingest.model.text import OffsetMap, Paragraph, ParagraphKind, Span, Text, TextTable

__all__ = [
    "FACT_PARTS",
    "Block",
    "Box",
    "Clause",
    "ClauseKind",
    "Comparator",
    "Deadline",
    "DeadlineKind",
    "Document",
    "DocumentFields",
    "Fact",
    "Facts",
    "Failure",
    "Field",
    "HeadField",
    "InternalReference",
    "Modality",
    "Norm",
    "OffsetMap",
    "Origin",
    "OriginMap",
    "Paragraph",
    "ParagraphKind",
    "Part",
    "Reading",
    "Reference",
    "Relation",
    "Responsibility",
    "Role",
    "Segment",
    "Sentence",
    "Source",
    "Span",
    "Table",
    "Target",
    "Text",
    "TextTable",
]

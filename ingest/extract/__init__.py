"""The seven kinds of fact, one module a kind; each has ``extract(document)``."""

from __future__ import annotations

from typing import TypeVar

from ingest.extract import deadline, document_list, internal, norm, reference, responsibility, table, target
from ingest.model import Deadline, Document, Facts, Reference, Target

F = TypeVar("F", Deadline, Target, Reference)


def extract(document: Document) -> Facts:
    """All facts of a document; its head is read before (``ingest.head``)."""
    tables = table.extract(document)
    return Facts(
        responsibilities=tuple(responsibility.extract(document, tables.responsibilities)),
        targets=_in_order([*target.extract(document), *tables.targets]),
        deadlines=_in_order([*deadline.extract(document), *tables.deadlines]),
        references=_in_order([*reference.extract(document), *document_list.extract(document)]),
        internal_references=tuple(internal.extract(document)),
        norms=tuple(norm.extract(document)),
        names=tables.names,
    )


def _in_order(facts: list[F]) -> tuple[F, ...]:
    return tuple(sorted(facts, key=lambda fact: fact.span.start))

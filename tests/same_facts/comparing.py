"""Facts of two files compared, wherever they stand in them."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ingest.errors import InputError
from ingest.extract import extract
from ingest.model import DocumentFields
from ingest.pipeline import documents
from ingest.quoted_facts import QuotedFact, quoted_facts
from ingest.read import read_bytes
from ontology.normal import without_space

_PLACES = frozenset({"kind", "file", "line", "start", "end", "confidence", "rule", "said_by"})
Fact = tuple[str, ...]


class Compared(NamedTuple):
    """How many facts are in both files, and what only one of them gives."""

    same: int
    missing: list[Fact]
    added: list[Fact]

    @property
    def share(self) -> float:
        """Facts in both, of all facts that any of them gives."""
        return self.same / max(self.same + len(self.missing) + len(self.added), 1)


def facts_of(data: bytes, name: str) -> Counter[Fact]:
    """The facts of a file without their places; each field of a head counts as a fact."""
    try:
        text = read_bytes(data, name)
        found = documents(text)
    except InputError as error:
        return Counter({("refused", str(error)): 1})
    return Counter(
        key for fact in quoted_facts(text, [(one, extract(one)) for one in found]) for key in _keys(fact)
    )


def _keys(fact: QuotedFact) -> list[Fact]:
    record = {
        name: without_space(str(value))
        for name, value in fact.to_dict().items()
        if name not in _PLACES and value not in (None, [])
    }
    if isinstance(fact.content, DocumentFields):
        return [("doc", name, value) for name, value in record.items()]
    return [(fact.kind, *(f"{name}={value}" for name, value in sorted(record.items())))]


def compare(one: Counter[Fact], other: Counter[Fact]) -> Compared:
    """Compare the facts of a file with those of another."""
    return Compared((one & other).total(), sorted((one - other).elements()), sorted((other - one).elements()))

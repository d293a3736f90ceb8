"""What differs between two versions of a store: its graphs as an RDF patch, and its facts.

Only graphs that differ are looked into, with those that come from no file, which say what bodies are called.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import NamedNode, Quad, QuerySolutions, Store

from ingest.errors import StoreError
from ingest.store import Version
from ontology.terms import GB
from queries.facts import KINDS, FactRecord, facts

_PLACE = ("line", "start", "end", "place", "page")  # where a fact stands: that it has moved is no difference
_TEXTS = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?text <{GB.originalSha256}> ?sha }} }}"


class Change(StrEnum):
    """What became of something."""

    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """Two versions of a store, open, and the graphs that are not the same in both."""

    before: Store
    after: Store
    graphs: tuple[str, ...]

    def patch(self) -> Iterator[str]:
        """Yield the lines of an RDF patch that makes the named graphs of the first those of the second."""
        yield "TX .\n"
        for graph in self.graphs:
            old, new = _quads(self.before, graph), _quads(self.after, graph)
            yield from sorted(f"D {quad} .\n" for quad in old - new)
            yield from sorted(f"A {quad} .\n" for quad in new - old)
        yield "TC .\n"

    def facts(self) -> Iterator[tuple[Change, FactRecord]]:
        """Yield the facts that only one of the versions states, file by file."""
        old, new = _facts(self.before, self.graphs), _facts(self.after, self.graphs)
        gone, come = Counter(map(_statement, old)), Counter(map(_statement, new))
        found = [
            *((Change.REMOVED, record) for record in _only(old, gone - come)),
            *((Change.ADDED, record) for record in _only(new, come - gone)),
        ]
        found.sort(key=lambda item: (str(item[1]["file"]), str(item[1]["kind"]), item[0] == Change.ADDED))
        yield from found


def compare(before: Version, after: Version) -> VersionDifference:
    """Compare two versions. Raises StoreError where one cannot be opened."""
    old, new = before.open(), after.open()
    names = {
        name.value for store in (old, new) for name in store.named_graphs() if isinstance(name, NamedNode)
    }
    differ = [name for name in sorted(names) if _differ(old, new, name)]
    return VersionDifference(old, new, tuple(differ))


def choose_version(versions: tuple[Version, ...], name: str) -> Version:
    """Return the version whose name begins like this. Raises StoreError for none and for several."""
    found = [version for version in versions if version.id.startswith(name)]
    if len(found) != 1:
        which = "no version" if not found else "several versions"
        known = ", ".join(version.id for version in versions)
        raise StoreError(f"{name}: {which} of this name; there are {known}")
    return found[0]


def _differ(old: Store, new: Store, graph: str) -> bool:
    name = NamedNode(graph)
    both = (store.quads_for_pattern(None, None, None, name) for store in (old, new))
    one, other = both  # both in the order of the database, which depends on nothing but the quads
    while True:
        left, right = next(one, None), next(other, None)
        if left != right:
            return True
        if left is None:
            return False


def _quads(store: Store, graph: str) -> set[Quad]:
    return set(store.quads_for_pattern(None, None, None, NamedNode(graph)))


def _facts(store: Store, graphs: tuple[str, ...]) -> list[FactRecord]:
    """The facts of some graphs: those of a file, which says all that its facts need, and of no file."""
    found = store.query(_TEXTS)
    if not isinstance(found, QuerySolutions):
        raise TypeError("a SELECT query is expected")
    texts = {solution["graph"].value for solution in found}
    part = Store()
    for name in store.named_graphs():
        if isinstance(name, NamedNode) and (name.value not in texts or name.value in graphs):
            quads = list(store.quads_for_pattern(None, None, None, name))
            part.extend(quads)
            part.extend(Quad(*quad.triple) for quad in quads)
    return list(facts(part, KINDS))


def _statement(record: FactRecord) -> str:
    """What a fact states, without where it stands; facts have names of their places, documents have not."""
    left_out = _PLACE if record["kind"] == "doc" else (*_PLACE, "iri")
    return json.dumps({key: value for key, value in record.items() if key not in left_out}, sort_keys=True)


def _only(records: list[FactRecord], wanted: Counter[str]) -> Iterator[FactRecord]:
    """The records of statements, each as often as it is wanted."""
    for record in records:
        statement = _statement(record)
        if wanted[statement] > 0:
            wanted[statement] -= 1
            yield record

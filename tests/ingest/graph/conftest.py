"""Graphs of texts and of the samples, to ask simple things of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store

from ingest.pipeline import BuiltFile, build_file
from ingest.store import current
from ingest.validate import validate
from ontology.iris import Iris
from ontology.terms import (
    ELI,
    GB,
    NIF,
    RDF,
    Term,
)

IRIS = Iris()
DOC = f"{IRIS.base}doc/"
FACTS = (
    GB.Responsibility,
    GB.Target,
    GB.Deadline,
    GB.Reference,
    GB.InternalReference,
    GB.Obligation,
    GB.Prohibition,
    GB.Permission,
)
LINKS = (ELI.based_on, ELI.applies, ELI.repeals, ELI.amends, ELI.cites)


class Graph:
    """A store to ask simple things of; IRIs and values as strings."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def quads(
        self, subject: str | None = None, predicate: str | None = None, value: str | None = None
    ) -> Iterator[Quad]:
        """The quads of named graphs; the default graph of a store says them once more."""
        found = self.store.quads_for_pattern(
            NamedNode(subject) if subject else None,
            NamedNode(predicate) if predicate else None,
            NamedNode(value) if value else None,
        )
        yield from (quad for quad in found if quad.graph_name != DefaultGraph())

    def values(self, subject: str, *path: str) -> list[str]:
        """What a path of properties leads to, each once, sorted."""
        found = {subject}
        for predicate in path:
            found = {plain(quad) for node in found for quad in self.quads(node, predicate)}
        return sorted(found)

    def value(self, subject: str, *path: str) -> str:
        """The only thing that a path leads to."""
        (only,) = self.values(subject, *path)
        return only

    def of(self, kind: Term) -> list[str]:
        """The members of a class, sorted."""
        return sorted({subject(quad) for quad in self.quads(None, RDF.type, kind)})

    def quote(self, subject: str) -> str:
        """The characters of a fact."""
        return self.value(subject, GB.place, NIF.anchorOf)


def plain(quad: Quad) -> str:
    assert isinstance(quad.object, NamedNode | Literal)
    return quad.object.value


def subject(quad: Quad) -> str:
    assert isinstance(quad.subject, NamedNode)
    return quad.subject.value


def processed(text: str, folder: Path, name: str = "own.txt") -> BuiltFile:
    """A text of our own through the pipeline."""
    (folder / name).write_text(text, "utf8")
    return build_file(folder / name, name, IRIS)


def graph(text: str, folder: Path) -> Graph:
    """The graph of a text of our own; it conforms to the shapes."""
    done = processed(text, folder)
    assert validate(done.lines, "own.txt") == []
    store = Store()
    store.load("".join(done.lines).encode(), RdfFormat.N_QUADS)
    return Graph(store)


@pytest.fixture(scope="module")
def samples(samples_store: Path) -> Graph:
    return Graph(current(samples_store).open())

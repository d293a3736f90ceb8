"""Taking graphs out of a database, and putting others in their place, without loading what stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

_NEVER_REWRITTEN = ".sst"  # files of RocksDB that are written once: a link is as good as a copy
_NOT_NEEDED = "LOCK"


def copy_database(before: Path, to: Path) -> None:
    """Copy a database that nobody writes to; its data is linked, so that it takes neither time nor room."""
    to.mkdir()
    for file in before.iterdir():
        if file.name == _NOT_NEEDED:
            continue
        if file.suffix == _NEVER_REWRITTEN:
            link_file(file, to / file.name)
        else:
            shutil.copyfile(file, to / file.name)


def link_file(before: Path, to: Path) -> None:
    """Link a file that never changes, or copy it where the disk has no links."""
    try:
        os.link(before, to)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(before, to)


class GraphChanges:
    """Graphs that are taken out of a database, or changed in it.

    A triple leaves the default graph, the merge of all graphs, with the last graph that has it.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._taken: set[Triple] = set()
        self.count = 0  # of quads taken out

    def remove(self, graph: str) -> None:
        """Take a whole graph out."""
        name = NamedNode(graph)
        self._take(list(self._store.quads_for_pattern(None, None, None, name)))
        self._store.remove_graph(name)

    def keep_only(self, graph: str, quads: bytes) -> None:
        """Take everything out of a graph but these quads, which need not be in it yet."""
        wanted = set(parse(quads, RdfFormat.N_QUADS))
        there = self._store.quads_for_pattern(None, None, None, NamedNode(graph))
        gone = [quad for quad in there if quad not in wanted]
        for quad in gone:
            self._store.remove(quad)
        self._take(gone)

    def _take(self, quads: Iterable[Quad]) -> None:
        for quad in quads:
            self._taken.add(quad.triple)
            self.count += 1

    def merge(self) -> None:
        """Bring the default graph up to date, once all new quads are loaded."""
        merged = DefaultGraph()
        for triple in self._taken:
            subject, predicate, value = triple.subject, triple.predicate, triple.object
            found = self._store.quads_for_pattern(subject, predicate, value, None)
            if all(quad.graph_name == merged for quad in found):
                self._store.remove(Quad(subject, predicate, value, merged))
        self._taken.clear()

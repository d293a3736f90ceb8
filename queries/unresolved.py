"""Names of bodies that nothing resolved, with counts and places."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO

from pyoxigraph import Store

from ontology.registry.judgements import COLUMNS, EVERYWHERE
from queries.library import question
from queries.run import Row, rows

QUESTION = "info/unresolved"
"""The question whose answer has a row for each place of each name."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that nothing resolved, with its places as file:line in the order of the text."""

    name: str
    places: tuple[str, ...]


def find_unresolved(store: Store) -> list[Unresolved]:
    """Return the names of a store, the most frequent first."""
    return group_unresolved(rows(store, question(QUESTION)))


def group_unresolved(answer: Iterable[Row]) -> list[Unresolved]:
    """Return the names in an answer to ``QUESTION``, the most frequent first."""
    places: dict[str, list[str]] = defaultdict(list)
    for row in answer:
        places[row["name"] or ""].append(f"{row['file']}:{row['line']}")
    found = [Unresolved(name, tuple(where)) for name, where in places.items()]
    return sorted(found, key=lambda one: (-len(one.places), one.name))


def format_unresolved(found: Iterable[Unresolved], form: str) -> str:
    """Return CSV: all places, or with ``judgements`` rows to fill in and append to a judgements.csv."""
    out = StringIO(newline="")
    table = csv.writer(out, lineterminator="\n")
    if form == "csv":
        table.writerow(("mention", "count", "places"))
        table.writerows((one.name, len(one.places), "|".join(one.places)) for one in found)
    else:
        table.writerow(COLUMNS)
        table.writerows((one.name, EVERYWHERE, *("" for _ in COLUMNS[2:])) for one in found)
    return out.getvalue()

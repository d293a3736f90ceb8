"""How long searches take.

    python -m tests.benchmarks.search [STORE] [--copies N]

Asks for parts of the titles and texts that the index itself holds, one search after the other, as one
process does; a quarter of the searches have two words, a quarter have filters. Without a store it builds
one from the shared corpus beside the project, else from the samples. ``--copies`` searches an index with
every entry N times.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from ingest.build import build_store
from ingest.resolve.resolver import load_resolver
from ingest.search import FOLDER, EntryKind, SearchEntry, SearchFilters, SearchIndex, entries, search, write
from ingest.store import Version, current
from ontology.iris import Iris
from tests.benchmarks.build import CORPUS, SAMPLES

SEARCHES = 200
_PAGE = 20


def searches(found: Sequence[SearchEntry]) -> list[tuple[str, SearchFilters]]:
    """What is asked for: the same for equal indexes."""
    chance = random.Random(7)
    titles = [entry for entry in found if len(entry.title) >= 4]
    asked: list[tuple[str, SearchFilters]] = []
    while len(asked) < SEARCHES:
        entry = chance.choice(titles)
        text = entry.title if chance.random() < 0.7 or not entry.text else entry.text
        words = _part(text, chance)
        turn = len(asked) % 4
        if turn == 1:
            words += f" {_part(chance.choice(titles).title, chance)}"
        kinds = SearchFilters(kind=chance.choice(list(EntryKind)))
        years = SearchFilters(agency=entry.agencies[0].name if entry.agencies else None, year_from=2020)
        asked.append((words, chance.choice([kinds, years]) if turn == 2 else SearchFilters()))
    return asked


def _part(text: str, chance: random.Random) -> str:
    length = chance.choice([1, 2, 2, 3, 4, 4, 6, 8])
    start = chance.randrange(max(len(text) - length, 0) + 1)
    part = text[start : start + length]
    return part if any(character.isalnum() for character in part) else "市"


def copied(found: Sequence[SearchEntry], copies: int) -> Iterator[SearchEntry]:
    """Every entry so many times, each with an IRI of its own."""
    for copy in range(copies):
        for entry in found:
            yield replace(entry, iri=f"{entry.iri}~{copy}")


def measured(index: SearchIndex, asked: Sequence[tuple[str, SearchFilters]]) -> tuple[list[float], int]:
    """Milliseconds of each search, sorted, and how many of them found something."""
    for words, filters in asked[:20]:
        search(index, words, filters, size=_PAGE)
    times: list[float] = []
    answered = 0
    for words, filters in asked:
        begin = perf_counter()
        found = search(index, words, filters, size=_PAGE)
        times.append(1000 * (perf_counter() - begin))
        answered += found.total > 0
    return sorted(times), answered


def run(version: Version, copies: int) -> None:
    """Print the table."""
    console = Console(highlight=False)
    found = list(entries(version.open(), version.source, load_resolver().registry, Iris()))
    asked = searches(found)
    with TemporaryDirectory() as folder:
        place = version.folder
        if copies > 1:
            place = Path(folder)
            begin = perf_counter()
            count = write(place / FOLDER, copied(found, copies))
            console.print(f"{count:,} entries written in {perf_counter() - begin:.1f} s")
        times, answered = measured(SearchIndex(place), asked)
    table = Table("entries", "searches", "answered", "min ms", "median ms", "p95 ms", "max ms")
    figures = (times[0], median(times), times[int(0.95 * len(times))], times[-1])
    table.add_row(
        f"{len(found) * copies:,}", f"{len(times)}", f"{answered}", *(f"{each:.2f}" for each in figures)
    )
    console.print(table)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Milliseconds of a search.")
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--copies", type=int, default=1, metavar="N", help="every entry N times")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        store = given.store
        if store is None:
            store = Path(folder) / "store"
            build_store([CORPUS if CORPUS.is_dir() else SAMPLES], store, check=False)
        run(current(store), given.copies)


if __name__ == "__main__":
    main()

"""How long the questions of the library take.

    python -m tests.benchmarks.questions [STORE] [--repeat N] [--question NAME] [--slowest]

Asks every question without values, with those of its header and with the most frequent ones of the store
itself, in one process over a store that is open for reading. Without a store it builds one from the shared
corpus beside the project, else from the samples. The p95 is that of all askings of a question; CPU time
stands beside wall time, as other programs on the machine do not count in it.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from pyoxigraph import Store
from rich.console import Console
from rich.table import Table

from ingest.build import build_store
from ingest.store import current
from queries.library import questions
from queries.model import Parameter, ParameterType, Question
from queries.run import answer, rows
from tests.benchmarks.build import CORPUS, SAMPLES

Values = Mapping[str, str]

_PREFIXES = """
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX gb: <https://w3id.org/gongbao/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
# the values of a store that make the most work, most first: one SELECT a type or name of parameter
_FREQUENT = {
    "agency": """SELECT ?value WHERE { ?task gb:responsibleAgency ?body . ?body skos:prefLabel ?value }
        GROUP BY ?value ORDER BY DESC(COUNT(?task)) ?value LIMIT 3""",
    "document": """SELECT ?value WHERE {
        { SELECT ?value (COUNT(?clause) AS ?count) WHERE {
            ?clause eli:is_part_of ?document . ?document eli:title ?value } GROUP BY ?value }
        UNION
        { SELECT ?value (10 * COUNT(?reference) AS ?count) WHERE {
            ?reference gb:refersTo ?document . ?document eli:title|eli:id_local ?value } GROUP BY ?value }
        } ORDER BY DESC(?count) ?value LIMIT 6""",
    "organ": """SELECT ?value WHERE { ?document gb:documentOrder ?order ; gb:organCode ?value }
        GROUP BY ?value ORDER BY DESC(COUNT(?document)) ?value LIMIT 2""",
    "date": """SELECT ?value WHERE { ?deadline gb:date ?value }
        GROUP BY ?value ORDER BY DESC(COUNT(?deadline)) ?value LIMIT 2""",
    "year": """SELECT ?value WHERE { ?target gb:by ?by . BIND (YEAR(?by) AS ?value) }
        GROUP BY ?value ORDER BY DESC(COUNT(?target)) ?value LIMIT 2""",
    "party": """SELECT ?value WHERE { ?norm gb:bearerName ?value }
        GROUP BY ?value ORDER BY DESC(COUNT(?norm)) ?value LIMIT 3""",
    "words": """SELECT ?value WHERE {
        ?target gb:indicator ?indicator . BIND (SUBSTR(?indicator, 1, 2) AS ?value) }
        GROUP BY ?value ORDER BY DESC(COUNT(?target)) ?value LIMIT 3""",
}


@dataclass(frozen=True, slots=True)
class Asking:
    """A question with values, and what its askings took in milliseconds."""

    values: Values
    rows: int
    wall: tuple[float, ...]
    processor: tuple[float, ...]


def frequent(store: Store) -> dict[str, list[str]]:
    """The store's own values, by the type or the name of a parameter."""
    return {
        kind: [value for row in rows(store, _PREFIXES + sparql) if (value := row["value"])]
        for kind, sparql in _FREQUENT.items()
    }


def askings(question: Question, known: Mapping[str, Sequence[str]]) -> list[Values]:
    """What a question is asked with: nothing, each value by itself, and all values together."""
    required = {each.name: each.example for each in question.parameters if each.required}
    found: list[Values] = [required]
    for parameter in question.parameters:
        found += [required | {parameter.name: value} for value in _values(parameter, known)]
    choices = [_values(parameter, known) for parameter in question.parameters]
    for turn in range(max((len(values) for values in choices), default=0)):
        together = zip(question.parameters, choices, strict=True)
        found.append({each.name: values[turn % len(values)] for each, values in together})
    return [values for place, values in enumerate(found) if values not in found[:place]]


def _values(parameter: Parameter, known: Mapping[str, Sequence[str]]) -> list[str]:
    of_type: dict[ParameterType, Sequence[str]] = {"boolean": ("true", "false"), "choice": parameter.choices}
    others = of_type.get(parameter.type) or known.get(parameter.name) or known.get(parameter.type, ())
    return list(dict.fromkeys([parameter.example, *others]))


def timed(store: Store, question: Question, values: Values, repeat: int) -> Asking:
    """Ask so many times, and once before that does not count."""
    count = sum(1 for _ in answer(store, question, values))
    wall, processor = [], []
    for _ in range(repeat):
        begin, begun = perf_counter(), process_time()
        for _ in answer(store, question, values):
            pass
        wall.append(1000 * (perf_counter() - begin))
        processor.append(1000 * (process_time() - begun))
    return Asking(values, count, tuple(wall), tuple(processor))


def p95(times: Sequence[float]) -> float:
    """The least time that 95 of 100 do not exceed."""
    return sorted(times)[math.ceil(0.95 * len(times)) - 1]


def run(store: Store, names: Sequence[str], repeat: int, *, slowest: bool) -> None:
    """Print the table."""
    console = Console(highlight=False)
    known = frequent(store)
    table = Table("question", "askings", "rows", "min ms", "median ms", "p95 ms", "CPU p95 ms")
    slow: list[str] = []
    for question in questions():
        if names and question.name not in names:
            continue
        found = [timed(store, question, values, repeat) for values in askings(question, known)]
        wall = [time for asking in found for time in asking.wall]
        processor = [time for asking in found for time in asking.processor]
        worst = max(found, key=lambda asking: median(asking.processor))
        figures = (min(wall), median(wall), p95(wall), p95(processor))
        counts = (f"{len(found)}", f"{max(asking.rows for asking in found):,}")
        table.add_row(question.name, *counts, *(f"{figure:.1f}" for figure in figures))
        with_values = ", ".join(f"{name}={value}" for name, value in worst.values.items())
        slow.append(f"{question.name}: {median(worst.processor):.1f} ms with {with_values or 'no values'}")
    console.print(table)
    if slowest:
        console.print("CPU time, median, with the values with which it is the most:", *slow, sep="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description="Milliseconds of each question.")
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--repeat", type=int, default=20, metavar="N", help="so many times each asking")
    parser.add_argument("--question", action="append", default=[], metavar="NAME", help="only this one")
    parser.add_argument("--slowest", action="store_true", help="with which values it took longest")
    given = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        store = given.store
        if store is None:
            store = Path(folder) / "store"
            build_store([CORPUS if CORPUS.is_dir() else SAMPLES], store, check=False)
        run(current(store).open(), given.question, given.repeat, slowest=given.slowest)


if __name__ == "__main__":
    main()

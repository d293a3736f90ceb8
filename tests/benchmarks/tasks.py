"""How long the view of tasks waits for its facets and its first page, with 50,000 tasks.

    python -m tests.benchmarks.tasks [STORE] [--tasks N]

Generates a store (some minutes), or takes one, serves it, and asks what a click in the view asks, all at
once: the counts of every facet and a page of the list. Cold is the first time that a version of the store
answers it, by a server that has answered other clicks; warm is the same click again.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from app.browse.client.answers import QuestionCall
from app.browse.client.endpoint import EndpointClient
from app.browse.views.tasks.counts import count_calls
from app.browse.views.tasks.filters import FACETS, TaskFilter
from app.browse.views.tasks.task_list import TaskListing, list_call
from app.browse.views.tasks.view import SORTS
from queries.conditional import BETWEEN
from queries.library import library
from tests.benchmarks.generated import generated
from tests.serve.process import serving

LIMIT = 2.0
"""Seconds that a click may take"""
_WORDS = ("河道", "河道|养老")


def click(values: Mapping[str, str], sort: str = SORTS[0]) -> list[QuestionCall]:
    """Return what the view asks under some conditions."""
    words = values.get("words", "").replace(BETWEEN, " ")
    chosen = {name: tuple(value.split(BETWEEN)) for name, value in values.items() if name != "words"}
    task_filter = TaskFilter(chosen, words)
    return [list_call(TaskListing(task_filter, sort, 1)), *count_calls(task_filter, "none")]


def clicks(client: EndpointClient) -> Iterator[tuple[dict[str, str], str]]:
    """Yield conditions and an order: none, each order, each facet by its greatest value and others,
    words, and some together.

    One by one, as the greatest values are asked for only when the first page has been measured.
    """
    for sort in SORTS:
        yield {}, sort
    greatest: dict[str, str] = {}
    for name in FACETS:
        values = [row["value"] for row in client.ask("task/counts", {"by": name}).rows if row["value"]]
        greatest[name] = str(values[0])
        for value in values if len(values) < 5 else values[:1]:
            yield {name: str(value)}, SORTS[0]
    for words in _WORDS:
        yield {"words": words}, SORTS[0]
    yield {"agency": greatest["agency"], "role": "lead|responsible"}, SORTS[0]
    yield {"year": greatest["year"], "target": "yes", "deadline": "by"}, SORTS[0]
    yield {"words": _WORDS[0], "role": "lead"}, SORTS[0]


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description="Seconds of a click in the view of tasks.")
    parser.add_argument("store", type=Path, nargs="?")
    parser.add_argument("--tasks", type=int, default=50_000, metavar="N")
    arguments = parser.parse_args()
    console = Console(highlight=False)
    with ExitStack() as stack:
        store = arguments.store
        if store is None:
            store = generated(Path(stack.enter_context(TemporaryDirectory())), arguments.tasks)
        client = EndpointClient(stack.enter_context(serving(store)).url)
        client.version()  # the connection
        library()  # read beforehand, as the program does
        table = Table("conditions", "order", "tasks", "cold s", "warm s")
        worst = 0.0
        for values, sort in clicks(client):
            asked = click(values, sort)
            seconds = []
            for _ in range(2):
                begun = perf_counter()
                answers = client.ask_all(asked)
                seconds.append(perf_counter() - begun)
            worst = max(worst, *seconds)
            tasks = next(int(row["tasks"] or 0) for row in answers[1].rows if row["facet"] == "task")
            said = ", ".join(f"{name}={value.rpartition('/')[2]}" for name, value in values.items())
            table.add_row(said or "–", sort, f"{tasks:,}", *(f"{second:.2f}" for second in seconds))
        console.print(table)
        console.print(f"longest {worst:.2f} s; {LIMIT:.0f} s may be")


if __name__ == "__main__":
    main()

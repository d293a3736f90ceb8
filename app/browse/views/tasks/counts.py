"""The number of tasks of each value of each facet: most facets by one question, the others by one each.

A facet of which something is chosen is counted without that, so that its other values stay in sight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.browse.client.answers import QueryAnswer, QuestionCall
from app.browse.views.tasks.facets import MOST
from app.browse.views.tasks.filters import FACETS, TaskFilter
from queries.run import Row

_TOGETHER = ("role", "year", "due", "deadline", "target")
# The tasks of which a facet says nothing are what is left of all: their value, and the facet in the answer
# that counts the others.
_REST = {"deadline": ("none", "timed"), "target": ("no", "target"), "year": (None, "year")}


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The tasks under all conditions, the rows of each facet (value, name, tasks), and their answers."""

    total: int
    rows: Mapping[str, Sequence[Row]]
    answers: Mapping[str, QueryAnswer]


def count_calls(task_filter: TaskFilter, group: str) -> list[QuestionCall]:
    """Return the questions that count; ``group`` is a facet that is asked by itself, whatever is chosen."""
    alone = _facets_alone(task_filter, group)
    return [("task/facets", task_filter.parameters()), *(_call_alone(task_filter, name) for name in alone)]


def read_counts(task_filter: TaskFilter, group: str, answers: Sequence[QueryAnswer]) -> FacetCounts:
    """Read the answers to ``count_calls``, in their order."""
    together, *others = answers
    total = sum(int(row["tasks"] or 0) for row in together.rows if row["facet"] == "task")
    alone = dict(zip(_facets_alone(task_filter, group), others, strict=True))
    rows = {
        name: alone[name].rows if name in alone else _rows_of_facet(together, name, total) for name in FACETS
    }
    return FacetCounts(total, MappingProxyType(rows), MappingProxyType(alone))


def _facets_alone(task_filter: TaskFilter, group: str) -> list[str]:
    return [
        name
        for name in FACETS
        if name not in _TOGETHER
        or name in (group, *task_filter.values)
        or (name == "role" and "agency" in task_filter.values)  # then it is the body's role
    ]


def _call_alone(task_filter: TaskFilter, name: str) -> QuestionCall:
    return "task/counts", task_filter.parameters(without=name, by=name, limit=str(MOST))


def _rows_of_facet(together: QueryAnswer, name: str, total: int) -> list[Row]:
    """Return the rows of a facet, most tasks first, and one for the tasks of which it says nothing."""
    found = [(row["value"], int(row["tasks"] or 0)) for row in together.rows if row["facet"] == name]
    if name in _REST:
        value, counted = _REST[name]
        left = total - sum(int(row["tasks"] or 0) for row in together.rows if row["facet"] == counted)
        found += [(value, left)] if left else []
    ordered = sorted(found, key=lambda pair: (-pair[1], pair[0] or ""))
    return [{"value": value, "name": None, "tasks": str(tasks)} for value, tasks in ordered]

"""How many tasks each value of each facet has: most facets by one question, the others by one each.

A facet of which something is chosen is counted without that, so that its other values stay in sight.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.browse.client.endpoint import Answer, Asked
from app.browse.views.tasks.facets import FACETS, MOST, Chosen
from queries.run import Row

_TOGETHER = ("role", "year", "due", "deadline", "target")
# What is not said of a task is what is left of all: value, and the row that has those of which it is said.
_LEFT = {"deadline": ("none", "timed"), "target": ("no", "target"), "year": (None, "year")}


@dataclass(frozen=True, slots=True)
class Counts:
    """The tasks under all conditions, the rows of each facet (value, name, tasks), and their answers."""

    total: int
    rows: Mapping[str, Sequence[Row]]
    answers: Mapping[str, Answer]


def questions(now: Chosen, group: str) -> list[Asked]:
    """What is asked; ``group`` is a facet that is asked by itself, whatever is chosen."""
    return [("task/facets", now.asked()), *(_apart(now, name) for name in _alone(now, group))]


def counted(now: Chosen, group: str, answers: Sequence[Answer]) -> Counts:
    """What the questions were answered, in their order."""
    together, *others = answers
    total = sum(int(row["tasks"] or 0) for row in together.rows if row["facet"] == "task")
    apart = dict(zip(_alone(now, group), others, strict=True))
    rows = {name: apart[name].rows if name in apart else _rows(together, name, total) for name in FACETS}
    return Counts(total, MappingProxyType(rows), MappingProxyType(apart))


def _alone(now: Chosen, group: str) -> list[str]:
    return [
        name
        for name in FACETS
        if name not in _TOGETHER
        or name in (group, *now.values)
        or (name == "role" and "agency" in now.values)  # then it is the body's role
    ]


def _apart(now: Chosen, name: str) -> Asked:
    return "task/counts", now.asked(without=name, by=name, limit=str(MOST))


def _rows(together: Answer, name: str, total: int) -> list[Row]:
    """The rows of a facet, most tasks first, and one for the tasks of which it says nothing."""
    found = [(row["value"], int(row["tasks"] or 0)) for row in together.rows if row["facet"] == name]
    if name in _LEFT:
        value, said = _LEFT[name]
        left = total - sum(int(row["tasks"] or 0) for row in together.rows if row["facet"] == said)
        found += [(value, left)] if left else []
    ordered = sorted(found, key=lambda each: (-each[1], each[0] or ""))
    return [{"value": value, "name": None, "tasks": str(tasks)} for value, tasks in ordered]

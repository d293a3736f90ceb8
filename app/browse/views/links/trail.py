"""The steps that lead to a graph, short enough for an address: to replay them gives the same graph.

A step is the short id of a node and an action: ``abcd2345.lead.in`` opens the tasks that it leads,
``abcd2345.lead.in.3`` three pages of them, ``abcd2345.all`` a page of everything, ``abcd2345.x`` removes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from app.browse.views.links.graph import Direction, LinkType

MOST = 300
"""Steps of an address that are read: more than a graph can take"""

_STEP = re.compile(
    r"(?P<node>[a-z2-7]{8})\.(?:(?P<action>all|x)|(?P<edge>[a-z]+(?:-[a-z]+)*)\.(?P<direction>in|out))"
    r"(?:\.(?P<times>[1-9][0-9]?))?"
)
_DIRECTIONS: dict[str, Direction] = {"in": "in", "out": "out"}


@dataclass(frozen=True, slots=True)
class TrailStep:
    """An action at a node with a short id: open one type of links or all of them, or remove the node (x)."""

    node: str
    action: LinkType | Literal["all", "x"]
    times: int = 1

    def __str__(self) -> str:
        action = self.action
        code = f"{action.edge}.{action.direction}" if isinstance(action, LinkType) else action
        return f"{self.node}.{code}" + (f".{self.times}" if self.times > 1 else "")


def append_step(steps: tuple[TrailStep, ...], step: TrailStep) -> tuple[TrailStep, ...]:
    """Return the steps and one more; the same step again counts up."""
    last = steps[-1] if steps else None
    if last and (last.node, last.action) == (step.node, step.action) and last.times + step.times < 100:
        return (*steps[:-1], replace(last, times=last.times + step.times))
    return (*steps, step)


def format_trail(steps: Iterable[TrailStep]) -> str:
    """Return the steps as an address has them."""
    return "~".join(map(str, steps))


def parse_trail(text: str) -> tuple[tuple[TrailStep, ...], int]:
    """Return the steps in an address, and how many parts of it are none."""
    steps: list[TrailStep] = []
    wrong = 0
    for part in text.split("~") if text else []:
        found = _STEP.fullmatch(part)
        if found is None or len(steps) >= MOST:
            wrong += 1
            continue
        times = int(found["times"] or 1)
        if found["edge"]:
            steps.append(
                TrailStep(found["node"], LinkType(found["edge"], _DIRECTIONS[found["direction"]]), times)
            )
        else:
            steps.append(TrailStep(found["node"], "all" if found["action"] == "all" else "x", times))
    return tuple(steps), wrong

"""How a graph came about, step by step and short enough for an address: who follows the steps gets it again.

A step is the reference of a node and what was done there: ``abcd2345.lead.in`` opened the tasks that it
leads, ``abcd2345.lead.in.3`` three pages of them, ``abcd2345.all`` a page of everything, ``abcd2345.x``
removed it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from app.browse.views.links.graph import Direction, Way

MOST = 300
"""Steps of an address that are followed: more than a graph can take"""

_STEP = re.compile(
    r"(?P<at>[a-z2-7]{8})\.(?:(?P<what>all|x)|(?P<edge>[a-z]+(?:-[a-z]+)*)\.(?P<way>in|out))"
    r"(?:\.(?P<times>[1-9][0-9]?))?"
)
_DIRECTIONS: dict[str, Direction] = {"in": "in", "out": "out"}


@dataclass(frozen=True, slots=True)
class Step:
    """Something done at a node, by its reference: a way opened, all ways (all), or the node removed (x)."""

    at: str
    what: Way | Literal["all", "x"]
    times: int = 1

    def __str__(self) -> str:
        done = f"{self.what.edge}.{self.what.direction}" if isinstance(self.what, Way) else self.what
        return f"{self.at}.{done}" + (f".{self.times}" if self.times > 1 else "")


def added(steps: tuple[Step, ...], step: Step) -> tuple[Step, ...]:
    """The steps and one more; the same done again counts up."""
    last = steps[-1] if steps else None
    if last and (last.at, last.what) == (step.at, step.what) and last.times + step.times < 100:
        return (*steps[:-1], replace(last, times=last.times + step.times))
    return (*steps, step)


def written(steps: Iterable[Step]) -> str:
    """The steps as an address has them."""
    return "~".join(map(str, steps))


def read(text: str) -> tuple[tuple[Step, ...], int]:
    """The steps of an address, and how many pieces of it are none."""
    steps: list[Step] = []
    wrong = 0
    for piece in text.split("~") if text else []:
        found = _STEP.fullmatch(piece)
        if found is None or len(steps) >= MOST:
            wrong += 1
            continue
        times = int(found["times"] or 1)
        if found["edge"]:
            steps.append(Step(found["at"], Way(found["edge"], _DIRECTIONS[found["way"]]), times))
        else:
            steps.append(Step(found["at"], "all" if found["what"] == "all" else "x", times))
    return tuple(steps), wrong

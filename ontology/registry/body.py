"""The row of the registry as a noun: a body in one period of its name, or an area."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ontology.registry.period import Period

AREA = "area"  # the kind of a row that is a place, not a body


class ChangeKind(StrEnum):
    """The kinds of change that end a body, or its name."""

    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    ABOLISHED = "abolished"


@dataclass(frozen=True, slots=True)
class Body:
    """A row of the registry: a body in one period of its name, or an area.

    ``kind`` and ``level`` are notations of gb:BodyKind and gb:AdministrativeLevel; ``area`` and ``parent``
    are names of other rows ("" for none); ``file`` and ``row`` (1 is the header) say where it stands;
    ``derived`` is a body that nobody looked up: it follows from those that all areas of its level have.
    """

    name: str
    kind: str
    level: str
    area: str
    parent: str
    period: Period
    change: ChangeKind | None
    becomes: tuple[str, ...]
    cause: str
    aliases: tuple[str, ...]
    functions: tuple[str, ...]
    codes: tuple[str, ...]
    file: str
    row: int
    derived: bool = False

    @property
    def is_area(self) -> bool:
        """Tell whether it is a place."""
        return self.kind == AREA

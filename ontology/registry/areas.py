"""What is known of an area as a whole (``areas.csv``): all its bodies are listed, it is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ontology.errors import RegistryError
from ontology.registry.model import Body
from ontology.registry.period import Interval, Period, is_partial_date
from ontology.registry.read import table

COLUMNS = ("area", "says", "from", "to", "why")


class Saying(StrEnum):
    """What can be said of an area."""

    COMPLETE = "complete"  # its own departments are all listed: one that is not there did not exist
    INVENTED = "invented"  # there is no such place: real ones do not name their bodies after its


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said of an area, for a period."""

    area: str
    says: Saying
    period: Period


class Statements:
    """Everything that is said of areas."""

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        self._all = tuple(statements)

    def complete(self, area: str, interval: Interval) -> bool:
        """Whether all departments of an area are listed at a time that may be the one given."""
        return any(
            one.area == area and one.says is Saying.COMPLETE and one.period.may_meet(interval)
            for one in self._all
        )

    def invented(self) -> frozenset[str]:
        """The areas that do not exist."""
        return frozenset(one.area for one in self._all if one.says is Saying.INVENTED)


def statements(files: Iterable[tuple[str, bytes]], bodies: Mapping[str, Body]) -> Statements:
    """Read files of statements, given as name and bytes. Raises RegistryError with file, row and reason."""
    return Statements(
        [_statement(c, file, row, bodies) for file, data in files for row, c in table(data, file, COLUMNS)]
    )


def _statement(cells: Mapping[str, str], file: str, row: int, bodies: Mapping[str, Body]) -> Statement:
    area = bodies.get(cells["area"])
    if area is None or not area.is_area:
        raise RegistryError(file, row, f"{cells['area']!r} is no area of the registry")
    if cells["says"] not in tuple(Saying):
        known = ", ".join(Saying)
        raise RegistryError(file, row, f"{area.name}: unknown {cells['says']!r}; known are {known}")
    for column in ("from", "to"):
        if cells[column] and not is_partial_date(cells[column]):
            reason = f"{area.name}: {column} {cells[column]!r} is no date (YYYY, YYYY-MM or YYYY-MM-DD)"
            raise RegistryError(file, row, reason)
    if not cells["why"]:
        raise RegistryError(file, row, f"{area.name}: the column why is empty")
    return Statement(area.name, Saying(cells["says"]), Period(cells["from"] or None, cells["to"] or None))

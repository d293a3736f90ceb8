"""Statements on areas as a whole (``areas.csv``): all departments are listed; the area is invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ontology.registry.body import Body
from ontology.registry.period import Interval, Period
from ontology.registry.rows import CsvRow, read_table

COLUMNS = ("area", "says", "from", "to", "why")


class AreaTrait(StrEnum):
    """A statement on an area as a whole; the column ``says``."""

    COMPLETE = "complete"  # its own departments are all listed: one that is not there did not exist
    INVENTED = "invented"  # there is no such place: real ones do not name their bodies after its


@dataclass(frozen=True, slots=True)
class AreaStatement:
    """One row of ``areas.csv``: what holds of an area in a period."""

    area: str
    trait: AreaTrait
    period: Period


class AreaStatements:
    """All rows of all ``areas.csv``."""

    def __init__(self, statements: Iterable[AreaStatement] = ()) -> None:
        self._all = tuple(statements)

    def complete(self, area: str, interval: Interval) -> bool:
        """Tell whether all departments of an area are listed at some time within an interval."""
        return any(
            one.area == area and one.trait is AreaTrait.COMPLETE and one.period.may_meet(interval)
            for one in self._all
        )

    def about(self, area: str) -> bool:
        """Tell whether anything is said of an area."""
        return any(one.area == area for one in self._all)

    def invented(self) -> frozenset[str]:
        """Return the areas that do not exist."""
        return frozenset(one.area for one in self._all if one.trait is AreaTrait.INVENTED)


def read_statements(files: Iterable[tuple[str, bytes]], bodies: Mapping[str, Body]) -> AreaStatements:
    """Read ``areas.csv`` files, given as name and bytes. Raises RegistryError with file, row and reason."""
    rows = (row for file, data in files for row in read_table(data, file, COLUMNS))
    return AreaStatements([_statement(row, bodies) for row in rows])


def _statement(row: CsvRow, bodies: Mapping[str, Body]) -> AreaStatement:
    area = bodies.get(row["area"])
    if area is None or not area.is_area:
        raise row.error(f"{row['area']!r} is no area of the registry")
    row.require_known("says", tuple(AreaTrait), area.name)
    period = row.period(area.name)
    if not row["why"]:
        raise row.error(f"{area.name}: the column why is empty")
    return AreaStatement(area.name, AreaTrait(row["says"]), period)

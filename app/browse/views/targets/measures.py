"""Targets as numbers: a measure has an indicator, a value or a range, a unit and a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from app.browse.client.answers import QueryAnswer

MOST_ROWS = 20
"""Indicators that a chart has room for"""
_SIGNS: Mapping[str, str] = MappingProxyType(
    {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "~": "≈ "}
)


@dataclass(frozen=True, slots=True)
class Measure:
    """A target with its number, ``low`` and ``high`` the same unless it is a range."""

    target: str
    indicator: str
    comparator: str
    value: str
    low: float
    high: float
    unit: str
    year: int | None
    quote: str
    document: str

    @property
    def text(self) -> str:
        """The value as people write it, such as ≥ 60."""
        return f"{_SIGNS.get(self.comparator, '')}{self.value}"


def read_measures(answer: QueryAnswer) -> list[Measure]:
    """Read the targets of target/values that have a number."""
    return [
        Measure(
            str(row["target"]),
            row["name"] or "–",
            row["comparator"] or "=",
            row["value"] or "",
            float(row["low"]),
            float(row["high"]),
            row["measure"] or "",
            int(row["due"]) if row["due"] else None,
            row["quote"] or "",
            row["title"] or "",
        )
        for row in answer.rows
        if row["low"] and row["high"]
    ]


def units_of(measures: Iterable[Measure]) -> list[str]:
    """Return the units, those with most targets first."""
    counts = Counter(measure.unit for measure in measures)
    return sorted(counts, key=lambda unit: (-counts[unit], unit))


def largest_indicators(measures: Sequence[Measure], most: int = MOST_ROWS) -> tuple[list[str], int]:
    """Return the indicators of a chart, the largest value first, and how many are left out."""
    largest: dict[str, float] = {}
    for measure in measures:
        largest[measure.indicator] = max(measure.high, largest.get(measure.indicator, measure.high))
    names = sorted(largest, key=lambda name: (-largest[name], name))
    return names[:most], max(len(names) - most, 0)


def measures_in_chart(measures: Sequence[Measure]) -> list[Measure]:
    """Return the measures that a chart has room for."""
    names, _ = largest_indicators(measures)
    return [measure for measure in measures if measure.indicator in names]

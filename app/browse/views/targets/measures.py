"""Figures of values: one panel a unit, as values of different units do not compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import altair as alt

from app.browse.components.escaping import shortened
from app.browse.i18n import Speech

MOST_ROWS = 20
"""Indicators that a panel has room for"""

PICK = "picked"
"""The name of the selection in a panel; it holds the field ``target``"""

SIGNS: Mapping[str, str] = MappingProxyType(
    {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "=": "", "~": "≈ "}
)
_SHAPES: Mapping[str, str] = MappingProxyType(
    {
        ">=": "triangle-right",
        "<=": "triangle-left",
        ">": "triangle-right",
        "<": "triangle-left",
        "=": "circle",
        "~": "diamond",
    }
)
_ROW = 26  # pixels
_LEGEND = 100
_LABEL = 170
# Paul Tol's bright scheme: told apart by colour-blind readers, and seen on white and on black
_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee8866")
_GREY = "#8b8f9a"
_WIDE = 300.0  # the largest so many times the least: a scale of powers of ten


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
    def said(self) -> str:
        """The value as people write it, such as ≥ 60."""
        return f"{SIGNS.get(self.comparator, '')}{self.value}"


def units(measures: Iterable[Measure]) -> list[str]:
    """The units, those with most targets first."""
    counts = Counter(measure.unit for measure in measures)
    return sorted(counts, key=lambda unit: (-counts[unit], unit))


def rows_of(measures: Sequence[Measure], most: int = MOST_ROWS) -> tuple[list[str], int]:
    """The indicators of a panel, the largest value first, and how many are left out."""
    largest: dict[str, float] = {}
    for measure in measures:
        largest[measure.indicator] = max(measure.high, largest.get(measure.indicator, measure.high))
    names = sorted(largest, key=lambda name: (-largest[name], name))
    return names[:most], max(len(names) - most, 0)


def drawn(measures: Sequence[Measure]) -> list[Measure]:
    """What a panel has room for."""
    names, _ = rows_of(measures)
    return [measure for measure in measures if measure.indicator in names]


def panel(measures: Sequence[Measure], years: Sequence[int], speech: Speech) -> alt.LayerChart:
    """The values of one unit, an indicator a row: a range is a span, the sign stands in the text.

    ``years`` are those of all panels, so that a year has one colour in each.
    """
    names, _ = rows_of(measures)
    some = drawn(measures)
    base = alt.Chart(alt.InlineData(values=[_row(measure, speech) for measure in some]))
    x = alt.X("low:Q", title=None, scale=_scale(some), axis=alt.Axis(grid=True, tickCount=4, labelFlush=True))
    y = alt.Y(
        "row:N",
        sort=[_label(name) for name in names],
        title=None,
        axis=alt.Axis(labelLimit=_LABEL, labelOverlap=False),
    )
    colour = _years(some, years, speech)
    spans = base.transform_filter("datum.low < datum.high").mark_rule(strokeWidth=4, opacity=0.5)
    points = base.mark_point(filled=True, size=110, opacity=0.9, cursor="pointer")
    words = base.mark_text(align="left", dx=10, color=_GREY)
    shape = alt.Shape(
        "comparator:N", legend=None, scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    )
    layers = [
        spans.encode(x=x, x2="high:Q", y=y, color=colour),
        points.encode(
            x=alt.X("high:Q", scale=_scale(some)), y=y, color=colour, shape=shape, tooltip=_told(speech)
        ).add_params(alt.selection_point(name=PICK, fields=["target"])),
        words.encode(x=alt.X("high:Q", scale=_scale(some)), y=y, text="said:N"),
    ]
    return alt.LayerChart(layer=layers).properties(height=_ROW * len(names) + _LEGEND)


def over_years(measures: Sequence[Measure], speech: Speech) -> alt.LayerChart | None:
    """The values of one unit by year, a line an indicator that has several; None where there is none."""
    years: dict[str, set[int]] = {}
    for measure in measures:
        if measure.year is not None:
            years.setdefault(measure.indicator, set()).add(measure.year)
    some = [m for m in measures if m.year is not None and len(years.get(m.indicator, ())) > 1]
    if not some:
        return None
    base = alt.Chart(alt.InlineData(values=[_row(measure, speech) for measure in some])).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("high:Q", title=None, scale=alt.Scale(zero=False, nice=True, padding=12)),
        color=alt.Color("row:N", legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=320)),
    )
    points = base.mark_point(filled=True, size=110, cursor="pointer").encode(tooltip=_told(speech))
    layers = [base.mark_line(), points.add_params(alt.selection_point(name=PICK, fields=["target"]))]
    layers.append(base.mark_text(align="center", dy=-12).encode(text="said:N"))
    return alt.LayerChart(layer=layers).properties(height=240)


def picked(event: object) -> str | None:
    """The target that is selected in a panel, if one is."""
    chosen = event["selection"].get(PICK) if isinstance(event, Mapping) else None
    target = chosen[0].get("target") if chosen else None
    return target if isinstance(target, str) else None


def _row(measure: Measure, speech: Speech) -> dict[str, str | float]:
    return {
        "target": measure.target,
        "row": _label(measure.indicator),
        "indicator": measure.indicator,
        "comparator": measure.comparator,
        "said": measure.said,
        "with_unit": f"{measure.said} {measure.unit}",
        "low": measure.low,
        "high": measure.high,
        "year": _year(measure, speech),
        "quote": shortened(measure.quote, 120),
        "document": shortened(measure.document),
    }


def _told(speech: Speech) -> list[alt.Tooltip]:
    names = ("indicator", "with_unit", "year", "quote", "document")
    return [alt.Tooltip(f"{name}:N", title=speech(f"targets.{name}")) for name in names]


def _scale(measures: Sequence[Measure]) -> alt.Scale:
    """Powers of ten where the values are far apart; room at the right for the words."""
    least, most = min(measure.low for measure in measures), max(measure.high for measure in measures)
    if logarithmic(measures):
        return alt.Scale(type="log", domain=[least / 2, most * (most / least) ** 0.25], nice=False)
    return alt.Scale(domain=[min(least, 0), most * 1.25 or 1], nice=False)


def logarithmic(measures: Sequence[Measure]) -> bool:
    """Whether these values have a scale of powers of ten."""
    least = min(measure.low for measure in measures)
    return least > 0 and max(measure.high for measure in measures) / least > _WIDE


def _years(measures: Sequence[Measure], years: Sequence[int], speech: Speech) -> alt.Color:
    colours = {str(year): _COLOURS[place % len(_COLOURS)] for place, year in enumerate(years)}
    colours[speech("targets.no-year")] = _GREY
    some = {_year(measure, speech) for measure in measures}
    domain = [name for name in colours if name in some]
    return alt.Color(
        "year:N",
        scale=alt.Scale(domain=domain, range=[colours[name] for name in domain]),
        legend=alt.Legend(title=None, orient="bottom", symbolType="circle", columns=4),
    )


def _year(measure: Measure, speech: Speech) -> str:
    return speech("targets.no-year") if measure.year is None else str(measure.year)


def _label(indicator: str) -> str:
    return shortened(indicator, 24)

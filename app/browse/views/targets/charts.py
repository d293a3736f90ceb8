"""Charts of measures: one for each unit, as values of different units do not compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import altair as alt

from app.browse.components.charts import SELECTION
from app.browse.escaping import truncate
from app.browse.i18n import Translator
from app.browse.views.targets.measures import Measure, largest_indicators, measures_in_chart

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
# Paul Tol's bright scheme: colour-blind readers tell it apart, and it stands out on white and on black
_COLOURS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee8866")
_GREY = "#8b8f9a"
_FAR_APART = 300.0  # the largest so many times the least: a logarithmic scale


def values_chart(measures: Sequence[Measure], years: Sequence[int], translate: Translator) -> alt.LayerChart:
    """Return the values of one unit, a row for each indicator: a range is a bar, the sign stands in the text.

    ``years`` are those of all charts, so that a year has the same colour in each. A click gives the field
    ``target``.
    """
    names, _ = largest_indicators(measures)
    some = measures_in_chart(measures)
    base = alt.Chart(alt.InlineData(values=[_row(measure, translate) for measure in some]))
    x = alt.X("low:Q", title=None, scale=_scale(some), axis=alt.Axis(grid=True, tickCount=4, labelFlush=True))
    y = alt.Y(
        "row:N",
        sort=[_indicator_label(name) for name in names],
        title=None,
        axis=alt.Axis(labelLimit=_LABEL, labelOverlap=False),
    )
    colour = _colour_of_year(some, years, translate)
    spans = base.transform_filter("datum.low < datum.high").mark_rule(strokeWidth=4, opacity=0.5)
    points = base.mark_point(filled=True, size=110, opacity=0.9, cursor="pointer")
    words = base.mark_text(align="left", dx=10, color=_GREY)
    shape = alt.Shape(
        "comparator:N", legend=None, scale=alt.Scale(domain=list(_SHAPES), range=list(_SHAPES.values()))
    )
    layers = [
        spans.encode(x=x, x2="high:Q", y=y, color=colour),
        points.encode(
            x=alt.X("high:Q", scale=_scale(some)), y=y, color=colour, shape=shape, tooltip=_tooltip(translate)
        ).add_params(alt.selection_point(name=SELECTION, fields=["target"])),
        words.encode(x=alt.X("high:Q", scale=_scale(some)), y=y, text="text:N"),
    ]
    return alt.LayerChart(layer=layers).properties(height=_ROW * len(names) + _LEGEND)


def years_chart(measures: Sequence[Measure], translate: Translator) -> alt.LayerChart | None:
    """Return the values of one unit by year, a line for each indicator that has values of several years.

    None where no indicator has. A click gives the field ``target``.
    """
    years: dict[str, set[int]] = {}
    for measure in measures:
        if measure.year is not None:
            years.setdefault(measure.indicator, set()).add(measure.year)
    some = [m for m in measures if m.year is not None and len(years.get(m.indicator, ())) > 1]
    if not some:
        return None
    base = alt.Chart(alt.InlineData(values=[_row(measure, translate) for measure in some])).encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("high:Q", title=None, scale=alt.Scale(zero=False, nice=True, padding=12)),
        color=alt.Color("row:N", legend=alt.Legend(title=None, orient="bottom", columns=1, labelLimit=320)),
    )
    points = base.mark_point(filled=True, size=110, cursor="pointer").encode(tooltip=_tooltip(translate))
    layers = [base.mark_line(), points.add_params(alt.selection_point(name=SELECTION, fields=["target"]))]
    layers.append(base.mark_text(align="center", dy=-12).encode(text="text:N"))
    return alt.LayerChart(layer=layers).properties(height=240)


def _row(measure: Measure, translate: Translator) -> dict[str, str | float]:
    return {
        "target": measure.target,
        "row": _indicator_label(measure.indicator),
        "indicator": measure.indicator,
        "comparator": measure.comparator,
        "text": measure.text,
        "with_unit": f"{measure.text} {measure.unit}",
        "low": measure.low,
        "high": measure.high,
        "year": _year_label(measure, translate),
        "quote": truncate(measure.quote, 120),
        "document": truncate(measure.document),
    }


def _tooltip(translate: Translator) -> list[alt.Tooltip]:
    names = ("indicator", "with_unit", "year", "quote", "document")
    return [alt.Tooltip(f"{name}:N", title=translate(f"targets.{name}")) for name in names]


def _scale(measures: Sequence[Measure]) -> alt.Scale:
    """Return a logarithmic scale where the values are far apart; room at the right for the text."""
    least, most = min(measure.low for measure in measures), max(measure.high for measure in measures)
    if is_logarithmic(measures):
        return alt.Scale(type="log", domain=[least / 2, most * (most / least) ** 0.25], nice=False)
    return alt.Scale(domain=[min(least, 0), most * 1.25 or 1], nice=False)


def is_logarithmic(measures: Sequence[Measure]) -> bool:
    """Whether the scale of these values is logarithmic."""
    least = min(measure.low for measure in measures)
    return least > 0 and max(measure.high for measure in measures) / least > _FAR_APART


def _colour_of_year(measures: Sequence[Measure], years: Sequence[int], translate: Translator) -> alt.Color:
    colours = {str(year): _COLOURS[place % len(_COLOURS)] for place, year in enumerate(years)}
    colours[translate("targets.no-year")] = _GREY
    some = {_year_label(measure, translate) for measure in measures}
    domain = [name for name in colours if name in some]
    return alt.Color(
        "year:N",
        scale=alt.Scale(domain=domain, range=[colours[name] for name in domain]),
        legend=alt.Legend(title=None, orient="bottom", symbolType="circle", columns=4),
    )


def _year_label(measure: Measure, translate: Translator) -> str:
    return translate("targets.no-year") if measure.year is None else str(measure.year)


def _indicator_label(indicator: str) -> str:
    return truncate(indicator, 24)

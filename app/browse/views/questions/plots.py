"""An answer as a chart: a sensible one by itself, and controls to choose another.

One number column against a category (bars), a date or a year (a line; points where a date has several), or
the number of rows of each. Different units never share an axis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.client.columns import AnswerField, count_units, fields_of, parse_number, rows_in_unit
from app.browse.components.tables import cell_value
from app.browse.components.url_state import bind_choice
from app.browse.context import ViewContext
from app.browse.escaping import truncate
from queries.run import Row

MOST = 30
"""Bars of a chart"""
POINTS = 5000
"""Points of a chart"""
_COUNT = "*"  # the choice to count rows
_NONE = "*"  # the unit of what has none

PlotPoint = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Plot:
    """The axes of a chart: ``x`` against the number ``y``, or against the number of rows."""

    x: AnswerField
    y: AnswerField | None

    @property
    def over_time(self) -> bool:
        """Whether the x axis is one of time."""
        return self.x.kind in ("date", "year")


@dataclass(frozen=True, slots=True)
class PlotData:
    """The points of a chart; how many rows have no number or place, and how many bars had no room."""

    points: tuple[PlotPoint, ...]
    repeated: bool  # several points of one x
    without: int
    left: int


def axis_choices(answer: QueryAnswer) -> tuple[tuple[AnswerField, ...], tuple[AnswerField, ...]]:
    """Return the columns that can be the x axis and the y axis, the most sensible first."""
    fields = fields_of(answer)
    numbers = tuple(field for field in fields if field.kind == "number")
    times = [field for field in fields if field.kind in ("date", "year")]
    others = [field for field in fields if field.kind in ("text", "thing")]
    if numbers:
        others.sort(key=lambda field: _count_distinct(answer, field) == 1)
        return (*times, *others), numbers
    others.sort(key=lambda field: not 1 < _count_distinct(answer, field) <= MOST)
    return (*times, *others), ()


def plot_data(context: ViewContext, rows: Sequence[Row], plot: Plot) -> PlotData:
    """Return the points {x, y}: of a category the longest bars, of a time all in their order."""
    found: list[tuple[str, float]] = []
    without = 0
    for row in rows:
        place = _x_value(context, plot.x, row, counted=plot.y is None)
        number = 1.0 if plot.y is None else parse_number(row.get(plot.y.column.name))
        if place is None or number is None:
            without += 1
        else:
            found.append((place, number))
    if plot.y is None:
        rows_by_place = Counter(place for place, _ in found)
        found = [(place, float(count)) for place, count in rows_by_place.items()]
    places = Counter(place for place, _ in found)
    if plot.over_time:
        found.sort()
        drawn = found[:POINTS]
    else:
        found.sort(key=lambda pair: -pair[1])
        first = set(list(dict.fromkeys(place for place, _ in found))[:MOST])
        drawn = [pair for pair in found if pair[0] in first][:POINTS]
    points: tuple[PlotPoint, ...] = tuple({"x": place, "y": number} for place, number in drawn)
    left = len(places) - len({point["x"] for point in points})
    return PlotData(points, len(places) < len(found), without, left)


def show_plot(context: ViewContext, answer: QueryAnswer) -> None:
    """Draw an answer that has rows, with the controls over it, or a message where nothing can be drawn."""
    translate = context.translate
    xs, ys = axis_choices(answer)
    if not xs:
        st.info(translate("questions.no-chart"), icon=":material/bar_chart_off:")
        return
    columns = st.columns(3)
    labels = {field.column.name: translate.text(field.column.words) for field in (*xs, *ys)}
    with columns[0]:
        x = _choose(translate("questions.x"), "x", [field.column.name for field in xs], labels)
    with columns[1]:
        y_labels = {**labels, _COUNT: translate("questions.count")}
        options = [*(field.column.name for field in ys), _COUNT]
        y = _choose(translate("questions.y"), "y", options, y_labels)
    rows: Sequence[Row] = answer.rows
    title = y_labels[y]
    units = {unit or _NONE: count for unit, count in count_units(answer).items()} if y != _COUNT else {}
    if len(units) > 1:
        with columns[2]:
            unit_labels = {unit: f"{unit} ({count:,})" for unit, count in units.items()}
            unit_labels[_NONE] = f"{translate('questions.unitless')} ({units.get(_NONE, 0):,})"
            unit = _choose(translate("questions.unit"), "unit", list(units), unit_labels)
        rows = rows_in_unit(rows, "" if unit == _NONE else unit)
        title = title if unit == _NONE else f"{title} ({unit})"
    plot = Plot(_field(xs, x), None if y == _COUNT else _field(ys, y))
    data = plot_data(context, rows, plot)
    if data.points:
        st.altair_chart(_chart(data, plot, labels[x], title), width="stretch")
    else:
        st.info(translate("questions.no-points"), icon=":material/bar_chart_off:")
    if data.left:
        st.caption(translate("questions.more-bars", shown=f"{MOST}", left=f"{data.left:,}"))
    if data.without:
        st.caption(translate("questions.without", rows=f"{data.without:,}"))


def _chart(data: PlotData, plot: Plot, x_title: str, y_title: str) -> alt.Chart:
    base = alt.Chart(alt.InlineData(values=[dict(point) for point in data.points]))
    places = list(dict.fromkeys(str(point["x"]) for point in data.points))
    chart: alt.Chart
    if data.repeated:
        chart = base.mark_point(filled=True, size=60, opacity=0.7)
    elif plot.over_time and plot.y is not None:
        chart = base.mark_line(point=True)
    else:
        chart = base.mark_bar(size=min(40, 600 // len(places)) if plot.over_time else 18)
    y = alt.Y("y:Q", title=y_title)
    number = alt.Tooltip("y:Q", title=_tooltip_title(y_title), format=",.6~f")
    if plot.over_time and plot.y is not None:
        form = "%Y" if plot.x.kind == "year" else "%Y-%m-%d"
        x = alt.X("x:T", title=x_title, axis=alt.Axis(format=form[:5]))
        return chart.encode(x, y, [alt.Tooltip("x:T", title=_tooltip_title(x_title), format=form), number])
    name = alt.Tooltip("x:N", title=_tooltip_title(x_title))
    if plot.over_time:
        return chart.encode(alt.X("x:O", title=x_title), y, [name, number])
    bars = alt.Y("x:N", title=None, sort=places, axis=alt.Axis(labelLimit=220, labelOverlap=False))
    return chart.encode(alt.X("y:Q", title=y_title), bars, [name, number]).properties(
        height=max(120, 26 * len(places) + 50)
    )


def _x_value(context: ViewContext, field: AnswerField, row: Row, *, counted: bool) -> str | None:
    """Return the place of a row on the x axis; rows are counted by year."""
    value = row.get(field.column.name)
    if not value:
        return None
    if field.kind == "date":
        return value[:4] if counted else value[:10]
    return truncate(str(cell_value(context, field.column, row)), 40)


def _choose(label: str, name: str, options: list[str], labels: Mapping[str, str]) -> str:
    """Show a choice whose code stands in the address; the first option where the address has none of them."""
    key = f"plot:{name}"
    _, on_change = bind_choice(name, options, key)
    return str(
        st.selectbox(label, options, format_func=lambda code: labels[code], key=key, on_change=on_change)
    )


def _count_distinct(answer: QueryAnswer, field: AnswerField) -> int:
    return len({row.get(field.column.name) for row in answer.rows[:POINTS]})


def _field(fields: Sequence[AnswerField], name: str) -> AnswerField:
    return next(field for field in fields if field.column.name == name)


def _tooltip_title(name: str) -> str:
    """Return a tooltip's name: vega-tooltip would fetch an ``image`` and make a ``title`` a heading."""
    return f"?{name}" if name in ("image", "title") else name

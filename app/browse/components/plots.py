"""An answer as a chart: a sensible one by itself, and controls to choose another.

One number column against a category (bars), a date or a year (a line; points where a date has several), or
how many rows there are of each. Different units never share an axis.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import streamlit as st

from app.browse.client.answers import Field, fields_of, in_unit, number_of, units_of
from app.browse.client.endpoint import Answer
from app.browse.components.escaping import shortened
from app.browse.components.switches import held
from app.browse.components.tables import cell
from app.browse.context import Context
from queries.run import Row

MOST = 30
"""Bars of a chart"""
POINTS = 5000
"""Points of a chart"""
_COUNT = "*"  # the choice to count rows
_NONE = "*"  # the unit of what has none

Point = Mapping[str, str | float]


@dataclass(frozen=True, slots=True)
class Plot:
    """What a chart shows: ``x`` against the number ``y``, or against how many rows there are."""

    x: Field
    y: Field | None


@dataclass(frozen=True, slots=True)
class Plotted:
    """The points of a chart; how many rows or bars are not in it for want of a number or of space."""

    points: tuple[Point, ...]
    repeated: bool  # several points of one x
    without: int
    left: int


def choices(answer: Answer) -> tuple[tuple[Field, ...], tuple[Field, ...]]:
    """What can stand on the x axis and what on the y axis, the most sensible first."""
    fields = fields_of(answer)
    numbers = tuple(field for field in fields if field.kind == "number")
    times = [field for field in fields if field.kind in ("date", "year")]
    others = [field for field in fields if field.kind in ("text", "thing")]
    if numbers:
        others.sort(key=lambda field: _distinct(answer, field) == 1)
        return (*times, *others), numbers
    others.sort(key=lambda field: not 1 < _distinct(answer, field) <= MOST)
    return (*times, *others), ()


def plotted(context: Context, rows: Sequence[Row], plot: Plot) -> Plotted:
    """The points: {x, y}; of a category the longest bars, of a time all in their order."""
    found: list[tuple[str, float]] = []
    without = 0
    for row in rows:
        place = _place(context, plot.x, row, counted=plot.y is None)
        number = 1.0 if plot.y is None else number_of(row.get(plot.y.column.name))
        if place is None or number is None:
            without += 1
        else:
            found.append((place, number))
    if plot.y is None:
        counted = Counter(place for place, _ in found)
        found = [(place, float(count)) for place, count in counted.items()]
    places = Counter(place for place, _ in found)
    if plot.x.kind in ("date", "year"):
        found.sort()
        kept = found[:POINTS]
    else:
        found.sort(key=lambda pair: -pair[1])
        first = set(list(dict.fromkeys(place for place, _ in found))[:MOST])
        kept = [pair for pair in found if pair[0] in first][:POINTS]
    points: tuple[Point, ...] = tuple({"x": place, "y": number} for place, number in kept)
    return Plotted(
        points, len(places) < len(found), without, len(places) - len({point["x"] for point in points})
    )


def chart(context: Context, answer: Answer) -> None:
    """Draw an answer that has rows, with the controls over it; says so where nothing can be drawn."""
    speech = context.speech
    xs, ys = choices(answer)
    if not xs:
        st.info(speech("questions.no-chart"), icon=":material/bar_chart_off:")
        return
    columns = st.columns(3)
    names = {field.column.name: speech.of(field.column.words) for field in (*xs, *ys)}
    with columns[0]:
        x = _chosen(speech("questions.x"), "x", [field.column.name for field in xs], names)
    with columns[1]:
        counted = {**names, _COUNT: speech("questions.count")}
        y = _chosen(speech("questions.y"), "y", [*(field.column.name for field in ys), _COUNT], counted)
    rows: Sequence[Row] = answer.rows
    units = {unit or _NONE: count for unit, count in units_of(answer).items()} if y != _COUNT else {}
    title = counted[y]
    if len(units) > 1:
        with columns[2]:
            said = {unit: f"{unit} ({count:,})" for unit, count in units.items()}
            said[_NONE] = f"{speech('questions.unitless')} ({units.get(_NONE, 0):,})"
            unit = _chosen(speech("questions.unit"), "unit", list(units), said)
        rows = in_unit(rows, "" if unit == _NONE else unit)
        title = title if unit == _NONE else f"{title} ({unit})"
    plot = Plot(_named(xs, x), None if y == _COUNT else _named(ys, y))
    drawn = plotted(context, rows, plot)
    if drawn.points:
        st.altair_chart(_figure(drawn, plot, names[x], title), width="stretch")
    else:
        st.info(speech("questions.no-points"), icon=":material/bar_chart_off:")
    if drawn.left:
        st.caption(speech("questions.more-bars", shown=f"{MOST}", left=f"{drawn.left:,}"))
    if drawn.without:
        st.caption(speech("questions.without", rows=f"{drawn.without:,}"))


def _figure(drawn: Plotted, plot: Plot, across: str, along: str) -> alt.Chart:
    source = alt.Chart(alt.InlineData(values=[dict(point) for point in drawn.points]))
    timed = plot.x.kind in ("date", "year")
    places = list(dict.fromkeys(str(point["x"]) for point in drawn.points))
    figure: alt.Chart
    if drawn.repeated:
        figure = source.mark_point(filled=True, size=60, opacity=0.7)
    elif timed and plot.y is not None:
        figure = source.mark_line(point=True)
    else:
        figure = source.mark_bar(size=min(40, 600 // len(places)) if timed else 18)
    y = alt.Y("y:Q", title=along)
    number = alt.Tooltip("y:Q", title=_tip(along), format=",.6~f")
    if timed and plot.y is not None:
        form = "%Y" if plot.x.kind == "year" else "%Y-%m-%d"
        x = alt.X("x:T", title=across, axis=alt.Axis(format=form[:5]))
        return figure.encode(x, y, [alt.Tooltip("x:T", title=_tip(across), format=form), number])
    name = alt.Tooltip("x:N", title=_tip(across))
    if timed:
        return figure.encode(alt.X("x:O", title=across), y, [name, number])
    bars = alt.Y("x:N", title=None, sort=places, axis=alt.Axis(labelLimit=220, labelOverlap=False))
    return figure.encode(alt.X("y:Q", title=along), bars, [name, number]).properties(
        height=max(120, 26 * len(places) + 50)
    )


def _place(context: Context, field: Field, row: Row, *, counted: bool) -> str | None:
    """The place of a row on the x axis; rows are counted by year."""
    value = row.get(field.column.name)
    if not value:
        return None
    if field.kind == "date":
        return value[:4] if counted else value[:10]
    return shortened(str(cell(context, field.column, row)), 40)


def _chosen(label: str, name: str, options: list[str], said: Mapping[str, str]) -> str:
    """A choice that stands in the address; the first option where the address has none of them."""
    key = f"plot:{name}"
    _, changed = held(name, options, key)
    chosen = st.selectbox(label, options, format_func=lambda each: said[each], key=key, on_change=changed)
    return str(chosen)


def _distinct(answer: Answer, field: Field) -> int:
    return len({row.get(field.column.name) for row in answer.rows[:POINTS]})


def _named(fields: Sequence[Field], name: str) -> Field:
    return next(field for field in fields if field.column.name == name)


def _tip(name: str) -> str:
    """A name in a tooltip, which would fetch an ``image`` and make a ``title`` a heading (vega-tooltip)."""
    return f"?{name}" if name in ("image", "title") else name

"""Charts of several views: thin builders over altair, which draw text as text and take the page's colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import streamlit as st

BAND = 44
"""Pixels of a bar with its label above it"""
BAR = 16
"""Pixels of a bar"""
SELECTION = "picked"
"""The name of the selection in a chart whose marks can be clicked"""
_LABEL = 320  # pixels: the width that a telephone has
# Paul Tol's bright scheme: colour-blind readers tell it apart, and it stands out on white and on black
_COLOURS = ("#4477aa", "#66ccee", "#ccbb44", "#ee6677", "#228833", "#aa3377", "#ee8866", "#bbbbbb")


@dataclass(frozen=True, slots=True)
class BarSegment:
    """A part of a bar: ``label`` names the bar, ``part`` the colour, ``key`` is the result of a click."""

    label: str
    part: str
    value: float
    key: str = ""

    @property
    def tooltip(self) -> str:
        """Bar, part and value."""
        return f"{self.label} · {self.part} · {self.value:,g}"


def bar_chart(segments: Sequence[BarSegment], parts: Sequence[str], value: str) -> alt.Chart:
    """Return horizontal stacked bars in the order given, with labels above them to fit a telephone."""
    order = list(dict.fromkeys(segment.label for segment in segments))
    values = [
        {
            "label": segment.label,
            "part": segment.part,
            "value": segment.value,
            "key": segment.key,
            "rank": parts.index(segment.part),
            "told": segment.tooltip,
        }
        for segment in segments
        if segment.value
    ]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(size=BAR, cursor="pointer")
        .encode(
            y=alt.Y("label:N", sort=order, title=None, axis=axis_above()),
            x=alt.X("value:Q", title=value, axis=alt.Axis(tickMinStep=1, format=",d", titleAnchor="start")),
            color=colour_of("part:N", parts),
            order=alt.Order("rank:Q"),
            tooltip="told:N",
        )
        .add_params(alt.selection_point(name=SELECTION, fields=["key"], on="click"))
        .properties(height=alt.Step(BAND))
    )
    return chart


def show_clickable(chart: alt.Chart | alt.LayerChart, key: str) -> str:
    """Show a chart whose marks can be clicked; returns the ``key`` of the clicked mark, empty without one."""
    event = st.altair_chart(chart, width="stretch", key=key, on_select="rerun", selection_mode=SELECTION)
    return selected_field(event, "key") or ""


def selected_field(event: object, field: str) -> str | None:
    """Return a field of the mark that is selected in a chart; None where there is none."""
    selection = event["selection"].get(SELECTION) if isinstance(event, Mapping) else None
    value = selection[0].get(field) if selection else None
    return value if isinstance(value, str) else None


def axis_above() -> alt.Axis:
    """Return an axis with the labels above their bars."""
    return alt.Axis(
        labelAlign="left",
        labelBaseline="bottom",
        labelOffset=-(BAR // 2 + 4),
        labelPadding=0,
        labelLimit=_LABEL,
        ticks=False,
        domain=False,
        grid=False,
        zindex=1,
    )


def colour_of(field: str, parts: Sequence[str]) -> alt.Color:
    """Return one colour for each part; a legend where there are several."""
    legend = alt.Legend(title=None, orient="top", columns=4) if len(parts) > 1 else None
    return alt.Color(field, scale=alt.Scale(domain=list(parts), range=list(_COLOURS)), legend=legend)

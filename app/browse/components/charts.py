"""Charts of several views: thin builders over altair, which draw text as text and take the page's colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import altair as alt
import streamlit as st

_BAND = 44  # pixels of a bar with its label above
_BAR = 16
_LABEL = 320  # pixels: the width that a telephone has
_TALLEST = 300
_PICKED = "picked"
# Paul Tol's bright scheme: told apart by colour-blind readers, and seen on white and on black
_COLOURS = ("#4477aa", "#66ccee", "#ccbb44", "#ee6677", "#228833", "#aa3377", "#ee8866", "#bbbbbb")
_LINE = "#808495"  # a grey that is seen on white and on black


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: ``label`` is the bar's name, ``part`` the colour's, ``key`` what a click gives."""

    label: str
    part: str
    value: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """What existed from ``begin`` to ``end``; ``told`` says so in words, as an end may not be known."""

    label: str
    begin: date
    end: date
    part: str
    told: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """What joins two spans, or ends one where ``after`` is empty."""

    day: date
    before: str
    after: str
    kind: str
    told: str


def bars(pieces: Sequence[Piece], parts: Sequence[str], value: str) -> alt.Chart:
    """Horizontal stacked bars in the order given, their labels above them, so that they fit a telephone."""
    order = list(dict.fromkeys(piece.label for piece in pieces))
    values = [
        {
            "label": piece.label,
            "part": piece.part,
            "value": piece.value,
            "key": piece.key,
            "rank": parts.index(piece.part),
            "told": _told(piece),
        }
        for piece in pieces
        if piece.value
    ]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar(size=_BAR, cursor="pointer")
        .encode(
            y=alt.Y("label:N", sort=order, title=None, axis=_above()),
            x=alt.X("value:Q", title=value, axis=alt.Axis(tickMinStep=1, format=",d", titleAnchor="start")),
            color=_colour("part:N", parts),
            order=alt.Order("rank:Q"),
            tooltip="told:N",
        )
        .add_params(alt.selection_point(name=_PICKED, fields=["key"], on="click"))
        .properties(height=alt.Step(_BAND))
    )
    return chart


def columns(pieces: Sequence[Piece], parts: Sequence[str], value: str) -> alt.Chart:
    """Upright stacked bars over labels that are in order, such as years."""
    order = list(dict.fromkeys(piece.label for piece in pieces))
    values = [
        {
            "label": piece.label,
            "part": piece.part,
            "value": piece.value,
            "rank": parts.index(piece.part),
            "told": _told(piece),
        }
        for piece in pieces
    ]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            x=alt.X("label:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("value:Q", title=value, axis=alt.Axis(tickMinStep=1, format=",d")),
            color=_colour("part:N", parts),
            order=alt.Order("rank:Q"),
            tooltip="told:N",
        )
        .properties(height=_TALLEST)
    )
    return chart


def timeline(
    spans: Sequence[Span], changes: Sequence[Change], parts: Sequence[str], kinds: Sequence[str]
) -> alt.LayerChart:
    """Spans as bars in the order given, and the changes between them as lines with a point at their end."""
    order = [span.label for span in spans]
    y = alt.Y("label:N", sort=order, title=None, axis=_above(), scale=alt.Scale(domain=order))
    x = alt.X("begin:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True))
    lines = [
        {
            "label": change.before,
            "after": change.after or change.before,
            "begin": change.day.isoformat(),
            "kind": change.kind,
            "told": f"{change.kind} · {change.told}",
        }
        for change in changes
    ]
    existed = [
        {
            "label": span.label,
            "begin": span.begin.isoformat(),
            "end": span.end.isoformat(),
            "part": span.part,
            "told": f"{span.label} · {span.told}" if span.told else span.label,
            "key": span.key,
        }
        for span in spans
    ]
    bar = (
        alt.Chart(alt.InlineData(values=existed))
        .mark_bar(size=_BAR, cursor="pointer")
        .encode(
            y=y,
            x=x,
            x2="end:T",
            color=_colour("part:N", parts),
            tooltip="told:N",
        )
        .add_params(alt.selection_point(name=_PICKED, fields=["key"], on="click"))
    )
    line = alt.Chart(alt.InlineData(values=lines))
    rule = line.mark_rule(strokeWidth=2, color=_LINE).encode(y=y, y2="after:N", x=x, tooltip="told:N")
    point = line.mark_point(size=90, filled=True, color=_LINE, opacity=1).encode(
        y=alt.Y("after:N", sort=order, title=None), x=x, shape=_shape(kinds), tooltip="told:N"
    )
    chart: alt.LayerChart = alt.LayerChart(layer=[bar, rule, point], height=alt.Step(_BAND))
    return chart


def shown(chart: alt.Chart, key: str) -> None:
    """Show a chart as wide as its place."""
    st.altair_chart(chart, width="stretch", key=key)


def drawn(chart: alt.Chart | alt.LayerChart, key: str) -> str:
    """Show a chart whose marks can be clicked; gives the ``key`` of what was clicked, if anything was."""
    event = st.altair_chart(chart, width="stretch", key=key, on_select="rerun", selection_mode=_PICKED)
    picked = event["selection"].get(_PICKED, [])
    return str(picked[0].get("key", "")) if picked else ""


def fewer(pieces: Sequence[Piece], most: int, others: str) -> list[Piece]:
    """The same with so many parts at most: the smallest are one, called ``others``."""
    sums: dict[str, float] = {}
    for piece in pieces:
        sums[piece.part] = sums.get(piece.part, 0) + piece.value
    if len(sums) <= most:
        return list(pieces)
    kept = set(sorted(sums, key=lambda part: -sums[part])[: most - 1])
    merged: dict[tuple[str, str], Piece] = {}
    for piece in pieces:
        part = piece.part if piece.part in kept else others
        found = merged.get((piece.label, part))
        merged[piece.label, part] = replace(
            piece, part=part, value=piece.value + (found.value if found else 0)
        )
    return list(merged.values())


def _above() -> alt.Axis:
    """Labels above their bars."""
    return alt.Axis(
        labelAlign="left",
        labelBaseline="bottom",
        labelOffset=-(_BAR // 2 + 4),
        labelPadding=0,
        labelLimit=_LABEL,
        ticks=False,
        domain=False,
        grid=False,
        zindex=1,
    )


def _colour(field: str, parts: Sequence[str]) -> alt.Color:
    legend = alt.Legend(title=None, orient="top", columns=4) if len(parts) > 1 else None
    return alt.Color(field, scale=alt.Scale(domain=list(parts), range=list(_COLOURS)), legend=legend)


def _shape(kinds: Sequence[str]) -> alt.Shape:
    return alt.Shape("kind:N", scale=alt.Scale(domain=list(kinds)), legend=None)


def _told(piece: Piece) -> str:
    return f"{piece.label} · {piece.part} · {piece.value:,g}"

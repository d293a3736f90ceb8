"""A timeline: what existed from when to when, and the changes that made one of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from app.browse.components.charts import BAND, BAR, SELECTION, axis_above, colour_of

_LINE = "#808495"  # a grey that stands out on white and on black


@dataclass(frozen=True, slots=True)
class TimelineBar:
    """What existed from ``begin`` to ``end``; ``period`` says so in words, as an end may not be known."""

    label: str
    begin: date
    end: date
    part: str
    period: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class TimelineChange:
    """What joins two bars, or ends one where ``after`` is empty."""

    day: date
    before: str
    after: str
    kind: str
    description: str


def timeline_chart(
    bars: Sequence[TimelineBar],
    changes: Sequence[TimelineChange],
    parts: Sequence[str],
    kinds: Sequence[str],
) -> alt.LayerChart:
    """Return the bars in the order given, and the changes as lines with a point at their end."""
    order = [bar.label for bar in bars]
    y = alt.Y("label:N", sort=order, title=None, axis=axis_above(), scale=alt.Scale(domain=order))
    x = alt.X("begin:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", labelOverlap=True))
    change_rows = [
        {
            "label": change.before,
            "after": change.after or change.before,
            "begin": change.day.isoformat(),
            "kind": change.kind,
            "told": f"{change.kind} · {change.description}",
        }
        for change in changes
    ]
    bar_rows = [
        {
            "label": bar.label,
            "begin": bar.begin.isoformat(),
            "end": bar.end.isoformat(),
            "part": bar.part,
            "told": f"{bar.label} · {bar.period}" if bar.period else bar.label,
            "key": bar.key,
        }
        for bar in bars
    ]
    bar = (
        alt.Chart(alt.InlineData(values=bar_rows))
        .mark_bar(size=BAR, cursor="pointer")
        .encode(y=y, x=x, x2="end:T", color=colour_of("part:N", parts), tooltip="told:N")
        .add_params(alt.selection_point(name=SELECTION, fields=["key"], on="click"))
    )
    line = alt.Chart(alt.InlineData(values=change_rows))
    rule = line.mark_rule(strokeWidth=2, color=_LINE).encode(y=y, y2="after:N", x=x, tooltip="told:N")
    point = line.mark_point(size=90, filled=True, color=_LINE, opacity=1).encode(
        y=alt.Y("after:N", sort=order, title=None),
        x=x,
        shape=alt.Shape("kind:N", scale=alt.Scale(domain=list(kinds)), legend=None),
        tooltip="told:N",
    )
    chart: alt.LayerChart = alt.LayerChart(layer=[bar, rule, point], height=alt.Step(BAND))
    return chart

"""The documents of each year as upright bars by type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import altair as alt

from app.browse.components.charts import BarSegment, colour_of

_HEIGHT = 300  # pixels


def column_chart(segments: Sequence[BarSegment], parts: Sequence[str], value: str) -> alt.Chart:
    """Return upright stacked bars over labels that are in order, such as years."""
    order = list(dict.fromkeys(segment.label for segment in segments))
    values = [
        {
            "label": segment.label,
            "part": segment.part,
            "value": segment.value,
            "rank": parts.index(segment.part),
            "told": segment.tooltip,
        }
        for segment in segments
    ]
    chart: alt.Chart = (
        alt.Chart(alt.InlineData(values=values))
        .mark_bar()
        .encode(
            x=alt.X("label:N", sort=order, title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
            y=alt.Y("value:Q", title=value, axis=alt.Axis(tickMinStep=1, format=",d")),
            color=colour_of("part:N", parts),
            order=alt.Order("rank:Q"),
            tooltip="told:N",
        )
        .properties(height=_HEIGHT)
    )
    return chart


def merge_small_parts(segments: Sequence[BarSegment], most: int, others: str) -> list[BarSegment]:
    """Return the same with so many parts at most: the smallest become one, called ``others``."""
    sums = sum_by_part(segments)
    if len(sums) <= most:
        return list(segments)
    largest = set(sorted(sums, key=lambda part: -sums[part])[: most - 1])
    merged: dict[tuple[str, str], BarSegment] = {}
    for segment in segments:
        part = segment.part if segment.part in largest else others
        before = merged.get((segment.label, part))
        value = segment.value + (before.value if before else 0)
        merged[segment.label, part] = replace(segment, part=part, value=value)
    return list(merged.values())


def sum_by_part(segments: Sequence[BarSegment]) -> dict[str, float]:
    """Return the values of each part added up."""
    sums: dict[str, float] = {}
    for segment in segments:
        sums[segment.part] = sums.get(segment.part, 0) + segment.value
    return sums

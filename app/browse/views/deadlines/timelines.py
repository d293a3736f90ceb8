"""Figures of dates: a line of time by body, and a calendar of months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from app.browse.i18n import Speech

MOST_GROUPS = 15
"""Bodies or documents that a line of time has room for"""

PICK = "picked"
"""The name of the selection in both figures; it holds the field ``month``, such as 2025-12"""

PAST, AHEAD = "#d9822b", "#3f8fd2"  # apart for colour-blind readers too, and on light and dark ground
_ROW = 26  # pixels
_LABEL = 150
_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Due:
    """So many deadlines on a day, of the body or document ``group``; ``text`` is of one of them."""

    day: date
    iri: str | None
    group: str | None
    deadlines: int
    text: str

    @property
    def month(self) -> str:
        """Year and month, such as 2025-12."""
        return f"{self.day:%Y-%m}"


def foremost(due: Iterable[Due], most: int = MOST_GROUPS) -> tuple[list[str | None], int]:
    """The groups with the most deadlines, those of nobody last, and how many are left out."""
    counts: Counter[str | None] = Counter()
    for each in due:
        counts[each.group] += each.deadlines
    named = sorted(
        (group for group in counts if group is not None), key=lambda group: (-counts[group], group)
    )
    shown: list[str | None] = [*named[:most]]
    return shown + ([None] if None in counts else []), max(len(named) - most, 0)


def timeline(due: Sequence[Due], chosen: date, speech: Speech, nobody: str) -> alt.LayerChart:
    """One row a body or document, one circle a day: larger for more deadlines, coloured by past or ahead."""
    groups, _ = foremost(due)
    names = [nobody if group is None else group for group in groups]
    rows = [
        {
            "due": each.day.isoformat(),
            "group": nobody if each.group is None else each.group,
            "deadlines": each.deadlines,
            "text": each.text,
            "state": _state(each.day, chosen, speech),
            "month": each.month,
        }
        for each in due
        if each.group in groups
    ]
    x = alt.X("due:T", title=None, axis=alt.Axis(format="%Y-%m", tickCount=8, labelOverlap=True))
    circles = (
        alt.Chart(alt.InlineData(values=rows))
        .mark_circle(opacity=0.85)
        .encode(
            x=x,
            y=alt.Y("group:N", sort=names, title=None, axis=alt.Axis(labelLimit=_LABEL, grid=True)),
            size=alt.Size("deadlines:Q", legend=None, scale=alt.Scale(type="sqrt", range=[70, 420])),
            color=_colours(speech),
            tooltip=[
                alt.Tooltip("due:T", title=speech("deadlines.due"), format="%Y-%m-%d"),
                alt.Tooltip("group:N", title=speech("deadlines.of")),
                alt.Tooltip("deadlines:Q", title=speech("deadlines.number")),
                alt.Tooltip("text:N", title=speech("deadlines.one")),
                alt.Tooltip("state:N", title=speech("deadlines.state")),
            ],
        )
        .add_params(alt.selection_point(name=PICK, fields=["month"]))
    )
    rule = (
        alt.Chart(alt.InlineData(values=[{"due": chosen.isoformat()}]))
        .mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color="#888888")
        .encode(x=x, tooltip=[alt.Tooltip("due:T", title=speech("deadlines.date"), format="%Y-%m-%d")])
    )
    return alt.LayerChart(layer=[rule, circles]).properties(height=_ROW * len(names) + 40)


def calendar(due: Sequence[Due], chosen: date, speech: Speech) -> alt.LayerChart:
    """Years by months with the number of deadlines; the month of the chosen day is framed."""
    counts: Counter[tuple[int, int]] = Counter()
    for each in due:
        counts[each.day.year, each.day.month] += each.deadlines
    here = (chosen.year, chosen.month)
    years = sorted({year for year, _ in counts} | {chosen.year})
    rows = [
        {
            "year": str(year),
            "month_number": month,
            "deadlines": counts[year, month] or None,
            "state": _state(date(year, month, 1), chosen.replace(day=1), speech),
            "month": f"{year}-{month:02}",
            "chosen": (year, month) == here,
        }
        for year in years
        for month in _MONTHS
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "month_number:O",
            title=speech("deadlines.month"),
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                titleFontWeight="normal",
                domain=False,
                ticks=False,
                labelOverlap=False,
            ),
        ),
        y=alt.Y(
            "year:O", sort=[str(year) for year in years], title=None, axis=alt.Axis(domain=False, ticks=False)
        ),
        tooltip=[
            alt.Tooltip("month:N", title=speech("deadlines.month")),
            alt.Tooltip("deadlines:Q", title=speech("deadlines.number")),
            alt.Tooltip("state:N", title=speech("deadlines.state")),
        ],
    )
    has = "isValid(datum.deadlines)"
    cells = (
        base.mark_rect(cornerRadius=3, strokeWidth=1.5, cursor="pointer")
        .encode(
            color=_colours(speech),
            opacity=alt.condition(has, alt.value(1), alt.value(0.10)),
            stroke=alt.condition("datum.chosen", alt.value("#888888"), alt.value("transparent")),
        )
        .add_params(alt.selection_point(name=PICK, fields=["month"]))
    )
    numbers = (
        base.transform_filter(has).mark_text(color="white", fontWeight="bold").encode(text="deadlines:Q")
    )
    return alt.LayerChart(layer=[cells, numbers]).properties(height=(_ROW + 6) * len(years) + 60)


def _colours(speech: Speech) -> alt.Color:
    states = [speech("deadlines.past"), speech("deadlines.ahead")]
    return alt.Color(
        "state:N",
        scale=alt.Scale(domain=states, range=[PAST, AHEAD]),
        legend=alt.Legend(title=None, orient="bottom", symbolType="circle", symbolOpacity=1),
    )


def _state(day: date, chosen: date, speech: Speech) -> str:
    return speech("deadlines.past") if day < chosen else speech("deadlines.ahead")


def picked(event: object) -> str | None:
    """The month that is selected in a figure, if one is."""
    chosen = event["selection"].get(PICK) if isinstance(event, Mapping) else None
    month = chosen[0].get("month") if chosen else None
    return month if isinstance(month, str) else None

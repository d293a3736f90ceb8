"""Charts of deadlines: a timeline by body or document, and a calendar of months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import altair as alt

from app.browse.components.charts import SELECTION
from app.browse.i18n import Translator

MOST_GROUPS = 15
"""Bodies or documents that a timeline has room for"""

_PAST, _AHEAD = "#d9822b", "#3f8fd2"  # apart for colour-blind readers too, on light and dark ground
_ROW = 26  # pixels
_LABEL = 150
_MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class DueCount:
    """The number of deadlines on a day of the body or document ``group``; ``text`` is of one of them."""

    day: date
    iri: str | None
    group: str | None
    deadlines: int
    text: str

    @property
    def month(self) -> str:
        """Year and month, such as 2025-12."""
        return f"{self.day:%Y-%m}"


def largest_groups(due: Iterable[DueCount], most: int = MOST_GROUPS) -> tuple[list[str | None], int]:
    """Return the largest groups, the group without a body last, and the number of groups left out."""
    counts: Counter[str | None] = Counter()
    for each in due:
        counts[each.group] += each.deadlines
    named = sorted(
        (group for group in counts if group is not None), key=lambda group: (-counts[group], group)
    )
    groups: list[str | None] = [*named[:most]]
    return groups + ([None] if None in counts else []), max(len(named) - most, 0)


def timeline_chart(
    due: Sequence[DueCount], chosen: date, translate: Translator, nobody: str
) -> alt.LayerChart:
    """Return a row for each body or document and a circle for each day: larger for more deadlines.

    The colour says whether the day is past or ahead. A click gives the field ``month``, such as 2025-12.
    """
    groups, _ = largest_groups(due)
    names = [nobody if group is None else group for group in groups]
    rows = [
        {
            "due": each.day.isoformat(),
            "group": nobody if each.group is None else each.group,
            "deadlines": each.deadlines,
            "text": each.text,
            "state": _state(each.day, chosen, translate),
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
            color=_colours(translate),
            tooltip=[
                alt.Tooltip("due:T", title=translate("deadlines.due"), format="%Y-%m-%d"),
                alt.Tooltip("group:N", title=translate("deadlines.of")),
                alt.Tooltip("deadlines:Q", title=translate("deadlines.number")),
                alt.Tooltip("text:N", title=translate("deadlines.one")),
                alt.Tooltip("state:N", title=translate("deadlines.state")),
            ],
        )
        .add_params(alt.selection_point(name=SELECTION, fields=["month"]))
    )
    rule = (
        alt.Chart(alt.InlineData(values=[{"due": chosen.isoformat()}]))
        .mark_rule(strokeDash=[4, 3], strokeWidth=1.5, color="#888888")
        .encode(x=x, tooltip=[alt.Tooltip("due:T", title=translate("deadlines.date"), format="%Y-%m-%d")])
    )
    return alt.LayerChart(layer=[rule, circles]).properties(height=_ROW * len(names) + 40)


def calendar_chart(due: Sequence[DueCount], chosen: date, translate: Translator) -> alt.LayerChart:
    """Return years by months with the number of deadlines; the month of the chosen day is framed.

    A click gives the field ``month``.
    """
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
            "state": _state(date(year, month, 1), chosen.replace(day=1), translate),
            "month": f"{year}-{month:02}",
            "chosen": (year, month) == here,
        }
        for year in years
        for month in _MONTHS
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        x=alt.X(
            "month_number:O",
            title=translate("deadlines.month"),
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
            alt.Tooltip("month:N", title=translate("deadlines.month")),
            alt.Tooltip("deadlines:Q", title=translate("deadlines.number")),
            alt.Tooltip("state:N", title=translate("deadlines.state")),
        ],
    )
    has = "isValid(datum.deadlines)"
    cells = (
        base.mark_rect(cornerRadius=3, strokeWidth=1.5, cursor="pointer")
        .encode(
            color=_colours(translate),
            opacity=alt.condition(has, alt.value(1), alt.value(0.10)),
            stroke=alt.condition("datum.chosen", alt.value("#888888"), alt.value("transparent")),
        )
        .add_params(alt.selection_point(name=SELECTION, fields=["month"]))
    )
    numbers = (
        base.transform_filter(has).mark_text(color="white", fontWeight="bold").encode(text="deadlines:Q")
    )
    return alt.LayerChart(layer=[cells, numbers]).properties(height=(_ROW + 6) * len(years) + 60)


def _colours(translate: Translator) -> alt.Color:
    states = [translate("deadlines.past"), translate("deadlines.ahead")]
    return alt.Color(
        "state:N",
        scale=alt.Scale(domain=states, range=[_PAST, _AHEAD]),
        legend=alt.Legend(title=None, orient="bottom", symbolType="circle", symbolOpacity=1),
    )


def _state(day: date, chosen: date, translate: Translator) -> str:
    return translate("deadlines.past") if day < chosen else translate("deadlines.ahead")

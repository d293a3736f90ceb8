"""The history of a body as a timeline: which bodies existed when, and what made one of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.browse.client.answers import QueryAnswer
from app.browse.components.charts import show_clickable
from app.browse.context import ViewContext
from app.browse.views.agency.search import format_period
from app.browse.views.agency.timeline import TimelineBar, TimelineChange, timeline_chart
from queries.run import Row

KINDS = ("renamed", "merged", "split", "abolished")
_MARGIN = timedelta(days=3 * 365)  # shown at least before the first change and after the last


@dataclass(slots=True)
class _Lifetime:
    """A body with the dates on which it began and ended, as far as they are known."""

    name: str
    begin: str | None = None
    end: str | None = None


def show_lineage(context: ViewContext, answer: QueryAnswer, iri: str) -> str:
    """Draw the answer to agency/history; returns the IRI of the body that was clicked, else nothing."""
    lifetimes = _lifetimes(answer)
    days = [_parse_date(row["date"] or "") for row in answer.rows]
    margin = max(_MARGIN, (max(days) - min(days)) / 5)
    first, last = min(days) - margin, max(days) + margin
    translate = context.translate
    this_body, other_body = translate("agency.history.asked"), translate("agency.history.other")
    bars = [
        TimelineBar(
            lifetime.name,
            _parse_date(lifetime.begin) if lifetime.begin else first,
            _parse_date(lifetime.end) if lifetime.end else last,
            this_body if body == iri else other_body,
            format_period(context, lifetime.begin, lifetime.end),
            body,
        )
        for body, lifetime in lifetimes.items()
    ]
    changes = [
        TimelineChange(
            _parse_date(row["date"] or ""),
            row["before_name"] or "",
            row["after_name"] or "",
            translate.code(row["kind"] or ""),
            _describe(context, row),
        )
        for row in answer.rows
    ]
    kinds = [translate.code(kind) for kind in KINDS]
    chart = timeline_chart(bars, changes, (this_body, other_body), kinds)
    return show_clickable(chart, f"history:{answer.sparql}")


def _lifetimes(answer: QueryAnswer) -> dict[str, _Lifetime]:
    """Return every body of the line, the oldest first, with the dates of the changes around it."""
    found: dict[str, _Lifetime] = {}
    for row in answer.rows:
        before, after = row["before"] or "", row["after"]
        found.setdefault(before, _Lifetime(row["before_name"] or before)).end = row["date"]
        if after:
            found.setdefault(after, _Lifetime(row["after_name"] or after)).begin = row["date"]
    return dict(sorted(found.items(), key=lambda each: (each[1].begin or "", each[1].end or "~", each[0])))


def _parse_date(written: str) -> date:
    """Return a day, or the first of a month or a year that is written without one."""
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _describe(context: ViewContext, row: Row) -> str:
    message_id = "agency.history.to" if row["after"] else "agency.history.end"
    values = {"date": row["date"], "before": row["before_name"], "after": row["after_name"]}
    text = context.translate(message_id, **values)
    if not row["cause"]:
        return text
    return f"{text} ({context.translate('agency.history.cause', cause=row['cause'])})"

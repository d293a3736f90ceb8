"""The history of a body as a figure: who existed when, and what made one of another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.browse.client.endpoint import Answer
from app.browse.components.charts import Change, Span, drawn, timeline
from app.browse.context import Context
from app.browse.views.agency.bodies import period
from queries.run import Row

KINDS = ("renamed", "merged", "split", "abolished")
_LEAST = timedelta(days=3 * 365)  # shown before the first change and after the last


@dataclass(slots=True)
class _Life:
    name: str
    begin: str | None = None
    end: str | None = None


def lineage(context: Context, answer: Answer, iri: str) -> str:
    """Draw what agency/history answers; gives the IRI of a body that was clicked, if one was."""
    lives = _lives(answer)
    days = [_date(row["date"] or "") for row in answer.rows]
    margin = max(_LEAST, (max(days) - min(days)) / 5)
    first, last = min(days) - margin, max(days) + margin
    speech = context.speech
    asked, other = speech("agency.history.asked"), speech("agency.history.other")
    spans = [
        Span(
            life.name,
            _date(life.begin) if life.begin else first,
            _date(life.end) if life.end else last,
            asked if body == iri else other,
            period(context, life.begin, life.end),
            body,
        )
        for body, life in lives.items()
    ]
    changes = [
        Change(
            _date(row["date"] or ""),
            row["before_name"] or "",
            row["after_name"] or "",
            speech.code(row["kind"] or ""),
            _told(context, row),
        )
        for row in answer.rows
    ]
    chart = timeline(spans, changes, (asked, other), [speech.code(kind) for kind in KINDS])
    return drawn(chart, f"history:{answer.sparql}")


def _lives(answer: Answer) -> dict[str, _Life]:
    """Every body of the line, the oldest first, with the dates of the changes that began and ended it."""
    lives: dict[str, _Life] = {}
    for row in answer.rows:
        before, after = row["before"] or "", row["after"]
        lives.setdefault(before, _Life(row["before_name"] or before)).end = row["date"]
        if after:
            lives.setdefault(after, _Life(row["after_name"] or after)).begin = row["date"]
    return dict(sorted(lives.items(), key=lambda life: (life[1].begin or "", life[1].end or "~", life[0])))


def _date(written: str) -> date:
    """A day, or the first of a month or a year that is written without one."""
    year, month, day = (*map(int, written.split("-")), 1, 1)[:3]
    return date(year, month, day)


def _told(context: Context, row: Row) -> str:
    word = "agency.history.to" if row["after"] else "agency.history.end"
    said = context.speech(word, date=row["date"], before=row["before_name"], after=row["after_name"])
    return f"{said} ({context.speech('agency.history.cause', cause=row['cause'])})" if row["cause"] else said

"""总览: what the store holds, what lies ahead, and where its gaps are."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.address import as_day
from app.browse.components.burden import burdened
from app.browse.components.charts import Piece, columns, fewer, shown
from app.browse.components.dates import day_of, look_from
from app.browse.components.escaping import plain
from app.browse.components.switches import switch
from app.browse.components.tables import behind, table
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.overview.health import HEALTH, health
from queries.library import library

_COUNTS = (
    "files",
    "documents",
    "clauses",
    "tasks",
    "bodies",
    "responsibilities",
    "targets",
    "deadlines",
    "references",
    "norms",
)
_TYPES = 8  # parts of a bar that can be told apart
_YEAR = "365"  # days
_BUILT = "%Y%m%dT%H%M%S%fZ"  # how a version's name begins


def show(context: Context) -> None:
    """Counts, documents over time, the most burdened bodies, deadlines ahead, the health of the corpus."""
    speech = context.speech
    st.title(speech("overview.name"))
    head, years, load, ahead, rest = (st.container() for _ in range(5))
    with load:
        st.subheader(speech("overview.load"))
        said = {name: speech(f"overview.by.{name}") for name in ("then", "now")}
        by = switch("by", said, speech("overview.by"))
    with ahead:
        st.subheader(speech("overview.ahead"))
        day = day_of(speech("overview.ahead.date"))
    counted, dated, burden, due, months, *found = context.source.ask_all(
        [
            ("quality/counts", {}),
            ("document/by-year", {}),
            ("agency/rolled-up" if by == "now" else "agency/load", {}),
            ("task/due", {"date": day.isoformat(), "days": _YEAR}),
            ("task/by-month", {}),
            *((name, {}) for name in HEALTH),
        ]
    )
    counts = {row["kind"] or "": int(row["count"] or 0) for row in counted.rows}
    with head:
        if not counts["documents"]:
            st.info(speech("overview.empty"), icon=":material/inbox:")
        _begin(context, burden)
        with st.container(horizontal=True):
            for name in _COUNTS:
                st.metric(speech(f"overview.count.{name}"), f"{counts[name]:,}", border=True, width=165)
        behind(context, counted)
    with years:
        _years(context, dated)
    with load:
        burdened(context, burden)
        behind(context, burden)
    with ahead:
        _ahead(context, due, months, day)
    with rest:
        health(context, counts, found)
        _version(context)


def _begin(context: Context, burden: Answer) -> None:
    """What this is, and three ways to begin."""
    speech = context.speech
    st.write(speech("overview.lead"))
    if not burden.rows:
        return
    row = burden.rows[0]
    agency, name = row["body"] or "", row["name"] or row["body"] or ""
    question = library()["agency/tasks"]
    values = {"name": question.name, "p.agency": agency}
    with st.container(horizontal=True):
        context.routes.link(speech("overview.start.agency", body=name), Target("agency", {"agency": agency}))
        led = speech("overview.start.tasks", body=name)
        context.routes.link(led, Target("tasks", {"agency": agency, "role": "lead"}))
        asked = speech("overview.start.question", question=speech.of(question.title))
        context.routes.link(asked, Target("questions", values))


def _years(context: Context, answer: Answer) -> None:
    """Documents by year, those of no known year last."""
    speech = context.speech
    st.subheader(speech("overview.years"))
    if not answer.rows:
        st.info(speech("overview.empty"), icon=":material/search_off:")
        behind(context, answer)
        return
    others, undated = speech("overview.years.others"), speech("overview.years.undated")
    pieces = fewer(
        [
            Piece(
                row["year"] or undated,
                speech.code(row["type"]) if row["type"] else others,
                float(row["documents"] or 0),
            )
            for row in answer.rows
        ],
        _TYPES,
        others,
    )
    sums: dict[str, float] = {}
    for piece in pieces:
        sums[piece.part] = sums.get(piece.part, 0) + piece.value
    parts = sorted(sums, key=lambda part: (part == others, -sums[part], part))
    shown(columns(pieces, parts, speech("overview.years.value")), f"years:{answer.sparql}")
    unknown = sum(int(row["documents"] or 0) for row in answer.rows if not row["year"])
    if unknown:
        st.caption(speech("overview.years.undated.told", count=unknown))
    behind(context, answer)


def _ahead(context: Context, due: Answer, months: Answer, day: date) -> None:
    """Tasks that are due within a year of the day; where there are none, the last day that has any."""
    speech = context.speech
    if due.rows:
        table(context, due, empty="overview.ahead.help")
    else:
        st.info(speech("overview.ahead.empty", date=day.isoformat()), icon=":material/event_busy:")
        last = max(filter(None, (as_day(row["last"] or "") for row in months.rows)), default=None)
        if last is not None:
            first = date(last.year, 1, 1)
            said = speech("overview.ahead.last", last=last, first=first)
            st.button(said, type="tertiary", icon=":material/history:", on_click=look_from, args=(first,))
        else:
            st.write(speech("overview.ahead.none"))
        behind(context, due)
    context.routes.link(speech("overview.ahead.all"), Target("deadlines", {"date": day.isoformat()}))


def _version(context: Context) -> None:
    """Which version of the store answers, and when it was built, as far as the endpoint tells."""
    version = context.source.version()
    if version is None:
        st.caption(context.speech("overview.foreign"))
        return
    try:
        built = datetime.strptime(version.partition("-")[0], _BUILT).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        built = "–"
    st.caption(context.speech("overview.version", version=plain(version), built=built))

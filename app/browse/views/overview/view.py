"""总览: what the store holds, what lies ahead, and where its gaps are."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.charts import BarSegment
from app.browse.components.choice_buttons import choice_buttons
from app.browse.components.date_field import date_field, set_date
from app.browse.components.tables import show_footer, show_table
from app.browse.components.task_load import show_task_load
from app.browse.components.url_state import parse_day
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from app.browse.views.overview import health
from app.browse.views.overview.year_chart import column_chart, merge_small_parts, sum_by_part
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
_TYPES = 8  # parts of a bar whose colours one can tell apart
_YEAR = "365"  # days
_VERSION_TIME = "%Y%m%dT%H%M%S%fZ"  # how a version's name begins


def show(context: ViewContext) -> None:
    """Show counts, documents over time, the most burdened bodies, deadlines ahead, the corpus' health."""
    translate = context.translate
    st.title(translate("overview.name"))
    head, years, load, ahead, rest = (st.container() for _ in range(5))
    with load:
        st.subheader(translate("overview.load"))
        labels = {name: translate(f"overview.by.{name}") for name in ("then", "now")}
        by = choice_buttons("by", labels, translate("overview.by"))
    with ahead:
        st.subheader(translate("overview.ahead"))
        day = date_field(translate("overview.ahead.date"))
    kinds, documents, bodies, due, months, *health_answers = context.client.ask_all(
        [
            ("quality/counts", {}),
            ("document/by-year", {}),
            ("agency/rolled-up" if by == "now" else "agency/load", {}),
            ("task/due", {"date": day.isoformat(), "days": _YEAR}),
            ("task/by-month", {}),
            *((name, {}) for name in health.QUESTIONS),
        ]
    )
    counts = {row["kind"] or "": int(row["count"] or 0) for row in kinds.rows}
    with head:
        if not counts["documents"]:
            st.info(translate("overview.empty"), icon=":material/inbox:")
        _show_introduction(context, bodies)
        with st.container(horizontal=True):
            for name in _COUNTS:
                st.metric(translate(f"overview.count.{name}"), f"{counts[name]:,}", border=True, width=165)
        show_footer(context, kinds)
    with years:
        _show_years(context, documents)
    with load:
        show_task_load(context, bodies)
        show_footer(context, bodies)
    with ahead:
        _show_ahead(context, due, months, day)
    with rest:
        health.show_health(context, counts, health_answers)
        _show_version(context)


def _show_introduction(context: ViewContext, bodies: QueryAnswer) -> None:
    """Show what this is, and three ways to begin."""
    translate = context.translate
    st.write(translate("overview.lead"))
    if not bodies.rows:
        return
    row = bodies.rows[0]
    agency, name = row["body"] or "", row["name"] or row["body"] or ""
    question = library()["agency/tasks"]
    with st.container(horizontal=True):
        label = translate("overview.start.agency", body=name)
        context.routes.link(label, ViewState("agency", {"agency": agency}))
        label = translate("overview.start.tasks", body=name)
        context.routes.link(label, ViewState("tasks", {"agency": agency, "role": "lead"}))
        label = translate("overview.start.question", question=translate.text(question.title))
        context.routes.link(label, ViewState("questions", {"name": question.name, "p.agency": agency}))


def _show_years(context: ViewContext, answer: QueryAnswer) -> None:
    """Show documents by year, those of no known year last."""
    translate = context.translate
    st.subheader(translate("overview.years"))
    if not answer.rows:
        st.info(translate("overview.empty"), icon=":material/search_off:")
        show_footer(context, answer)
        return
    others, undated = translate("overview.years.others"), translate("overview.years.undated")
    segments = merge_small_parts(
        [
            BarSegment(
                row["year"] or undated,
                translate.code(row["type"]) if row["type"] else others,
                float(row["documents"] or 0),
            )
            for row in answer.rows
        ],
        _TYPES,
        others,
    )
    sums = sum_by_part(segments)
    parts = sorted(sums, key=lambda part: (part == others, -sums[part], part))
    chart = column_chart(segments, parts, translate("overview.years.value"))
    st.altair_chart(chart, width="stretch", key=f"years:{answer.sparql}")
    unknown = sum(int(row["documents"] or 0) for row in answer.rows if not row["year"])
    if unknown:
        st.caption(translate("overview.years.undated.told", count=unknown))
    show_footer(context, answer)


def _show_ahead(context: ViewContext, due: QueryAnswer, months: QueryAnswer, day: date) -> None:
    """Show the tasks due within a year of the day; where there are none, the last day that has any."""
    translate = context.translate
    if due.rows:
        show_table(context, due, empty="overview.ahead.help")
    else:
        st.info(translate("overview.ahead.empty", date=day.isoformat()), icon=":material/event_busy:")
        last = max(filter(None, (parse_day(row["last"] or "") for row in months.rows)), default=None)
        if last is not None:
            first = date(last.year, 1, 1)
            label = translate("overview.ahead.last", last=last, first=first)
            st.button(label, type="tertiary", icon=":material/history:", on_click=set_date, args=(first,))
        else:
            st.write(translate("overview.ahead.none"))
        show_footer(context, due)
    context.routes.link(translate("overview.ahead.all"), ViewState("deadlines", {"date": day.isoformat()}))


def _show_version(context: ViewContext) -> None:
    """Show the version of the store and when it was built, as far as the endpoint gives it."""
    version = context.client.version()
    if version is None:
        st.caption(context.translate("overview.foreign"))
        return
    try:
        built = datetime.strptime(version.partition("-")[0], _VERSION_TIME).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        built = "–"
    st.caption(context.translate("overview.version", version=escape_markdown(version), built=built))

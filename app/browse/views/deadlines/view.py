"""期限: what is due when and by whom, seen from a day that one chooses."""

from __future__ import annotations

from datetime import date

import streamlit as st

from app.browse.client.answers import QueryAnswer, QuestionCall
from app.browse.components.charts import SELECTION, selected_field
from app.browse.components.tables import show_footer, show_table
from app.browse.components.url_state import write_on_change, write_value
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.views.deadlines.charts import (
    MOST_GROUPS,
    DueCount,
    calendar_chart,
    largest_groups,
    timeline_chart,
)
from app.browse.views.deadlines.conditions import show_conditions
from app.browse.views.deadlines.counts import show_counts
from app.browse.views.deadlines.query import PERIODS, DeadlineQuery, read_query


def show(context: ViewContext) -> None:
    """Show the day and the body; counts; timeline and calendar; the list; recurring deadlines."""
    st.title(context.translate("deadlines.name"))
    query = read_query(context)
    parameters = query.parameters_with_ended
    bodies: QuestionCall = ("agency/load", {})
    if query.by == "issuer":
        bodies = ("deadline/by-day", {**parameters, "by": "issuer", "issuer": ""})
    horizons, days, names = context.client.ask_all(
        [
            ("deadline/by-horizon", query.parameters),
            ("deadline/by-day", {**parameters, "by": "day"}),
            bodies,
        ]
    )
    show_conditions(context, query, names)
    if not show_counts(context, query, horizons, days):
        return
    # asked for when the counts are on their way: the page has something before it loads what draws figures
    groups, deadlines, periods, recurring = context.client.ask_all(
        [
            ("deadline/by-day", {**parameters, "by": query.by}),
            ("deadline/list", {**parameters, **query.days_of_list}),
            ("deadline/by-period", parameters),
            ("deadline/recurring", {**parameters, "period": query.every}),
        ]
    )
    if days.rows:
        _show_timeline(context, query, groups)
        _show_calendar(context, query, days)
        _show_list(context, query, deadlines)
    if periods.rows:
        _show_recurring(context, query, periods, recurring)


def _show_timeline(context: ViewContext, query: DeadlineQuery, groups: QueryAnswer) -> None:
    translate = context.translate
    due = [
        each
        for each in _due_counts(groups)
        # of a deadline of several bodies, the one that was asked for
        if query.by == "document" or not query.agency or query.agency in (each.group, each.iri)
    ] or _due_counts(groups)
    _, more = largest_groups(due)
    nobody = translate("deadlines.no-issuer" if query.by == "issuer" else "deadlines.nobody")
    st.subheader(translate("deadlines.timeline"))
    chart = timeline_chart(due, query.day, translate, nobody)
    event = st.altair_chart(chart, key="deadlines:timeline", on_select="rerun", selection_mode=SELECTION)
    _write_clicked_month("timeline", event)
    if more:
        st.caption(translate("deadlines.more", shown=MOST_GROUPS, more=more))
    show_footer(context, groups, part="timeline")


def _show_calendar(context: ViewContext, query: DeadlineQuery, days: QueryAnswer) -> None:
    translate = context.translate
    st.subheader(translate("deadlines.calendar"))
    st.caption(translate("deadlines.calendar.help"))
    chart = calendar_chart(_due_counts(days), query.day, translate)
    event = st.altair_chart(chart, key="deadlines:calendar", on_select="rerun", selection_mode=SELECTION)
    _write_clicked_month("calendar", event)
    show_footer(context, days, part="calendar")


def _due_counts(answer: QueryAnswer) -> list[DueCount]:
    return [
        DueCount(
            date.fromisoformat(row["due"]),
            row["group"],
            row["name"],
            int(row["deadlines"] or 0),
            row["text"] or "",
        )
        for row in answer.rows
        if row["due"]
    ]


def _write_clicked_month(chart: str, event: object) -> None:
    """Write a month that was clicked in a chart into the address, once: the chart holds it longer."""
    month = selected_field(event, "month")
    if month == st.session_state.get(f"{chart}:picked"):
        return
    st.session_state[f"{chart}:picked"] = month
    if month:
        write_value("month", month)
        st.rerun()


def _show_list(context: ViewContext, query: DeadlineQuery, deadlines: QueryAnswer) -> None:
    translate = context.translate
    if query.month:
        st.subheader(translate("deadlines.list.month", month=f"{query.month:%Y-%m}"))
        label = translate("deadlines.all-months")
        st.button(label, icon=":material/close:", on_click=write_value, args=("month", ""))
    else:
        st.subheader(translate("deadlines.list"))
        st.session_state["deadlines:period"] = query.period
        st.segmented_control(
            translate("deadlines.period"),
            PERIODS,
            format_func=lambda period: translate(f"deadlines.{period}"),
            required=True,
            key="deadlines:period",
            on_change=write_on_change("period", "deadlines:period", PERIODS[0]),
            label_visibility="collapsed",
        )
    show_table(context, deadlines, empty="deadlines.empty", part="list")


def _show_recurring(
    context: ViewContext, query: DeadlineQuery, periods: QueryAnswer, recurring: QueryAnswer
) -> None:
    translate = context.translate
    st.subheader(translate("deadlines.duties"))
    counts = {str(row["every"]): row["deadlines"] for row in periods.rows}
    st.session_state["deadlines:every"] = query.every if query.every in counts else None
    st.pills(
        translate("deadlines.every"),
        list(counts),
        format_func=lambda every: f"{escape_markdown(translate.code(every))} · {counts[every]}",
        key="deadlines:every",
        on_change=write_on_change("every", "deadlines:every"),
        label_visibility="collapsed",
    )
    show_table(context, recurring, empty="deadlines.empty-recurring", part="recurring")

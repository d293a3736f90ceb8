"""The conditions on the page: the day, the body, the grouping, and whether ended documents count."""

from __future__ import annotations

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.url_state import EARLIEST, LATEST, write_on_change
from app.browse.context import ViewContext
from app.browse.views.deadlines.query import GROUPS, DeadlineQuery


def show_conditions(context: ViewContext, query: DeadlineQuery, bodies: QueryAnswer) -> None:
    """Show the widgets as the address says; ``bodies`` has the bodies to choose from."""
    translate = context.translate
    state = st.session_state
    names = _names_by_iri(query, bodies)
    state["deadlines:date"] = query.day
    state["deadlines:agency"] = names.get(query.agency, query.agency) or None
    state["deadlines:by"] = query.by
    state["deadlines:ended"] = query.ended
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            translate("deadlines.date"),
            key="deadlines:date",
            min_value=EARLIEST,
            max_value=LATEST,
            format="YYYY-MM-DD",
            on_change=write_on_change("date", "deadlines:date"),
            width=160,
        )
        st.selectbox(
            translate("deadlines.issuer" if query.by == "issuer" else "deadlines.body"),
            sorted({*names.values(), *filter(None, [state["deadlines:agency"]])}),
            index=None,
            key="deadlines:agency",
            placeholder=translate("deadlines.everybody"),
            accept_new_options=True,
            on_change=write_on_change("agency", "deadlines:agency"),
            width=280,
        )
        st.segmented_control(
            translate("deadlines.by"),
            GROUPS,
            format_func=lambda by: translate(f"deadlines.by.{by}"),
            required=True,
            key="deadlines:by",
            on_change=write_on_change("by", "deadlines:by", GROUPS[0]),
        )
        st.toggle(
            translate("deadlines.ended"),
            key="deadlines:ended",
            on_change=write_on_change("ended", "deadlines:ended"),
        )
    st.caption(translate("deadlines.about"))


def _names_by_iri(query: DeadlineQuery, bodies: QueryAnswer) -> dict[str, str]:
    """Return the bodies that have deadlines."""
    if query.by == "issuer":
        return {row["group"]: row["name"] or "" for row in bodies.rows if row["group"]}
    return {
        row["body"]: row["name"] or row["body"] for row in bodies.rows if row["body"] and row["timed"] != "0"
    }

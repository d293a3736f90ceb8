"""The number of deadlines near and far from the chosen day, and what to do where there are none."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.url_state import write_values
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from app.browse.views.deadlines.query import HORIZONS, DeadlineQuery


def show_counts(context: ViewContext, query: DeadlineQuery, horizons: QueryAnswer, days: QueryAnswer) -> bool:
    """Show the number of deadlines by horizon; returns whether there is any deadline."""
    translate = context.translate
    rows = {row["horizon"]: row for row in horizons.rows}
    ended = {name: int(row["ended"] or 0) for name, row in rows.items()}
    counts = {
        name: int(row["deadlines"] or 0) + (ended[name] if query.ended else 0) for name, row in rows.items()
    }
    with st.container(horizontal=True):
        for name in (*HORIZONS, "recurring"):
            st.metric(translate(f"deadlines.{name}"), counts.get(name, 0), border=True, width=148)
    left_out = sum(ended.values())
    if left_out and not query.ended:
        st.caption(translate("deadlines.ended.left", number=left_out))
    if not any(counts.values()):
        _show_nothing(context, query)
        return False
    if counts.get("past") and not any(counts.get(name) for name in HORIZONS[1:]):
        last = str(days.rows[-1]["due"])
        st.info(translate("deadlines.none-ahead", date=query.day, last=last), icon=":material/event_busy:")
        label = translate("deadlines.look", last=last)
        _show_state_button(label, {"date": last, "month": "", "period": ""})
    return True


def _show_nothing(context: ViewContext, query: DeadlineQuery) -> None:
    translate = context.translate
    if not query.agency:
        st.info(translate("deadlines.nothing"), icon=":material/search_off:")
        return
    agency = escape_markdown(query.agency)
    st.info(translate("deadlines.nothing-of", agency=agency), icon=":material/search_off:")
    context.routes.link(translate("deadlines.find"), ViewState("agency", {"agency": query.agency}))
    _show_state_button(translate("deadlines.without"), {"agency": ""})


def _show_state_button(label: str, values: Mapping[str, str]) -> None:
    """Show a button to another state of this view."""
    icon = ":material/arrow_forward:"
    st.button(label, icon=icon, type="tertiary", on_click=write_values, args=(values,))

"""机构: one body with its tasks, documents, partners and history; without one, a way to find it."""

from __future__ import annotations

import streamlit as st

from app.browse.components.tables import show_footer, show_table
from app.browse.components.task_load import show_task_load
from app.browse.context import ViewContext
from app.browse.routes import ViewState
from app.browse.views.agency.profile import show_profile
from app.browse.views.agency.search import (
    BodySearch,
    body_of_row,
    find_nearest,
    search_bodies,
    show_bodies,
)

_NEAR = 8  # bodies offered in place of one that is not there


def show(context: ViewContext) -> None:
    """Show the body that the address names, a choice where several have the name, else the search."""
    name = st.query_params.get("agency", "").strip()
    if not name:
        _show_search(context)
        return
    answer = context.client.ask("agency/record", {"agency": name})
    rows_by_body = {row["body"]: row for row in answer.rows}
    if len(rows_by_body) == 1:
        show_profile(context, answer)
        return
    st.title(context.translate("agency.name"))
    if rows_by_body:
        st.info(context.translate("agency.several"), icon=":material/alt_route:")
        st.code(name, language=None, wrap_lines=True)
        show_bodies(context, [body_of_row(context, row) for row in rows_by_body.values()])
        show_footer(context, answer)
        return
    _show_unknown(context, name)


def _show_search(context: ViewContext) -> None:
    translate = context.translate
    st.title(translate("agency.name"))
    words = st.text_input(
        translate("agency.find"),
        key="name",
        bind="query-params",
        icon=":material/search:",
    ).strip()
    if words:
        _show_found(context, search_bodies(context, words), words)
        return
    st.subheader(translate("agency.load"))
    answer = context.client.ask("agency/load")
    if answer.rows:
        show_task_load(context, answer)
    show_table(context, answer, empty="agency.load.empty")


def _show_found(context: ViewContext, found: BodySearch, words: str) -> None:
    translate = context.translate
    if not found.total:
        _show_unknown(context, words)
        return
    st.caption(translate("agency.found", count=found.total))
    show_bodies(context, found.first)
    if found.total > len(found.first):
        st.caption(translate("agency.more", shown=len(found.first), count=found.total))
    if found.answer is not None:
        st.caption(translate("agency.no-search"))
        show_footer(context, found.answer)


def _show_unknown(context: ViewContext, name: str) -> None:
    """Show that no body has this name, and offer similar names."""
    translate = context.translate
    st.warning(translate("agency.none"), icon=":material/search_off:")
    st.code(name, language=None, wrap_lines=True)
    st.write(translate("agency.none.help"))
    near = find_nearest(context, name.rpartition("/")[2])
    if near.total:
        st.subheader(translate("agency.near"))
        show_bodies(context, near.first[:_NEAR])
    context.routes.link(translate("agency.back"), ViewState("agency", {}))

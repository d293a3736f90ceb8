"""机构: one body with its tasks, documents, partners and history; without one, a way to find it."""

from __future__ import annotations

import streamlit as st

from app.browse.components.burden import burdened
from app.browse.components.tables import behind, table
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.agency import profile
from app.browse.views.agency.bodies import Bodies, listed, look, nearest, told

_NEAR = 8  # bodies offered in place of one that is not there


def show(context: Context) -> None:
    """The body that the address names, a choice where several have the name, else the search."""
    asked = st.query_params.get("agency", "").strip()
    if not asked:
        _search(context)
        return
    answer = context.source.ask("agency/record", {"agency": asked})
    found = {row["body"]: row for row in answer.rows}
    if len(found) == 1:
        profile.show(context, answer)
        return
    st.title(context.speech("agency.name"))
    if found:
        st.info(context.speech("agency.several"), icon=":material/alt_route:")
        st.code(asked, language=None, wrap_lines=True)
        listed(context, [told(context, row) for row in found.values()])
        behind(context, answer)
        return
    _unknown(context, asked)


def _search(context: Context) -> None:
    speech = context.speech
    st.title(speech("agency.name"))
    words = st.text_input(
        speech("agency.find"),
        key="name",
        bind="query-params",
        icon=":material/search:",
    ).strip()
    if words:
        found = look(context, words)
        _found(context, found, words)
        return
    st.subheader(speech("agency.load"))
    answer = context.source.ask("agency/load")
    if answer.rows:
        burdened(context, answer)
    table(context, answer, empty="agency.load.empty")


def _found(context: Context, found: Bodies, words: str) -> None:
    speech = context.speech
    if not found.total:
        _unknown(context, words)
        return
    st.caption(speech("agency.found", count=found.total))
    listed(context, found.first)
    if found.total > len(found.first):
        st.caption(speech("agency.more", shown=len(found.first), count=found.total))
    if found.answer is not None:
        st.caption(speech("agency.no-search"))
        behind(context, found.answer)


def _unknown(context: Context, asked: str) -> None:
    """Say so, and offer what is near."""
    speech = context.speech
    st.warning(speech("agency.none"), icon=":material/search_off:")
    st.code(asked, language=None, wrap_lines=True)
    st.write(speech("agency.none.help"))
    near = nearest(context, asked.rpartition("/")[2])
    if near.total:
        st.subheader(speech("agency.near"))
        listed(context, near.first[:_NEAR])
    context.routes.link(speech("agency.back"), Target("agency", {}))

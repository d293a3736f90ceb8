"""The start of a graph of links: the node in the address, one that is searched, or the busiest body."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, truncate
from app.browse.views.links.explore import find_things, search_things
from app.browse.views.links.graph import Thing

NAME = 30
"""Characters of a name on a button"""
_SUGGESTED = 6


def show_search(context: ViewContext) -> None:
    """Show a box for words, and the things that they find as buttons."""
    translate = context.translate
    words = st.text_input(
        translate("links.search"),
        placeholder=translate("links.search.hint"),
        key="links:words",
        icon=":material/search:",
    ).strip()
    if not words:
        return
    groups = search_things(context.client, words)
    if not groups:
        message = translate("links.found.none", words=escape_markdown(words))
        st.info(message, icon=":material/search_off:")
    for group in groups:
        kind = translate(f"links.kind.{group.kind}")
        more = group.total - len(group.things)
        message_id = "links.found" if more <= 0 else "links.found.more"
        st.caption(translate(message_id, kind=kind, count=group.total, more=more))
        _show_choices("found", group.things)


def choose_start(context: ViewContext) -> Thing | None:
    """Return the node of the address; without one the body with most tasks. None where there is neither."""
    translate = context.translate
    name = st.query_params.get("node", "").strip()
    if name:
        things = find_things(context.client, name)
        if len(things) > 1:
            st.caption(translate("links.ambiguous", words=escape_markdown(name), count=len(things)))
            _show_choices("others", things[1:])
        if things:
            return things[0]
        message = translate("links.unknown", words=escape_markdown(name))
        st.warning(message, icon=":material/search_off:")
    rows = context.client.ask("agency/load").rows[:_SUGGESTED]
    bodies = [Thing(row["body"] or "", row["name"] or "", "agency") for row in rows]
    if name:
        _show_choices("begin", bodies)
        return None
    if not bodies:
        st.info(translate("links.empty"), icon=":material/search_off:")
        return None
    return bodies[0]


def _show_choices(part: str, things: Sequence[Thing]) -> None:
    with st.container(horizontal=True):
        for thing in things:
            st.button(
                escape_markdown(truncate(thing.name, NAME)),
                key=f"links:start:{part}:{thing.iri}",
                on_click=_start_from,
                args=(thing.iri,),
            )


def _start_from(iri: str) -> None:
    st.session_state["links:words"] = ""
    for name in ("steps", "at"):
        st.query_params.pop(name, None)
    st.query_params["node"] = iri

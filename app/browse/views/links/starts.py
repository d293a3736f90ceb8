"""Where a graph of links starts: what the address names, what one searches, or the body with most tasks."""

from __future__ import annotations

import streamlit as st

from app.browse.components.escaping import plain, shortened
from app.browse.context import Context
from app.browse.views.links.explore import searched, things
from app.browse.views.links.graph import Thing

_NAME = 30  # characters of a name on a button
_SUGGESTED = 6


def search(context: Context) -> None:
    """A box for words, and the nodes that they find as buttons."""
    speech = context.speech
    words = st.text_input(
        speech("links.search"),
        placeholder=speech("links.search.hint"),
        key="links:words",
        icon=":material/search:",
    ).strip()
    if not words:
        return
    groups = searched(context.source, words)
    if not groups:
        st.info(speech("links.found.none", words=plain(words)), icon=":material/search_off:")
    for group in groups:
        kind = speech(f"links.kind.{group.kind}")
        more = group.total - len(group.things)
        name = "links.found" if more <= 0 else "links.found.more"
        st.caption(speech(name, kind=kind, count=group.total, more=more))
        _choices("found", group.things)


def _choices(part: str, found: tuple[Thing, ...] | list[Thing]) -> None:
    with st.container(horizontal=True):
        for thing in found:
            st.button(
                plain(shortened(thing.name, _NAME)),
                key=f"links:start:{part}:{thing.iri}",
                on_click=_begin,
                args=(thing.iri,),
            )


def _begin(iri: str) -> None:
    st.session_state["links:words"] = ""
    for name in ("steps", "at"):
        st.query_params.pop(name, None)
    st.query_params["node"] = iri


def start(context: Context) -> Thing | None:
    """The node of the address; without one the body with most tasks."""
    speech = context.speech
    asked = st.query_params.get("node", "").strip()
    if asked:
        found = things(context.source, asked)
        if len(found) > 1:
            st.caption(speech("links.ambiguous", words=plain(asked), count=len(found)))
            _choices("others", found[1:])
        if found:
            return found[0]
        st.warning(speech("links.unknown", words=plain(asked)), icon=":material/search_off:")
    load = context.source.ask("agency/load").rows[:_SUGGESTED]
    bodies = [Thing(row["body"] or "", row["name"] or "", "agency") for row in load]
    if asked:
        _choices("begin", bodies)
        return None
    if not bodies:
        st.info(speech("links.empty"), icon=":material/search_off:")
        return None
    return bodies[0]

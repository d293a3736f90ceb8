"""The full text search: pages of hits, each with the words around what was found."""

from __future__ import annotations

import streamlit as st

from app.browse.client.answers import EndpointHit, SearchPage
from app.browse.components.choice_buttons import choice_buttons
from app.browse.components.url_state import read_page
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, highlight_markdown, truncate
from app.browse.routes import ViewState

_KINDS = ("document", "clause", "task")
"""Kinds of search hits that open in a document"""
_HITS = 20  # of a page of the endpoint
_MOST_PAGES = 50


def show_full_text_search(context: ViewContext, words: str) -> None:
    """Show where the words stand in the texts."""
    translate = context.translate
    st.subheader(translate("document.search"))
    if not context.client.is_gongbao:
        st.info(translate("document.no-search"), icon=":material/info:")
        return
    labels = {kind: translate(f"document.search.{kind}") for kind in _KINDS}
    kind = choice_buttons("found", labels, translate("document.search.kind"))
    page = read_page(_MOST_PAGES)
    found = context.client.search(words, kind, page)
    if found is not None and found.total and not found.hits:  # a page beyond the last
        page = min(-(-found.total // _HITS), _MOST_PAGES)
        found = context.client.search(words, kind, page)
    if found is None or not found.total:
        st.info(translate("document.search.none"), icon=":material/search_off:")
        return
    _show_hits(context, found, kind)
    pages = min(-(-found.total // _HITS), _MOST_PAGES)
    if pages > 1:
        st.session_state["document:page"] = min(page, pages)
        st.pagination(pages, key="document:page", on_change=_write_page)


def _write_page() -> None:
    st.query_params["page"] = str(st.session_state["document:page"])


def _show_hits(context: ViewContext, found: SearchPage, kind: str) -> None:
    st.caption(context.translate("document.search.told", total=f"{found.total:,}"))
    parameter = "document" if kind == "document" else "at"
    for hit in found.hits:
        with st.container(gap="xxsmall"):
            context.routes.link(hit.title, ViewState("document", {parameter: hit.iri}), 80)
            st.caption(_snippet(hit))


def _snippet(hit: EndpointHit) -> str:
    """Return Markdown of the words around what was found, which is highlighted."""
    return "".join(
        highlight_markdown(text, "orange")
        if marked and text.strip()
        else escape_markdown(truncate(text, 200))
        for text, marked in hit.snippet
    )

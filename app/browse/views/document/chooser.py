"""A list of documents to choose from, by words, type and year, and the full text search."""

from __future__ import annotations

import re
from datetime import date

import streamlit as st

from app.browse.client.endpoint import Found, Hit
from app.browse.components.escaping import plain, shortened
from app.browse.components.switches import switch
from app.browse.components.tables import table
from app.browse.context import Context
from app.browse.routes import Target

_KINDS = ("document", "clause", "task")
"""What a search finds that is opened in a document"""
_PAGE = 20  # hits of a page of the endpoint
_MOST_PAGES = 50


def choose(context: Context) -> None:
    """The list; a click on a row opens the document."""
    speech = context.speech
    choices = context.source.ask("browse/document-choices").rows
    years = sorted({row["value"] or "" for row in choices if row["what"] == "year"}, reverse=True)
    types = [row["value"] or "" for row in choices if row["what"] == "type"]
    words_column, type_column, year_column = st.columns([3, 1, 1])
    words = words_column.text_input(
        speech("document.words"),
        key="words",
        bind="query-params",
        placeholder=speech("document.words.example"),
        icon=":material/search:",
    )
    kind = type_column.selectbox(
        speech("document.type"),
        types,
        index=None,
        key="type",
        bind="query-params",
        placeholder=speech("document.any"),
    )
    year = year_column.selectbox(
        speech("document.year"),
        years,
        index=None,
        key="year",
        bind="query-params",
        placeholder=speech("document.any"),
    )
    values = {
        "words": words.strip(),
        "document_type": kind or "",
        "year": year or "",
        "date": date.today().isoformat(),
    }
    table(context, context.source.ask("document/list", values), empty="document.none")
    if words.strip():
        _search(context, words.strip())


def _search(context: Context, words: str) -> None:
    """What the full text says, below what the titles say."""
    speech = context.speech
    st.subheader(speech("document.search"))
    if not context.source.ours:
        st.info(speech("document.no-search"), icon=":material/info:")
        return
    said = {kind: speech(f"document.search.{kind}") for kind in _KINDS}
    kind = switch("found", said, speech("document.search.kind"))
    asked = st.query_params.get("page", "1")
    page = min(max(int(asked), 1), _MOST_PAGES) if re.fullmatch(r"[0-9]{1,4}", asked) else 1
    found = context.source.search(words, kind, page)
    if found is not None and found.total and not found.hits:  # a page beyond the last
        page = min(-(-found.total // _PAGE), _MOST_PAGES)
        found = context.source.search(words, kind, page)
    if found is None or not found.total:
        st.info(speech("document.search.none"), icon=":material/search_off:")
        return
    _hits(context, found, kind)
    pages = min(-(-found.total // _PAGE), _MOST_PAGES)
    if pages > 1:
        st.session_state["document:page"] = min(page, pages)
        st.pagination(pages, key="document:page", on_change=_turn)


def _turn() -> None:
    st.query_params["page"] = str(st.session_state["document:page"])


def _hits(context: Context, found: Found, kind: str) -> None:
    st.caption(context.speech("document.search.told", total=f"{found.total:,}"))
    parameter = "document" if kind == "document" else "at"
    for hit in found.hits:
        with st.container(gap="xxsmall"):
            context.routes.link(hit.title, Target("document", {parameter: hit.iri}), 80)
            st.caption(_snippet(hit))


def _snippet(hit: Hit) -> str:
    """The words around what was found, which is marked; no character of them is read as Markdown."""
    return "".join(
        f":orange-background[{plain(text)}]" if marked and text.strip() else plain(shortened(text, 200))
        for text, marked in hit.snippet
    )

"""A list of documents to choose from, by words, type and year."""

from __future__ import annotations

from datetime import date

import streamlit as st

from app.browse.components.tables import show_table
from app.browse.context import ViewContext
from app.browse.views.document.full_text import show_full_text_search


def show_chooser(context: ViewContext) -> None:
    """Show the list; a click on a row opens the document. With words, the full text is searched too."""
    translate = context.translate
    choices = context.client.ask("browse/document-choices").rows
    years = sorted({row["value"] or "" for row in choices if row["what"] == "year"}, reverse=True)
    types = [row["value"] or "" for row in choices if row["what"] == "type"]
    words_column, type_column, year_column = st.columns([3, 1, 1])
    words = words_column.text_input(
        translate("document.words"),
        key="words",
        bind="query-params",
        placeholder=translate("document.words.example"),
        icon=":material/search:",
    ).strip()
    document_type = type_column.selectbox(
        translate("document.type"),
        types,
        index=None,
        key="type",
        bind="query-params",
        placeholder=translate("document.any"),
    )
    year = year_column.selectbox(
        translate("document.year"),
        years,
        index=None,
        key="year",
        bind="query-params",
        placeholder=translate("document.any"),
    )
    values = {
        "words": words,
        "document_type": document_type or "",
        "year": year or "",
        "date": date.today().isoformat(),
    }
    show_table(context, context.client.ask("document/list", values), empty="document.none")
    if words:
        show_full_text_search(context, words)

"""The sections of a document beside its text: citations, duties, and its status over time, as tables."""

from __future__ import annotations

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.tables import show_table
from app.browse.context import ViewContext

_CITATIONS = ("document/cites", "document/cited-by", "document/chains", "document/set-off")


def show_citations(context: ViewContext, document: str) -> None:
    """Show what it cites and what cites it, then what it rests on and what rests on it, at any depth."""
    answers = context.client.ask_all([(name, {"document": document}) for name in _CITATIONS])
    for name, answer in zip(_CITATIONS, answers, strict=True):
        message_id = f"document.{name.rpartition('/')[2]}"
        st.subheader(context.translate(message_id), anchor=False)
        show_table(context, answer, empty=f"{message_id}.none")


def show_duties(context: ViewContext, document: str) -> None:
    """Show the bodies with their roles, deadlines and targets."""
    answer = context.client.ask("document/duties", {"document": document})
    show_table(context, answer, empty="document.duties.none")


def show_history(context: ViewContext, document: str, status: QueryAnswer) -> None:
    """Show the status on the day, and what ended or changed the document."""
    show_table(context, status, empty="document.status.none")
    st.subheader(context.translate("document.ended"), anchor=False)
    ended = context.client.ask("document/ended", {"document": document})
    show_table(context, ended, empty="document.ended.none")

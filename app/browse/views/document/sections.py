"""What a document cites and is cited by, its duties, and its status over time, as tables."""

from __future__ import annotations

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.tables import table
from app.browse.context import Context

_CITATIONS = ("document/cites", "document/cited-by", "document/chains", "document/set-off")


def citations(context: Context, document: str) -> None:
    """What it cites and what cites it, then what it rests on and what rests on it, at any depth."""
    found = context.source.ask_all([(name, {"document": document}) for name in _CITATIONS])
    for name, answer in zip(_CITATIONS, found, strict=True):
        word = f"document.{name.rpartition('/')[2]}"
        st.subheader(context.speech(word), anchor=False)
        table(context, answer, empty=f"{word}.none")


def duties(context: Context, document: str) -> None:
    """Bodies with their parts, deadlines and targets."""
    table(
        context, context.source.ask("document/duties", {"document": document}), empty="document.duties.none"
    )


def history(context: Context, document: str, status: Answer) -> None:
    """The status on the day, and what ended or changed the document."""
    table(context, status, empty="document.status.none")
    st.subheader(context.speech("document.ended"), anchor=False)
    table(context, context.source.ask("document/ended", {"document": document}), empty="document.ended.none")

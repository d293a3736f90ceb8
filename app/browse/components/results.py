"""An answer as a table, a chart or a graph, with what stands under each of them."""

from __future__ import annotations

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.graphs import graph
from app.browse.components.plots import chart
from app.browse.components.switches import switch
from app.browse.components.tables import behind, table
from app.browse.context import Context


def result(context: Context, answer: Answer, *, empty: str) -> None:
    """Show an answer in the form that the address says; ``empty`` names the words where it has no rows."""
    if not answer.rows:
        table(context, answer, empty=empty)
        return
    said = {form: context.speech(f"questions.{form}") for form in ("table", "chart", "graph")}
    form = switch("show", said, context.speech("questions.show"))
    if form == "table":
        table(context, answer, empty=empty)
        return
    with st.container(border=True):
        (chart if form == "chart" else graph)(context, answer)
    behind(context, answer)

"""An answer as a table, a chart or a graph, as the address says."""

from __future__ import annotations

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.choice_buttons import choice_buttons
from app.browse.components.graphs import show_answer_graph
from app.browse.components.tables import show_footer, show_table
from app.browse.context import ViewContext
from app.browse.views.questions.plots import show_plot


def show_result(context: ViewContext, answer: QueryAnswer, *, empty: str) -> None:
    """Show an answer; ``empty`` is the id of the message where it has no rows."""
    if not answer.rows:
        show_table(context, answer, empty=empty)
        return
    labels = {form: context.translate(f"questions.{form}") for form in ("table", "chart", "graph")}
    form = choice_buttons("show", labels, context.translate("questions.show"))
    if form == "table":
        show_table(context, answer, empty=empty)
        return
    with st.container(border=True):
        (show_plot if form == "chart" else show_answer_graph)(context, answer)
    show_footer(context, answer)

"""问答: the questions of the library with a form each, and queries of one's own."""

from __future__ import annotations

import streamlit as st

from app.browse.components.choice_buttons import choice_buttons
from app.browse.context import ViewContext
from app.browse.views.questions.catalogue import show_catalogue
from app.browse.views.questions.question import show_question
from app.browse.views.questions.workbench import show_workbench


def show(context: ViewContext) -> None:
    """Show the list of questions, one question with its answer, or the editor, as the address says."""
    translate = context.translate
    st.title(translate("questions.name"), anchor=False)
    context.client.version()  # reports an endpoint that is down before anything is asked
    name = st.query_params.get("name", "")
    if "query" in st.query_params and "part" not in st.query_params:
        st.query_params["part"] = "sparql"
    labels = {"library": translate("questions.library"), "sparql": translate("questions.sparql")}
    if choice_buttons("part", labels, translate("questions.name")) == "sparql":
        show_workbench(context)
    elif name:
        show_question(context, name)
    else:
        show_catalogue(context)

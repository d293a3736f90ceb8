"""问答: the questions of the library with a form each, and queries of one's own."""

from __future__ import annotations

import streamlit as st

from app.browse.components.switches import switch
from app.browse.context import Context
from app.browse.views.questions.catalogue import catalogue, one
from app.browse.views.questions.workbench import workbench


def show(context: Context) -> None:
    """The list of questions, one question with its answer, or the editor, as the address says."""
    speech = context.speech
    st.title(speech("questions.name"), anchor=False)
    context.source.version()  # an endpoint that is down is said before anything is asked
    name = st.query_params.get("name", "")
    if "query" in st.query_params and "part" not in st.query_params:
        st.query_params["part"] = "sparql"
    parts = {"library": speech("questions.library"), "sparql": speech("questions.sparql")}
    if switch("part", parts, speech("questions.name")) == "sparql":
        workbench(context)
    elif name:
        one(context, name)
    else:
        catalogue(context)

"""One question of the library: what it asks, its form, and its answer if all that is required is given."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from app.browse.views.questions.forms import missing_parameters, read_values, show_form
from app.browse.views.questions.query_text import encode_query
from app.browse.views.questions.result import show_result
from queries.errors import ParameterError, UnknownQuestionError
from queries.library import find, library
from queries.model import Question
from queries.parameters import bind
from queries.present.questions import strip_header


def show_question(context: ViewContext, name: str) -> None:
    """Show the question of that name, or the ones with names like it where there is none."""
    translate = context.translate
    context.routes.link(translate("questions.all"), ViewState("questions", {}))
    question = library().get(name)
    if question is None:
        _show_unknown(context, name)
        return
    st.subheader(escape_markdown(translate.text(question.title)), anchor=False)
    if question.description:
        st.caption(escape_markdown(translate.text(question.description)))
    values = read_values(question)
    show_form(context, question, values)
    missing = missing_parameters(question, values)
    if missing:
        names = "、".join(translate.text(parameter.words) for parameter in missing)
        st.info(translate("questions.missing", names=names), icon=":material/edit:")
        return
    try:
        answer = _ask(context, question, values)
    except ParameterError as error:
        st.error(translate("questions.wrong-value"), icon=":material/error:")
        st.code(str(error), language=None, wrap_lines=True)
        return
    show_result(context, answer, empty="questions.empty")
    if not answer.rows:
        _show_suggestions(context, question, values)
    query = encode_query(strip_header(answer.sparql))
    state = ViewState("questions", {"part": "sparql", "query": query})
    context.routes.link(translate("questions.in-editor"), state)


def _ask(context: ViewContext, question: Question, values: Mapping[str, str]) -> QueryAnswer:
    bind(question, values)  # reports a value that is not allowed before anything is sent
    return context.client.ask(question.name, values)


def _show_suggestions(context: ViewContext, question: Question, values: Mapping[str, str]) -> None:
    """Where the answer is empty, offer search hits for the names in the question."""
    for parameter in question.parameters:
        value = values.get(parameter.name, "")
        if parameter.type not in ("agency", "document") or not value or "://" in value:
            continue
        found = context.client.search(value, kind=parameter.type)
        hits = [hit for hit in found.hits if hit.title and hit.title != value][:5] if found else []
        if hits:
            st.caption(context.translate("questions.did-you-mean"))
        for hit in hits:
            others = {f"p.{name}": other for name, other in values.items()}
            changed = {"name": question.name, **others, f"p.{parameter.name}": hit.title}
            context.routes.link(hit.title, ViewState("questions", changed))


def _show_unknown(context: ViewContext, name: str) -> None:
    message = context.translate("questions.unknown", which=escape_markdown(name))
    st.error(message, icon=":material/help:")
    try:
        find(name)
    except UnknownQuestionError as error:
        for near in error.nearest:
            title = context.translate.text(library()[near].title)
            context.routes.link(f"{title} · {near}", ViewState("questions", {"name": near}))

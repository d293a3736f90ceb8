"""The questions of the library: a list that one searches, and one question with its form and its answer."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.escaping import plain
from app.browse.components.results import result
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.questions.forms import form, given, without_required
from app.browse.views.questions.sparql import packed
from queries.errors import ParameterError, UnknownQuestionError
from queries.library import find, library, questions
from queries.model import Question
from queries.parameters import bind
from queries.present.questions import strip_header, subject_words

_COLUMNS = 2
_FIND = "find"


def catalogue(context: Context) -> None:
    """All questions by subject, or those with some words in their title or description."""
    speech = context.speech
    sought = st.text_input(
        speech("questions.find"),
        # not bound to the address: what is typed and a click on a link at once would race for it
        st.query_params.get(_FIND, ""),
        key=_FIND,
        placeholder=speech("questions.find-hint"),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    found = [question for question in questions() if _matches(context, question, sought or "")]
    if not found:
        st.info(speech("questions.none-found"), icon=":material/search_off:")
    columns = st.columns(_COLUMNS)
    place = 0
    for subject, members in groupby(found, lambda question: question.subject):
        with columns[place % _COLUMNS], st.container(border=True, gap="small"):
            place += 1
            st.subheader(context.speech.of(subject_words(subject)), anchor=False)
            for question in members:
                target = Target("questions", {"name": question.name})
                context.routes.link(speech.of(question.title), target)


def one(context: Context, name: str) -> None:
    """One question: what it says, its form, and its answer if all that is required is given."""
    speech = context.speech
    context.routes.link(speech("questions.all"), Target("questions", {}))
    question = library().get(name)
    if question is None:
        _unknown(context, name)
        return
    st.subheader(plain(speech.of(question.title)), anchor=False)
    if question.description:
        st.caption(plain(speech.of(question.description)))
    values = given(question)
    form(context, question, values)
    missing = without_required(question, values)
    if missing:
        names = "、".join(speech.of(parameter.words) for parameter in missing)
        st.info(speech("questions.missing", names=names), icon=":material/edit:")
        return
    try:
        answer = _asked(context, question, values)
    except ParameterError as error:
        st.error(speech("questions.wrong-value"), icon=":material/error:")
        st.code(str(error), language=None, wrap_lines=True)
        return
    result(context, answer, empty="questions.empty")
    if not answer.rows:
        _suggest(context, question, values)
    query = strip_header(answer.sparql)
    target = Target("questions", {"part": "sparql", "query": packed(query)})
    context.routes.link(speech("questions.in-editor"), target)


def _asked(context: Context, question: Question, values: dict[str, str]) -> Answer:
    bind(question, values)  # what is not allowed is said before anything is sent
    return context.source.ask(question.name, values)


def _suggest(context: Context, question: Question, values: dict[str, str]) -> None:
    """Where nothing was found: what a search finds for the names that were asked for."""
    for parameter in question.parameters:
        value = values.get(parameter.name, "")
        if parameter.type not in ("agency", "document") or not value or "://" in value:
            continue
        found = context.source.search(value, kind=parameter.type)
        hits = [hit for hit in found.hits if hit.title and hit.title != value][:5] if found else []
        if hits:
            st.caption(context.speech("questions.did-you-mean"))
        for hit in hits:
            others = {f"p.{name}": other for name, other in values.items()}
            target = Target("questions", {"name": question.name, **others, f"p.{parameter.name}": hit.title})
            context.routes.link(hit.title, target)


def _unknown(context: Context, name: str) -> None:
    st.error(context.speech("questions.unknown", which=plain(name)), icon=":material/help:")
    try:
        find(name)
    except UnknownQuestionError as error:
        for near in error.nearest:
            title = context.speech.of(library()[near].title)
            context.routes.link(f"{title} · {near}", Target("questions", {"name": near}))


def _matches(context: Context, question: Question, sought: str) -> bool:
    """Whether every word stands in the title, the description or the name."""
    said = [question.title, *([question.description] if question.description else [])]
    text = " ".join(
        [question.name, *map(context.speech.of, said), context.speech.of(subject_words(question.subject))]
    ).lower()
    return all(word in text for word in sought.lower().split())

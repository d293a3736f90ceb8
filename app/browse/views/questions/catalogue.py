"""The questions of the library as a list that one searches."""

from __future__ import annotations

from itertools import groupby

import streamlit as st

from app.browse.context import ViewContext
from app.browse.routes import ViewState
from queries.library import questions
from queries.model import Question
from queries.present.questions import subject_words

_COLUMNS = 2
_FIND = "find"


def show_catalogue(context: ViewContext) -> None:
    """Show all questions by subject, or those with some words in their title or description."""
    translate = context.translate
    words = st.text_input(
        translate("questions.find"),
        # not bound to the address: what is typed and a click on a link at once would race for it
        st.query_params.get(_FIND, ""),
        key=_FIND,
        placeholder=translate("questions.find-hint"),
        icon=":material/search:",
        label_visibility="collapsed",
    )
    found = [question for question in questions() if _matches(context, question, words or "")]
    if not found:
        st.info(translate("questions.none-found"), icon=":material/search_off:")
    columns = st.columns(_COLUMNS)
    for number, (subject, members) in enumerate(groupby(found, lambda question: question.subject)):
        with columns[number % _COLUMNS], st.container(border=True, gap="small"):
            st.subheader(translate.text(subject_words(subject)), anchor=False)
            for question in members:
                state = ViewState("questions", {"name": question.name})
                context.routes.link(translate.text(question.title), state)


def _matches(context: ViewContext, question: Question, words: str) -> bool:
    """Whether every word stands in the title, the description, the subject or the name."""
    texts = [question.title, *([question.description] if question.description else [])]
    texts.append(subject_words(question.subject))
    text = " ".join([question.name, *map(context.translate.text, texts)]).lower()
    return all(word in text for word in words.lower().split())

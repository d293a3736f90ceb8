"""Queries that people write: the editor, examples, the answer in every form, the engine's errors."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.client.errors import ClientError, EndpointBusyError, EndpointTimeoutError, RefusedError
from app.browse.context import ViewContext
from app.browse.views.questions.editor import show_editor
from app.browse.views.questions.examples import example_queries
from app.browse.views.questions.query_text import (
    QueryPosition,
    add_prefixes,
    decode_query,
    encode_query,
    find_error_position,
    missing_prefixes,
    returns_triples,
)
from app.browse.views.questions.result import show_result
from app.browse.views.questions.triples import TripleAnswer, show_triples

# in the session's state
_RUN = "sparql:turn"
_ANSWER = "sparql:answer"

Outcome = QueryAnswer | TripleAnswer | ClientError
"""What came of a query"""


@dataclass(frozen=True, slots=True)
class _CachedOutcome:
    """The last outcome of a session, so that another form of it needs no other request."""

    query: str
    run: int
    outcome: Outcome


def show_workbench(context: ViewContext) -> None:
    """Show the editor with the query of the address, which is run; an example where the address has none."""
    translate = context.translate
    query = ""
    try:
        query = decode_query(st.query_params.get("query", ""))
    except ValueError:
        st.warning(translate("questions.broken-query"), icon=":material/link_off:")
    _show_examples(context)
    error_position = _error_position(query, _cached_outcome(query))
    show_editor(context, query or example_queries()[0].sparql, error_position, _request_run)
    if query.strip():
        _run(context, query)


def _request_run(query: str) -> None:
    """Put a query into the address and run it again, even if it is the same."""
    st.query_params["query"] = encode_query(query)
    st.session_state[_RUN] = _run_number() + 1


def _run_number() -> int:
    number = st.session_state.get(_RUN, 0)
    return number if isinstance(number, int) else 0


def _show_examples(context: ViewContext) -> None:
    translate = context.translate
    queries = {
        (each.zh if translate.language == "zh" else each.en): each.sparql for each in example_queries()
    }
    key = "sparql:example"

    def on_change() -> None:
        query = queries.get(str(st.session_state[key]))
        if query:
            _request_run(query)
        st.session_state[key] = None

    st.selectbox(
        translate("questions.examples"),
        list(queries),
        None,
        key=key,
        on_change=on_change,
        placeholder=translate("questions.choose-example"),
        label_visibility="collapsed",
    )


def _run(context: ViewContext, query: str) -> None:
    """Ask, if the outcome is not there already, and show it."""
    outcome = _cached_outcome(query)
    if outcome is None:
        with st.spinner(context.translate("questions.running")):
            outcome = _ask(context, query)
        st.session_state[_ANSWER] = _CachedOutcome(query, _run_number(), outcome)
        if _error_position(query, outcome) is not None:
            st.rerun()  # the editor over it marks the place
    if isinstance(outcome, ClientError):
        _show_error(context, query, outcome)
    elif isinstance(outcome, TripleAnswer):
        show_triples(context, query, outcome)
    else:
        if outcome.cut is not None:
            st.warning(context.translate("questions.all-of-it"), icon=":material/content_cut:")
        show_result(context, outcome, empty="questions.empty-query")


def _cached_outcome(query: str) -> Outcome | None:
    cached = st.session_state.get(_ANSWER)
    if isinstance(cached, _CachedOutcome) and (cached.query, cached.run) == (query, _run_number()):
        return cached.outcome
    st.session_state.pop(_ANSWER, None)
    return None


def _ask(context: ViewContext, query: str) -> Outcome:
    try:
        if returns_triples(query):
            return TripleAnswer(*context.client.construct(query))
        return context.client.select(query)
    except ClientError as error:
        return error


def _error_position(query: str, outcome: Outcome | None) -> QueryPosition | None:
    """Return the place of the query's error, if it has one and the engine's message gives its place."""
    return find_error_position(outcome.detail, query) if isinstance(outcome, RefusedError) else None


def _show_error(context: ViewContext, query: str, error: ClientError) -> None:
    """Show what happened, in the engine's own words too, and what to do."""
    translate = context.translate
    refused = isinstance(error, RefusedError)
    position = _error_position(query, error)
    st.error(translate("questions.refused" if refused else f"error.{error.key}"), icon=":material/error:")
    if position is not None:
        message_id = "questions.wrong-line" if position.column == 0 else "questions.wrong-at"
        st.write(translate(message_id, line=position.line, column=position.column))
    elif isinstance(error, EndpointTimeoutError | EndpointBusyError):
        st.write(translate("questions.too-much"))
    else:
        st.write(translate(f"error.{error.key}.help"))
    st.code(error.detail, language=None, wrap_lines=True)
    missing = missing_prefixes(query) if refused else {}
    if missing:
        st.button(
            translate("questions.add-prefixes", names=", ".join(f"{prefix}:" for prefix in missing)),
            type="primary",
            icon=":material/add:",
            on_click=_request_run,
            args=(add_prefixes(query, missing),),
        )

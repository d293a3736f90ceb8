"""任务: what is to be done, by whom, by when; filtered, in order, in groups, and one of them opened."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.browse.components.url_state import read_choice, read_page
from app.browse.context import ViewContext
from app.browse.routes import ViewState
from app.browse.views.tasks.counts import count_calls, read_counts
from app.browse.views.tasks.facets import show_facets
from app.browse.views.tasks.filters import TaskFilter, read_filter, write_condition
from app.browse.views.tasks.task import show_task
from app.browse.views.tasks.task_list import (
    ROWS,
    TaskListing,
    leave_if_asked,
    list_call,
    show_groups,
    show_list,
)
from queries.errors import ParameterError

SORTS = ("due", "date", "targets")
GROUPS = ("none", "agency", "document", "year", "role")


def show(context: ViewContext) -> None:
    """Show the facets, the list or its groups, and the task that the address names."""
    st.title(context.translate("tasks.name"))
    leave_if_asked(context)
    sort, group = read_choice("sort", SORTS, SORTS[0]), read_choice("group", GROUPS, GROUPS[0])
    listing = TaskListing(read_filter(), sort, read_page())
    calls = count_calls(listing.task_filter, group)
    tasks = None
    if group == "none":
        tasks, *answers = context.client.ask_all([list_call(listing), *calls])
        counts = read_counts(listing.task_filter, group, answers)
        if counts.total and not tasks.rows:  # a page beyond the last
            listing = TaskListing(listing.task_filter, sort, -(-counts.total // ROWS))
            (tasks,) = context.client.ask_all([list_call(listing)])
    else:
        counts = read_counts(listing.task_filter, group, context.client.ask_all(calls))
    show_facets(context, listing.task_filter, counts.rows)
    iri = st.query_params.get("task")
    if iri and not (tasks and any(row["task"] == iri for row in tasks.rows)):
        _open_task(context, iri)
        iri = None
    left, right = st.columns([3, 2], gap="medium") if iri else (st.container(), None)
    with left:
        if not counts.total:
            _show_nothing(context, listing.task_filter)
        else:
            _show_controls(context, sort, group)
            if tasks is not None:
                show_list(context, listing, counts.total, tasks)
            else:
                show_groups(context, listing, group, counts.answers[group])
    if right is not None and iri:
        with right:
            _open_task(context, iri)


def _show_controls(context: ViewContext, sort: str, group: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, choices, value in (("sort", SORTS, sort), ("group", GROUPS, group)):
            st.session_state[f"tasks:{name}"] = value
            st.selectbox(
                context.translate(f"tasks.{name}"),
                choices,
                format_func=partial(_choice_label, context, name),
                key=f"tasks:{name}",
                on_change=partial(_write_choice, name, choices[0]),
                width=170,
            )


def _choice_label(context: ViewContext, name: str, value: str) -> str:
    return context.translate(f"tasks.{name}.{value}")


def _write_choice(name: str, default: str) -> None:
    value = str(st.session_state[f"tasks:{name}"])
    write_condition(name, "" if value == default else value)


def _open_task(context: ViewContext, iri: str) -> None:
    try:
        answer = context.client.ask("task/facts", {"task": iri})
    except ParameterError:
        answer = None
    if answer is None or not answer.rows:
        st.warning(context.translate("tasks.unknown"), icon=":material/search_off:")
        return
    show_task(context, answer, iri, _close_task)


def _close_task() -> None:
    st.query_params.pop("task", None)
    st.session_state["tasks:closed"] = st.session_state.get("tasks:closed", 0) + 1


def _show_nothing(context: ViewContext, task_filter: TaskFilter) -> None:
    if task_filter.is_empty:
        st.info(context.translate("tasks.empty.store"), icon=":material/inbox:")
        return
    st.info(context.translate("tasks.empty"), icon=":material/search_off:")
    for value in task_filter.values.get("agency", ()):
        label = f"{context.translate('tasks.empty.agency')}: {value}"
        context.routes.link(label, ViewState("agency", {"agency": value}))

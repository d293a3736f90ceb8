"""The tasks as a list, page by page, or in groups; what a click on a cell opens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import streamlit as st

from app.browse.client.answers import QueryAnswer, QuestionCall
from app.browse.client.columns import columns_of
from app.browse.components.tables import cell_value, show_footer
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, truncate
from app.browse.routes import ViewState, state_of
from app.browse.views.tasks.facets import MOST, facet_label
from app.browse.views.tasks.filters import TaskFilter, write_condition
from queries.model import Column

ROWS = 50
"""Tasks of a page"""
GROUPS_OF_A_PAGE = 20
FILE_ROWS = 100_000
"""Largest number of tasks in a downloaded file: the default limit of an endpoint"""
_WIDTHS = {
    "task": 300,
    "lead": 160,
    "responsible": 220,
    "cooperate": 160,
    "due": 100,
    "document": 260,
    "targets": 70,
}
_COLUMNS = ("task", "lead", "responsible", "cooperate", "due", "deadlines", "targets", "document", "day")
_LEAVE = "tasks:leave"  # in the session's state: the view that a click opens


@dataclass(frozen=True, slots=True)
class TaskListing:
    """The state of the list: conditions, order and page."""

    task_filter: TaskFilter
    sort: str
    page: int


def list_call(listing: TaskListing) -> QuestionCall:
    """Return the question for a page of the list."""
    offset = str((listing.page - 1) * ROWS)
    return "task/list", listing.task_filter.parameters(sort=listing.sort, limit=str(ROWS), offset=offset)


def show_list(context: ViewContext, listing: TaskListing, total: int, answer: QueryAnswer) -> None:
    """Show a page of the list, the pages, and files with the whole list."""
    first = (listing.page - 1) * ROWS + 1
    _show_range(context, "tasks.told", first, first + len(answer.rows) - 1, total)
    _show_grid(context, answer, "list")
    _show_pages(-(-total // ROWS), listing.page)
    whole = listing.task_filter.parameters(sort=listing.sort, limit=str(FILE_ROWS))
    show_footer(context, answer, ask_whole=lambda: context.client.ask("task/list", whole))


def show_groups(context: ViewContext, listing: TaskListing, group: str, counts: QueryAnswer) -> None:
    """Show a page of the groups; the tasks of one are asked for when it is opened."""
    chosen = listing.task_filter.values.get(group)
    rows = [row for row in counts.rows if not chosen or row["value"] in chosen or row["name"] in chosen]
    pages = max(1, -(-len(rows) // GROUPS_OF_A_PAGE))
    page = min(listing.page, pages)
    first = (page - 1) * GROUPS_OF_A_PAGE
    on_page = rows[first : first + GROUPS_OF_A_PAGE]
    _show_range(context, "tasks.told.groups", first + 1, first + len(on_page), len(rows))
    if len(counts.rows) >= MOST:
        st.caption(context.translate("tasks.told.most", rows=f"{MOST:,}"))
    for number, row in enumerate(on_page, first):
        value, tasks = row["value"], int(row["tasks"] or 0)
        undated = context.translate("tasks.undated")
        name = facet_label(context.translate, group, value, counts.rows) if value else undated
        label = context.translate("tasks.group.count", group=truncate(name), tasks=f"{tasks:,}")
        key = f"tasks:group:{group}:{number}"
        expander = st.expander(escape_markdown(label), key=key, on_change="rerun")
        if expander.open and value:
            with expander:
                _show_group(context, listing, group, value, tasks, number)
    _show_pages(pages, page)
    show_footer(context, counts)


def leave_if_asked(context: ViewContext) -> None:
    """Open the view that a click has asked for: a page can be left while it runs, not in a callback."""
    state = st.session_state.pop(_LEAVE, None)
    if isinstance(state, ViewState):
        context.routes.go(state)


def _show_group(
    context: ViewContext, listing: TaskListing, group: str, value: str, tasks: int, number: int
) -> None:
    values = listing.task_filter.parameters(
        without=group, sort=listing.sort, limit=str(ROWS), **{group: value}
    )
    answer = context.client.ask("task/list", values)
    _show_grid(context, answer, f"{group}:{number}")
    if tasks > len(answer.rows):
        st.button(
            context.translate("tasks.group.only", tasks=f"{tasks:,}"),
            key=f"tasks:only:{number}",
            on_click=partial(_show_only, group, value),
        )


def _show_only(group: str, value: str) -> None:
    write_condition(group, value)
    write_condition("group", "")


def _show_range(context: ViewContext, message_id: str, first: int, last: int, total: int) -> None:
    text = context.translate(message_id, first=f"{first:,}", last=f"{last:,}", total=f"{total:,}")
    st.caption(f"{text} · {context.translate('tasks.open')}")


def _show_pages(pages: int, page: int) -> None:
    if pages > 1:
        st.session_state["tasks:page"] = min(page, pages)
        st.pagination(pages, key="tasks:page", on_change=_write_page)


def _write_page() -> None:
    st.query_params["page"] = str(st.session_state["tasks:page"])


def _show_grid(context: ViewContext, answer: QueryAnswer, part: str) -> None:
    """Show a table of tasks; a click opens the task beside it, or the document."""
    columns = [column for column in columns_of(answer) if column.name in _COLUMNS]
    key = f"tasks:table:{part}:{st.session_state.get('tasks:closed', 0)}"
    st.dataframe(
        {column.name: [cell_value(context, column, row) for row in answer.rows] for column in columns},
        hide_index=True,
        key=key,
        column_config={
            column.name: st.column_config.Column(_head(context, column), width=_WIDTHS.get(column.name))
            for column in columns
        },
        on_select=partial(_open_cell, key, answer, columns),
        selection_mode="single-cell",
        placeholder="",
    )


def _head(context: ViewContext, column: Column) -> str:
    head = context.translate.text(column.words)
    return f"{head} ↗" if state_of(column.show, "") else head


def _open_cell(key: str, answer: QueryAnswer, columns: list[Column]) -> None:
    """Open the document of the cell that was clicked, else its task."""
    for place, name in st.session_state[key]["selection"]["cells"]:
        column = next(column for column in columns if column.name == name)
        row, iri = answer.rows[place], answer.rows[place][name]
        if column.show == "document" and iri:
            st.session_state[_LEAVE] = state_of("document", iri)
        elif row["task"]:
            st.query_params["task"] = row["task"]

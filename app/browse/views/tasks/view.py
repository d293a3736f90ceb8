"""任务: what is to be done, by whom, by when; filtered, in order, in groups, and one of them opened."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.browse.client.answers import columns_of
from app.browse.client.endpoint import Answer, Asked
from app.browse.components.escaping import plain, shortened
from app.browse.components.tables import behind, cell
from app.browse.context import Context
from app.browse.routes import Target, opens
from app.browse.views.tasks.counting import counted, questions
from app.browse.views.tasks.facets import MOST, Chosen, chosen, facets, named, put
from app.browse.views.tasks.task import opened_task
from queries.errors import ParameterError
from queries.model import Column

SORTS = ("due", "date", "targets")
GROUPS = ("none", "agency", "document", "year", "role")
ROWS = 50
"""Tasks of a page"""
GROUPS_OF_A_PAGE = 20
FILE_ROWS = 100_000
"""Tasks that a file has; as many rows as an endpoint gives unless it is told otherwise"""
_SHOWN = ("task", "lead", "responsible", "cooperate", "due", "deadlines", "targets", "document", "day")


def show(context: Context) -> None:
    """Facets, the list or its groups, and the task that the address names."""
    st.title(context.speech("tasks.name"))
    _leave(context)
    now = chosen()
    sort, group = _one_of("sort", SORTS), _one_of("group", GROUPS)
    page = _page()
    listed = None
    if group == "none":
        listed, *answers = context.source.ask_all([_page_of(now, sort, page), *questions(now, group)])
        counts = counted(now, group, answers)
        if counts.total and not listed.rows:  # a page beyond the last
            page = -(-counts.total // ROWS)
            (listed,) = context.source.ask_all([_page_of(now, sort, page)])
    else:
        counts = counted(now, group, context.source.ask_all(questions(now, group)))
    total = counts.total
    facets(context, now, counts.rows)
    iri = st.query_params.get("task")
    if iri and not (listed and any(row["task"] == iri for row in listed.rows)):
        _open(context, iri)
        iri = None
    left, right = st.columns([3, 2], gap="medium") if iri else (st.container(), None)
    with left:
        if not total:
            _nothing(context, now)
        elif listed is not None:
            _controls(context, sort, group)
            _list(context, now, sort, page, total, listed)
        else:
            _controls(context, sort, group)
            _groups(context, now, sort, page, group, counts.answers[group])
    if right is not None and iri:
        with right:
            _open(context, iri)


def _page_of(now: Chosen, sort: str, page: int) -> Asked:
    return "task/list", now.asked(sort=sort, limit=str(ROWS), offset=str((page - 1) * ROWS))


def _one_of(name: str, known: tuple[str, ...]) -> str:
    value = st.query_params.get(name, known[0])
    return value if value in known else known[0]


def _page() -> int:
    value = st.query_params.get("page", "1")
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 8 else 1


def _controls(context: Context, sort: str, group: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, known, value in (("sort", SORTS, sort), ("group", GROUPS, group)):
            st.session_state[f"tasks:{name}"] = value
            st.selectbox(
                context.speech(f"tasks.{name}"),
                known,
                format_func=partial(_said, context, name),
                key=f"tasks:{name}",
                on_change=partial(_choose, name, known[0]),
                width=170,
            )


def _said(context: Context, name: str, value: str) -> str:
    return context.speech(f"tasks.{name}.{value}")


def _choose(name: str, usual: str) -> None:
    value = str(st.session_state[f"tasks:{name}"])
    put(name, "" if value == usual else value)


def _list(context: Context, now: Chosen, sort: str, page: int, total: int, answer: Answer) -> None:
    first = (page - 1) * ROWS + 1
    _told(context, "tasks.told", first, first + len(answer.rows) - 1, total)
    _grid(context, answer, "list")
    _pages(-(-total // ROWS), page)
    behind(
        context,
        answer,
        whole=lambda: context.source.ask("task/list", now.asked(sort=sort, limit=str(FILE_ROWS))),
    )


def _told(context: Context, name: str, first: int, last: int, total: int) -> None:
    said = context.speech(name, first=f"{first:,}", last=f"{last:,}", total=f"{total:,}")
    st.caption(f"{said} · {context.speech('tasks.open')}")


def _pages(pages: int, page: int) -> None:
    if pages > 1:
        st.session_state["tasks:page"] = min(page, pages)
        st.pagination(pages, key="tasks:page", on_change=_turn)


def _turn() -> None:
    st.query_params["page"] = str(st.session_state["tasks:page"])


def _groups(context: Context, now: Chosen, sort: str, page: int, group: str, counts: Answer) -> None:
    """The groups of a page, each opened when it is clicked."""
    wanted = now.values.get(group)
    rows = [row for row in counts.rows if not wanted or row["value"] in wanted or row["name"] in wanted]
    pages = max(1, -(-len(rows) // GROUPS_OF_A_PAGE))
    page = min(page, pages)
    first = (page - 1) * GROUPS_OF_A_PAGE
    some = rows[first : first + GROUPS_OF_A_PAGE]
    _told(context, "tasks.told.groups", first + 1, first + len(some), len(rows))
    if len(counts.rows) >= MOST:
        st.caption(context.speech("tasks.told.most", rows=f"{MOST:,}"))
    for place, row in enumerate(some):
        value, tasks = row["value"], int(row["tasks"] or 0)
        name = named(context.speech, group, value, counts.rows) if value else context.speech("tasks.undated")
        label = context.speech("tasks.group.count", group=shortened(name), tasks=f"{tasks:,}")
        expander = st.expander(plain(label), key=f"tasks:group:{group}:{first + place}", on_change="rerun")
        if expander.open and value:
            with expander:
                values = now.asked(without=group, sort=sort, limit=str(ROWS), **{group: value})
                found = context.source.ask("task/list", values)
                _grid(context, found, f"{group}:{first + place}")
                if tasks > len(found.rows):
                    st.button(
                        context.speech("tasks.group.only", tasks=f"{tasks:,}"),
                        key=f"tasks:only:{first + place}",
                        on_click=partial(_only, group, value),
                    )
    _pages(pages, page)
    behind(context, counts)


def _only(group: str, value: str) -> None:
    put(group, value)
    put("group", "")


def _grid(context: Context, answer: Answer, part: str) -> None:
    """A table of tasks; a click opens the task beside it, or the document."""
    columns = [column for column in columns_of(answer) if column.name in _SHOWN]
    key = f"tasks:table:{part}:{st.session_state.get('tasks:closed', 0)}"
    st.dataframe(
        {column.name: [cell(context, column, row) for row in answer.rows] for column in columns},
        hide_index=True,
        key=key,
        column_config={
            column.name: st.column_config.Column(_head(context, column), width=_WIDTHS.get(column.name))
            for column in columns
        },
        on_select=partial(_click, key, answer, columns),
        selection_mode="single-cell",
        placeholder="",
    )


_WIDTHS = {
    "task": 300,
    "lead": 160,
    "responsible": 220,
    "cooperate": 160,
    "due": 100,
    "document": 260,
    "targets": 70,
}


def _head(context: Context, column: Column) -> str:
    head = context.speech.of(column.words)
    return f"{head} ↗" if opens(column.show, "") else head


def _click(key: str, answer: Answer, columns: list[Column]) -> None:
    """What a cell opens: any but that of a document opens the task."""
    for row, name in st.session_state[key]["selection"]["cells"]:
        column = next(column for column in columns if column.name == name)
        shown, iri = answer.rows[row], answer.rows[row][name]
        if column.show == "document" and iri:
            st.session_state["tasks:leave"] = opens("document", iri)
        elif shown["task"]:
            st.query_params["task"] = shown["task"]


def _leave(context: Context) -> None:
    """A page can be left only while it runs, and not when a click is told."""
    target = st.session_state.pop("tasks:leave", None)
    if isinstance(target, Target):
        context.routes.go(target)


def _open(context: Context, iri: str) -> None:
    try:
        answer = context.source.ask("task/facts", {"task": iri})
    except ParameterError:
        answer = None
    if answer is None or not answer.rows:
        st.warning(context.speech("tasks.unknown"), icon=":material/search_off:")
        return
    opened_task(context, answer, iri, _close)


def _close() -> None:
    st.query_params.pop("task", None)
    st.session_state["tasks:closed"] = st.session_state.get("tasks:closed", 0) + 1


def _nothing(context: Context, now: Chosen) -> None:
    if now.nothing:
        st.info(context.speech("tasks.empty.store"), icon=":material/inbox:")
        return
    st.info(context.speech("tasks.empty"), icon=":material/search_off:")
    for value in now.values.get("agency", ()):
        label = f"{context.speech('tasks.empty.agency')}: {value}"
        context.routes.link(label, Target("agency", {"agency": value}))

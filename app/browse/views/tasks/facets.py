"""The conditions on the page: words, a button for each facet with its values, chips to remove them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from urllib.parse import unquote

import streamlit as st

from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, truncate
from app.browse.i18n import Translator
from app.browse.views.tasks.filters import (
    FACETS,
    NAMED_FACETS,
    SINGLE_FACETS,
    TaskFilter,
    clean_value,
    write_condition,
)
from queries.conditional import BETWEEN
from queries.run import Row

MOST = 1000
"""Values of a facet that are listed"""
_LONGEST = 36
_ORDER: Mapping[str, tuple[str, ...]] = {
    "role": ("lead", "responsible", "cooperate"),
    "deadline": ("by", "within", "recurring", "none"),
    "target": ("yes", "no"),
}


def show_facets(context: ViewContext, task_filter: TaskFilter, counts: Mapping[str, Sequence[Row]]) -> None:
    """Show words, facets and chips; ``counts`` has the rows of each facet (value, name, tasks)."""
    translate = context.translate
    st.session_state["tasks:words"] = task_filter.words
    st.text_input(
        translate("tasks.search"),
        key="tasks:words",
        placeholder=translate("tasks.search"),
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=_write_words,
    )
    with st.container(horizontal=True, gap="small"):
        for name in FACETS:
            values = task_filter.values.get(name, ())
            label = translate(f"tasks.{name}") + (f" · {len(values)}" if values else "")
            with st.popover(label):
                _show_facet(translate, name, values, counts[name])
    if not task_filter.is_empty:
        _show_chips(translate, task_filter, counts)


def facet_label(translate: Translator, name: str, value: str, counts: Sequence[Row]) -> str:
    """Return what people call a value of a facet."""
    if name in NAMED_FACETS:
        for row in counts:
            if row["value"] == value and row["name"]:
                return row["name"]
        return unquote(value.rstrip("/").rpartition("/")[2]) if "://" in value else value
    if name == "target" and value in ("yes", "no"):
        return translate(f"tasks.{value}")
    return translate("tasks.none") if name == "deadline" and value == "none" else translate.code(value)


def _show_facet(translate: Translator, name: str, values: tuple[str, ...], counts: Sequence[Row]) -> None:
    tasks = {row["value"]: int(row["tasks"] or 0) for row in counts if row["value"]}
    options = list(tasks) if name in NAMED_FACETS else sorted(tasks, key=lambda value: _rank(name, value))
    options += [value for value in values if value not in tasks]
    if not options and name not in NAMED_FACETS:
        st.caption(translate("tasks.nothing"))
        return
    key = f"tasks:{name}"
    on_change = partial(_write_facet, name)

    def label(value: str) -> str:
        count = f" · {tasks[value]:,}" if value in tasks else ""
        return f"{truncate(facet_label(translate, name, value, counts), _LONGEST)}{count}"

    def markdown_label(value: str) -> str:
        return escape_markdown(label(value))

    if name in NAMED_FACETS:
        st.session_state[key] = list(values)
        st.multiselect(
            translate(f"tasks.{name}"),
            options,
            format_func=label,
            key=key,
            accept_new_options=True,
            placeholder=translate("tasks.any_document" if name == "document" else "tasks.any"),
            on_change=on_change,
            select_all=False,
            width=420,
        )
        if len(tasks) >= MOST:
            st.caption(translate("tasks.most", rows=f"{MOST:,}"))
    elif name in SINGLE_FACETS:
        st.session_state[key] = values[0] if values else None
        st.pills(
            translate(f"tasks.{name}"), options, format_func=markdown_label, key=key, on_change=on_change
        )
    else:
        st.session_state[key] = list(values)
        st.pills(
            translate(f"tasks.{name}"),
            options,
            selection_mode="multi",
            format_func=markdown_label,
            key=key,
            on_change=on_change,
        )


def _rank(name: str, value: str) -> tuple[int, str]:
    order = _ORDER.get(name, ())
    return (order.index(value) if value in order else len(order), value)


def _show_chips(translate: Translator, task_filter: TaskFilter, counts: Mapping[str, Sequence[Row]]) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, values in task_filter.values.items():
            for value in values:
                rest = BETWEEN.join(other for other in values if other != value)
                label = facet_label(translate, name, value, counts[name])
                _show_chip(translate(f"tasks.{name}"), label, f"{name}:{value}", name, rest)
        if task_filter.words:
            _show_chip(translate("tasks.words"), task_filter.words, "words", "words", "")
        st.button(translate("tasks.clear"), key="tasks:clear", type="tertiary", on_click=_clear)


def _show_chip(facet: str, label: str, key: str, name: str, rest: str) -> None:
    st.button(
        escape_markdown(f"{facet}: {truncate(label, _LONGEST)}"),
        key=f"tasks:chip:{key}",
        icon=":material/close:",
        on_click=partial(write_condition, name, rest),
    )


def _clear() -> None:
    for name in (*FACETS, "words"):
        write_condition(name, "")


def _write_words() -> None:
    write_condition("words", str(st.session_state["tasks:words"]).strip())


def _write_facet(name: str) -> None:
    given = st.session_state[f"tasks:{name}"]
    values = given if isinstance(given, list) else [given] if given else []
    write_condition(name, BETWEEN.join(clean_value(str(value)) for value in values))

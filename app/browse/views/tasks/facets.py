"""The conditions under which tasks are listed: in the address, as facets with counts, as chips to remove."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from urllib.parse import unquote

import streamlit as st

from app.browse.components.escaping import plain, shortened
from app.browse.context import Context
from app.browse.i18n import Speech
from queries.conditional import BETWEEN
from queries.run import Row

FACETS = ("agency", "role", "document", "year", "due", "deadline", "target")
"""Names of the facets: parameters of the address and of the questions"""
MOST = 1000
"""Values of a facet that are listed"""
_NAMED = ("agency", "document")  # whose values are IRIs, and may be typed as names
_ONE = ("deadline", "target")  # of which one value is chosen
_LONGEST = 36


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen: the values of each facet, and words."""

    values: Mapping[str, tuple[str, ...]]
    words: str

    def asked(self, *, without: str | None = None, **more: str) -> dict[str, str]:
        """As the parameters of a question, perhaps without one facet."""
        found = {name: BETWEEN.join(values) for name, values in self.values.items() if name != without}
        words = BETWEEN.join(self.words.split())
        return {**found, **({"words": words} if words else {}), **more}

    @property
    def nothing(self) -> bool:
        """Whether there is no condition at all."""
        return not self.values and not self.words


def chosen() -> Chosen:
    """What the address says."""
    found = {}
    for name in FACETS:
        values = [value for value in st.query_params.get(name, "").split(BETWEEN) if value.strip()]
        if values:
            found[name] = tuple(dict.fromkeys(values))[: 1 if name in _ONE else None]
    words = st.query_params.get("words", "").replace(BETWEEN, " ").strip()
    return Chosen(MappingProxyType(found), words)


def put(name: str, value: str) -> None:
    """Write a condition into the address, which begins again at the first page."""
    st.query_params.pop("page", None)
    if value:
        st.query_params[name] = value
    else:
        st.query_params.pop(name, None)


def facets(context: Context, now: Chosen, counts: Mapping[str, Sequence[Row]]) -> None:
    """Words, a button for each facet that opens its values with their counts, and what is chosen."""
    speech = context.speech
    st.session_state["tasks:words"] = now.words
    st.text_input(
        speech("tasks.search"),
        key="tasks:words",
        placeholder=speech("tasks.search"),
        label_visibility="collapsed",
        icon=":material/search:",
        on_change=_from_words,
    )
    with st.container(horizontal=True, gap="small"):
        for name in FACETS:
            values = now.values.get(name, ())
            label = speech(f"tasks.{name}") + (f" · {len(values)}" if values else "")
            with st.popover(label):
                _facet(speech, name, values, counts[name])
    if not now.nothing:
        _chips(speech, now, counts)


def named(speech: Speech, name: str, value: str, counts: Sequence[Row]) -> str:
    """What people call a value of a facet."""
    if name in _NAMED:
        for row in counts:
            if row["value"] == value and row["name"]:
                return row["name"]
        return unquote(value.rstrip("/").rpartition("/")[2]) if "://" in value else value
    if name == "target" and value in ("yes", "no"):
        return speech(f"tasks.{value}")
    return speech("tasks.none") if name == "deadline" and value == "none" else speech.code(value)


def _facet(speech: Speech, name: str, values: tuple[str, ...], counts: Sequence[Row]) -> None:
    tasks = {row["value"]: int(row["tasks"] or 0) for row in counts if row["value"]}
    options = list(tasks) if name in _NAMED else sorted(tasks, key=lambda value: _rank(name, value))
    options += [value for value in values if value not in tasks]
    if not options and name not in _NAMED:
        st.caption(speech("tasks.nothing"))
        return
    key = f"tasks:{name}"

    def label(value: str) -> str:
        count = f" · {tasks[value]:,}" if value in tasks else ""
        return f"{shortened(named(speech, name, value, counts), _LONGEST)}{count}"

    if name in _NAMED:
        st.session_state[key] = list(values)
        st.multiselect(
            speech(f"tasks.{name}"),
            options,
            format_func=label,
            key=key,
            accept_new_options=True,
            placeholder=speech("tasks.any_document" if name == "document" else "tasks.any"),
            on_change=partial(_from_widget, name),
            select_all=False,
            width=420,
        )
        if len(tasks) >= MOST:
            st.caption(speech("tasks.most", rows=f"{MOST:,}"))
    elif name in _ONE:
        st.session_state[key] = values[0] if values else None
        st.pills(
            speech(f"tasks.{name}"),
            options,
            format_func=lambda value: plain(label(value)),
            key=key,
            on_change=partial(_from_widget, name),
        )
    else:
        st.session_state[key] = list(values)
        st.pills(
            speech(f"tasks.{name}"),
            options,
            selection_mode="multi",
            format_func=lambda value: plain(label(value)),
            key=key,
            on_change=partial(_from_widget, name),
        )


def _rank(name: str, value: str) -> tuple[int, str]:
    order = {
        "role": ("lead", "responsible", "cooperate"),
        "deadline": ("by", "within", "recurring", "none"),
        "target": ("yes", "no"),
    }.get(name, ())
    return (order.index(value) if value in order else len(order), value)


def _chips(speech: Speech, now: Chosen, counts: Mapping[str, Sequence[Row]]) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, values in now.values.items():
            for value in values:
                rest = BETWEEN.join(other for other in values if other != value)
                said = shortened(named(speech, name, value, counts[name]), _LONGEST)
                st.button(
                    plain(f"{speech(f'tasks.{name}')}: {said}"),
                    key=f"tasks:chip:{name}:{value}",
                    icon=":material/close:",
                    on_click=partial(put, name, rest),
                )
        if now.words:
            st.button(
                plain(f"{speech('tasks.words')}: {shortened(now.words, _LONGEST)}"),
                key="tasks:chip:words",
                icon=":material/close:",
                on_click=partial(put, "words", ""),
            )
        st.button(speech("tasks.clear"), key="tasks:clear", type="tertiary", on_click=_clear)


def _clear() -> None:
    for name in (*FACETS, "words"):
        put(name, "")


def _from_words() -> None:
    put("words", str(st.session_state["tasks:words"]).strip())


def _from_widget(name: str) -> None:
    given = st.session_state[f"tasks:{name}"]
    values = given if isinstance(given, list) else [given] if given else []
    put(name, BETWEEN.join(str(value).replace(BETWEEN, " ").strip() for value in values))

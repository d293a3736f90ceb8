"""State of a view that stands in its address as a code, whatever the language in which a widget shows it.

A widget that Streamlit binds to the address writes what it shows; what is kept here is read the same in every
language, and a value that cannot be read can be said. Widgets are set from it at every turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date

import streamlit as st

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that can be asked about: what is reckoned from them stays within the calendar"""


def told(name: str) -> str:
    """What the address says, without blanks around it; empty where it says nothing."""
    return st.query_params.get(name, "").strip()


def one_of(name: str, choices: Collection[str], default: str) -> str:
    """What the address says, if it is among the choices, else the default."""
    value = told(name)
    return value if value in choices else default


def as_day(written: str) -> date | None:
    """The day that is written, such as 2025-12-31; None where it is none, or none that can be asked about."""
    if not _DAY.fullmatch(written):
        return None
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def keeps(name: str, key: str, default: str = "") -> Callable[[], None]:
    """For ``on_change``: writes what the widget of that key holds into the address, no default."""

    def keep() -> None:
        held = st.session_state.get(key)
        value = "true" if held is True else "" if held in (None, False) else str(held).strip()
        put(name, "" if value == default else value)

    return keep


def put(name: str, value: str) -> None:
    """Write a value into the address; an empty one takes it away."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def put_all(values: Mapping[str, str]) -> None:
    """Write several values into the address; for ``on_click`` of what leads to another state of a view.

    A link to the page that is shown already changes nothing.
    """
    for name, value in values.items():
        put(name, value)

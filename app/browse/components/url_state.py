"""The state of a view in its address, as codes that are the same in every language.

A widget that Streamlit binds to the address writes what it shows. What is written here is read the same in
every language, and a value that cannot be used can be reported. Widgets are set from it at every turn.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

import streamlit as st

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""The range of days that a view accepts, so that dates computed from them stay valid"""


def read_value(name: str) -> str:
    """Return a parameter of the address without blanks around it; empty where there is none."""
    return st.query_params.get(name, "").strip()


def read_choice(name: str, choices: Collection[str], default: str) -> str:
    """Return a parameter of the address if it is one of the choices, else the default."""
    value = read_value(name)
    return value if value in choices else default


def read_page(most: int | None = None) -> int:
    """Return the page number in the address, at most ``most`` if given; 1 where it is not a number."""
    value = st.query_params.get("page", "1")
    page = max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 8 else 1
    return page if most is None else min(page, most)


def parse_day(text: str) -> date | None:
    """Return the day that is written as 2025-12-31; None where it is none, or none that a view takes."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None


def write_on_change(name: str, key: str, default: str = "") -> Callable[[], None]:
    """Return an ``on_change`` that writes the value of the widget of that key, unless it is the default."""

    def write() -> None:
        held = st.session_state.get(key)
        value = "true" if held is True else "" if held in (None, False) else str(held).strip()
        write_value(name, "" if value == default else value)

    return write


def bind_choice(name: str, codes: Sequence[str], key: str) -> tuple[str, Callable[[], None]]:
    """Set the widget of that key to the code in the address, else to the first one.

    Returns the code, and the ``on_change`` that writes what is chosen.
    """
    code = st.query_params.get(name, "")
    current = code if code in codes else codes[0]
    if st.session_state.get(key) != current:
        st.session_state[key] = current

    def write() -> None:
        st.query_params[name] = st.session_state[key]

    return current, write


def write_value(name: str, value: str) -> None:
    """Write a parameter into the address; an empty value takes it away."""
    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def write_values(values: Mapping[str, str]) -> None:
    """Write several parameters into the address; for the ``on_click`` of a button to another state of a view.

    A link to the page that is shown already changes nothing.
    """
    for name, value in values.items():
        write_value(name, value)

"""Choices whose state stands in the address by a code that is the same in every language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st


def switch(name: str, said: Mapping[str, str], label: str) -> str:
    """A row of buttons, one a code; the address has the chosen one under ``name``, else it is the first."""
    codes = list(said)
    current, changed = held(name, codes, f"switch:{name}")
    st.segmented_control(
        label,
        codes,
        format_func=lambda code: said[code],
        key=f"switch:{name}",
        on_change=changed,
        required=True,
        label_visibility="collapsed",
    )
    return current


def held(name: str, codes: Sequence[str], key: str) -> tuple[str, Callable[[], None]]:
    """What the address says, else the first code, which the widget of that key then has; and on_change."""
    asked = st.query_params.get(name, "")
    current = asked if asked in codes else codes[0]
    if st.session_state.get(key) != current:
        st.session_state[key] = current

    def changed() -> None:
        st.query_params[name] = st.session_state[key]

    return current, changed

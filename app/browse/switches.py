"""Choices whose state stands in the address by a code that is the same in every language."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def switch(name: str, said: Mapping[str, str], label: str) -> str:
    """Buttons, one a code; the address has the chosen one under ``name``, the first is the default."""
    codes = list(said)
    asked = st.query_params.get(name, "")
    current = asked if asked in said else codes[0]
    key = f"switch:{name}"
    if st.session_state.get(key) != current:
        st.session_state[key] = current

    def changed() -> None:
        st.query_params[name] = st.session_state[key]

    st.segmented_control(
        label,
        codes,
        format_func=lambda code: said[code],
        key=key,
        on_change=changed,
        required=True,
        label_visibility="collapsed",
    )
    return current

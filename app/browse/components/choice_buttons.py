"""A row of buttons of which one is chosen; the address has its code, the same in every language."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.browse.components.url_state import bind_choice


def choice_buttons(name: str, labels: Mapping[str, str], label: str) -> str:
    """Show a button for each code with its label, and return the chosen code.

    The address has the code under ``name``; without it the first one is chosen. Screen readers read
    ``label``.
    """
    codes = list(labels)
    current, on_change = bind_choice(name, codes, f"switch:{name}")
    st.segmented_control(
        label,
        codes,
        format_func=lambda code: labels[code],
        key=f"switch:{name}",
        on_change=on_change,
        required=True,
        label_visibility="collapsed",
    )
    return current

"""agency"""

from __future__ import annotations

import streamlit as st

from app.browse.context import Context


def show(context: Context) -> None:
    """The view."""
    st.title(context.speech("agency.name"))

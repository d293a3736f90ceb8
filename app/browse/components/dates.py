"""A day that the address has under ``date``: without one it is today."""

from __future__ import annotations

from datetime import date

import streamlit as st

from app.browse.components.address import EARLIEST, LATEST, as_day, told

_KEY = "day"


def day_of(label: str) -> date:
    """A field for a day. What is no day in the address is as if there were none."""
    asked = as_day(told("date")) or date.today()
    if st.session_state.get(_KEY) != asked:
        st.session_state[_KEY] = asked
    st.date_input(label, min_value=EARLIEST, max_value=LATEST, key=_KEY, on_change=_changed, width=180)
    return asked


def look_from(day: date) -> None:
    """Put a day into the address, before a view runs again."""
    st.query_params["date"] = day.isoformat()


def _changed() -> None:
    day = st.session_state[_KEY]
    if isinstance(day, date):
        look_from(day)

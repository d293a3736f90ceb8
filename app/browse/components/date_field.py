"""A field for the day that the address has under ``date``; without one it is today."""

from __future__ import annotations

from datetime import date

import streamlit as st

from app.browse.components.url_state import EARLIEST, LATEST, parse_day, read_value

_KEY = "day"


def date_field(label: str) -> date:
    """Show the field and return its day. A value in the address that is not a date is ignored."""
    day = parse_day(read_value("date")) or date.today()
    if st.session_state.get(_KEY) != day:
        st.session_state[_KEY] = day
    st.date_input(label, min_value=EARLIEST, max_value=LATEST, key=_KEY, on_change=_write_day, width=180)
    return day


def set_date(day: date) -> None:
    """Put a day into the address, before a view runs again."""
    st.query_params["date"] = day.isoformat()


def _write_day() -> None:
    day = st.session_state[_KEY]
    if isinstance(day, date):
        set_date(day)

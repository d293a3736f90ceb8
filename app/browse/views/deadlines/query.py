"""What the view of deadlines asks for, as its address has it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

import streamlit as st

from app.browse.components.url_state import parse_day, read_choice, read_value, write_value
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown

GROUPS = ("body", "issuer", "document")
HORIZONS = ("past", "30", "90", "365", "later")
PERIODS = ("ahead", *HORIZONS, "all")
_DAYS: Mapping[str, tuple[int | None, int | None]] = MappingProxyType(
    {
        "ahead": (0, None),
        "past": (None, -1),
        "30": (0, 30),
        "90": (31, 90),
        "365": (91, 365),
        "later": (366, None),
        "all": (None, None),
    }
)
"""First and last day of a period, counted from the chosen day"""


@dataclass(frozen=True, slots=True)
class DeadlineQuery:
    """The chosen day and conditions; ``by`` groups the timeline, ``every`` is an ISO 8601 recurrence."""

    day: date
    agency: str
    by: str
    ended: bool
    period: str
    month: date | None
    every: str

    @property
    def parameters(self) -> dict[str, str]:
        """Return the parameters that all questions of the view share."""
        whose = "issuer" if self.by == "issuer" else "agency"
        return {"date": self.day.isoformat(), whose: self.agency}

    @property
    def parameters_with_ended(self) -> dict[str, str]:
        """The same with whether repealed and expired documents count."""
        return {**self.parameters, "ended": "true" if self.ended else "false"}

    @property
    def days_of_list(self) -> dict[str, str]:
        """The days between which the list's deadlines fall."""
        if self.month:
            last = monthrange(self.month.year, self.month.month)[1]
            return {"from": self.month.isoformat(), "to": self.month.replace(day=last).isoformat()}
        named = zip(("from", "to"), _DAYS[self.period], strict=True)
        return {name: (self.day + timedelta(days)).isoformat() for name, days in named if days is not None}


def read_query(context: ViewContext) -> DeadlineQuery:
    """Read the address, and show a warning for each value in it that cannot be used."""
    translate = context.translate
    written_day, written_month = read_value("date"), read_value("month")
    day = parse_day(written_day)
    if day is None:
        if written_day:
            value = escape_markdown(written_day)
            st.warning(translate("deadlines.bad-date", value=value), icon=":material/link_off:")
        day = date.today()
        write_value("date", day.isoformat())  # so that the address means the same tomorrow
    month = parse_day(f"{written_month}-01")
    if written_month and month is None:
        value = escape_markdown(written_month)
        st.warning(translate("deadlines.bad-month", value=value), icon=":material/link_off:")
    return DeadlineQuery(
        day,
        read_value("agency"),
        read_choice("by", GROUPS, GROUPS[0]),
        read_value("ended") == "true",
        read_choice("period", PERIODS, PERIODS[0]),
        month,
        read_value("every"),
    )

"""What the view of targets asks for, as its address has it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.browse.components.url_state import read_value
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown


@dataclass(frozen=True, slots=True)
class TargetQuery:
    """The conditions, and whether only conflicts within one year are listed."""

    words: str
    year: str
    unit: str
    indicator: str
    same_year: bool

    @property
    def parameters(self) -> dict[str, str]:
        """What the list is asked with."""
        return {"words": self.words, "year": self.year, "unit": self.unit, "indicator": self.indicator}

    def parameters_without(self, name: str) -> dict[str, str]:
        """Return what the choices for one condition are asked with: all the others."""
        return {**self.parameters, name: ""}


def read_query(context: ViewContext) -> TargetQuery:
    """Read the address, and show a warning for a year in it that cannot be used."""
    year = read_value("year")
    if year and not (year.isascii() and year.isdigit() and len(year) == len("2025")):
        message = context.translate("targets.bad-year", value=escape_markdown(year))
        st.warning(message, icon=":material/link_off:")
        year = ""
    return TargetQuery(
        read_value("words"),
        year,
        read_value("unit"),
        read_value("indicator"),
        read_value("same_year") == "true",
    )

"""The conditions under which tasks are listed, as the address has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import streamlit as st

from app.browse.components.url_state import write_value
from queries.conditional import BETWEEN

FACETS = ("agency", "role", "document", "year", "due", "deadline", "target")
"""Names of the facets: parameters of the address and of the questions"""
NAMED_FACETS = ("agency", "document")
"""Facets whose values are IRIs, and may be typed as names"""
SINGLE_FACETS = ("deadline", "target")
"""Facets of which one value is chosen"""


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """The values that are chosen of each facet, and words."""

    values: Mapping[str, tuple[str, ...]]
    words: str

    def parameters(self, *, without: str | None = None, **more: str) -> dict[str, str]:
        """Return the parameters of a question, perhaps without those of one facet."""
        found = {name: BETWEEN.join(values) for name, values in self.values.items() if name != without}
        words = BETWEEN.join(self.words.split())
        return {**found, **({"words": words} if words else {}), **more}

    @property
    def is_empty(self) -> bool:
        """Whether there is no condition at all."""
        return not self.values and not self.words


def read_filter() -> TaskFilter:
    """Read the conditions in the address."""
    found = {}
    for name in FACETS:
        values = [value for value in st.query_params.get(name, "").split(BETWEEN) if value.strip()]
        if values:
            found[name] = tuple(dict.fromkeys(values))[: 1 if name in SINGLE_FACETS else None]
    return TaskFilter(MappingProxyType(found), clean_value(st.query_params.get("words", "")))


def write_condition(name: str, value: str) -> None:
    """Write a condition into the address, which begins again at the first page."""
    st.query_params.pop("page", None)
    write_value(name, value)


def clean_value(text: str) -> str:
    """Return a value without the sign that stands between values, and without blanks around it."""
    return text.replace(BETWEEN, " ").strip()

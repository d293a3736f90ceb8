"""Every link from one view to another, and which view shows what: nothing else makes either.

A view's state stands in its address, as the parameters of its query: what is given here, and what its widgets
are bound to.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from types import MappingProxyType
from urllib.parse import urlencode

import streamlit as st
from streamlit.errors import StreamlitDuplicateElementKey
from streamlit.navigation.page import Page

from app.browse.components.escaping import plain, shortened
from queries.model import Language, Show


@dataclass(frozen=True, slots=True)
class View:
    """A view by its name, which is also its path and the name of its words."""

    name: str
    icon: str


VIEWS = (
    View("overview", ":material/dashboard:"),
    View("agency", ":material/account_balance:"),
    View("tasks", ":material/task_alt:"),
    View("document", ":material/description:"),
    View("deadlines", ":material/calendar_month:"),
    View("links", ":material/hub:"),
    View("targets", ":material/flag:"),
    View("questions", ":material/quiz:"),
    View("quality", ":material/fact_check:"),
)
LANGUAGE_NAMES: Mapping[Language, str] = MappingProxyType({"zh": "中文", "en": "English"})
"""Languages as the switch shows them."""

# What a cell of an answer opens: view and parameter. A clause or a fact is opened in its document.
_OPENS: Mapping[Show, tuple[str, str]] = MappingProxyType(
    {
        "agency": ("agency", "agency"),
        "task": ("tasks", "task"),
        "document": ("document", "document"),
        "clause": ("document", "at"),
        "iri": ("document", "at"),
    }
)


@dataclass(frozen=True, slots=True)
class Target:
    """A view with the parameters that restore a state of it."""

    view: str
    values: Mapping[str, str]


def opens(show: Show, iri: str) -> Target | None:
    """The view of a thing that a column shows; None where there is none."""
    found = _OPENS.get(show)
    return Target(found[0], {found[1]: iri}) if found else None


@dataclass(frozen=True, slots=True)
class Routes:
    """Links between the views that keep the language."""

    pages: Mapping[str, Page]
    language: Language
    here: str = ""
    """The view that is shown"""

    def go(self, target: Target) -> None:
        """Open a view in this session; the script ends here."""
        if target.view in self.pages:
            st.switch_page(self.pages[target.view], query_params=self._values(target))

    def link(self, text: str, target: Target, longest: int = 60) -> None:
        """A link with this text, shown as it is."""
        label = plain(shortened(text, longest)) or "–"
        if target.view not in self.pages:
            return
        if target.view != self.here:
            st.page_link(self.pages[target.view], label=label, query_params=self._values(target))
        elif self._pressed(label, f"{self.address(target)} {label}"):
            self.go(target)

    def _pressed(self, label: str, name: str) -> bool:
        """A button as a link: a page_link to the page that is shown leaves the address as it was.

        So it is in Streamlit 1.67. The same link may stand on a page more than once.
        """
        icon = None if label.startswith("←") else self.pages[self.here].icon
        for number in count():
            with suppress(StreamlitDuplicateElementKey):
                return st.button(label, key=f"link:{number}:{name}", type="tertiary", icon=icon)
        raise AssertionError("count does not end")

    def address(self, target: Target) -> str:
        """The link as a path and query, as a table's cells have it."""
        query = urlencode(self._values(target))
        path = "" if target.view == VIEWS[0].name else target.view
        return f"/{path}?{query}" if query else f"/{path}"

    def _values(self, target: Target) -> dict[str, str]:
        spoken = {} if self.language == "zh" else {"lang": self.language}
        return {**target.values, **spoken}

"""The addresses of the views: every link from one view to another, and which view shows which thing.

The state of a view stands in its address, as query parameters: links give them, and widgets are bound to
them.
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

from app.browse.escaping import escape_markdown, truncate
from queries.model import Language, Show


@dataclass(frozen=True, slots=True)
class View:
    """A view by its name, which is also its path, its package and the first part of its message ids."""

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
"""The languages as the switch between them shows them"""

# What a cell of an answer opens: view and parameter. A clause or a fact is opened in its document.
_VIEW_OF: Mapping[Show, tuple[str, str]] = MappingProxyType(
    {
        "agency": ("agency", "agency"),
        "task": ("tasks", "task"),
        "document": ("document", "document"),
        "clause": ("document", "at"),
        "iri": ("document", "at"),
    }
)


@dataclass(frozen=True, slots=True)
class ViewState:
    """A view with the parameters that restore a state of it."""

    view: str
    values: Mapping[str, str]


def state_of(show: Show, iri: str) -> ViewState | None:
    """Return the view of a thing that a column shows; None where there is none."""
    found = _VIEW_OF.get(show)
    return ViewState(found[0], {found[1]: iri}) if found else None


@dataclass(frozen=True, slots=True)
class Routes:
    """Links between the views that keep the language."""

    pages: Mapping[str, Page]
    language: Language
    here: str = ""
    """The view that is shown"""

    def go(self, state: ViewState) -> None:
        """Open a view in this session; the script ends here."""
        if state.view in self.pages:
            st.switch_page(self.pages[state.view], query_params=self._parameters(state))

    def link(self, text: str, state: ViewState, longest: int = 60) -> None:
        """Show a link with this text, of which no character is read as Markdown."""
        label = escape_markdown(truncate(text, longest)) or "–"
        if state.view not in self.pages:
            return
        if state.view != self.here:
            st.page_link(self.pages[state.view], label=label, query_params=self._parameters(state))
        elif self._button(label, f"{self.address(state)} {label}"):
            self.go(state)

    def _button(self, label: str, name: str) -> bool:
        """Show a button as a link: a page_link to the page that is shown leaves the address as it was.

        So it is in Streamlit 1.67. The same link may stand on a page more than once.
        """
        icon = None if label.startswith("←") else self.pages[self.here].icon
        for number in count():
            with suppress(StreamlitDuplicateElementKey):
                return st.button(label, key=f"link:{number}:{name}", type="tertiary", icon=icon)
        raise AssertionError("count does not end")

    def address(self, state: ViewState) -> str:
        """Return the link as a path and query, as a table's cells have it."""
        query = urlencode(self._parameters(state))
        path = "" if state.view == VIEWS[0].name else state.view
        return f"/{path}?{query}" if query else f"/{path}"

    def _parameters(self, state: ViewState) -> dict[str, str]:
        language = {} if self.language == "zh" else {"lang": self.language}
        return {**state.values, **language}

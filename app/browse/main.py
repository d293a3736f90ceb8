"""The browser's frame: language, navigation, and what a view says when it cannot answer."""

from __future__ import annotations

from functools import partial
from importlib import import_module, resources
from typing import Protocol, cast

import streamlit as st

from app.browse.components.error_panel import trouble_said
from app.browse.context import Context, from_environment
from app.browse.i18n import Speech
from app.browse.routes import LANGUAGE_NAMES, VIEWS, Routes
from queries.model import LANGUAGES, Language

_SPOKEN = "language"
# a file of ours: an icon by name would be fetched from elsewhere
_ICON = resources.files("app.browse").joinpath("icon.svg").read_text("utf8")
# less of the space that Streamlit leaves above a page
_STYLE = "<style>[data-testid='stMainBlockContainer'] { padding-top: 3.5rem; }</style>"


class _View(Protocol):
    def show(self, context: Context) -> None: ...


def run() -> None:
    """The whole browser, as Streamlit runs it at every turn of a session."""
    speech = _frame()
    pages = {
        view.name: st.Page(
            partial(present, view.name, speech.language),
            title=speech(f"{view.name}.name"),
            icon=view.icon,
            url_path=view.name,
            default=view is VIEWS[0],
        )
        for view in VIEWS
    }
    st.session_state["gongbao:pages"] = pages
    st.navigation(list(pages.values()), position="sidebar").run()


def run_alone(name: str) -> None:
    """One view without the navigation around it, as tests run it."""
    present(name, _frame().language)


def present(name: str, language: Language) -> None:
    """Show a view; what goes wrong with the endpoint or an address is said in its place."""
    speech = Speech(language)
    routes = Routes(st.session_state.get("gongbao:pages", {}), language, name)
    view = cast("_View", import_module(f"app.browse.views.{name}.view"))
    with trouble_said(speech):
        view.show(Context(from_environment(), speech, routes))


def _frame() -> Speech:
    st.set_page_config(page_title="公报 gongbao", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    with st.sidebar:
        return Speech(_language())


def _language() -> Language:
    """The language of the address, else that of the session.

    Not bound to the address by Streamlit, which would refuse to open a page with a language in its address.
    """
    kept: Language = st.session_state.get(_SPOKEN, LANGUAGES[0])
    asked = st.query_params.get("lang")
    language = next((known for known in LANGUAGES if known == asked), kept)
    if st.session_state.get(_SPOKEN) != language:
        st.session_state[_SPOKEN] = language
    st.segmented_control(
        "语言 · Language",
        list(LANGUAGE_NAMES),
        format_func=lambda code: LANGUAGE_NAMES[code],
        required=True,
        key=_SPOKEN,
        on_change=_spoken,
        label_visibility="collapsed",
    )
    if language != LANGUAGES[0] and "lang" not in st.query_params:  # the links of the navigation have none
        st.query_params["lang"] = language
    return language


def _spoken() -> None:
    language: Language = st.session_state[_SPOKEN]
    if language == LANGUAGES[0]:
        st.query_params.pop("lang", None)
    else:
        st.query_params["lang"] = language

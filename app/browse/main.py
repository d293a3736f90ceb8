"""The browser's frame: language, navigation, and the error panel in place of a view that has no answer."""

from __future__ import annotations

from functools import partial
from importlib import import_module, resources
from typing import Protocol, cast

import streamlit as st

from app.browse.components.error_panel import show_errors
from app.browse.context import ViewContext, client_from_environment
from app.browse.i18n import Translator
from app.browse.routes import LANGUAGE_NAMES, VIEWS, Routes
from queries.model import LANGUAGES, Language

_LANGUAGE = "language"  # in the session's state
_PAGES = "gongbao:pages"
# a file of ours: an icon by name would be fetched from elsewhere
_ICON = resources.files("app.browse").joinpath("icon.svg").read_text("utf8")
# less of the space that Streamlit leaves above a page
_STYLE = "<style>[data-testid='stMainBlockContainer'] { padding-top: 3.5rem; }</style>"


class _ViewModule(Protocol):
    def show(self, context: ViewContext) -> None: ...


def run() -> None:
    """Show the whole browser, as Streamlit runs it at every turn of a session."""
    translate = _show_frame()
    pages = {
        view.name: st.Page(
            partial(show_view, view.name, translate.language),
            title=translate(f"{view.name}.name"),
            icon=view.icon,
            url_path=view.name,
            default=view is VIEWS[0],
        )
        for view in VIEWS
    }
    st.session_state[_PAGES] = pages
    st.navigation(list(pages.values()), position="sidebar").run()


def run_alone(name: str) -> None:
    """Show one view without the navigation around it, as tests run it."""
    show_view(name, _show_frame().language)


def show_view(name: str, language: Language) -> None:
    """Show a view, or the error panel in its place."""
    translate = Translator(language)
    routes = Routes(st.session_state.get(_PAGES, {}), language, name)
    view = cast(_ViewModule, import_module(f"app.browse.views.{name}.view"))
    with show_errors(translate):
        view.show(ViewContext(client_from_environment(), translate, routes))


def _show_frame() -> Translator:
    st.set_page_config(page_title="公报 gongbao", page_icon=_ICON, layout="wide")
    st.html(_STYLE)
    with st.sidebar:
        return Translator(_choose_language())


def _choose_language() -> Language:
    """Return the language of the address, else that of the session.

    Not bound to the address by Streamlit, which would refuse to open a page with a language in its address.
    """
    before: Language = st.session_state.get(_LANGUAGE, LANGUAGES[0])
    code = st.query_params.get("lang")
    language = next((known for known in LANGUAGES if known == code), before)
    if st.session_state.get(_LANGUAGE) != language:
        st.session_state[_LANGUAGE] = language
    st.segmented_control(
        "语言 · Language",
        list(LANGUAGE_NAMES),
        format_func=lambda code: LANGUAGE_NAMES[code],
        required=True,
        key=_LANGUAGE,
        on_change=_write_language,
        label_visibility="collapsed",
    )
    if language != LANGUAGES[0] and "lang" not in st.query_params:  # the links of the navigation have none
        st.query_params["lang"] = language
    return language


def _write_language() -> None:
    language: Language = st.session_state[_LANGUAGE]
    if language == LANGUAGES[0]:
        st.query_params.pop("lang", None)
    else:
        st.query_params["lang"] = language

"""An editor for SPARQL in the page: completion, colours, line numbers, the place of an error.

No editor for Streamlit is maintained, works without a network and takes its completions from the program, so
this is a small one of our own: assets/.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources

import streamlit as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from streamlit.components.v2.types import ComponentRenderer

from app.browse.components.javascript import join_modules
from app.browse.context import ViewContext
from app.browse.views.questions.query_text import QueryPosition
from ontology.terms import PREFIXES, source
from queries.model import Language
from queries.present.labels import label, prefixed_name

MODULES = ("completion", "editor")
"""The JavaScript of the component; the last one has the default export"""
_NAME = "gongbao.editor"
_KEY = "editor"
_DEFINED = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"

Completion = tuple[str, str, str]
"""A term as people write it, with its label in the language of the page and in the other one."""


def show_editor(
    context: ViewContext, query: str, error: QueryPosition | None, on_run: Callable[[str], None]
) -> None:
    """Show the editor with a query; ``on_run`` is called with the text in it when it is to be run."""
    translate = context.translate

    def on_change() -> None:
        text = st.session_state[_KEY]["run"]
        if isinstance(text, str):
            on_run(text)

    _component()(
        key=_KEY,
        data={
            "text": query,
            "terms": completions(translate.language),
            "prefixes": {str(prefix): str(namespace) for prefix, namespace in PREFIXES.items()},
            "error": {"line": error.line, "column": error.column} if error else None,
            "run": translate("questions.run"),
            "help": translate("questions.keys"),
        },
        on_run_change=on_change,
    )


@cache
def completions(language: Language) -> list[Completion]:
    """Return every class, property and concept that the ontology declares, in its order."""
    other: Language = "en" if language == "zh" else "zh"
    found: dict[str, None] = {}
    for item in parse(source(), RdfFormat.TURTLE):
        quad: Quad = item
        if quad.predicate.value == _DEFINED and isinstance(quad.subject, NamedNode):
            found[quad.subject.value] = None
    return [
        (name, label(iri, language) or "", label(iri, other) or "")
        for iri in found
        if ":" in (name := prefixed_name(iri)) and not name.startswith("http")
    ]


def _component() -> ComponentRenderer:
    """Register the component again and return it: Streamlit keeps one component of each name per process."""
    html, css, js = _read_assets()
    return st.components.v2.component(_NAME, html=html, css=css, js=js)


@cache
def _read_assets() -> tuple[str, str, str]:
    folder = resources.files("app.browse.views.questions").joinpath("assets")
    html, css = (folder.joinpath(f"editor.{part}").read_text("utf8") for part in ("html", "css"))
    return html, css, join_modules(folder, MODULES)

"""An editor for SPARQL in the page: completion, colours, line numbers, the place of an error.

No editor for Streamlit is kept up, works without a network and lets its completion be said, so this is a
small one of our own: components/editor.html, .css and .js.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources

import streamlit as st
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from streamlit.components.v2.types import ComponentRenderer

from app.browse.context import Context
from app.browse.views.questions.sparql import Position
from ontology.terms import PREFIXES, source
from queries.model import Language
from queries.present.labels import label, prefixed_name

_NAME = "gongbao.editor"
_KEY = "editor"
_DEFINED = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"

Term = tuple[str, str, str]
"""A term as people write it, with its label in the language of the page and in the other one."""


def editor(context: Context, query: str, wrong: Position | None, ran: Callable[[str], None]) -> None:
    """Show the editor with a query; ``ran`` is called with what stands in it when it is to be run."""
    speech = context.speech

    def called() -> None:
        sent = st.session_state[_KEY]["run"]
        if isinstance(sent, str):
            ran(sent)

    _mounted()(
        key=_KEY,
        data={
            "text": query,
            "terms": terms(speech.language),
            "prefixes": {str(prefix): str(namespace) for prefix, namespace in PREFIXES.items()},
            "wrong": {"line": wrong.line, "column": wrong.column} if wrong else None,
            "run": speech("questions.run"),
            "help": speech("questions.keys"),
        },
        on_run_change=called,
    )


@cache
def terms(language: Language) -> list[Term]:
    """Every class, property and concept that the ontology declares, in its order."""
    other: Language = "en" if language == "zh" else "zh"
    found: dict[str, None] = {}
    for read in parse(source(), RdfFormat.TURTLE):
        quad: Quad = read
        if quad.predicate.value == _DEFINED and isinstance(quad.subject, NamedNode):
            found[quad.subject.value] = None
    return [
        (name, label(iri, language) or "", label(iri, other) or "")
        for iri in found
        if ":" in (name := prefixed_name(iri)) and not name.startswith("http")
    ]


def _mounted() -> ComponentRenderer:
    """The component; Streamlit keeps one of a name, and a new process has to be told of it."""
    html, css, js = _parts()
    return st.components.v2.component(_NAME, html=html, css=css, js=js)


@cache
def _parts() -> tuple[str, str, str]:
    folder = resources.files("app.browse.views.questions").joinpath("assets")
    html, css, js = (folder.joinpath(f"editor.{part}").read_text("utf8") for part in ("html", "css", "js"))
    return html, css, js

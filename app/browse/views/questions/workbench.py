"""Queries that people write: the editor, examples, the answer in every form, and what the engine says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

import streamlit as st
import yaml
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from app.browse.client.answers import Drawn, Edge, Node, show_of
from app.browse.client.endpoint import Answer
from app.browse.client.errors import BusyError, RefusedError, SlowError, SourceError
from app.browse.components.graphs import MOST, draw
from app.browse.components.results import result
from app.browse.context import Context
from app.browse.views.questions.editor import editor
from app.browse.views.questions.sparql import (
    Position,
    gives_graph,
    missing_prefixes,
    packed,
    unpacked,
    with_prefixes,
    wrong_at,
)
from queries.model import Words
from queries.present.labels import local_name

_SHOWN = 50_000  # characters of Turtle on a page; the file has all
_TURN = "sparql:turn"
_KEPT = "sparql:answer"


@dataclass(frozen=True, slots=True)
class Example:
    """A query to begin with."""

    title: Words
    sparql: str


@dataclass(frozen=True, slots=True)
class Triples:
    """What a CONSTRUCT or a DESCRIBE gave."""

    turtle: str
    seconds: float


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a session was told last, so that another form of it needs no other request."""

    query: str
    turn: int
    told: Answer | Triples | SourceError


@cache
def examples() -> tuple[Example, ...]:
    """The queries of examples.yaml."""
    told = yaml.safe_load(
        resources.files("app.browse.views.questions").joinpath("examples.yaml").read_text("utf8")
    )
    return tuple(Example(Words(each["zh"], each["en"]), each["sparql"]) for each in told)


def workbench(context: Context) -> None:
    """The editor with the query of the address, which is run; an example to begin with where it has none."""
    speech = context.speech
    asked = ""
    try:
        asked = unpacked(st.query_params.get("query", ""))
    except ValueError:
        st.warning(speech("questions.broken-query"), icon=":material/link_off:")
    _choose(context)
    editor(context, asked or examples()[0].sparql, _wrong_at(asked, _kept(asked)), _sent)
    if asked.strip():
        _run(context, asked)


def _sent(query: str) -> None:
    """Put a query into the address and have it asked anew, even if it is the same."""
    st.query_params["query"] = packed(query)
    st.session_state[_TURN] = _turn() + 1


def _turn() -> int:
    turn = st.session_state.get(_TURN, 0)
    return turn if isinstance(turn, int) else 0


def _choose(context: Context) -> None:
    known = {context.speech.of(example.title): example for example in examples()}
    key = "sparql:example"

    def changed() -> None:
        chosen = known.get(str(st.session_state[key]))
        if chosen:
            _sent(chosen.sparql)
        st.session_state[key] = None

    st.selectbox(
        context.speech("questions.examples"),
        list(known),
        None,
        key=key,
        on_change=changed,
        placeholder=context.speech("questions.choose-example"),
        label_visibility="collapsed",
    )


def _run(context: Context, query: str) -> None:
    """Ask, if the answer is not there already, and show what was told."""
    told = _kept(query)
    if told is None:
        with st.spinner(context.speech("questions.running")):
            told = _told(context, query)
        st.session_state[_KEPT] = _Kept(query, _turn(), told)
        if _wrong_at(query, told) is not None:
            st.rerun()  # the editor over it marks the place
    if isinstance(told, SourceError):
        _failed(context, query, told)
    elif isinstance(told, Triples):
        _triples(context, query, told)
    else:
        if told.cut is not None:
            st.warning(context.speech("questions.all-of-it"), icon=":material/content_cut:")
        result(context, told, empty="questions.empty-query")


def _kept(query: str) -> Answer | Triples | SourceError | None:
    kept = st.session_state.get(_KEPT)
    if isinstance(kept, _Kept) and (kept.query, kept.turn) == (query, _turn()):
        return kept.told
    st.session_state.pop(_KEPT, None)
    return None


def _told(context: Context, query: str) -> Answer | Triples | SourceError:
    try:
        if gives_graph(query):
            return Triples(*context.source.construct(query))
        return context.source.select(query)
    except SourceError as error:
        return error


def _wrong_at(query: str, told: Answer | Triples | SourceError | None) -> Position | None:
    """Where the query is wrong, if it is and the engine says it."""
    return wrong_at(told.detail, query) if isinstance(told, RefusedError) else None


def _failed(context: Context, query: str, error: SourceError) -> None:
    """What happened, as the engine says it, and what to do."""
    speech = context.speech
    refused = isinstance(error, RefusedError)
    place = _wrong_at(query, error)
    st.error(speech("questions.refused" if refused else f"error.{error.key}"), icon=":material/error:")
    if place is not None:
        said = "questions.wrong-line" if place.column == 0 else "questions.wrong-at"
        st.write(speech(said, line=place.line, column=place.column))
    elif isinstance(error, SlowError | BusyError):
        st.write(speech("questions.too-much"))
    else:
        st.write(speech(f"error.{error.key}.help"))
    st.code(error.detail, language=None, wrap_lines=True)
    missing = missing_prefixes(query) if refused else {}
    if missing:
        st.button(
            speech("questions.add-prefixes", names=", ".join(f"{prefix}:" for prefix in missing)),
            type="primary",
            icon=":material/add:",
            on_click=_sent,
            args=(with_prefixes(query, missing),),
        )


def _triples(context: Context, query: str, told: Triples) -> None:
    """Turtle with its file, and a drawing where things are linked."""
    speech = context.speech
    edges, count = _edges(told.turtle)
    if count == 0:
        st.info(speech("questions.no-triples"), icon=":material/search_off:")
        return
    if edges:
        with st.container(border=True):
            ends = dict.fromkeys(iri for edge in edges[:MOST] for iri in (edge.source, edge.target))
            nodes = tuple(Node(iri, local_name(iri), show_of(iri)) for iri in ends)
            draw(context, Drawn(nodes, edges[:MOST], len(edges)), query)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(speech("questions.told", triples=f"{count:,}", seconds=f"{told.seconds:.2f}"))
        st.download_button(
            "TTL",
            told.turtle,
            "gongbao.ttl",
            "text/turtle",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    if len(told.turtle) > _SHOWN:
        st.caption(speech("questions.first-characters", shown=f"{_SHOWN:,}"))
    st.code(told.turtle[:_SHOWN], language="turtle", height=480)


def _edges(turtle: str) -> tuple[tuple[Edge, ...], int]:
    """Links between things, and how many triples there are in all; none of what is no Turtle."""
    edges: list[Edge] = []
    count = 0
    try:
        for read in parse(turtle.encode("utf8"), RdfFormat.TURTLE):
            quad: Quad = read
            count += 1
            ends = (quad.subject, quad.object)
            if all(isinstance(end, NamedNode | BlankNode) for end in ends):
                edges.append(Edge(_iri(ends[0]), _iri(ends[1]), quad.predicate.value))
    except SyntaxError:  # of another engine, or cut: shown as it is
        return tuple(edges), max(count, 1)
    return tuple(edges), count


def _iri(end: object) -> str:
    return end.value if isinstance(end, NamedNode) else str(end)

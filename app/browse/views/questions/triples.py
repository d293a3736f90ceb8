"""The answer to a CONSTRUCT or a DESCRIBE: Turtle with its file, and a drawing where things are linked."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from app.browse.client.answer_graph import AnswerEdge, AnswerGraph, AnswerNode
from app.browse.client.columns import show_of_iri
from app.browse.components.graphs import MOST, show_graph
from app.browse.context import ViewContext
from queries.present.labels import local_name

_LONGEST = 50_000  # characters of Turtle on a page; the file has all


@dataclass(frozen=True, slots=True)
class TripleAnswer:
    """The triples as Turtle, and the seconds it took to get them."""

    turtle: str
    seconds: float


def show_triples(context: ViewContext, query: str, answer: TripleAnswer) -> None:
    """Show the answer to a query."""
    translate = context.translate
    edges, count = _edges_and_count(answer.turtle)
    if count == 0:
        st.info(translate("questions.no-triples"), icon=":material/search_off:")
        return
    if edges:
        with st.container(border=True):
            ends = dict.fromkeys(iri for edge in edges[:MOST] for iri in (edge.source, edge.target))
            nodes = tuple(AnswerNode(iri, local_name(iri), show_of_iri(iri)) for iri in ends)
            show_graph(context, AnswerGraph(nodes, edges[:MOST], len(edges)), query)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(translate("questions.told", triples=f"{count:,}", seconds=f"{answer.seconds:.2f}"))
        st.download_button(
            "TTL",
            answer.turtle,
            "gongbao.ttl",
            "text/turtle",
            on_click="ignore",
            type="tertiary",
            icon=":material/download:",
        )
    if len(answer.turtle) > _LONGEST:
        st.caption(translate("questions.first-characters", shown=f"{_LONGEST:,}"))
    st.code(answer.turtle[:_LONGEST], language="turtle", height=480)


def _edges_and_count(turtle: str) -> tuple[tuple[AnswerEdge, ...], int]:
    """Return the links between things, and how many triples there are in all; no links without Turtle."""
    edges: list[AnswerEdge] = []
    count = 0
    try:
        for item in parse(turtle.encode("utf8"), RdfFormat.TURTLE):
            quad: Quad = item
            count += 1
            ends = (quad.subject, quad.object)
            if all(isinstance(end, NamedNode | BlankNode) for end in ends):
                edges.append(AnswerEdge(_node_name(ends[0]), _node_name(ends[1]), quad.predicate.value))
    except SyntaxError:  # of another engine, or cut: shown as it is
        return tuple(edges), max(count, 1)
    return tuple(edges), count


def _node_name(node: object) -> str:
    return node.value if isinstance(node, NamedNode) else str(node)

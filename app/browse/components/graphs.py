"""An answer as a graph that one moves and enlarges; a click on a thing offers where it leads."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st
from st_graph_workbench import EdgeStyle, NodeStyle, graph_workbench

from app.browse.client.answers import Drawn, Node, graph_of
from app.browse.client.endpoint import Answer
from app.browse.components.escaping import shortened
from app.browse.context import Context
from app.browse.routes import Target, opens
from queries.model import Show

MOST = 300
"""Links of a drawing"""
WIDTHS = (1.5, 3.5, 7)
"""Pixels of a tie, from the weakest to the strongest"""
_COLOURS: dict[Show, str] = {  # of Okabe and Ito, which colour-blind readers tell apart
    "agency": "#0072B2",
    "document": "#009E73",
    "task": "#D55E00",
    "clause": "#CC79A7",
    "iri": "#E69F00",
    "text": "#7F7F7F",
}
_CENTRE = "centre"
_LAYOUT = {
    "name": "fcose",
    "animate": False,
    "padding": 20,
    "nodeDimensionsIncludeLabels": True,
    "idealEdgeLength": 110,
    "nodeSeparation": 110,
}
_WRAPPED = {"text-wrap": "wrap", "text-max-width": "96px", "text-overflow-wrap": "anywhere"}


def graph(context: Context, answer: Answer) -> None:
    """Draw the things of an answer and their links; says so where there are none."""
    drawn = graph_of(answer, MOST)
    if drawn is None:
        st.info(context.speech("questions.no-graph"), icon=":material/hub:")
        return
    draw(context, drawn, answer.sparql)


def draw(context: Context, drawn: Drawn, of: str) -> None:
    """Draw nodes and links; ``of`` tells one graph from another."""
    speech = context.speech
    if drawn.total > len(drawn.edges):
        st.caption(speech("questions.more-edges", shown=f"{MOST}", all=f"{drawn.total:,}"))
    key = sha256(of.encode()).hexdigest()[:16]
    event = graph_workbench(
        {
            "nodes": [
                {"data": {"id": node.iri, "label": _class(node, drawn), "name": shortened(node.name, 24)}}
                for node in drawn.nodes
            ],
            "edges": [
                {
                    "data": {
                        "id": f"e{number}",
                        "source": edge.source,
                        "target": edge.target,
                        "label": "link" if edge.width is None else f"tie{edge.width}",
                        "name": _meaning(context, edge.means),
                    }
                }
                for number, edge in enumerate(drawn.edges)
            ],
        },
        layout=_LAYOUT,
        node_styles=[
            *(_style(show, colour, 24) for show, colour in _COLOURS.items()),
            _style(_CENTRE, _COLOURS["task"], 34),
        ],
        edge_styles=[
            EdgeStyle("link", caption="name", directed=True),
            *(
                EdgeStyle(f"tie{place}", caption="name", width=width, directed=False)
                for place, width in enumerate(WIDTHS)
            ),
        ],
        height=520,
        key=f"graph:{key}",
        return_selection=True,
        show_selection_details=False,
        toolbar={"mode": "minimized", "collapsible": True, "sticky": True},
        validate=False,
    )
    st.caption(speech("questions.graph-help"))
    _offer(context, drawn, _selected(event))


def _offer(context: Context, drawn: Drawn, iri: str | None) -> None:
    node = next((node for node in drawn.nodes if node.iri == iri), None)
    if node is None:
        return
    with st.container(horizontal=True, border=True):
        target = opens(node.show, node.iri)
        if target is not None:
            context.routes.link(f"↗ {node.name}", target)
        context.routes.link(context.speech("questions.in-links"), Target("links", {"node": node.iri}))


def _selected(event: dict[str, object] | None) -> str | None:
    """The node that was clicked last."""
    found: object = event
    for step in ("data", "nodes", 0, "data", "id"):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list):
            found = found[0] if found else None
        else:
            return None
    return found if isinstance(found, str) else None


def _style(name: str, colour: str, size: int) -> NodeStyle:
    return NodeStyle(name, color=colour, caption="name", size=size, text_size=11, raw_style=_WRAPPED)


def _class(node: Node, drawn: Drawn) -> str:
    if node.iri == drawn.centre:
        return _CENTRE
    return node.show if node.show in _COLOURS else "text"


def _meaning(context: Context, means: str) -> str:
    if means.startswith(("http://", "https://")):
        return context.speech.term(means)
    return context.speech.code(means) if means else ""

"""An answer as a graph that one moves and enlarges; a click on a thing offers the views that show it."""

from __future__ import annotations

from hashlib import sha256

import streamlit as st
from st_graph_workbench import EdgeStyle, NodeStyle, graph_workbench

from app.browse.client.answer_graph import AnswerGraph, AnswerNode, graph_of
from app.browse.client.answers import QueryAnswer
from app.browse.context import ViewContext
from app.browse.escaping import truncate
from app.browse.routes import ViewState, state_of
from queries.model import Show

MOST = 300
"""Links of a drawing"""
WIDTHS = (1.5, 3.5, 7)
"""Pixels of a link without direction, from the weakest to the strongest"""
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


def show_answer_graph(context: ViewContext, answer: QueryAnswer) -> None:
    """Draw the things of an answer and their links, or a message where there are none."""
    graph = graph_of(answer, MOST)
    if graph is None:
        st.info(context.translate("questions.no-graph"), icon=":material/hub:")
        return
    show_graph(context, graph, answer.sparql)


def show_graph(context: ViewContext, graph: AnswerGraph, identity: str) -> None:
    """Draw nodes and links; ``identity`` tells one graph of a session from another."""
    translate = context.translate
    if graph.total > len(graph.edges):
        st.caption(translate("questions.more-edges", shown=f"{MOST}", all=f"{graph.total:,}"))
    key = sha256(identity.encode()).hexdigest()[:16]
    event = graph_workbench(
        {
            "nodes": [
                {
                    "data": {
                        "id": node.iri,
                        "label": _style_name(node, graph),
                        "name": truncate(node.name, 24),
                    }
                }
                for node in graph.nodes
            ],
            "edges": [
                {
                    "data": {
                        "id": f"e{number}",
                        "source": edge.source,
                        "target": edge.target,
                        "label": "link" if edge.strength is None else f"tie{edge.strength}",
                        "name": _relation_label(context, edge.relation),
                    }
                }
                for number, edge in enumerate(graph.edges)
            ],
        },
        layout=_LAYOUT,
        node_styles=[
            *(_node_style(show, colour, 24) for show, colour in _COLOURS.items()),
            _node_style(_CENTRE, _COLOURS["task"], 34),
        ],
        edge_styles=[
            EdgeStyle("link", caption="name", directed=True),
            *(
                EdgeStyle(f"tie{strength}", caption="name", width=width, directed=False)
                for strength, width in enumerate(WIDTHS)
            ),
        ],
        height=520,
        key=f"graph:{key}",
        return_selection=True,
        show_selection_details=False,
        toolbar={"mode": "minimized", "collapsible": True, "sticky": True},
        validate=False,
    )
    st.caption(translate("questions.graph-help"))
    _show_node_links(context, graph, _selected_node(event))


def _show_node_links(context: ViewContext, graph: AnswerGraph, iri: str | None) -> None:
    node = next((node for node in graph.nodes if node.iri == iri), None)
    if node is None:
        return
    with st.container(horizontal=True, border=True):
        state = state_of(node.show, node.iri)
        if state is not None:
            context.routes.link(f"↗ {node.name}", state)
        context.routes.link(context.translate("questions.in-links"), ViewState("links", {"node": node.iri}))


def _selected_node(event: dict[str, object] | None) -> str | None:
    """Return the IRI of the node that was clicked last."""
    found: object = event
    for step in ("data", "nodes", 0, "data", "id"):
        if isinstance(found, dict):
            found = found.get(step)
        elif isinstance(found, list):
            found = found[0] if found else None
        else:
            return None
    return found if isinstance(found, str) else None


def _node_style(name: str, colour: str, size: int) -> NodeStyle:
    return NodeStyle(name, color=colour, caption="name", size=size, text_size=11, raw_style=_WRAPPED)


def _style_name(node: AnswerNode, graph: AnswerGraph) -> str:
    if node.iri == graph.centre:
        return _CENTRE
    return node.show if node.show in _COLOURS else "text"


def _relation_label(context: ViewContext, relation: str) -> str:
    if relation.startswith(("http://", "https://")):
        return context.translate.term(relation)
    return context.translate.code(relation) if relation else ""

"""Tools and the legend above the drawing, in the page's language, as a component of the page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import resources

import streamlit as st

from app.browse.i18n import Translator
from app.browse.views.links.appearance import EDGES, NODES, edge_kind_label
from app.browse.views.links.graph import LinkGraph, short_id
from app.browse.views.links.graph_filter import GraphFilter


def show_toolbar(
    translate: Translator, graph: LinkGraph, graph_filter: GraphFilter, new_nodes: Iterable[str], turn: int
) -> None:
    """Show buttons that work in the page itself, and the legend; the new nodes of a turn come into view."""
    hidden = graph_filter.hidden_nodes(graph)
    kinds = {node.thing.kind for iri, node in graph.nodes.items() if iri not in hidden}
    edges = {edge.kind for edge in graph_filter.visible_edges(graph)}
    _component()(
        data={
            "messages": {
                name: translate(f"links.{name}") for name in ("fit", "nearer", "farther", "picture")
            },
            "file": f"gongbao-links-{short_id(graph.start)}.png",
            "nodes": [
                {"name": translate(f"links.kind.{kind}"), "colour": look.colour, "shape": look.shape}
                | ({"hollow": True} if look.hollow else {})
                for kind, look in NODES.items()
                if kind in kinds
            ],
            "edges": [
                {"name": edge_kind_label(translate, kind), "line": look.line, "width": look.width}
                for kind, look in EDGES.items()
                if kind in edges
            ],
            "newNodes": [short_id(iri) for iri in new_nodes],
            "turn": turn,
        },
        key="links:tools",
        on_theme_change=_do_nothing,  # the run that it causes draws in the colours of the theme
    )


def _do_nothing() -> None:
    pass


@st.cache_resource(show_spinner=False)
def _component() -> Callable[..., object]:
    """Return the component; its files are read once."""
    folder = resources.files("app.browse.views.links").joinpath("assets")
    return st.components.v2.component(
        "gongbao_graph_tools",
        css=folder.joinpath("graph_tools.css").read_text("utf8"),
        js=folder.joinpath("graph_tools.js").read_text("utf8"),
        isolate_styles=False,
    )

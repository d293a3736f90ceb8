"""The styles of nodes and edges in the drawing, made from their appearance."""

from __future__ import annotations

from st_graph_workbench import EdgeStyle, NodeStyle, StyleRule

from app.browse.views.links.appearance import EDGES, NODES

_GREY = "#808894"  # of edges: as far from white as from Streamlit's dark background
_CHOSEN = "#56B4E9"


def node_styles(text_colour: str) -> list[NodeStyle | StyleRule]:
    """Return a style for each kind of nodes, and those of the start and of the chosen node."""
    styles: list[NodeStyle | StyleRule] = [
        NodeStyle(
            kind,
            look.colour,
            "name",
            size=30,
            shape=look.shape,
            border_width=3 if look.hollow else 1,
            border_color=look.colour,
            text_size=12,
            raw_style={
                "color": text_colour,
                "background-opacity": 0.12 if look.hollow else 1,
                "border-style": "dashed" if look.hollow else "solid",
                "text-wrap": "wrap",
                "text-max-width": 110,
                "text-overflow-wrap": "anywhere",
                "text-margin-y": 4,
                "min-zoomed-font-size": 6,
            },
        )
        for kind, look in NODES.items()
    ]
    return [
        *styles,
        StyleRule("node[?start]", {"width": 42, "height": 42, "font-weight": "bold"}),
        StyleRule(
            "node[?chosen]", {"underlay-color": _CHOSEN, "underlay-opacity": 0.55, "underlay-padding": 9}
        ),
    ]


def edge_styles(text_colour: str) -> list[EdgeStyle | StyleRule]:
    """Return a style for each kind of edges, and that of the chosen edge."""
    styles: list[EdgeStyle | StyleRule] = [
        EdgeStyle(
            kind,
            _GREY,
            "name",
            directed=True,
            width=look.width,
            line_style=look.line,
            raw_style={
                "color": text_colour,
                "text-background-opacity": 0,
                "font-size": 9,
                "min-zoomed-font-size": 7,
                "text-margin-y": -6,
                "arrow-scale": 1,
            },
        )
        for kind, look in EDGES.items()
    ]
    return [
        *styles,
        StyleRule(
            "edge[?chosen]",
            {"line-color": _CHOSEN, "target-arrow-color": _CHOSEN, "width": 5, "font-weight": "bold"},
        ),
    ]

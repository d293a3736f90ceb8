"""Draws a graph by st-graph-workbench (Cytoscape.js), with tools and a legend in the page's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import cast

import streamlit as st
from st_graph_workbench import (
    EdgeStyle,
    Event,
    GraphCommand,
    NodeStyle,
    StyleRule,
    add_elements_command,
    delete_elements_command,
    graph_workbench,
    upsert_elements_command,
)

from app.browse.components.escaping import shortened
from app.browse.i18n import Speech
from app.browse.views.links.graph import Edge as GraphEdge
from app.browse.views.links.graph import Filter, Graph, Node, reference
from app.browse.views.links.kinds import EDGES, NODES, edge_name, named
from app.browse.views.links.layout import Spot

TAPPED, OPENED, PLACED = "tapped", "opened", "positions"
"""What someone did: a click on a node or an edge, a double click on a node, a node put elsewhere"""

_HEIGHT = 600
_LONGEST = 18  # characters of a node's label
_GREY = "#808894"  # of edges: as far from white as from Streamlit's dark background
_TEXT = {"light": "#222222", "dark": "#eeeeee"}  # of labels, by theme
_CHOSEN = "#56B4E9"

_SENT = "links:sent"  # in the state of the session
_KEPT = 30  # commands that are told again

Element = dict[str, dict[str, object]]
Elements = dict[str, list[Element]]


def draw(
    speech: Speech,
    graph: Graph,
    chosen: str | None,
    chosen_edge: str | None,
    shown: Filter,
    *,
    key: str,
    on_change: Callable[[], None],
) -> None:
    """The graph as it is now. What someone does in it stands in the session's state under the key."""
    now = elements(speech, graph, chosen, chosen_edge, shown)
    text = _TEXT.get(st.context.theme.type or "", _TEXT["light"])
    graph_workbench(
        now,
        layout="preset",
        node_styles=_node_styles(text),
        edge_styles=_edge_styles(text),
        height=_HEIGHT,
        key=key,
        on_change=on_change,
        # a click counts when no second follows, so that a double click is one turn and not three
        events=[Event(TAPPED, "onetap", "node, edge"), Event(OPENED, "dbltap", "node")],
        validate=False,  # made here, and tested
        elements_sync="initial",  # to look at all again takes it seconds at 500 nodes
        graph_commands=_commands(key, now),
        return_positions=True,
        show_selection_details=False,
        min_zoom=0.05,
        max_zoom=2.0,
        toolbar={"mode": "minimized", "sticky": False},
    )


def elements(
    speech: Speech, graph: Graph, chosen: str | None, chosen_edge: str | None, shown: Filter
) -> Elements:
    """What is shown, as Cytoscape has it."""
    hidden = shown.hidden(graph)
    more = graph.more()
    return {
        "nodes": [
            _node(graph, iri, node, more.get(iri, 0), iri == chosen)
            for iri, node in graph.nodes.items()
            if iri not in hidden
        ],
        "edges": [_edge(speech, edge, edge_id(edge) == chosen_edge) for edge in shown.visible(graph)],
    }


def difference(before: Elements, after: Elements, turn: int) -> list[GraphCommand]:
    """What the drawing has to do so that it shows what is after; nodes that stay keep their places.

    Done again and again in their order, commands lead to the same drawing.
    """
    old, new = ({str(each["data"]["id"]): each for each in _all(some)} for some in (before, after))
    gone = sorted(old.keys() - new.keys())
    changed = [
        {"data": new[name]["data"]} for name in new if name in old and new[name]["data"] != old[name]["data"]
    ]
    fresh = [name for name in new if name not in old]
    commands = []
    if gone:
        commands.append(delete_elements_command(f"{turn}-less", node_ids=gone, edge_ids=gone))
    if fresh:
        nodes, edges = (
            [new[name] for name in fresh if ("source" in new[name]["data"]) == is_edge]
            for is_edge in (False, True)
        )
        commands.append(add_elements_command(f"{turn}-more", nodes=nodes, edges=edges))
    if changed:
        nodes, edges = (
            [each for each in changed if ("source" in each["data"]) == is_edge] for is_edge in (False, True)
        )
        commands.append(upsert_elements_command(f"{turn}-other", nodes=nodes, edges=edges, replace=False))
    return commands


def _all(some: Elements) -> list[Element]:
    return [*some["nodes"], *some["edges"]]


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a drawing has been told: the last commands are told again, as a turn may have been cut short."""

    key: str
    elements: Elements
    turn: int
    commands: tuple[GraphCommand, ...]


def _commands(key: str, now: Elements) -> list[GraphCommand]:
    sent = cast("_Sent | None", st.session_state.get(_SENT))
    if sent is None or sent.key != key:
        sent = _Sent(key, now, 0, ())
    turn = sent.turn + 1
    commands = (*sent.commands, *difference(sent.elements, now, turn))[-_KEPT:]
    st.session_state[_SENT] = _Sent(key, now, turn, commands)
    return list(commands)


def edge_id(edge: GraphEdge) -> str:
    """The name of an edge in the drawing."""
    return f"{reference(edge.source)}-{edge.kind}-{edge.change}-{reference(edge.target)}"


def _node(graph: Graph, iri: str, node: Node, more: int, chosen: bool) -> Element:
    name = shortened(node.thing.name, _LONGEST)
    return {
        "data": {
            "id": reference(iri),
            "label": node.thing.kind,
            "name": f"{name}\n+{more}" if more else name,
            "start": int(iri == graph.start),  # Cytoscape's [?start] asks for the truth
            "chosen": int(chosen),
        },
        "position": {"x": node.spot.x, "y": node.spot.y},
    }


def _edge(speech: Speech, edge: GraphEdge, chosen: bool) -> Element:
    return {
        "data": {
            "id": edge_id(edge),
            "source": reference(edge.source),
            "target": reference(edge.target),
            "label": edge.kind,
            "name": named(speech, edge),
            "chosen": int(chosen),
        }
    }


def _node_styles(text: str) -> list[NodeStyle | StyleRule]:
    looks: list[NodeStyle | StyleRule] = [
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
                "color": text,
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
        *looks,
        StyleRule("node[?start]", {"width": 42, "height": 42, "font-weight": "bold"}),
        StyleRule(
            "node[?chosen]", {"underlay-color": _CHOSEN, "underlay-opacity": 0.55, "underlay-padding": 9}
        ),
    ]


def _edge_styles(text: str) -> list[EdgeStyle | StyleRule]:
    looks: list[EdgeStyle | StyleRule] = [
        EdgeStyle(
            kind,
            _GREY,
            "name",
            directed=True,
            width=look.width,
            line_style=look.line,
            raw_style={
                "color": text,
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
        *looks,
        StyleRule(
            "edge[?chosen]",
            {"line-color": _CHOSEN, "target-arrow-color": _CHOSEN, "width": 5, "font-weight": "bold"},
        ),
    ]


def tools(speech: Speech, graph: Graph, shown: Filter, came: Iterable[str], turn: int) -> None:
    """Buttons that work in the page itself, and the legend; brings what came this turn into view."""
    hidden = shown.hidden(graph)
    kinds = {node.thing.kind for iri, node in graph.nodes.items() if iri not in hidden}
    edges = {edge.kind for edge in shown.visible(graph)}
    _tools()(
        data={
            "words": {name: speech(f"links.{name}") for name in ("fit", "nearer", "farther", "picture")},
            "file": f"gongbao-links-{reference(graph.start)}.png",
            "nodes": [
                {"name": speech(f"links.kind.{kind}"), "colour": look.colour, "shape": look.shape}
                | ({"hollow": True} if look.hollow else {})
                for kind, look in NODES.items()
                if kind in kinds
            ],
            "edges": [
                {"name": edge_name(speech, kind), "line": look.line, "width": look.width}
                for kind, look in EDGES.items()
                if kind in edges
            ],
            "came": [reference(iri) for iri in came],
            "turn": turn,
        },
        key="links:tools",
        on_theme_change=_nothing,  # the run that it causes draws in the colours of the theme
    )


def spots(graph: Graph, told: Mapping[str, object]) -> dict[str, Spot]:
    """Where nodes are after someone has moved one, by IRI; what the event does not tell is left out."""
    by_reference = {reference(iri): iri for iri in graph.nodes}
    places = told.get("positions")
    found: dict[str, Spot] = {}
    for place in places if isinstance(places, list) else ():
        iri = by_reference.get(str(place.get("id"))) if isinstance(place, dict) else None
        spot = place.get("position") if iri else None
        if iri and isinstance(spot, dict):
            x, y = spot.get("x"), spot.get("y")
            if isinstance(x, int | float) and isinstance(y, int | float):
                found[iri] = Spot(float(x), float(y))
    return found


def _nothing() -> None:
    pass


@st.cache_resource(show_spinner=False)
def _tools() -> Callable[..., object]:
    """The tools as a component; files of this package, read once."""
    folder = resources.files("app.browse.views.links").joinpath("assets")
    return st.components.v2.component(
        "gongbao_graph_tools",
        css=folder.joinpath("graph_tools.css").read_text("utf8"),
        js=folder.joinpath("graph_tools.js").read_text("utf8"),
        isolate_styles=False,
    )

"""The drawing of a graph by st-graph-workbench (Cytoscape.js), and the events that come from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

import streamlit as st
from st_graph_workbench import Event, GraphCommand, graph_workbench

from app.browse.views.links.elements import Elements, difference_commands
from app.browse.views.links.graph import LinkGraph, short_id
from app.browse.views.links.layout import Point
from app.browse.views.links.styles import edge_styles, node_styles

TAPPED, OPENED, PLACED = "tapped", "opened", "positions"
"""Events: a click on a node or an edge, a double click on a node, a node that was dragged"""

_HEIGHT = 600
_TEXT_COLOURS = {"light": "#222222", "dark": "#eeeeee"}  # of labels, by theme

_SENT = "links:sent"  # in the session's state
_REPEATED = 30  # commands that are sent again


def draw_graph(elements: Elements, *, key: str, on_change: Callable[[], None]) -> None:
    """Draw a graph. When ``on_change`` is called, the session's state has the last event under the key."""
    text_colour = _TEXT_COLOURS.get(st.context.theme.type or "", _TEXT_COLOURS["light"])
    graph_workbench(
        elements,
        layout="preset",
        node_styles=node_styles(text_colour),
        edge_styles=edge_styles(text_colour),
        height=_HEIGHT,
        key=key,
        on_change=on_change,
        # a click counts when no second follows, so that a double click is one turn and not three
        events=[Event(TAPPED, "onetap", "node, edge"), Event(OPENED, "dbltap", "node")],
        validate=False,  # made here, and tested
        elements_sync="initial",  # to compare all elements again takes it seconds at 500 nodes
        graph_commands=_commands(key, elements),
        return_positions=True,
        show_selection_details=False,
        min_zoom=0.05,
        max_zoom=2.0,
        toolbar={"mode": "minimized", "sticky": False},
    )


def read_positions(graph: LinkGraph, data: Mapping[str, object]) -> dict[str, Point]:
    """Read the positions of nodes, by IRI, from a PLACED event; malformed entries are ignored."""
    iris = {short_id(iri): iri for iri in graph.nodes}
    positions = data.get("positions")
    found: dict[str, Point] = {}
    for each in positions if isinstance(positions, list) else ():
        iri = iris.get(str(each.get("id"))) if isinstance(each, dict) else None
        position = each.get("position") if iri else None
        if iri and isinstance(position, dict):
            x, y = position.get("x"), position.get("y")
            if isinstance(x, int | float) and isinstance(y, int | float):
                found[iri] = Point(float(x), float(y))
    return found


@dataclass(frozen=True, slots=True)
class _SentCommands:
    """What was sent to a drawing: the last commands are sent again, as a turn may have been interrupted."""

    key: str
    elements: Elements
    turn: int
    commands: tuple[GraphCommand, ...]


def _commands(key: str, elements: Elements) -> list[GraphCommand]:
    sent = cast("_SentCommands | None", st.session_state.get(_SENT))
    if sent is None or sent.key != key:
        sent = _SentCommands(key, elements, 0, ())
    turn = sent.turn + 1
    commands = (*sent.commands, *difference_commands(sent.elements, elements, turn))[-_REPEATED:]
    st.session_state[_SENT] = _SentCommands(key, elements, turn, commands)
    return list(commands)

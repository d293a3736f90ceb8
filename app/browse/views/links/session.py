"""The exploration of a session: what was done since the last turn, and the address that restores it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import streamlit as st

from app.browse.client.endpoint import EndpointClient
from app.browse.context import ViewContext
from app.browse.views.links import canvas
from app.browse.views.links.explore import Exploration, apply_step, first_step, load_totals, replay
from app.browse.views.links.graph import Thing, move_nodes
from app.browse.views.links.trail import TrailStep, format_trail, parse_trail

# in the session's state
_EXPLORATION, _QUEUE, _LAST_EVENT, _DRAWING = "links:explored", "links:todo", "links:heard", "links:serial"

Action = TrailStep | dict[str, object]
"""A step, or an event of the drawing"""


def load_exploration(context: ViewContext, thing: Thing) -> Exploration:
    """Return what this session has explored from a node, or that to which the steps of the address lead."""
    steps_text = st.query_params.get("steps", "")
    known = cast("Exploration | None", st.session_state.get(_EXPLORATION))
    if known and known.graph.start == thing.iri:
        unchanged = not steps_text and known.steps == (first_step(thing),)
        if unchanged or steps_text == format_trail(known.steps):
            return known
    steps, wrong = parse_trail(steps_text)
    with st.spinner(""):
        exploration = replay(context.client, thing, steps)
    st.session_state[_QUEUE] = []
    st.session_state[_DRAWING] = drawing_number() + 1
    return replace(exploration, lost=exploration.lost + wrong)


def drawing_number() -> int:
    """Return a number that is another one for another exploration."""
    return cast("int", st.session_state.get(_DRAWING, 0))


def queue_action(action: Action) -> None:
    """Remember an action for the next turn."""
    st.session_state[_QUEUE] = [*_queue(), action]


def queue_event(key: str) -> None:
    """Remember the last event of a drawing, which the session's state has under its key.

    Two events at once call this twice, and the state has the last of them only.
    """
    event = cast("dict[str, object]", st.session_state[key])
    if event["timestamp"] != st.session_state.get(_LAST_EVENT):
        st.session_state[_LAST_EVENT] = event["timestamp"]
        queue_action(event)


def apply_actions(context: ViewContext, exploration: Exploration) -> tuple[Exploration, list[str]]:
    """Apply the actions since the last turn; returns the nodes that came with them too."""
    before = exploration.graph.nodes.keys()
    actions = _queue()
    st.session_state[_QUEUE] = []
    for action in actions:
        exploration = _apply(context.client, exploration, action)
    graph = exploration.graph
    chosen = graph.find(st.query_params.get("at", "")) or graph.start
    exploration = replace(exploration, graph=load_totals(context.client, graph, chosen))
    st.session_state[_EXPLORATION] = exploration
    if actions:
        st.query_params["node"] = exploration.graph.start
        st.query_params["steps"] = format_trail(exploration.steps)
    return exploration, [iri for iri in exploration.graph.nodes if iri not in before]


def _queue() -> list[Action]:
    return cast("list[Action]", st.session_state.get(_QUEUE, []))


def _apply(client: EndpointClient, exploration: Exploration, action: Action) -> Exploration:
    if isinstance(action, TrailStep):
        if action.action == "x":
            st.query_params.pop("at", None)
        return apply_step(client, exploration, action)
    data = cast("dict[str, object]", action.get("data") or {})
    if action.get("action") == canvas.PLACED:
        graph = exploration.graph
        return replace(exploration, graph=move_nodes(graph, canvas.read_positions(graph, data)))
    at = str(data.get("target_id", ""))
    st.query_params["at"] = at
    if action.get("action") == canvas.OPENED:
        return apply_step(client, exploration, TrailStep(at, "all"))
    return exploration

"""关系图: a graph that one explores, from any node along the edges that one chooses."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast

import streamlit as st

from app.browse.components.error_panel import show_errors
from app.browse.context import ViewContext
from app.browse.views.links.canvas import draw_graph
from app.browse.views.links.edge_list import show_edge_list
from app.browse.views.links.elements import make_elements
from app.browse.views.links.explore import Exploration
from app.browse.views.links.graph import MOST, Thing
from app.browse.views.links.graph_filter import GraphFilter, show_filter
from app.browse.views.links.session import apply_actions, drawing_number, load_exploration, queue_event
from app.browse.views.links.side_panel import show_side_panel
from app.browse.views.links.start import choose_start, show_search
from app.browse.views.links.toolbar import show_toolbar

_TURN = "links:turn"  # in the session's state


def show(context: ViewContext) -> None:
    """Show a start that one searches or that the address names, and the graph around it."""
    st.title(context.translate("links.name"))
    show_search(context)
    thing = choose_start(context)
    if thing is not None:
        _show_exploration(context, thing)


@st.fragment
def _show_exploration(context: ViewContext, thing: Thing) -> None:
    """Show all that changes when something is done in the graph; the rest of the page stays as it is."""
    with show_errors(context.translate):
        exploration, new_nodes = apply_actions(context, load_exploration(context, thing))
        graph_filter = show_filter(context, exploration.graph)
        drawing, beside = st.columns([3, 1], gap="medium")
        with drawing:
            _show_drawing(context, exploration, graph_filter, new_nodes)
        with beside:
            show_side_panel(context, exploration.graph, st.query_params.get("at", ""))
        show_edge_list(context, exploration.graph, graph_filter)


def _show_drawing(
    context: ViewContext, exploration: Exploration, graph_filter: GraphFilter, new_nodes: Sequence[str]
) -> None:
    translate, graph = context.translate, exploration.graph
    if exploration.lost:
        st.warning(translate("links.lost", count=exploration.lost), icon=":material/history:")
    if not graph.remaining:
        st.warning(translate("links.full", most=MOST), icon=":material/data_usage:")
    turn = cast("int", st.session_state.get(_TURN, 0)) + bool(new_nodes)
    st.session_state[_TURN] = turn
    show_toolbar(translate, graph, graph_filter, new_nodes, turn)
    key = f"links:graph:{drawing_number()}"  # another drawing for another graph
    at = st.query_params.get("at", "")
    elements = make_elements(translate, graph, graph_filter, graph.find(at) or graph.start, at)
    draw_graph(elements, key=key, on_change=partial(queue_event, key))
    hidden = len(graph_filter.hidden_nodes(graph))
    parts = [translate("links.counted", nodes=len(graph.nodes), edges=len(graph.edges))]
    parts += [translate("links.hidden", count=hidden)] if hidden else []
    st.caption(" ".join([*parts, translate("links.hint")]))

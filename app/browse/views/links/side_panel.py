"""Details and actions of the node or edge that was clicked."""

from __future__ import annotations

import streamlit as st

from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, truncate
from app.browse.routes import ViewState
from app.browse.views.links import canvas
from app.browse.views.links.appearance import edge_label, link_type_label, link_type_rank, state_of_node
from app.browse.views.links.elements import edge_id
from app.browse.views.links.graph import GraphEdge, LinkGraph, short_id
from app.browse.views.links.session import queue_action
from app.browse.views.links.start import NAME
from app.browse.views.links.trail import TrailStep


def show_side_panel(context: ViewContext, graph: LinkGraph, at: str) -> None:
    """Show the edge with the id ``at``, else the node with that short id, else the start."""
    edge = next((edge for edge in graph.edges if edge_id(edge) == at), None)
    if edge is not None:
        _show_edge(context, graph, edge)
    else:
        _show_node(context, graph, graph.find(at) or graph.start)


def _show_edge(context: ViewContext, graph: LinkGraph, edge: GraphEdge) -> None:
    st.markdown(f"**{escape_markdown(edge_label(context.translate, edge))}**")
    for iri, sign in ((edge.source, ""), (edge.target, "→ ")):
        thing = graph.nodes[iri].thing
        st.button(
            sign + escape_markdown(truncate(thing.name, NAME)),
            key=f"links:end:{sign}{short_id(iri)}",
            on_click=queue_action,
            args=({"action": canvas.TAPPED, "data": {"target_id": short_id(iri)}},),
            width="stretch",
        )


def _show_node(context: ViewContext, graph: LinkGraph, iri: str) -> None:
    translate, thing = context.translate, graph.nodes[iri].thing
    st.markdown(f"**{escape_markdown(thing.name)}**")
    kind = translate(f"links.kind.{thing.kind}")
    st.caption(" · ".join(filter(None, (kind, escape_markdown(thing.date or "")))))
    _show_neighbours(context, graph, iri)
    _show_node_buttons(context, graph, iri)
    state = state_of_node(thing.kind, iri)
    if state is not None:
        context.routes.link(translate("links.page"), state)
    if iri != graph.start:
        context.routes.link(translate("links.restart"), ViewState("links", {"node": iri}))


def _show_neighbours(context: ViewContext, graph: LinkGraph, iri: str) -> None:
    """Show a button for each type of links with neighbours that are not in the graph yet."""
    translate, node = context.translate, short_id(iri)
    counts = sorted(graph.count_neighbours(iri).items(), key=lambda pair: link_type_rank(pair[0]))
    with st.container(gap="xsmall"):
        for link, count in counts:
            label = link_type_label(translate, link)
            if not count.more:
                st.markdown(escape_markdown(translate("links.shown", what=label, shown=count.shown)))
                continue
            st.button(
                translate("links.more", what=label, shown=count.shown, more=count.more),
                key=f"links:way:{node}:{link.edge}:{link.direction}",
                on_click=queue_action,
                args=(TrailStep(node, link),),
                disabled=not graph.remaining,
                width="stretch",
            )
    if not counts:
        st.caption(translate("links.no.ways"))


def _show_node_buttons(context: ViewContext, graph: LinkGraph, iri: str) -> None:
    translate, node = context.translate, short_id(iri)
    with st.container(horizontal=True):
        if any(count.more for count in graph.count_neighbours(iri).values()):
            st.button(
                translate("links.open.all"),
                key=f"links:all:{node}",
                on_click=queue_action,
                args=(TrailStep(node, "all"),),
                disabled=not graph.remaining,
                type="primary",
            )
        if iri != graph.start:
            st.button(
                translate("links.remove"),
                key=f"links:x:{node}",
                on_click=queue_action,
                args=(TrailStep(node, "x"),),
                help=translate("links.remove.help"),
            )

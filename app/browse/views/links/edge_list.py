"""The edges of a graph of links as a table and as files to hand on."""

from __future__ import annotations

import streamlit as st

from app.browse.components.exports import download_buttons
from app.browse.context import ViewContext
from app.browse.views.links.appearance import edge_label
from app.browse.views.links.graph import GraphEdge, LinkGraph
from app.browse.views.links.graph_filter import GraphFilter
from queries.present.cells import CellValue


def show_edge_list(context: ViewContext, graph: LinkGraph, graph_filter: GraphFilter) -> None:
    """Show the visible edges as a table and as files; they are made only while the list is open."""
    label = context.translate("links.list")
    box = st.expander(label, icon=":material/table_rows:", on_change="rerun", key="links:list")
    if box.open:
        with box:
            _show_rows(context, [_row(context, graph, edge) for edge in graph_filter.visible_edges(graph)])


def _show_rows(context: ViewContext, rows: list[list[CellValue]]) -> None:
    translate = context.translate
    if not rows:
        st.info(translate("links.list.empty"))
        return
    names = ("source", "source.kind", "edge", "target", "target.kind", "date")
    head = [translate(f"links.list.{name}") for name in names]
    st.caption(translate("links.list.count", count=len(rows)))
    st.dataframe({name: [row[place] for row in rows] for place, name in enumerate(head)}, hide_index=True)
    file_head = [*head, f"{head[0]} IRI", f"{head[3]} IRI"]
    with st.container(horizontal=True):
        download_buttons("gongbao-links", "links", lambda: (file_head, rows))


def _row(context: ViewContext, graph: LinkGraph, edge: GraphEdge) -> list[CellValue]:
    source, target = graph.nodes[edge.source].thing, graph.nodes[edge.target].thing
    kinds = [context.translate(f"links.kind.{thing.kind}") for thing in (source, target)]
    date = source.date or target.date
    label = edge_label(context.translate, edge)
    return [source.name, kinds[0], label, target.name, kinds[1], date, edge.source, edge.target]

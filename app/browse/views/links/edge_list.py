"""The edges of a graph of links as a table and as files to hand on."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app.browse.components.exports import CSV, XLSX, Cell, csv_file, xlsx_file
from app.browse.context import Context
from app.browse.views.links.graph import Edge, Filter, Graph
from app.browse.views.links.kinds import named


def edge_list(context: Context, graph: Graph, shown: Filter) -> None:
    """The edges that are shown, as a table and as files; made only while someone has it open."""
    speech = context.speech
    box = st.expander(speech("links.list"), icon=":material/table_rows:", on_change="rerun", key="links:list")
    if box.open:
        with box:
            _open_list(context, [_row(context, graph, edge) for edge in shown.visible(graph)])


def _open_list(context: Context, rows: list[list[Cell]]) -> None:
    speech = context.speech
    if not rows:
        st.info(speech("links.list.empty"))
        return
    heads = ("source", "source.kind", "edge", "target", "target.kind", "date")
    head = [speech(f"links.list.{name}") for name in heads]
    st.caption(speech("links.list.count", count=len(rows)))
    st.dataframe({name: [row[place] for row in rows] for place, name in enumerate(head)}, hide_index=True)
    iris = [f"{head[0]} IRI", f"{head[3]} IRI"]
    with st.container(horizontal=True):
        for form, media_type, write in (("csv", CSV, csv_file), ("xlsx", XLSX, xlsx_file)):
            st.download_button(
                form.upper(),
                partial(write, [*head, *iris], rows),
                f"gongbao-links.{form}",
                media_type,
                key=f"links:{form}",
                on_click="ignore",
                type="tertiary",
                icon=":material/download:",
            )


def _row(context: Context, graph: Graph, edge: Edge) -> list[Cell]:
    source, target = graph.nodes[edge.source].thing, graph.nodes[edge.target].thing
    kinds = [context.speech(f"links.kind.{thing.kind}") for thing in (source, target)]
    date = source.date or target.date
    return [
        source.name,
        kinds[0],
        named(context.speech, edge),
        target.name,
        kinds[1],
        date,
        edge.source,
        edge.target,
    ]

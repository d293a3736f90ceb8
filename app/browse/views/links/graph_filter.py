"""A filter of a graph by kinds of nodes, kinds of edges and years, and its controls."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from app.browse.components.url_state import write_value
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.views.links.appearance import EDGES, NODES, edge_kind_label
from app.browse.views.links.graph import GraphEdge, LinkGraph


@dataclass(frozen=True, slots=True)
class GraphFilter:
    """The kinds and years that are visible; an empty set hides nothing."""

    kinds: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()

    def hidden_nodes(self, graph: LinkGraph) -> frozenset[str]:
        """Return the IRIs that are hidden. The start never is, and years hide nothing that has no date."""
        return frozenset(
            iri
            for iri, node in graph.nodes.items()
            if iri != graph.start
            and (
                bool(self.kinds and node.thing.kind not in self.kinds)
                or bool(self.years and node.thing.year and node.thing.year not in self.years)
            )
        )

    def visible_edges(self, graph: LinkGraph) -> tuple[GraphEdge, ...]:
        """Return the edges of these kinds between visible nodes."""
        hidden = self.hidden_nodes(graph)
        return tuple(
            edge
            for edge in graph.edges
            if edge.source not in hidden
            and edge.target not in hidden
            and (not self.edges or edge.kind in self.edges)
        )


def show_filter(context: ViewContext, graph: LinkGraph) -> GraphFilter:
    """Show the controls with the kinds and years of a graph, and return what is chosen."""
    translate = context.translate
    kinds = {node.thing.kind for node in graph.nodes.values()}
    edges = {edge.kind for edge in graph.edges}
    years = sorted({node.thing.year for node in graph.nodes.values() if node.thing.year}, reverse=True)
    kind_labels = {kind: translate(f"links.kind.{kind}") for kind in NODES if kind in kinds}
    edge_labels = {kind: edge_kind_label(translate, kind) for kind in EDGES if kind in edges}
    year_labels = {year: escape_markdown(year) for year in years}
    with st.expander(translate("links.filter"), icon=":material/filter_alt:"):
        st.caption(translate("links.filter.help"))
        return GraphFilter(
            _choose_some(translate("links.filter.kinds"), "kinds", kind_labels),
            _choose_some(translate("links.filter.edges"), "edges", edge_labels),
            _choose_some(translate("links.filter.years"), "years", year_labels),
        )


def _choose_some(label: str, name: str, labels: dict[str, str]) -> frozenset[str]:
    """Return the chosen codes, which the address has: a link holds in both languages."""
    key = f"links:{name}"
    before = st.session_state.get(key, st.query_params.get(name, "").split("."))
    st.session_state[key] = [code for code in before if code in labels]
    chosen = st.pills(
        label, list(labels), format_func=lambda code: labels[code], selection_mode="multi", key=key
    )
    write_value(name, ".".join(chosen))
    return frozenset(chosen)

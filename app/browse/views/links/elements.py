"""A graph as Cytoscape.js has it: its elements, and the commands that change one drawing into another."""

from __future__ import annotations

from collections.abc import Iterable

from st_graph_workbench import (
    GraphCommand,
    add_elements_command,
    delete_elements_command,
    upsert_elements_command,
)

from app.browse.escaping import truncate
from app.browse.i18n import Translator
from app.browse.views.links.appearance import edge_label
from app.browse.views.links.graph import GraphEdge, GraphNode, LinkGraph, short_id
from app.browse.views.links.graph_filter import GraphFilter

_LONGEST = 18  # characters of a node's label

Element = dict[str, dict[str, object]]
Elements = dict[str, list[Element]]
"""``nodes`` and ``edges``"""


def make_elements(
    translate: Translator,
    graph: LinkGraph,
    graph_filter: GraphFilter,
    chosen_node: str | None,
    chosen_edge: str | None,
) -> Elements:
    """Return the visible nodes and edges. The chosen node is given by its IRI, the edge by its id."""
    hidden = graph_filter.hidden_nodes(graph)
    missing = graph.count_missing()
    return {
        "nodes": [
            _node_element(graph, node, missing.get(iri, 0), iri == chosen_node)
            for iri, node in graph.nodes.items()
            if iri not in hidden
        ],
        "edges": [
            _edge_element(translate, edge, edge_id(edge) == chosen_edge)
            for edge in graph_filter.visible_edges(graph)
        ],
    }


def edge_id(edge: GraphEdge) -> str:
    """Return the id of an edge in the drawing."""
    return f"{short_id(edge.source)}-{edge.kind}-{edge.change}-{short_id(edge.target)}"


def difference_commands(before: Elements, after: Elements, turn: int) -> list[GraphCommand]:
    """Return the commands that change the drawing into the new one; nodes in both keep their positions.

    Repeated in their order, the commands lead to the same drawing.
    """
    old, new = (
        {str(each["data"]["id"]): each for each in (*elements["nodes"], *elements["edges"])}
        for elements in (before, after)
    )
    removed = sorted(old.keys() - new.keys())
    changed = [
        {"data": new[name]["data"]} for name in new if name in old and new[name]["data"] != old[name]["data"]
    ]
    added = [new[name] for name in new if name not in old]
    commands = []
    if removed:
        commands.append(delete_elements_command(f"{turn}-less", node_ids=removed, edge_ids=removed))
    if added:
        nodes, edges = _nodes_and_edges(added)
        commands.append(add_elements_command(f"{turn}-more", nodes=nodes, edges=edges))
    if changed:
        nodes, edges = _nodes_and_edges(changed)
        commands.append(upsert_elements_command(f"{turn}-other", nodes=nodes, edges=edges, replace=False))
    return commands


def _nodes_and_edges(elements: Iterable[Element]) -> tuple[list[Element], list[Element]]:
    nodes: list[Element] = []
    edges: list[Element] = []
    for each in elements:
        (edges if "source" in each["data"] else nodes).append(each)
    return nodes, edges


def _node_element(graph: LinkGraph, node: GraphNode, missing: int, chosen: bool) -> Element:
    iri = node.thing.iri
    name = truncate(node.thing.name, _LONGEST)
    return {
        "data": {
            "id": short_id(iri),
            "label": node.thing.kind,
            "name": f"{name}\n+{missing}" if missing else name,
            "start": int(iri == graph.start),  # Cytoscape's [?start] asks for the truth
            "chosen": int(chosen),
        },
        "position": {"x": node.point.x, "y": node.point.y},
    }


def _edge_element(translate: Translator, edge: GraphEdge, chosen: bool) -> Element:
    return {
        "data": {
            "id": edge_id(edge),
            "source": short_id(edge.source),
            "target": short_id(edge.target),
            "label": edge.kind,
            "name": edge_label(translate, edge),
            "chosen": int(chosen),
        }
    }

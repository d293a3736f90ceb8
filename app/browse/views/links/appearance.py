"""The kinds of nodes and edges in the graph of links: their appearance, their labels, their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from app.browse.i18n import Translator
from app.browse.routes import ViewState
from app.browse.views.links.graph import GraphEdge, LinkType
from ontology.terms import ELI, GB, ORG, Term

Line = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True, slots=True)
class NodeAppearance:
    """The appearance of a kind of nodes: kinds differ by shape as well as by colour, and by being hollow."""

    colour: str
    shape: str
    hollow: bool = False


# Colours of Okabe and Ito (Color Universal Design, 2008), which colour-blind readers tell apart;
# each stands out from white and from Streamlit's dark background.
NODES: Mapping[str, NodeAppearance] = MappingProxyType(
    {
        "agency": NodeAppearance("#0072B2", "round-rectangle"),
        "document": NodeAppearance("#E69F00", "rectangle"),
        "cited": NodeAppearance("#E69F00", "rectangle", hollow=True),
        "task": NodeAppearance("#009E73", "ellipse"),
        "target": NodeAppearance("#CC79A7", "diamond"),
        "deadline": NodeAppearance("#D55E00", "triangle"),
    }
)


@dataclass(frozen=True, slots=True)
class EdgeAppearance:
    """The term that an edge stands for, and its appearance; ``width`` in pixels."""

    term: Term
    line: Line = "solid"
    width: float = 1.5


EDGES: Mapping[str, EdgeAppearance] = MappingProxyType(
    {
        "passed-by": EdgeAppearance(ELI.passed_by, width=2.5),
        "lead": EdgeAppearance(GB.leadAgency, width=3.5),
        "responsible": EdgeAppearance(GB.responsibleAgency),
        "cooperate": EdgeAppearance(GB.cooperatingAgency, "dashed"),
        "stated-in": EdgeAppearance(GB.ofDocument, "dotted", 2.0),
        "target": EdgeAppearance(GB.hasTarget),
        "deadline": EdgeAppearance(GB.hasDeadline),
        "basis": EdgeAppearance(ELI.based_on, width=2.5),
        "applies": EdgeAppearance(ELI.applies),
        "cites": EdgeAppearance(ELI.cites, "dotted", 2.0),
        "repeals": EdgeAppearance(ELI.repeals, "dashed", 2.5),
        "amends": EdgeAppearance(ELI.amends, "dashed"),
        "forwards": EdgeAppearance(GB.forwards),
        "republishes": EdgeAppearance(GB.republishes),
        "change": EdgeAppearance(ORG.ChangeEvent, width=2.5),
        "part-of": EdgeAppearance(ORG.subOrganizationOf, "dotted", 2.0),
        "member": EdgeAppearance(ORG.hasMember, "dotted", 2.0),
    }
)
"""In the order in which pages list them"""


def edge_kind_label(translate: Translator, kind: str, change: str | None = None) -> str:
    """Return the ontology's label of a kind of edges; where bodies changed, what happened."""
    return translate.code(change) if change else translate.term(EDGES[kind].term)


def edge_label(translate: Translator, edge: GraphEdge) -> str:
    """Return the label of one edge."""
    return edge_kind_label(translate, edge.kind, edge.change)


def link_type_label(translate: Translator, link: LinkType) -> str:
    """Return the label of the neighbours by a type of links, such as 牵头的任务."""
    return translate(f"links.{link.edge}.{link.direction}")


def link_type_rank(link: LinkType) -> tuple[int, str]:
    """Return the place of a type of links in the order of a page."""
    return list(EDGES).index(link.edge), link.direction


def state_of_node(kind: str, iri: str) -> ViewState | None:
    """Return the view that shows a node; a fact is shown in its document."""
    return {
        "agency": ViewState("agency", {"agency": iri}),
        "document": ViewState("document", {"document": iri}),
        "cited": ViewState("document", {"document": iri}),
        "task": ViewState("tasks", {"task": iri}),
        "target": ViewState("document", {"at": iri}),
        "deadline": ViewState("document", {"at": iri}),
    }.get(kind)

"""The kinds of node and edge in the graph of links: their names, how they look, in which order they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from app.browse.i18n import Speech
from app.browse.routes import Target
from app.browse.views.links.graph import Edge, Way
from ontology.terms import ELI, GB, ORG, Term

Line = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True, slots=True)
class NodeLook:
    """How nodes of a kind are drawn: shapes differ as well as colours, and hollow is a third difference."""

    colour: str
    shape: str
    hollow: bool = False


# Colours of Okabe and Ito (Color Universal Design, 2008), which people who see colours otherwise tell apart;
# each stands out from white and from Streamlit's dark background.
NODES: Mapping[str, NodeLook] = MappingProxyType(
    {
        "agency": NodeLook("#0072B2", "round-rectangle"),
        "document": NodeLook("#E69F00", "rectangle"),
        "cited": NodeLook("#E69F00", "rectangle", hollow=True),
        "task": NodeLook("#009E73", "ellipse"),
        "target": NodeLook("#CC79A7", "diamond"),
        "deadline": NodeLook("#D55E00", "triangle"),
    }
)


@dataclass(frozen=True, slots=True)
class EdgeLook:
    """The term that an edge stands for, and how it is drawn; ``width`` in pixels."""

    term: Term
    line: Line = "solid"
    width: float = 1.5


EDGES: Mapping[str, EdgeLook] = MappingProxyType(
    {
        "passed-by": EdgeLook(ELI.passed_by, width=2.5),
        "lead": EdgeLook(GB.leadAgency, width=3.5),
        "responsible": EdgeLook(GB.responsibleAgency),
        "cooperate": EdgeLook(GB.cooperatingAgency, "dashed"),
        "stated-in": EdgeLook(GB.ofDocument, "dotted", 2.0),
        "target": EdgeLook(GB.hasTarget),
        "deadline": EdgeLook(GB.hasDeadline),
        "basis": EdgeLook(ELI.based_on, width=2.5),
        "applies": EdgeLook(ELI.applies),
        "cites": EdgeLook(ELI.cites, "dotted", 2.0),
        "repeals": EdgeLook(ELI.repeals, "dashed", 2.5),
        "amends": EdgeLook(ELI.amends, "dashed"),
        "forwards": EdgeLook(GB.forwards),
        "republishes": EdgeLook(GB.republishes),
        "change": EdgeLook(ORG.ChangeEvent, width=2.5),
        "part-of": EdgeLook(ORG.subOrganizationOf, "dotted", 2.0),
        "member": EdgeLook(ORG.hasMember, "dotted", 2.0),
    }
)
"""In the order in which pages list them"""


def edge_name(speech: Speech, kind: str, change: str | None = None) -> str:
    """What the ontology calls an edge; where bodies changed, what happened."""
    return speech.code(change) if change else speech.term(EDGES[kind].term)


def named(speech: Speech, edge: Edge) -> str:
    """The name of one edge."""
    return edge_name(speech, edge.kind, edge.change)


def way_name(speech: Speech, way: Way) -> str:
    """What one finds that way, such as 牵头的任务."""
    return speech(f"links.{way.edge}.{way.direction}")


def ranked(way: Way) -> tuple[int, str]:
    """The order of the ways out of a node."""
    return list(EDGES).index(way.edge), way.direction


def page_of(kind: str, iri: str) -> Target | None:
    """The view that shows a node; what is stated in a document is shown there."""
    return {
        "agency": Target("agency", {"agency": iri}),
        "document": Target("document", {"document": iri}),
        "cited": Target("document", {"document": iri}),
        "task": Target("tasks", {"task": iri}),
        "target": Target("document", {"at": iri}),
        "deadline": Target("document", {"at": iri}),
    }.get(kind)

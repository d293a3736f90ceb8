"""The bodies that share tasks with a body: as bars that say who leads, or as a network with all ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import streamlit as st

from app.browse.client.answers import Drawn, Edge, Node
from app.browse.client.endpoint import Answer
from app.browse.components.charts import Piece, bars, drawn
from app.browse.components.graphs import WIDTHS, draw
from app.browse.components.switches import switch
from app.browse.components.tables import table
from app.browse.context import Context
from app.browse.routes import Target
from queries.run import Row

_MOST = 15
_SHAPES = ("bars", "network")


@dataclass(frozen=True, slots=True)
class Partner:
    """A body and the tasks it shares: led by the body that is looked at, by this one, by neither."""

    iri: str
    name: str
    counts: tuple[int, int, int]

    @property
    def tasks(self) -> int:
        """All that it shares."""
        return sum(self.counts)


def partners(context: Context, answer: Answer, iri: str, name: str) -> None:
    """The answer to agency/partners for a body, drawn as the address asks, and as a table."""
    speech = context.speech
    found = found_in(answer)
    if found:
        shapes = {shape: speech(f"agency.partners.{shape}") for shape in _SHAPES}
        some = found[:_MOST]
        if switch("shape", shapes, speech("agency.partners.shape")) == "network":
            ties = context.source.ask("agency/partners", {"at_least": "1"})
            draw(context, network(Node(iri, name, "agency"), some, ties.rows), f"partners:{answer.sparql}")
            st.caption(speech("agency.partners.help"))
        else:
            picked = drawn(_bars(context, some), f"partners:{answer.sparql}")
            if picked:
                context.routes.go(Target("agency", {"agency": picked}))
            st.caption(speech("agency.load.help"))
        if len(found) > len(some):
            st.caption(speech("agency.load.more", shown=len(some), count=len(found)))
        context.routes.link(speech("agency.graph"), Target("links", {"node": iri}))
    table(context, answer, empty="agency.partners.empty")


def found_in(answer: Answer) -> list[Partner]:
    """Those who share most tasks first; with predecessors of the body what each shares is added up."""
    line = {row["body"] for row in answer.rows}
    sums: dict[str, list[int]] = {}
    names: dict[str, str] = {}
    for row in answer.rows:
        partner = row["partner"] or ""
        if partner in line:
            continue  # a predecessor of its own
        names[partner] = row["partner_name"] or partner
        tasks, mine, theirs = (int(row[name] or 0) for name in ("tasks", "led", "partner_led"))
        counts = sums.setdefault(partner, [0, 0, 0])
        for place, count in enumerate((mine, theirs, max(tasks - mine - theirs, 0))):
            counts[place] += count
    known = [Partner(iri, names[iri], (mine, theirs, none)) for iri, (mine, theirs, none) in sums.items()]
    return sorted(known, key=lambda partner: (-partner.tasks, partner.iri))


def network(body: Node, some: Sequence[Partner], ties: Iterable[Row]) -> Drawn:
    """The body, its partners, and the tasks that each two of them share; more tasks are a wider line."""
    shared = {(body.iri, partner.iri): partner.tasks for partner in some}
    known = {partner.iri for partner in some}
    for row in ties:
        ends = row["body"] or "", row["partner"] or ""
        if known.issuperset(ends):
            shared[ends] = int(row["tasks"] or 0)
    nodes = (body, *(Node(partner.iri, partner.name, "agency") for partner in some))
    return Drawn(nodes, tuple(_edges(shared)), len(shared), body.iri)


def _edges(shared: Mapping[tuple[str, str], int]) -> Iterable[Edge]:
    most = max(shared.values(), default=1)
    for (source, target), tasks in shared.items():
        width = min(len(WIDTHS) - 1, len(WIDTHS) * tasks // (most + 1))
        yield Edge(source, target, f"{tasks:,}", width)


def _bars(context: Context, some: Sequence[Partner]) -> alt.Chart:
    parts = [context.speech(f"agency.partners.{kind}") for kind in ("mine", "theirs", "neither")]
    pieces = [
        Piece(partner.name, part, count, partner.iri)
        for partner in some
        for part, count in zip(parts, partner.counts, strict=True)
    ]
    return bars(pieces, parts, context.speech("agency.partners.value"))

"""The bodies that share tasks with a body: as bars that say who leads, or as a network of all that share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import streamlit as st

from app.browse.client.answer_graph import AnswerEdge, AnswerGraph, AnswerNode
from app.browse.client.answers import QueryAnswer
from app.browse.components.charts import BarSegment, bar_chart, show_clickable
from app.browse.components.choice_buttons import choice_buttons
from app.browse.components.graphs import WIDTHS, show_graph
from app.browse.components.tables import show_table
from app.browse.context import ViewContext
from app.browse.routes import ViewState
from queries.run import Row

_MOST = 15
_SHAPES = ("bars", "network")


@dataclass(frozen=True, slots=True)
class Partner:
    """A body and the number of tasks it shares: led by the body of the view, by this one, by neither."""

    iri: str
    name: str
    counts: tuple[int, int, int]

    @property
    def tasks(self) -> int:
        """All tasks that it shares."""
        return sum(self.counts)


def show_partners(context: ViewContext, answer: QueryAnswer, iri: str, name: str) -> None:
    """Show the answer to agency/partners for a body, drawn as the address says, and as a table."""
    translate = context.translate
    partners = read_partners(answer)
    if partners:
        labels = {shape: translate(f"agency.partners.{shape}") for shape in _SHAPES}
        first = partners[:_MOST]
        if choice_buttons("shape", labels, translate("agency.partners.shape")) == "network":
            pairs = context.client.ask("agency/partners", {"at_least": "1"})
            graph = partner_graph(AnswerNode(iri, name, "agency"), first, pairs.rows)
            show_graph(context, graph, f"partners:{answer.sparql}")
            st.caption(translate("agency.partners.help"))
        else:
            clicked = show_clickable(_partner_chart(context, first), f"partners:{answer.sparql}")
            if clicked:
                context.routes.go(ViewState("agency", {"agency": clicked}))
            st.caption(translate("agency.load.help"))
        if len(partners) > len(first):
            st.caption(translate("agency.load.more", shown=len(first), count=len(partners)))
        context.routes.link(translate("agency.graph"), ViewState("links", {"node": iri}))
    show_table(context, answer, empty="agency.partners.empty")


def read_partners(answer: QueryAnswer) -> list[Partner]:
    """Return those who share most tasks first; with predecessors of the body what each shares is added up."""
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
    found = [Partner(iri, names[iri], (mine, theirs, none)) for iri, (mine, theirs, none) in sums.items()]
    return sorted(found, key=lambda partner: (-partner.tasks, partner.iri))


def partner_graph(body: AnswerNode, partners: Sequence[Partner], pairs: Iterable[Row]) -> AnswerGraph:
    """Link the body and its partners, and each two partners that share tasks; more tasks are a wider line."""
    shared = {(body.iri, partner.iri): partner.tasks for partner in partners}
    iris = {partner.iri for partner in partners}
    for row in pairs:
        ends = row["body"] or "", row["partner"] or ""
        if iris.issuperset(ends):
            shared[ends] = int(row["tasks"] or 0)
    nodes = (body, *(AnswerNode(partner.iri, partner.name, "agency") for partner in partners))
    return AnswerGraph(nodes, tuple(_edges(shared)), len(shared), body.iri)


def _edges(shared: Mapping[tuple[str, str], int]) -> Iterator[AnswerEdge]:
    most = max(shared.values(), default=1)
    for (source, target), tasks in shared.items():
        strength = min(len(WIDTHS) - 1, len(WIDTHS) * tasks // (most + 1))
        yield AnswerEdge(source, target, f"{tasks:,}", strength)


def _partner_chart(context: ViewContext, partners: Sequence[Partner]) -> alt.Chart:
    parts = [context.translate(f"agency.partners.{kind}") for kind in ("mine", "theirs", "neither")]
    segments = [
        BarSegment(partner.name, part, count, partner.iri)
        for partner in partners
        for part, count in zip(parts, partner.counts, strict=True)
    ]
    return bar_chart(segments, parts, context.translate("agency.partners.value"))

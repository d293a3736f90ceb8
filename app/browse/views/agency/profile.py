"""One body: its head, its figures, and the part of it that the address asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import streamlit as st

from app.browse.client.endpoint import Answer, Asked
from app.browse.components.burden import ROLES
from app.browse.components.dates import day_of
from app.browse.components.escaping import plain
from app.browse.components.switches import switch
from app.browse.components.tables import table
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.agency.bodies import period
from app.browse.views.agency.lineage import lineage
from app.browse.views.agency.partners import partners
from queries.present.labels import local_name

_COUNTS = ("tasks", *ROLES, "ahead", "measured", "documents")
_AHEAD = "36500"  # days: all that lies ahead


def show(context: Context, record: Answer) -> None:
    """The view of a body; ``record`` is what agency/record says of it, one row a body of today."""
    speech = context.speech
    row = record.rows[0]
    iri = row["body"] or ""
    context.routes.link(f"← {speech('agency.back')}", Target("agency", {}))
    st.title(plain(row["name"] or iri))
    _head(context, record)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = day_of(speech("agency.date"))
        whole = st.toggle(
            speech("agency.line"), key="line", bind="query-params", help=speech("agency.line.help")
        )
    figures = st.container(horizontal=True)
    part = switch("part", {name: speech(f"agency.part.{name}") for name in _PARTS}, speech("agency.part"))
    body = {"agency": iri, **({"with_predecessors": "true"} if whole else {})}
    values = {**body, **(_role(context) if part in ("tasks", "targets") else {})}
    summary, answer = context.source.ask_all(
        [("agency/summary", {**body, "date": day.isoformat()}), _asked(part, iri, values, day)]
    )
    with figures:
        for name in _COUNTS:
            count = int(summary.rows[0][name] or 0)
            st.metric(speech(f"agency.count.{name}"), f"{count:,}", border=True, width=122)
    _PARTS[part](context, answer, iri, day)


def _head(context: Context, record: Answer) -> None:
    """What it is, since when, above what it stands, and what has become of it."""
    speech = context.speech
    row = record.rows[0]
    facts = [speech.code(value) for name in ("class", "kind", "level") if (value := row[name])]
    if row["area"]:
        facts.append(row["area"])
    if existed := period(context, row["from"], row["until"]):
        facts.append(existed)
    with st.container(gap=None):
        st.caption(plain(" · ".join(facts)))
        for name in ("aliases", "functions", "codes"):
            if names := row[name]:
                st.caption(plain(speech(f"agency.{name}", names=names)))
    above = {each["parent"]: each["parent_name"] for each in record.rows if each["parent"]}
    now = {each["now"]: each["now_name"] for each in record.rows if each["now"]}
    with st.container(horizontal=True):
        for word, bodies in (("above", above), ("is-now", now)):
            for body, called in bodies.items():
                text = speech(f"agency.{word}", body=called or body)
                context.routes.link(text, Target("agency", {"agency": body or ""}))
        context.routes.link(speech("agency.graph"), Target("links", {"node": row["body"] or ""}))
        context.routes.link(speech("agency.all-tasks"), Target("tasks", {"agency": row["body"] or ""}))


def _role(context: Context) -> dict[str, str]:
    said = {"all": context.speech("agency.role.all"), **{role: context.speech.code(role) for role in ROLES}}
    role = switch("role", said, context.speech("agency.role"))
    return {} if role == "all" else {"role": role}


def _asked(part: str, iri: str, values: Mapping[str, str], day: date) -> Asked:
    """The question of a part."""
    if part == "deadlines":
        return "task/due", {**values, "date": day.isoformat(), "days": _AHEAD}
    if part == "partners":
        return "agency/partners", {**values, "at_least": "1"}
    if part in ("history", "related"):
        return f"agency/{part}", {"agency": iri}
    return f"agency/{part}", values


def _tasks(context: Context, answer: Answer, _iri: str, _day: date) -> None:
    table(context, answer, empty="agency.tasks.empty")


def _deadlines(context: Context, answer: Answer, _iri: str, day: date) -> None:
    st.caption(context.speech("agency.deadlines.since", date=day.isoformat()))
    table(context, answer, empty="agency.deadlines.empty")


def _targets(context: Context, answer: Answer, _iri: str, _day: date) -> None:
    table(context, answer, empty="agency.targets.empty")


def _documents(context: Context, answer: Answer, _iri: str, _day: date) -> None:
    table(context, answer, empty="agency.documents.empty")


def _partners(context: Context, answer: Answer, iri: str, _day: date) -> None:
    name = next((row["name"] for row in answer.rows if row["body"] == iri), None)
    partners(context, answer, iri, name or local_name(iri))


def _history(context: Context, answer: Answer, iri: str, _day: date) -> None:
    if answer.rows:
        picked = lineage(context, answer, iri)
        if picked and picked != iri:
            context.routes.go(Target("agency", {"agency": picked, "part": "history"}))
        st.caption(context.speech("agency.load.help"))
    table(context, answer, empty="agency.history.empty")


def _related(context: Context, answer: Answer, _iri: str, _day: date) -> None:
    table(context, answer, empty="agency.related.empty")


_Part = Callable[[Context, Answer, str, date], None]
_PARTS: Mapping[str, _Part] = MappingProxyType(
    {
        "tasks": _tasks,
        "deadlines": _deadlines,
        "targets": _targets,
        "documents": _documents,
        "partners": _partners,
        "history": _history,
        "related": _related,
    }
)

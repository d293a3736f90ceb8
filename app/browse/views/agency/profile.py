"""One body: its head, its figures, and the part of it that the address asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import streamlit as st

from app.browse.client.answers import QueryAnswer, QuestionCall
from app.browse.components.choice_buttons import choice_buttons
from app.browse.components.date_field import date_field
from app.browse.components.tables import show_table
from app.browse.components.task_load import ROLES
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from app.browse.views.agency.lineage import show_lineage
from app.browse.views.agency.partners import show_partners
from app.browse.views.agency.search import format_period
from queries.present.labels import local_name

_COUNTS = ("tasks", *ROLES, "ahead", "measured", "documents")
_AHEAD = "36500"  # days: all that lies ahead


def show_profile(context: ViewContext, record: QueryAnswer) -> None:
    """Show one body; ``record`` is the answer to agency/record, a row for each body that it has become."""
    translate = context.translate
    row = record.rows[0]
    iri = row["body"] or ""
    context.routes.link(f"← {translate('agency.back')}", ViewState("agency", {}))
    st.title(escape_markdown(row["name"] or iri))
    _show_head(context, record)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        day = date_field(translate("agency.date"))
        with_predecessors = st.toggle(
            translate("agency.line"), key="line", bind="query-params", help=translate("agency.line.help")
        )
    figures = st.container(horizontal=True)
    labels = {name: translate(f"agency.part.{name}") for name in _PARTS}
    part = choice_buttons("part", labels, translate("agency.part"))
    body = {"agency": iri, **({"with_predecessors": "true"} if with_predecessors else {})}
    values = {**body, **(_choose_role(context) if part in ("tasks", "targets") else {})}
    summary, answer = context.client.ask_all(
        [("agency/summary", {**body, "date": day.isoformat()}), _call_of_part(part, iri, values, day)]
    )
    with figures:
        for name in _COUNTS:
            count = int(summary.rows[0][name] or 0)
            st.metric(translate(f"agency.count.{name}"), f"{count:,}", border=True, width=122)
    _PARTS[part](context, answer, iri, day)


def _show_head(context: ViewContext, record: QueryAnswer) -> None:
    """Show a body's kind, period, superior body and successors."""
    translate = context.translate
    row = record.rows[0]
    facts = [translate.code(value) for name in ("class", "kind", "level") if (value := row[name])]
    if row["area"]:
        facts.append(row["area"])
    if row["derived"]:
        facts.append(translate("agency.derived"))
    if period := format_period(context, row["from"], row["until"]):
        facts.append(period)
    with st.container(gap=None):
        st.caption(escape_markdown(" · ".join(facts)))
        for name in ("aliases", "functions", "codes"):
            if names := row[name]:
                st.caption(escape_markdown(translate(f"agency.{name}", names=names)))
    above = {each["parent"]: each["parent_name"] for each in record.rows if each["parent"]}
    now = {each["now"]: each["now_name"] for each in record.rows if each["now"]}
    with st.container(horizontal=True):
        for message, bodies in (("above", above), ("is-now", now)):
            for body, body_name in bodies.items():
                text = translate(f"agency.{message}", body=body_name or body)
                context.routes.link(text, ViewState("agency", {"agency": body or ""}))
        context.routes.link(translate("agency.graph"), ViewState("links", {"node": row["body"] or ""}))
        context.routes.link(translate("agency.all-tasks"), ViewState("tasks", {"agency": row["body"] or ""}))


def _choose_role(context: ViewContext) -> dict[str, str]:
    translate = context.translate
    labels = {"all": translate("agency.role.all"), **{role: translate.code(role) for role in ROLES}}
    role = choice_buttons("role", labels, translate("agency.role"))
    return {} if role == "all" else {"role": role}


def _call_of_part(part: str, iri: str, values: Mapping[str, str], day: date) -> QuestionCall:
    if part == "deadlines":
        return "task/due", {**values, "date": day.isoformat(), "days": _AHEAD}
    if part == "partners":
        return "agency/partners", {**values, "at_least": "1"}
    if part in ("history", "related"):
        return f"agency/{part}", {"agency": iri}
    return f"agency/{part}", values


def _show_tasks(context: ViewContext, answer: QueryAnswer, _iri: str, _day: date) -> None:
    show_table(context, answer, empty="agency.tasks.empty")


def _show_deadlines(context: ViewContext, answer: QueryAnswer, _iri: str, day: date) -> None:
    st.caption(context.translate("agency.deadlines.since", date=day.isoformat()))
    show_table(context, answer, empty="agency.deadlines.empty")


def _show_targets(context: ViewContext, answer: QueryAnswer, _iri: str, _day: date) -> None:
    show_table(context, answer, empty="agency.targets.empty")


def _show_documents(context: ViewContext, answer: QueryAnswer, _iri: str, _day: date) -> None:
    show_table(context, answer, empty="agency.documents.empty")


def _show_partners(context: ViewContext, answer: QueryAnswer, iri: str, _day: date) -> None:
    name = next((row["name"] for row in answer.rows if row["body"] == iri), None)
    show_partners(context, answer, iri, name or local_name(iri))


def _show_history(context: ViewContext, answer: QueryAnswer, iri: str, _day: date) -> None:
    if answer.rows:
        clicked = show_lineage(context, answer, iri)
        if clicked and clicked != iri:
            context.routes.go(ViewState("agency", {"agency": clicked, "part": "history"}))
        st.caption(context.translate("agency.load.help"))
    show_table(context, answer, empty="agency.history.empty")


def _show_related(context: ViewContext, answer: QueryAnswer, _iri: str, _day: date) -> None:
    show_table(context, answer, empty="agency.related.empty")


_PARTS: Mapping[str, Callable[[ViewContext, QueryAnswer, str, date], None]] = MappingProxyType(
    {
        "tasks": _show_tasks,
        "deadlines": _show_deadlines,
        "targets": _show_targets,
        "documents": _show_documents,
        "partners": _show_partners,
        "history": _show_history,
        "related": _show_related,
    }
)

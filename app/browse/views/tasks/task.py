"""One task opened: what it says, on whom, by when, and the characters that say so."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.escaping import plain
from app.browse.components.tables import behind
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.tasks.passage import MOST, Kind, Mark, fetched, legend, show_passage
from ontology.places import Place, place
from queries.run import Row

ROLES = ("lead", "responsible", "cooperate")


def opened_task(context: Context, answer: Answer, iri: str, close: Callable[[], None]) -> None:
    """Show the answer to ``task/facts``, which has rows."""
    speech = context.speech
    head = next((row for row in answer.rows if row["kind"] == "task"), answer.rows[0])
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="right"):
            st.button(
                speech("tasks.close"),
                key="tasks:close",
                icon=":material/close:",
                type="tertiary",
                on_click=close,
            )
        st.markdown(f"##### {plain(head['name'] or iri)}")
        if head["document"]:
            said = " ".join(filter(None, (head["title"], head["number"]))) or head["document"]
            context.routes.link(said, Target("document", {"document": head["document"]}), longest=80)
        _bodies(context, answer)
        for name, rows in (("deadlines", _timed(answer)), ("targets", _of(answer, "target"))):
            if rows:
                st.markdown(f"**{speech(f'tasks.{name}')}**")
                st.markdown("\n".join(f"- {_quoted(context, row)}" for row in rows))
        st.markdown(f"**{speech('tasks.clause')}**")
        _clause(context, answer, head)
        with st.container(horizontal=True):
            context.routes.link(speech("tasks.in_document"), Target("document", {"at": iri}))
            context.routes.link(speech("tasks.in_links"), Target("links", {"node": iri}))
        with st.expander(speech("tasks.evidence")):
            _evidence(context, answer)
        behind(context, answer, part="task")


def _of(answer: Answer, *kinds: str) -> list[Row]:
    return [row for row in answer.rows if row["kind"] in kinds]


def _timed(answer: Answer) -> list[Row]:
    return [row for row in answer.rows if row["kind"] not in (*ROLES, "task", "target")]


def _bodies(context: Context, answer: Answer) -> None:
    for role in ROLES:
        found = {row["agency"]: row["name"] or row["quote"] for row in _of(answer, role) if row["agency"]}
        if found:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.markdown(f"**{plain(context.speech.code(role))}**", width="content")
                for agency, name in found.items():
                    context.routes.link(name or agency, Target("agency", {"agency": agency}), longest=40)


def _quoted(context: Context, row: Row) -> str:
    kind = "" if row["kind"] == "target" else f"{context.speech.code(row['kind'] or '')}: "
    value = f" ({row['value'].strip()})" if row["value"] else ""
    return plain(f"{kind}{row['quote'] or ''}{value}")


def _clause(context: Context, answer: Answer, head: Row) -> None:
    """The clause of the task, as far as its facts reach, with their characters marked."""
    home = place(head["place"] or "")
    if home is None:
        st.text(head["quote"] or "")
        return
    marks: list[Mark] = []
    for row in answer.rows:
        stands = place(row["place"] or "")
        if stands is not None and stands.text == home.text and row is not head and row["kind"] != "task":
            marks.append(Mark(stands.start, stands.end, _kind(row["kind"])))
    first = min([home.start, *(mark.start for mark in marks)])
    last = max([home.end, *(mark.end for mark in marks)])
    around = Place(home.text, first, min(last, first + MOST))
    shown = fetched(context.source, context.source.url, around.iri)
    if shown is None:
        first, shown = home.start, head["quote"] or ""
        st.caption(context.speech("tasks.without_text"))
    show_passage(shown, first, marks)
    if last > first + MOST:
        st.caption(context.speech("tasks.longer"))
    kinds: dict[Kind, str] = {"body": "bodies", "deadline": "deadlines", "target": "targets"}
    used = {mark.kind for mark in marks}
    if used:
        legend({kind: context.speech(f"tasks.{word}") for kind, word in kinds.items() if kind in used})


def _kind(kind: str | None) -> Kind:
    if kind in ROLES:
        return "body"
    return "target" if kind == "target" else "deadline"


def _evidence(context: Context, answer: Answer) -> None:
    speech = context.speech
    facts = [row for row in answer.rows if row["kind"] != "task"]
    st.dataframe(
        {
            speech("tasks.kind"): [speech.code(row["kind"] or "") for row in facts],
            speech("tasks.quote"): [row["quote"] for row in facts],
            speech("tasks.value"): [row["name"] if row["agency"] else row["value"] for row in facts],
            speech("tasks.rule"): [row["rule"] for row in facts],
            speech("tasks.confidence"): [float(row["confidence"] or 0) for row in facts],
        },
        hide_index=True,
        height="content",
    )

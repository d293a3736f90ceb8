"""One task: what is to be done, by which bodies, by when, and the characters that say so."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.client.endpoint import EndpointClient
from app.browse.components.marked_text.marks import MARK_KINDS, MarkKind, PassageMark
from app.browse.components.marked_text.passage import show_passage, show_passage_legend
from app.browse.components.tables import show_footer
from app.browse.components.task_load import ROLES
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from ontology.places import Place, place
from queries.run import Row

LONGEST_PASSAGE = 4000
"""Characters of a clause that are shown"""
_CACHED_TEXTS = 200  # a text is named by its digest, so it never changes


def show_task(context: ViewContext, answer: QueryAnswer, iri: str, on_close: Callable[[], None]) -> None:
    """Show the answer to ``task/facts``, which has rows."""
    translate = context.translate
    task = next((row for row in answer.rows if row["kind"] == "task"), answer.rows[0])
    with st.container(border=True):
        with st.container(horizontal=True, horizontal_alignment="right"):
            st.button(
                translate("tasks.close"),
                key="tasks:close",
                icon=":material/close:",
                type="tertiary",
                on_click=on_close,
            )
        st.markdown(f"##### {escape_markdown(task['name'] or iri)}")
        if task["document"]:
            title = " ".join(filter(None, (task["title"], task["number"]))) or translate("tasks.untitled")
            context.routes.link(title, ViewState("document", {"document": task["document"]}), longest=80)
        _show_bodies(context, answer)
        for name, rows in (("deadlines", _deadlines(answer)), ("targets", _facts(answer, "target"))):
            if rows:
                st.markdown(f"**{translate(f'tasks.{name}')}**")
                st.markdown("\n".join(f"- {_quote(context, row)}" for row in rows))
        st.markdown(f"**{translate('tasks.clause')}**")
        _show_clause(context, answer, task)
        with st.container(horizontal=True):
            context.routes.link(translate("tasks.in_document"), ViewState("document", {"at": iri}))
            context.routes.link(translate("tasks.in_links"), ViewState("links", {"node": iri}))
        with st.expander(translate("tasks.evidence")):
            _show_evidence(context, answer)
        show_footer(context, answer, part="task")


def _facts(answer: QueryAnswer, kind: str) -> list[Row]:
    return [row for row in answer.rows if row["kind"] == kind]


def _deadlines(answer: QueryAnswer) -> list[Row]:
    return [row for row in answer.rows if row["kind"] not in (*ROLES, "task", "target")]


def _show_bodies(context: ViewContext, answer: QueryAnswer) -> None:
    for role in ROLES:
        found = {row["agency"]: row["name"] or row["quote"] for row in _facts(answer, role) if row["agency"]}
        if found:
            with st.container(horizontal=True, gap="small", vertical_alignment="center"):
                st.markdown(f"**{escape_markdown(context.translate.code(role))}**", width="content")
                for agency, name in found.items():
                    context.routes.link(name or agency, ViewState("agency", {"agency": agency}), longest=40)


def _quote(context: ViewContext, row: Row) -> str:
    kind = "" if row["kind"] == "target" else f"{context.translate.code(row['kind'] or '')}: "
    value = f" ({row['value'].strip()})" if row["value"] else ""
    return escape_markdown(f"{kind}{row['quote'] or ''}{value}")


def _show_clause(context: ViewContext, answer: QueryAnswer, task: Row) -> None:
    """Show the part of the clause that contains the facts of the task, and mark them."""
    home = place(task["place"] or "")
    if home is None:
        st.text(task["quote"] or "")
        return
    marks: list[PassageMark] = []
    for row in answer.rows:
        where = place(row["place"] or "")
        if where is not None and where.text == home.text and row is not task and row["kind"] != "task":
            # the answer has the kind of a deadline, such as by, where a document's marks have "deadline"
            kind = MARK_KINDS.get(row["kind"] or "", "deadline")
            marks.append(PassageMark(where.start, where.end, kind))
    begin = min([home.start, *(mark.begin for mark in marks)])
    end = max([home.end, *(mark.end for mark in marks)])
    around = Place(home.text, begin, min(end, begin + LONGEST_PASSAGE))
    text = _fetch_text(context.client, context.client.url, around.iri)
    if text is None:
        begin, text = home.start, task["quote"] or ""
        st.caption(context.translate("tasks.without_text"))
    show_passage(text, begin, marks)
    if end > begin + LONGEST_PASSAGE:
        st.caption(context.translate("tasks.longer"))
    if marks:
        messages: dict[MarkKind, str] = {"role": "bodies", "deadline": "deadlines", "target": "targets"}
        labels = {kind: context.translate(f"tasks.{message}") for kind, message in messages.items()}
        show_passage_legend({mark.kind for mark in marks}, labels)


@st.cache_data(max_entries=_CACHED_TEXTS, show_spinner=False)
def _fetch_text(_client: EndpointClient, url: str, place: str) -> str | None:
    """Return the characters of a place; None where the endpoint has no texts. ``url`` is for the cache."""
    return _client.text(place)


def _show_evidence(context: ViewContext, answer: QueryAnswer) -> None:
    translate = context.translate
    facts = [row for row in answer.rows if row["kind"] != "task"]
    st.dataframe(
        {
            translate("tasks.kind"): [translate.code(row["kind"] or "") for row in facts],
            translate("tasks.quote"): [row["quote"] for row in facts],
            translate("tasks.value"): [row["name"] if row["agency"] else row["value"] for row in facts],
            translate("tasks.rule"): [row["rule"] for row in facts],
            translate("tasks.confidence"): [translate.confidence(row["confidence"]) for row in facts],
        },
        hide_index=True,
        height="content",
    )

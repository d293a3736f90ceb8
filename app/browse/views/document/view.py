"""文件: one document, its text with the facts marked, what it cites and is cited by, its status."""

from __future__ import annotations

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.document.chooser import choose
from app.browse.views.document.head import Head, Spot, found, head, spot
from app.browse.views.document.header import day_asked, header, status_of
from app.browse.views.document.reading import QUESTIONS, read
from app.browse.views.document.sections import citations, duties, history

SECTIONS = ("text", "citations", "duties", "status")


def show(context: Context) -> None:
    """The document that the address names, by ``document`` or by what stands in it (``at``); else a list."""
    document, at = (st.query_params.get(name, "").strip() for name in ("document", "at"))
    stands = spot(context.source, at) if at else None
    documents = found(context.source, document) if document else []
    if stands is not None and (not document or stands.document not in documents):
        documents = [stands.document]
    if len(documents) == 1:
        _open(context, documents[0], stands)
        return
    st.title(context.speech("document.name"))
    if documents:
        _several(context, documents)
    elif document or at:
        st.warning(context.speech("document.unknown"), icon=":material/search_off:")
        st.code(document or at, language=None, wrap_lines=True)
    choose(context)


def _several(context: Context, documents: list[str]) -> None:
    st.info(context.speech("document.several", count=len(documents)), icon=":material/content_copy:")
    heads = context.source.ask_all([("browse/head", {"document": iri}) for iri in documents])
    for iri, answer in zip(documents, heads, strict=True):
        told = head(iri, answer.rows)
        label = " · ".join(part for part in (told.title, told.number, *told.files.values()) if part)
        context.routes.link(label or iri, Target("document", {"document": iri}), 120)
    st.divider()


def _open(context: Context, document: str, stands: Spot | None) -> None:
    top = st.container()
    asked = {"document": document}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        day = day_asked(context)
        beside = st.container(horizontal=True, gap="large", width="content")
    section = _section(context)
    names = ["browse/head", "document/status"] + (list(QUESTIONS) if section == "text" else [])
    answers = context.source.ask_all(
        [(name, asked | {"date": day.isoformat()} if name == "document/status" else asked) for name in names]
    )
    told = head(document, answers[0].rows)
    with top:
        header(context, told)
    with beside:
        status_of(context, answers[1])
    if section == "text":
        _text(context, told, answers[2:], stands)
    elif section == "citations":
        citations(context, document)
    elif section == "duties":
        duties(context, document)
    else:
        history(context, document, answers[1])


def _section(context: Context) -> str:
    """The section in the address, by a name that is the same in every language."""
    asked = st.query_params.get("section", SECTIONS[0])
    chosen = st.segmented_control(
        context.speech("document.section"),
        SECTIONS,
        format_func=lambda name: context.speech(f"document.section.{name}"),
        default=asked if asked in SECTIONS else SECTIONS[0],
        required=True,
        label_visibility="collapsed",
    )
    section = chosen or SECTIONS[0]
    if section != asked:
        st.query_params["section"] = section
    return section


def _text(context: Context, told: Head, answers: list[Answer], stands: Spot | None) -> None:
    if told.files:
        read(context, told, answers, stands)
        return
    st.info(context.speech("document.not-here"), icon=":material/info:")
    citations(context, told.iri)

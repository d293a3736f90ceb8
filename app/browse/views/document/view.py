"""文件: one document, its text with the facts marked, what it cites and is cited by, its status."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.date_field import date_field
from app.browse.components.url_state import write_values
from app.browse.context import ViewContext
from app.browse.routes import ViewState
from app.browse.views.document.chooser import show_chooser
from app.browse.views.document.header import show_header, show_status
from app.browse.views.document.metadata import (
    DocumentMetadata,
    DocumentPlace,
    find_documents,
    find_place,
    read_metadata,
)
from app.browse.views.document.original import show_original
from app.browse.views.document.sections import show_citations, show_duties, show_history
from app.browse.views.document.text_section import QUESTIONS, show_text

SECTIONS = ("text", "original", "citations", "duties", "status")


def show(context: ViewContext) -> None:
    """Show the document that the address names by ``document`` or by a thing in it (``at``); else a list."""
    document, iri = (st.query_params.get(name, "").strip() for name in ("document", "at"))
    at = find_place(context.client, iri) if iri else None
    documents = find_documents(context.client, document) if document else []
    if at is not None and (not document or at.document not in documents):
        documents = [at.document]
    if len(documents) == 1:
        _show_document(context, documents[0], at)
        return
    st.title(context.translate("document.name"))
    if documents:
        _show_several(context, documents)
    elif document or iri:
        st.warning(context.translate("document.unknown"), icon=":material/search_off:")
        st.code(document or iri, language=None, wrap_lines=True)
    show_chooser(context)


def _show_several(context: ViewContext, documents: list[str]) -> None:
    count = len(documents)
    st.info(context.translate("document.several", count=count), icon=":material/content_copy:")
    heads = context.client.ask_all([("browse/head", {"document": iri}) for iri in documents])
    for iri, answer in zip(documents, heads, strict=True):
        metadata = read_metadata(iri, answer.rows)
        label = " · ".join(
            part for part in (metadata.title, metadata.number, *metadata.files.values()) if part
        )
        context.routes.link(label or iri, ViewState("document", {"document": iri}), 120)
    st.divider()


def _show_document(context: ViewContext, document: str, at: DocumentPlace | None) -> None:
    top = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="large"):
        day = date_field(context.translate("document.status.day"))
        beside = st.container(horizontal=True, gap="large", width="content")
    section = _choose_section(context)
    values = {"document": document}
    head, status, *texts = context.client.ask_all(
        [
            ("browse/head", values),
            ("document/status", {**values, "date": day.isoformat()}),
            *((name, values) for name in QUESTIONS if section == "text"),
        ]
    )
    metadata = read_metadata(document, head.rows)
    with top:
        show_header(context, metadata)
    with beside:
        show_status(context, status)
    if section == "text":
        _show_text(context, metadata, texts, at)
    elif section == "original":
        show_original(context, metadata, at)
    elif section == "citations":
        show_citations(context, document)
    elif section == "duties":
        show_duties(context, document)
    else:
        show_history(context, document, status)


def _choose_section(context: ViewContext) -> str:
    """Return the section in the address, which has it by a code that is the same in every language."""
    code = st.query_params.get("section", SECTIONS[0])
    chosen = st.segmented_control(
        context.translate("document.section"),
        SECTIONS,
        format_func=lambda name: context.translate(f"document.section.{name}"),
        default=code if code in SECTIONS else SECTIONS[0],
        required=True,
        label_visibility="collapsed",
    )
    section = chosen or SECTIONS[0]
    if section != code:
        write_values({"section": section, "page": ""})  # a page of the original is that of another fact
    return section


def _show_text(
    context: ViewContext,
    metadata: DocumentMetadata,
    answers: Sequence[QueryAnswer],
    at: DocumentPlace | None,
) -> None:
    if metadata.files:
        show_text(context, metadata, answers, at)
        return
    st.info(context.translate("document.not-here"), icon=":material/info:")
    show_citations(context, metadata.iri)

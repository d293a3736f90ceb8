"""The head of a document's page: title, number, issuers, dates, status on a day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Literal

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from app.browse.views.document.metadata import DocumentMetadata
from ontology.terms import ELI, GB

_Colour = Literal["green", "blue", "red", "orange", "gray"]
_COLOURS: Mapping[str, _Colour] = MappingProxyType(
    {
        "in force": "green",
        "amended": "blue",
        "repealed": "red",
        "expired": "red",
        "not yet in force": "orange",
    }
)


def show_header(context: ViewContext, metadata: DocumentMetadata) -> None:
    """Show the title and the fields below it, without the status."""
    translate = context.translate
    context.routes.link(translate("document.all"), ViewState("document", {}))
    st.title(escape_markdown(metadata.title or metadata.number or metadata.iri), anchor=False)
    if metadata.circular:
        st.caption(translate("document.circular", title=escape_markdown(metadata.circular)))
    with st.container(horizontal=True, gap="large"):
        _show_field(translate.term(ELI.id_local), metadata.number)
        _show_field(translate("document.type"), translate.term(metadata.type) if metadata.type else None)
        if metadata.issuers:
            with _labelled(translate.term(ELI.passed_by)):
                for body, name in metadata.issuers:
                    context.routes.link(name, ViewState("agency", {"agency": body}))
        for name, day in metadata.dates.items():
            estimated = name in (GB.earliestDate, GB.latestDate)
            if not estimated or ELI.date_document not in metadata.dates:
                _show_field(translate.term(name), day)
        _show_field(translate.term(GB.addressees), metadata.addressees)


def show_status(context: ViewContext, answer: QueryAnswer) -> None:
    """Show the answer to document/status: the status on the chosen day, and the documents that caused it."""
    translate = context.translate
    for row in answer.rows[:1]:
        status = row["status"] or "unknown"
        with _labelled(translate("document.status")):
            st.badge(translate.code(status), color=_COLOURS.get(status, "gray"))
    for row in answer.rows:
        if row["by"]:
            since = escape_markdown(row["since"] or "–")
            with _labelled(translate("document.status.by", since=since)):
                context.routes.link(
                    row["by_title"] or row["by"], ViewState("document", {"document": row["by"]})
                )


def _show_field(label: str, value: str | None) -> None:
    if value:
        with _labelled(label):
            st.text(value)


@contextmanager
def _labelled(label: str) -> Iterator[None]:
    with st.container(width="content", gap="xxsmall"):
        st.caption(label)
        yield

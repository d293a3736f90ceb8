"""The head of a document on the page: title, number, issuers, dates, status on a day, file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from types import MappingProxyType
from typing import Literal

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.dates import day_of
from app.browse.components.escaping import plain
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.document.head import Head
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


def header(context: Context, head: Head) -> None:
    """Title and what stands around it, without the status."""
    speech = context.speech
    context.routes.link(speech("document.all"), Target("document", {}))
    st.title(plain(head.title or head.number or head.iri), anchor=False)
    if head.circular:
        st.caption(speech("document.circular", title=plain(head.circular)))
    with st.container(horizontal=True, gap="large"):
        _field(speech.term(ELI.id_local), head.number)
        _field(speech("document.type"), speech.term(head.type) if head.type else None)
        if head.issuers:
            with _labelled(speech.term(ELI.passed_by)):
                for body, name in head.issuers:
                    context.routes.link(name, Target("agency", {"agency": body}))
        for name, day in head.dates.items():
            estimated = name in (GB.earliestDate, GB.latestDate)
            if not estimated or ELI.date_document not in head.dates:
                _field(speech.term(name), day)
        _field(speech.term(GB.addressees), head.addressees)


def status_of(context: Context, answer: Answer) -> None:
    """The status on the day that was asked about, and what made it so."""
    speech = context.speech
    for row in answer.rows[:1]:
        status = row["status"] or "unknown"
        with _labelled(speech("document.status")):
            st.badge(speech.code(status), color=_COLOURS.get(status, "gray"))
    for row in answer.rows:
        if row["by"]:
            with _labelled(speech("document.status.by", since=plain(row["since"] or "–"))):
                context.routes.link(row["by_title"] or row["by"], Target("document", {"document": row["by"]}))


def day_asked(context: Context) -> date:
    """The day of the status, which stands in the address; today where none does."""
    return day_of(context.speech("document.status.day"))


def _field(label: str, value: str | None) -> None:
    if value:
        with _labelled(label):
            st.text(value)


@contextmanager
def _labelled(label: str) -> Iterator[None]:
    with st.container(width="content", gap="xxsmall"):
        st.caption(label)
        yield

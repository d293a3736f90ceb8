"""Gaps of a corpus: unresolved names, missing cited documents and numbers, documents without facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.tables import show_table
from app.browse.context import ViewContext
from app.browse.routes import ViewState

QUESTIONS = ("quality/unresolved", "document/cited-not-seen", "document/serial-gaps", "quality/silent")
"""The questions, in the order in which ``show_health`` takes their answers"""
_HEIGHT = 220  # pixels: a few rows, the others by scrolling


def show_health(context: ViewContext, counts: Mapping[str, int], answers: Sequence[QueryAnswer]) -> None:
    """Show four cards in two columns; ``counts`` is the answer of the question quality/counts."""
    translate = context.translate
    unresolved, absent, gaps, silent = answers
    missing = sum(int(row["count"] or 0) for row in gaps.rows)
    st.subheader(translate("overview.health"))
    mentions = {"count": f"{counts['unresolved']:,}", "mentions": f"{counts['mentions']:,}"}
    cards: list[tuple[str, QueryAnswer, dict[str, str]]] = [
        ("unresolved", unresolved, mentions),
        ("absent", absent, {"count": f"{len(absent.rows):,}"}),
        ("gaps", gaps, {"count": f"{missing:,}"}),
        ("silent", silent, {"count": f"{len(silent.rows):,}"}),
    ]
    for pair in (cards[:2], cards[2:]):
        for column, (name, answer, values) in zip(st.columns(2), pair, strict=True):
            with column, st.container(border=True):
                st.markdown(f"**{translate(f'overview.health.{name}')}**")
                if answer.rows:
                    st.write(translate(f"overview.health.{name}.told", **values))
                show_table(context, answer, empty=f"overview.health.{name}.empty", height=_HEIGHT)
    context.routes.link(translate("overview.health.all"), ViewState("quality", {}))

"""What is missing in a corpus: names not resolved, documents cited and not collected, numbers, silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.tables import table
from app.browse.context import Context
from app.browse.routes import Target

HEALTH = ("quality/unresolved", "document/cited-not-seen", "document/serial-gaps", "quality/silent")
"""The questions, in the order in which ``health`` takes their answers"""
_HEIGHT = 220  # pixels: a few rows, the others by scrolling


def health(context: Context, counts: Mapping[str, int], answers: Sequence[Answer]) -> None:
    """Four cards, two beside each other where there is room; ``counts`` are those of quality/counts."""
    speech = context.speech
    unresolved, absent, gaps, silent = answers
    missing = sum(int(row["count"] or 0) for row in gaps.rows)
    st.subheader(speech("overview.health"))
    cards: list[tuple[str, Answer, dict[str, object]]] = [
        (
            "unresolved",
            unresolved,
            {"count": f"{counts['unresolved']:,}", "mentions": f"{counts['mentions']:,}"},
        ),
        ("absent", absent, {"count": f"{len(absent.rows):,}"}),
        ("gaps", gaps, {"count": f"{missing:,}"}),
        ("silent", silent, {"count": f"{len(silent.rows):,}"}),
    ]
    for pair in (cards[:2], cards[2:]):
        for column, (name, answer, values) in zip(st.columns(2), pair, strict=True):
            with column, st.container(border=True):
                st.markdown(f"**{speech(f'overview.health.{name}')}**")
                if answer.rows:
                    st.write(speech(f"overview.health.{name}.told", **values))
                table(context, answer, empty=f"overview.health.{name}.empty", height=_HEIGHT)
    context.routes.link(speech("overview.health.all"), Target("quality", {}))

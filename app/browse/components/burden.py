"""The bodies with most tasks as a figure, which two views have."""

from __future__ import annotations

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.charts import Piece, bars, drawn
from app.browse.context import Context
from app.browse.routes import Target

ROLES = ("lead", "responsible", "cooperate")
"""From the one that asks most of a body"""
_BARS = 15


def burdened(context: Context, answer: Answer) -> None:
    """The bodies with most tasks as bars by role; a click opens one."""
    first = answer.rows[:_BARS]
    parts = [context.speech.code(role) for role in ROLES]
    pieces = [
        Piece(row["name"] or row["body"] or "", part, float(row[role] or 0), row["body"] or "")
        for row in first
        for role, part in zip(ROLES, parts, strict=True)
    ]
    picked = drawn(bars(pieces, parts, context.speech("agency.count.tasks")), f"load:{answer.sparql}")
    if picked:
        context.routes.go(Target("agency", {"agency": picked}))
    said = context.speech("agency.load.help")
    if len(answer.rows) > _BARS:
        said += context.speech("agency.load.more", shown=_BARS, count=len(answer.rows))
    st.caption(said)

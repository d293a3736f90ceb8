"""The bodies with most tasks as a figure."""

from __future__ import annotations

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.charts import BarSegment, bar_chart, show_clickable
from app.browse.context import ViewContext
from app.browse.routes import ViewState

ROLES = ("lead", "responsible", "cooperate")
"""The role that asks most of a body stands first"""
_BARS = 15


def show_task_load(context: ViewContext, answer: QueryAnswer) -> None:
    """Draw the bodies with most tasks as bars by role; a click opens one."""
    roles = [context.translate.code(role) for role in ROLES]
    segments = [
        BarSegment(row["name"] or row["body"] or "", label, float(row[role] or 0), row["body"] or "")
        for row in answer.rows[:_BARS]
        for role, label in zip(ROLES, roles, strict=True)
    ]
    chart = bar_chart(segments, roles, context.translate("agency.count.tasks"))
    clicked = show_clickable(chart, f"load:{answer.sparql}")
    if clicked:
        context.routes.go(ViewState("agency", {"agency": clicked}))
    caption = context.translate("agency.load.help")
    if len(answer.rows) > _BARS:
        caption += context.translate("agency.load.more", shown=_BARS, count=len(answer.rows))
    st.caption(caption)

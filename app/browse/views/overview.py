"""总览: what the store holds."""

from __future__ import annotations

import streamlit as st

from app.browse.context import Context
from app.browse.tables import table


def show(context: Context) -> None:
    """Counts, documents over time, the most burdened bodies, deadlines ahead, the health of the corpus."""
    st.title(context.speech("overview.name"))
    table(context, context.source.ask("agency/load"), empty="overview.name")

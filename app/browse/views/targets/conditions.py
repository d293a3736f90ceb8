"""The conditions on the page: words, indicator, year and unit, with the number of targets of each value."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.url_state import write_on_change
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.views.targets.query import TargetQuery

NO_UNIT = "-"
_UNITS = 12  # that are offered at once
_INDICATORS = 500


def show_conditions(
    context: ViewContext,
    query: TargetQuery,
    by_unit: QueryAnswer,
    by_year: QueryAnswer,
    by_indicator: QueryAnswer,
) -> None:
    """Show the widgets as the address says; the answers have the values to choose from."""
    translate = context.translate
    state = st.session_state
    years = _count_targets(by_year, "due")
    units = _count_targets(by_unit, "measure", NO_UNIT)
    indicators = _count_targets(by_indicator, "key")
    offered = list(units)[:_UNITS]
    offered += [query.unit] if query.unit and query.unit not in offered else []
    state["targets:words"] = query.words
    state["targets:indicator"] = query.indicator or None
    state["targets:year"] = query.year or None
    state["targets:unit"] = query.unit or None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            translate("targets.words"),
            key="targets:words",
            placeholder=translate("targets.words.help"),
            on_change=write_on_change("words", "targets:words"),
            icon=":material/search:",
            width=480,
        )
        st.selectbox(
            translate("targets.indicator"),
            list(dict.fromkeys([*filter(None, [query.indicator]), *list(indicators)[:_INDICATORS]])),
            format_func=lambda name: f"{name} · {indicators.get(name, 0)}",
            index=None,
            key="targets:indicator",
            placeholder=translate("targets.any"),
            on_change=write_on_change("indicator", "targets:indicator"),
            width=380,
        )
    st.pills(
        translate("targets.year"),
        list(dict.fromkeys([*years, *filter(None, [query.year])])),
        format_func=lambda year: f"{year} · {years.get(year, 0)}",
        key="targets:year",
        on_change=write_on_change("year", "targets:year"),
    )
    st.pills(
        translate("targets.unit"),
        offered,
        format_func=lambda unit: f"{_unit_label(context, unit)} · {units.get(unit, 0)}",
        key="targets:unit",
        on_change=write_on_change("unit", "targets:unit"),
    )
    if len(units) > _UNITS:
        most = list(units.values())[_UNITS]
        st.caption(translate("targets.units.more", more=len(units) - _UNITS, most=most))
    st.caption(translate("targets.about"))


def _unit_label(context: ViewContext, unit: str) -> str:
    return context.translate("targets.no-unit") if unit == NO_UNIT else escape_markdown(unit)


def _count_targets(answer: QueryAnswer, column: str, nothing: str = "") -> Mapping[str, int]:
    """Return the values of a column with their targets, in the order of the answer."""
    counts: dict[str, int] = {}
    for row in answer.rows:
        value = row[column] or nothing
        if value:  # one indicator may have several units
            counts[value] = counts.get(value, 0) + int(row["targets"] or 0)
    return counts

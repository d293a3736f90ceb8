"""指标: what is to be reached, in numbers, by words, indicator, year and unit."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.charts import selected_field
from app.browse.components.tables import show_footer, show_table
from app.browse.components.url_state import write_on_change, write_values
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from app.browse.views.targets.charts import is_logarithmic, values_chart, years_chart
from app.browse.views.targets.conditions import show_conditions
from app.browse.views.targets.measures import (
    Measure,
    largest_indicators,
    measures_in_chart,
    read_measures,
    units_of,
)
from app.browse.views.targets.query import TargetQuery, read_query

CHARTS = 6
"""Largest number of units in one chart"""


def show(context: ViewContext) -> None:
    """Show conditions with counts; values by unit; an indicator over the years; the list; conflicts."""
    translate = context.translate
    st.title(translate("targets.name"))
    query = read_query(context)
    values, by_unit, by_year, by_indicator, conflicts = context.client.ask_all(
        [
            ("target/values", query.parameters),
            ("target/by-unit", query.parameters_without("unit")),
            ("target/by-year", query.parameters_without("year")),
            ("target/by-indicator", query.parameters_without("indicator")),
            ("target/conflicts", {"same_year": "true" if query.same_year else "false"}),
        ]
    )
    show_conditions(context, query, by_unit, by_year, by_indicator)
    if not values.rows:
        st.info(translate("targets.nothing"), icon=":material/search_off:")
        cleared = (dict.fromkeys(query.parameters, ""),)
        st.button(translate("targets.without"), type="tertiary", on_click=write_values, args=cleared)
        return
    measures = read_measures(values)
    _show_totals(context, values)
    _show_values(context, values, measures)
    _show_years(context, measures)
    st.subheader(translate("targets.list"))
    show_table(context, values, empty="targets.nothing", part="list")
    _show_conflicts(context, query, conflicts)


def _show_totals(context: ViewContext, values: QueryAnswer) -> None:
    st.markdown(
        context.translate(
            "targets.told",
            targets=len(values.rows),
            units=len({row["measure"] for row in values.rows if row["measure"]}),
            documents=len({row["document"] for row in values.rows}),
        )
    )


def _show_values(context: ViewContext, values: QueryAnswer, measures: Sequence[Measure]) -> None:
    translate = context.translate
    st.subheader(translate("targets.values"))
    if measures:
        st.caption(translate("targets.values.help"))
    units = units_of(measures)
    years = sorted({measure.year for measure in measures if measure.year is not None})
    columns = st.columns(2 if len(units) > 1 else 1, gap="medium")
    for number, unit in enumerate(units[:CHARTS]):
        of_unit = [measure for measure in measures if measure.unit == unit]
        name = escape_markdown(unit) or translate("targets.no-unit")
        if is_logarithmic(measures_in_chart(of_unit)):
            name = translate("targets.log", unit=name)
        with columns[number % len(columns)]:
            st.markdown(f"**{name}**")
            chart = values_chart(of_unit, years, translate)
            _open_target(context, st.altair_chart(chart, key=f"targets:values:{number}", on_select="rerun"))
            _, more = largest_indicators(of_unit)
            if more:
                st.caption(translate("targets.more-rows", more=more))
    if len(units) > CHARTS:
        st.caption(translate("targets.more-units", shown=CHARTS, more=len(units) - CHARTS))
    if len(measures) < len(values.rows):
        st.caption(translate("targets.no-number", number=len(values.rows) - len(measures)))
    show_footer(context, values, part="values")


def _show_years(context: ViewContext, measures: Sequence[Measure]) -> None:
    """Show charts over the years, only where an indicator has values of several years."""
    translate = context.translate
    charts = 0
    for unit in units_of(measures):
        chart = years_chart([measure for measure in measures if measure.unit == unit], translate)
        if chart is None:
            continue
        if not charts:
            st.subheader(translate("targets.years"))
        st.markdown(f"**{escape_markdown(unit) or translate('targets.no-unit')}**")
        _open_target(context, st.altair_chart(chart, key=f"targets:years:{charts}", on_select="rerun"))
        charts += 1
        if charts == CHARTS:
            return


def _open_target(context: ViewContext, event: object) -> None:
    """Open the document at the target that was clicked in a chart, if one was."""
    target = selected_field(event, "target")
    if target:
        context.routes.go(ViewState("document", {"at": target}))


def _show_conflicts(context: ViewContext, query: TargetQuery, conflicts: QueryAnswer) -> None:
    translate = context.translate
    st.subheader(translate("targets.conflicts"))
    st.caption(translate("targets.conflicts.help"))
    st.session_state["targets:same_year"] = query.same_year
    st.toggle(
        translate("targets.same_year"),
        key="targets:same_year",
        on_change=write_on_change("same_year", "targets:same_year"),
    )
    show_table(context, conflicts, empty="targets.no-conflicts", part="conflicts")

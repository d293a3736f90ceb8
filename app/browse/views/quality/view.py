"""质量: how sure the facts are, what is not resolved, where little was found, and what to correct."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.choice_buttons import choice_buttons
from app.browse.components.tables import show_table
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown
from app.browse.routes import ViewState
from app.browse.views.quality.charts import documents_chart, number_in, rules_chart
from queries.unresolved import QUESTION, format_unresolved, group_unresolved

_CERTAIN = 0.9
"""The confidence below which facts are to be checked first"""
_BARS = 15
_PARTS = ("rules", "names", "documents", "contradictions")


def show(context: ViewContext) -> None:
    """Show four figures, and one of four parts in detail, as the address says."""
    translate = context.translate
    st.title(translate("quality.name"), anchor=False)
    rules, mentions, places, coverage = context.client.ask_all(
        [("quality/rules", {}), ("info/mentions", {}), (QUESTION, {}), ("quality/coverage", {})]
    )
    _show_figures(context, rules, mentions, places, coverage)
    labels = {name: translate(f"quality.{name}") for name in _PARTS}
    part = choice_buttons("part", labels, translate("quality.parts"))
    if part == "names":
        _show_names(context, places)
    elif part == "documents":
        _show_documents(context, coverage)
    elif part == "contradictions":
        _show_contradictions(context)
    else:
        _show_rules(context, rules)


def _show_figures(
    context: ViewContext,
    rules: QueryAnswer,
    mentions: QueryAnswer,
    places: QueryAnswer,
    coverage: QueryAnswer,
) -> None:
    translate = context.translate
    facts = sum(number_in(row, "facts") for row in rules.rows)
    unsure = sum(number_in(row, "facts") for row in rules.rows if number_in(row, "confidence") < _CERTAIN)
    named = sum(number_in(row, "n") for row in mentions.rows)
    left = len(places.rows)
    empty = sum(number_in(row, "facts") == 0 for row in coverage.rows)
    figures = (
        ("facts", f"{facts:,.0f}", translate("quality.facts-help")),
        ("least-certain", _share(unsure, facts), translate("quality.least-certain-help", bound=_CERTAIN)),
        (
            "resolved",
            _share(named - left, named),
            translate("quality.resolved-help", all=f"{named:,.0f}", left=f"{left:,}"),
        ),
        ("without", f"{empty:,}", translate("quality.without-help", all=f"{len(coverage.rows):,}")),
    )
    with st.container(horizontal=True):
        for name, value, help_text in figures:
            st.metric(translate(f"quality.{name}"), value, help=help_text, border=True, width="stretch")


def _show_rules(context: ViewContext, rules: QueryAnswer) -> None:
    translate = context.translate
    rule = st.query_params.get("rule", "")
    if rules.rows:
        st.caption(translate("quality.rules-told"))
        most = sorted(rules.rows, key=lambda row: -number_in(row, "facts"))[:_BARS]
        st.altair_chart(rules_chart(most, translate), width="stretch")
        left = len(rules.rows) - len(most)
        if left > 0:
            st.caption(translate("quality.more-rules", shown=f"{len(most)}", left=f"{left:,}"))
    show_table(
        context,
        rules,
        empty="quality.rules-empty",
        height=300 if rules.rows else None,
        part=f"rules {rule}",
        links={"rule": lambda row: ViewState("quality", {"rule": row["name"] or ""})},
        missing=translate("table.not-measured"),
    )
    if rule:
        st.subheader(translate("quality.of-rule", rule=escape_markdown(rule)), anchor=False)
        facts = context.client.ask("quality/facts", {"rule": rule})
        show_table(context, facts, empty="quality.rule-empty")


def _show_names(context: ViewContext, places: QueryAnswer) -> None:
    translate = context.translate
    name = st.query_params.get("unresolved", "")
    names, places_of_name = context.client.ask_all(
        [("quality/unresolved", {}), ("quality/places", {"unresolved": name} if name else {})]
    )
    if names.rows:
        st.caption(translate("quality.names-told"))
    show_table(
        context,
        names,
        empty="quality.names-empty",
        part=f"names {name}",
        links={"body": lambda row: ViewState("quality", {"part": "names", "unresolved": row["name"] or ""})},
    )
    if not names.rows and not name:
        return
    head = translate("quality.all-places")
    if name:
        head = translate("quality.of-name", which=escape_markdown(name))
    st.subheader(head, anchor=False)
    show_table(context, places_of_name, empty="quality.name-empty")
    st.download_button(
        translate("quality.download"),
        lambda: format_unresolved(group_unresolved(places.rows), "judgements"),
        "judgements.csv",
        "text/csv",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )
    st.caption(translate("quality.download-help"))


def _show_documents(context: ViewContext, coverage: QueryAnswer) -> None:
    translate = context.translate
    rows = sorted(coverage.rows, key=lambda row: (number_in(row, "density"), -number_in(row, "characters")))
    if rows:
        st.caption(translate("quality.documents-told"))
        st.altair_chart(documents_chart(rows, translate), width="stretch")
    show_table(context, replace(coverage, rows=tuple(rows)), empty="quality.documents-empty")


def _show_contradictions(context: ViewContext) -> None:
    """Show the contradictions with labels for the terms of the ontology."""
    answer = context.client.ask("checks/contradictions")
    terms = ("property", "one", "other")
    rows = tuple(
        {
            name: context.translate.term(value) if value and name in terms else value
            for name, value in row.items()
        }
        for row in answer.rows
    )
    if rows:
        st.caption(context.translate("quality.contradictions-told"))
    show_table(context, replace(answer, rows=rows), empty="quality.contradictions-empty")


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"

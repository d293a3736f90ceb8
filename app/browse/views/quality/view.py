"""质量: how sure the facts are, what is not resolved, where little was found, and what to correct."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.escaping import plain, shortened
from app.browse.components.switches import switch
from app.browse.components.tables import table
from app.browse.context import Context
from app.browse.routes import Target
from queries.run import Row
from queries.unresolved import QUESTION, format_unresolved, group_unresolved

_CERTAIN = 0.9
"""The confidence below which facts are to be checked first"""
_BARS = 15
_PARTS = ("rules", "names", "documents", "contradictions")


def show(context: Context) -> None:
    """Four figures, and one of four parts in detail, as the address says."""
    speech = context.speech
    st.title(speech("quality.name"), anchor=False)
    rules, mentions, places, coverage = context.source.ask_all(
        [("quality/rules", {}), ("info/mentions", {}), (QUESTION, {}), ("quality/coverage", {})]
    )
    _figures(context, rules, mentions, places, coverage)
    part = switch("part", {name: speech(f"quality.{name}") for name in _PARTS}, speech("quality.parts"))
    if part == "names":
        _names(context, places)
    elif part == "documents":
        _documents(context, coverage)
    elif part == "contradictions":
        _contradictions(context)
    else:
        _rules(context, rules)


def _figures(context: Context, rules: Answer, mentions: Answer, places: Answer, coverage: Answer) -> None:
    speech = context.speech
    facts = sum(_number(row, "facts") for row in rules.rows)
    unsure = sum(_number(row, "facts") for row in rules.rows if _number(row, "confidence") < _CERTAIN)
    named = sum(_number(row, "n") for row in mentions.rows)
    left = len(places.rows)
    empty = sum(_number(row, "facts") == 0 for row in coverage.rows)
    shown = (
        ("facts", f"{facts:,.0f}", speech("quality.facts-help")),
        ("least-certain", _share(unsure, facts), speech("quality.least-certain-help", bound=_CERTAIN)),
        (
            "resolved",
            _share(named - left, named),
            speech("quality.resolved-help", all=f"{named:,.0f}", left=f"{left:,}"),
        ),
        ("without", f"{empty:,}", speech("quality.without-help", all=f"{len(coverage.rows):,}")),
    )
    with st.container(horizontal=True):
        for name, value, said in shown:
            st.metric(speech(f"quality.{name}"), value, help=said, border=True, width="stretch")


def _rules(context: Context, rules: Answer) -> None:
    speech = context.speech
    chosen = st.query_params.get("rule", "")
    if rules.rows:
        st.caption(speech("quality.rules-told"))
        _rules_drawn(context, rules)
    table(
        context,
        rules,
        empty="quality.rules-empty",
        height=300 if rules.rows else None,
        part=f"rules {chosen}",
        opening={"rule": lambda row: Target("quality", {"rule": row["name"] or ""})},
    )
    if chosen:
        st.subheader(speech("quality.of-rule", rule=plain(chosen)), anchor=False)
        table(context, context.source.ask("quality/facts", {"rule": chosen}), empty="quality.rule-empty")


def _rules_drawn(context: Context, rules: Answer) -> None:
    speech = context.speech
    most = sorted(rules.rows, key=lambda row: -_number(row, "facts"))[:_BARS]
    values = [
        {
            "rule": row["name"],
            "kind": speech.code(row["kind"] or ""),
            "facts": _number(row, "facts"),
            "confidence": f"{_number(row, 'confidence'):.2f}",
        }
        for row in most
    ]
    order = [row["name"] or "" for row in most]
    figure = alt.Chart(alt.InlineData(values=values)).mark_bar()
    figure = figure.encode(
        alt.X("facts:Q", title=speech("quality.facts")),
        alt.Y("rule:N", title=None, sort=order, axis=alt.Axis(labelLimit=220, labelOverlap=False)),
        alt.Color(
            "confidence:O", title=speech("quality.confidence"), legend=alt.Legend(orient="top", columns=5)
        ),
        [alt.Tooltip(f"{name}:N") for name in ("rule", "kind", "facts", "confidence")],
    ).properties(height=24 * len(values) + 80)
    st.altair_chart(figure, width="stretch")
    left = len(rules.rows) - len(most)
    if left > 0:
        st.caption(speech("quality.more-rules", shown=f"{len(most)}", left=f"{left:,}"))


def _names(context: Context, places: Answer) -> None:
    speech = context.speech
    chosen = st.query_params.get("unresolved", "")
    found, each = context.source.ask_all(
        [("quality/unresolved", {}), ("quality/places", {"unresolved": chosen} if chosen else {})]
    )
    if found.rows:
        st.caption(speech("quality.names-told"))
    table(
        context,
        found,
        empty="quality.names-empty",
        part=f"names {chosen}",
        opening={"body": lambda row: Target("quality", {"part": "names", "unresolved": row["name"] or ""})},
    )
    if not found.rows and not chosen:
        return
    head = speech("quality.of-name", which=plain(chosen)) if chosen else speech("quality.all-places")
    st.subheader(head, anchor=False)
    table(context, each, empty="quality.name-empty")
    st.download_button(
        speech("quality.download"),
        lambda: format_unresolved(group_unresolved(places.rows), "judgements"),
        "judgements.csv",
        "text/csv",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )
    st.caption(speech("quality.download-help"))


def _documents(context: Context, coverage: Answer) -> None:
    speech = context.speech
    ordered = replace(
        coverage,
        rows=tuple(
            sorted(coverage.rows, key=lambda row: (_number(row, "density"), -_number(row, "characters")))
        ),
    )
    if ordered.rows:
        st.caption(speech("quality.documents-told"))
        _documents_drawn(context, ordered)
    table(context, ordered, empty="quality.documents-empty")


def _documents_drawn(context: Context, coverage: Answer) -> None:
    speech = context.speech
    values = [
        {
            "title": shortened(row["title"] or row["file"] or "", 40),
            "characters": _number(row, "characters"),
            "facts": _number(row, "facts"),
        }
        for row in coverage.rows
    ]
    figure = alt.Chart(alt.InlineData(values=values)).mark_point(filled=True, size=70, opacity=0.6)
    figure = figure.encode(
        alt.X("characters:Q", title=speech("quality.characters"), scale=alt.Scale(type="sqrt")),
        alt.Y("facts:Q", title=speech("quality.facts"), scale=alt.Scale(type="sqrt")),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("title", "characters", "facts")],
    ).properties(height=280)
    st.altair_chart(figure, width="stretch")


def _contradictions(context: Context) -> None:
    found = context.source.ask("checks/contradictions")
    terms = ("property", "one", "other")
    said = replace(
        found,
        rows=tuple(
            {
                name: context.speech.term(value) if value and name in terms else value
                for name, value in row.items()
            }
            for row in found.rows
        ),
    )
    if said.rows:
        st.caption(context.speech("quality.contradictions-told"))
    table(context, said, empty="quality.contradictions-empty")


def _number(row: Row, name: str) -> float:
    return float(row[name] or 0)


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "–"

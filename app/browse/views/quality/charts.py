"""Charts of the quality of the facts: those of each rule, and those of each document by its length."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from app.browse.escaping import truncate
from app.browse.i18n import Translator
from queries.run import Row


def rules_chart(rows: Sequence[Row], translate: Translator) -> alt.Chart:
    """Return a bar of facts for each row of quality/rules, coloured by confidence."""
    values = [
        {
            "rule": row["name"],
            "kind": translate.code(row["kind"] or ""),
            "facts": number_in(row, "facts"),
            "confidence": translate.confidence(row["confidence"]),
        }
        for row in rows
    ]
    order = [row["name"] or "" for row in rows]
    base = alt.Chart(alt.InlineData(values=values))
    chart: alt.Chart = (
        base.mark_bar()
        .encode(
            alt.X("facts:Q", title=translate("quality.facts")),
            alt.Y("rule:N", title=None, sort=order, axis=alt.Axis(labelLimit=220, labelOverlap=False)),
            alt.Color(
                "confidence:O",
                title=translate("quality.confidence"),
                legend=alt.Legend(orient="top", columns=5),
            ),
            [alt.Tooltip(f"{name}:N") for name in ("rule", "kind", "facts", "confidence")],
        )
        .properties(height=24 * len(values) + 80)
    )
    return chart


def documents_chart(rows: Sequence[Row], translate: Translator) -> alt.Chart:
    """Return a point for each row of quality/coverage: facts against characters."""
    values = [
        {
            "title": truncate(row["title"] or row["file"] or "", 40),
            "characters": number_in(row, "characters"),
            "facts": number_in(row, "facts"),
        }
        for row in rows
    ]
    base = alt.Chart(alt.InlineData(values=values))
    chart: alt.Chart = (
        base.mark_point(filled=True, size=70, opacity=0.6)
        .encode(
            alt.X("characters:Q", title=translate("quality.characters"), scale=alt.Scale(type="sqrt")),
            alt.Y("facts:Q", title=translate("quality.facts"), scale=alt.Scale(type="sqrt")),
            tooltip=[alt.Tooltip(f"{name}:N") for name in ("title", "characters", "facts")],
        )
        .properties(height=280)
    )
    return chart


def number_in(row: Row, name: str) -> float:
    """Return the number in a column; 0 where it is empty."""
    return float(row[name] or 0)

"""指标: what is to be reached, in numbers, by field of words, year and unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.address import keeps, put_all, told
from app.browse.components.escaping import plain
from app.browse.components.tables import behind, table
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.targets.measures import (
    Measure,
    drawn,
    logarithmic,
    over_years,
    panel,
    picked,
    rows_of,
    units,
)

NO_UNIT = "-"
PANELS = 6
"""Units that are drawn at once"""
_UNITS = 12  # that are offered at once
_INDICATORS = 500


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for."""

    words: str
    year: str
    unit: str
    indicator: str
    same_year: bool

    @property
    def values(self) -> dict[str, str]:
        """What the list is asked with."""
        return {"words": self.words, "year": self.year, "unit": self.unit, "indicator": self.indicator}

    def without(self, name: str) -> dict[str, str]:
        """What the choices for one condition are asked with: all the others."""
        return {**self.values, name: ""}


def show(context: Context) -> None:
    """Conditions with counts; values by unit; one indicator over the years; the list; what differs."""
    speech = context.speech
    st.title(speech("targets.name"))
    wish = _wish(context)
    values, by_unit, by_year, by_indicator, conflicts = context.source.ask_all(
        [
            ("target/values", wish.values),
            ("target/by-unit", wish.without("unit")),
            ("target/by-year", wish.without("year")),
            ("target/by-indicator", wish.without("indicator")),
            ("target/conflicts", {"same_year": "true" if wish.same_year else "false"}),
        ]
    )
    _conditions(context, wish, by_unit, by_year, by_indicator)
    if not values.rows:
        st.info(speech("targets.nothing"), icon=":material/search_off:")
        cleared = (dict.fromkeys(wish.values, ""),)
        st.button(speech("targets.without"), type="tertiary", on_click=put_all, args=cleared)
        return
    measures = measured(values)
    _told(context, values)
    _values(context, wish, values, measures)
    _years(context, measures)
    st.subheader(speech("targets.list"))
    table(context, values, empty="targets.nothing", part="list")
    _conflicts(context, wish, conflicts)


def measured(answer: Answer) -> list[Measure]:
    """The targets that have a number."""
    return [
        Measure(
            str(row["target"]),
            row["name"] or "–",
            row["comparator"] or "=",
            row["value"] or "",
            float(row["low"]),
            float(row["high"]),
            row["measure"] or "",
            int(row["due"]) if row["due"] else None,
            row["quote"] or "",
            row["title"] or "",
        )
        for row in answer.rows
        if row["low"] and row["high"]
    ]


def _wish(context: Context) -> Wish:
    year = told("year")
    if year and not (year.isascii() and year.isdigit() and len(year) == len("2025")):
        st.warning(context.speech("targets.bad-year", value=plain(year)), icon=":material/link_off:")
        year = ""
    return Wish(told("words"), year, told("unit"), told("indicator"), told("same_year") == "true")


def _conditions(context: Context, wish: Wish, by_unit: Answer, by_year: Answer, by_indicator: Answer) -> None:
    speech = context.speech
    state = st.session_state
    years = _counts(by_year, "due")
    found = _counts(by_unit, "measure", NO_UNIT)
    indicators = _counts(by_indicator, "key")
    offered = list(found)[:_UNITS]
    offered += [wish.unit] if wish.unit and wish.unit not in offered else []
    state["targets:words"] = wish.words
    state["targets:indicator"] = wish.indicator or None
    state["targets:year"] = wish.year or None
    state["targets:unit"] = wish.unit or None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            speech("targets.words"),
            key="targets:words",
            placeholder=speech("targets.words.help"),
            on_change=keeps("words", "targets:words"),
            icon=":material/search:",
            width=480,
        )
        st.selectbox(
            speech("targets.indicator"),
            list(dict.fromkeys([*filter(None, [wish.indicator]), *list(indicators)[:_INDICATORS]])),
            format_func=lambda name: f"{name} · {indicators.get(name, 0)}",
            index=None,
            key="targets:indicator",
            placeholder=speech("targets.any"),
            on_change=keeps("indicator", "targets:indicator"),
            width=380,
        )
    st.pills(
        speech("targets.year"),
        list(dict.fromkeys([*years, *filter(None, [wish.year])])),
        format_func=lambda year: f"{year} · {years.get(year, 0)}",
        key="targets:year",
        on_change=keeps("year", "targets:year"),
    )
    st.pills(
        speech("targets.unit"),
        offered,
        format_func=lambda unit: (
            f"{speech('targets.no-unit') if unit == NO_UNIT else plain(unit)} · {found.get(unit, 0)}"
        ),
        key="targets:unit",
        on_change=keeps("unit", "targets:unit"),
    )
    if len(found) > _UNITS:
        rest = list(found.values())[_UNITS]
        st.caption(speech("targets.units.more", more=len(found) - _UNITS, most=rest))
    st.caption(speech("targets.about"))


def _counts(answer: Answer, name: str, nothing: str = "") -> Mapping[str, int]:
    """Values of a column with their targets, in the order of the answer."""
    counts: dict[str, int] = {}
    for row in answer.rows:
        value = row[name] or nothing
        if value:  # one indicator may have several units
            counts[value] = counts.get(value, 0) + int(row["targets"] or 0)
    return counts


def _told(context: Context, values: Answer) -> None:
    st.markdown(
        context.speech(
            "targets.told",
            targets=len(values.rows),
            units=len({row["measure"] for row in values.rows if row["measure"]}),
            documents=len({row["document"] for row in values.rows}),
        )
    )


def _values(context: Context, wish: Wish, values: Answer, measures: Sequence[Measure]) -> None:
    speech = context.speech
    st.subheader(speech("targets.values"))
    if measures:
        st.caption(speech("targets.values.help"))
    found = units(measures)
    years = sorted({measure.year for measure in measures if measure.year is not None})
    columns = st.columns(2 if len(found) > 1 else 1, gap="medium")
    for place, unit in enumerate(found[:PANELS]):
        some = [measure for measure in measures if measure.unit == unit]
        name = plain(unit) or speech("targets.no-unit")
        with columns[place % len(columns)]:
            st.markdown(f"**{speech('targets.log', unit=name) if logarithmic(drawn(some)) else name}**")
            _open(
                context,
                st.altair_chart(panel(some, years, speech), key=f"targets:values:{place}", on_select="rerun"),
            )
            _, more = rows_of(some)
            if more:
                st.caption(speech("targets.more-rows", more=more))
    if len(found) > PANELS:
        st.caption(speech("targets.more-units", shown=PANELS, more=len(found) - PANELS))
    if len(measures) < len(values.rows):
        st.caption(speech("targets.no-number", number=len(values.rows) - len(measures)))
    behind(context, values, part="values")


def _years(context: Context, measures: Sequence[Measure]) -> None:
    """Only where an indicator has values of several years."""
    speech = context.speech
    figures = 0
    for unit in units(measures):
        figure = over_years([measure for measure in measures if measure.unit == unit], speech)
        if figure is None:
            continue
        if not figures:
            st.subheader(speech("targets.years"))
        st.markdown(f"**{plain(unit) or speech('targets.no-unit')}**")
        _open(context, st.altair_chart(figure, key=f"targets:years:{figures}", on_select="rerun"))
        figures += 1
        if figures == PANELS:
            return


def _open(context: Context, event: object) -> None:
    """A click on a point opens the document at the target's place."""
    target = picked(event)
    if target:
        context.routes.go(Target("document", {"at": target}))


def _conflicts(context: Context, wish: Wish, conflicts: Answer) -> None:
    speech = context.speech
    st.subheader(speech("targets.conflicts"))
    st.caption(speech("targets.conflicts.help"))
    st.session_state["targets:same_year"] = wish.same_year
    st.toggle(
        speech("targets.same_year"),
        key="targets:same_year",
        on_change=keeps("same_year", "targets:same_year"),
    )
    table(context, conflicts, empty="targets.no-conflicts", part="conflicts")

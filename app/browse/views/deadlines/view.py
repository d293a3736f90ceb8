"""期限: what is due when and by whom, seen from a day that one chooses."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import streamlit as st

from app.browse.client.endpoint import Answer, Asked
from app.browse.components.address import EARLIEST, LATEST, as_day, keeps, one_of, put, put_all, told
from app.browse.components.escaping import plain
from app.browse.components.tables import behind, table
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.deadlines.timelines import MOST_GROUPS, PICK, Due, calendar, foremost, picked, timeline

GROUPS = ("body", "issuer", "document")
HORIZONS = ("past", "30", "90", "365", "later")
PERIODS = ("ahead", *HORIZONS, "all")
_DAYS: Mapping[str, tuple[int | None, int | None]] = {
    "ahead": (0, None),
    "past": (None, -1),
    "30": (0, 30),
    "90": (31, 90),
    "365": (91, 365),
    "later": (366, None),
    "all": (None, None),
}
"""First and last day of a period, counted from the chosen day"""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the address asks for."""

    day: date
    agency: str
    by: str
    ended: bool
    period: str
    month: date | None
    every: str

    @property
    def values(self) -> dict[str, str]:
        """What all questions are asked with."""
        whose = "issuer" if self.by == "issuer" else "agency"
        return {"date": self.day.isoformat(), whose: self.agency}

    @property
    def whole(self) -> dict[str, str]:
        """The same with the documents that count."""
        return {**self.values, "ended": "true" if self.ended else "false"}

    @property
    def span(self) -> dict[str, str]:
        """The days between which the list's deadlines fall."""
        if self.month:
            last = monthrange(self.month.year, self.month.month)[1]
            return {"from": self.month.isoformat(), "to": self.month.replace(day=last).isoformat()}
        named = zip(("from", "to"), _DAYS[self.period], strict=True)
        return {name: (self.day + timedelta(days)).isoformat() for name, days in named if days is not None}


def show(context: Context) -> None:
    """The day and the body; counts; timeline and calendar; the list; what recurs."""
    speech = context.speech
    st.title(speech("deadlines.name"))
    wish = _wish(context)
    options: Asked = ("agency/load", {})
    if wish.by == "issuer":
        options = ("deadline/by-day", {**wish.whole, "by": "issuer", "issuer": ""})
    whole: Asked = ("deadline/by-day", {**wish.whole, "by": "day"})
    horizons, days, bodies = context.source.ask_all([("deadline/by-horizon", wish.values), whole, options])
    _conditions(context, wish, bodies)
    if not _counts(context, wish, horizons, days):
        return
    # asked for when the counts are on their way: the page has something before it loads what draws figures
    grouped, due, periods, recurring = context.source.ask_all(
        [
            ("deadline/by-day", {**wish.whole, "by": wish.by}),
            ("deadline/list", {**wish.whole, **wish.span}),
            ("deadline/by-period", wish.whole),
            ("deadline/recurring", {**wish.whole, "period": wish.every}),
        ]
    )
    if days.rows:
        _timeline(context, wish, grouped)
        _calendar(context, wish, days)
        _list(context, wish, due)
    if periods.rows:
        _recurring(context, wish, periods, recurring)


def _wish(context: Context) -> Wish:
    """Reads the address, and says what in it cannot be used."""
    speech = context.speech
    day, month = as_day(told("date")), told("month")
    if day is None:
        if told("date"):
            st.warning(speech("deadlines.bad-date", value=plain(told("date"))), icon=":material/link_off:")
        day = date.today()
        put("date", day.isoformat())  # so that the address means the same tomorrow
    first = as_day(f"{month}-01")
    if month and first is None:
        st.warning(speech("deadlines.bad-month", value=plain(month)), icon=":material/link_off:")
    return Wish(
        day,
        told("agency"),
        one_of("by", GROUPS, GROUPS[0]),
        told("ended") == "true",
        one_of("period", PERIODS, PERIODS[0]),
        first,
        told("every"),
    )


def _conditions(context: Context, wish: Wish, bodies: Answer) -> None:
    speech = context.speech
    state = st.session_state
    names = _names(wish, bodies)
    state["deadlines:date"] = wish.day
    state["deadlines:agency"] = names.get(wish.agency, wish.agency) or None
    state["deadlines:by"] = wish.by
    state["deadlines:ended"] = wish.ended
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            speech("deadlines.date"),
            key="deadlines:date",
            min_value=EARLIEST,
            max_value=LATEST,
            format="YYYY-MM-DD",
            on_change=keeps("date", "deadlines:date"),
            width=160,
        )
        st.selectbox(
            speech("deadlines.issuer" if wish.by == "issuer" else "deadlines.body"),
            sorted({*names.values(), *filter(None, [state["deadlines:agency"]])}),
            index=None,
            key="deadlines:agency",
            placeholder=speech("deadlines.everybody"),
            accept_new_options=True,
            on_change=keeps("agency", "deadlines:agency"),
            width=280,
        )
        st.segmented_control(
            speech("deadlines.by"),
            GROUPS,
            format_func=lambda by: speech(f"deadlines.by.{by}"),
            required=True,
            key="deadlines:by",
            on_change=keeps("by", "deadlines:by", GROUPS[0]),
        )
        st.toggle(
            speech("deadlines.ended"), key="deadlines:ended", on_change=keeps("ended", "deadlines:ended")
        )
    st.caption(speech("deadlines.about"))


def _names(wish: Wish, bodies: Answer) -> dict[str, str]:
    """Names of the bodies that have deadlines, by their IRIs."""
    if wish.by == "issuer":
        return {row["group"]: row["name"] or "" for row in bodies.rows if row["group"]}
    return {
        row["body"]: row["name"] or row["body"] for row in bodies.rows if row["body"] and row["timed"] != "0"
    }


def _counts(context: Context, wish: Wish, horizons: Answer, days: Answer) -> bool:
    """How many deadlines there are, near and far; whether there is any."""
    speech = context.speech
    rows = {row["horizon"]: row for row in horizons.rows}
    ended = {name: int(row["ended"] or 0) for name, row in rows.items()}
    counts = {
        name: int(row["deadlines"] or 0) + (ended[name] if wish.ended else 0) for name, row in rows.items()
    }
    with st.container(horizontal=True):
        for name in (*HORIZONS, "recurring"):
            st.metric(speech(f"deadlines.{name}"), counts.get(name, 0), border=True, width=148)
    left = sum(ended[name] for name in ended)
    if left and not wish.ended:
        st.caption(speech("deadlines.ended.left", number=left))
    if not any(counts.values()):
        _nothing(context, wish)
        return False
    if counts.get("past") and not any(counts.get(name) for name in HORIZONS[1:]):
        last = str(days.rows[-1]["due"])
        st.info(speech("deadlines.none-ahead", date=wish.day, last=last), icon=":material/event_busy:")
        _lead(speech("deadlines.look", last=last), {"date": last, "month": "", "period": ""})
    return True


def _nothing(context: Context, wish: Wish) -> None:
    speech = context.speech
    if not wish.agency:
        st.info(speech("deadlines.nothing"), icon=":material/search_off:")
        return
    st.info(speech("deadlines.nothing-of", agency=plain(wish.agency)), icon=":material/search_off:")
    context.routes.link(speech("deadlines.find"), Target("agency", {"agency": wish.agency}))
    _lead(speech("deadlines.without"), {"agency": ""})


def _lead(label: str, changed: Mapping[str, str]) -> None:
    """A button to another state of this view."""
    st.button(label, icon=":material/arrow_forward:", type="tertiary", on_click=put_all, args=(changed,))


def _timeline(context: Context, wish: Wish, grouped: Answer) -> None:
    speech = context.speech
    due = [
        each
        for each in _due(grouped)
        # of a deadline of several bodies, the one that was asked for
        if wish.by == "document" or not wish.agency or wish.agency in (each.group, each.iri)
    ] or _due(grouped)
    _, more = foremost(due)
    nobody = speech("deadlines.no-issuer" if wish.by == "issuer" else "deadlines.nobody")
    st.subheader(speech("deadlines.timeline"))
    figure = timeline(due, wish.day, speech, nobody)
    _pick(
        "timeline", st.altair_chart(figure, key="deadlines:timeline", on_select="rerun", selection_mode=PICK)
    )
    if more:
        st.caption(speech("deadlines.more", shown=MOST_GROUPS, more=more))
    behind(context, grouped, part="timeline")


def _calendar(context: Context, wish: Wish, days: Answer) -> None:
    speech = context.speech
    st.subheader(speech("deadlines.calendar"))
    st.caption(speech("deadlines.calendar.help"))
    figure = calendar(_due(days), wish.day, speech)
    _pick(
        "calendar", st.altair_chart(figure, key="deadlines:calendar", on_select="rerun", selection_mode=PICK)
    )
    behind(context, days, part="calendar")


def _due(answer: Answer) -> list[Due]:
    return [
        Due(
            date.fromisoformat(row["due"]),
            row["group"],
            row["name"],
            int(row["deadlines"] or 0),
            row["text"] or "",
        )
        for row in answer.rows
        if row["due"]
    ]


def _pick(figure: str, event: object) -> None:
    """A month that was clicked in a figure goes into the address, once: the figure holds it longer."""
    chosen = picked(event)
    if chosen == st.session_state.get(f"{figure}:picked"):
        return
    st.session_state[f"{figure}:picked"] = chosen
    if chosen:
        put("month", chosen)
        st.rerun()


def _list(context: Context, wish: Wish, due: Answer) -> None:
    speech = context.speech
    if wish.month:
        st.subheader(speech("deadlines.list.month", month=f"{wish.month:%Y-%m}"))
        st.button(speech("deadlines.all-months"), icon=":material/close:", on_click=put, args=("month", ""))
    else:
        st.subheader(speech("deadlines.list"))
        st.session_state["deadlines:period"] = wish.period
        st.segmented_control(
            speech("deadlines.period"),
            PERIODS,
            format_func=lambda period: speech(f"deadlines.{period}"),
            required=True,
            key="deadlines:period",
            on_change=keeps("period", "deadlines:period", PERIODS[0]),
            label_visibility="collapsed",
        )
    table(context, due, empty="deadlines.empty", part="list")


def _recurring(context: Context, wish: Wish, periods: Answer, recurring: Answer) -> None:
    speech = context.speech
    st.subheader(speech("deadlines.duties"))
    counts = {str(row["every"]): row["deadlines"] for row in periods.rows}
    st.session_state["deadlines:every"] = wish.every if wish.every in counts else None
    st.pills(
        speech("deadlines.every"),
        list(counts),
        format_func=lambda every: f"{plain(speech.code(every))} · {counts[every]}",
        key="deadlines:every",
        on_change=keeps("every", "deadlines:every"),
        label_visibility="collapsed",
    )
    table(context, recurring, empty="deadlines.empty-recurring", part="recurring")

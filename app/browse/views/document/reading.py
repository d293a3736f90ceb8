"""The text of a document beside its outline, with its facts marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import streamlit as st

from app.browse.client.endpoint import Answer
from app.browse.components.escaping import plain, shortened
from app.browse.components.marked_text import Chosen, Entry, Reading, marked, said
from app.browse.components.tables import behind, table
from app.browse.context import Context
from app.browse.routes import Target
from app.browse.views.document.facts import legend, marks, statements
from app.browse.views.document.head import Head, Spot, place_of
from ontology.places import Place

QUESTIONS = ("document/clauses", "document/marks", "browse/statements")
_WORDS = ("text", "fact", "legend", "outline", "flat", "close", "hint", "unmarked", "also")
_LABEL = 28  # characters of a clause without a heading


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the fragment shows again without asking again."""

    document: str
    reading: Reading
    targets: dict[str, Target]
    at: str | None
    span: tuple[int, int] | None


def read(context: Context, head: Head, answers: list[Answer], spot: Spot | None) -> None:
    """The text with its marks; of an endpoint without texts the outline with the quotes of the facts."""
    clauses, found, told = answers
    stands = _place(context, head, spot)
    text = context.source.text(stands.iri) if stands else None
    if stands is None or text is None:
        st.info(context.speech("document.no-text"), icon=":material/info:")
        outlined = context.source.ask("document/outline", {"document": head.iri})
        table(context, outlined, empty="document.no-clauses")
        return
    rows = [row for row in found.rows if stands.holds(place_of(row))]
    targets: dict[str, Target] = {}
    reading = Reading(
        text=text,
        marks=marks(context, rows, statements(told.rows), stands.start, targets),
        entries=tuple(_entries(text, clauses, stands)),
        styles=tuple(_styles(text, clauses, head, stands)),
        legend=legend(context),
        words={word: context.speech(f"document.text.{word}") for word in _WORDS},
    )
    span = None
    if spot is not None and stands.holds(spot.place):
        span = (spot.place.start - stands.start, spot.place.end - stands.start)
    _show(context, _Shown(head.iri, reading, targets, st.query_params.get("at"), span))
    st.caption(context.speech("document.file", file=plain(head.files[stands])))
    behind(context, found)


@st.fragment
def _show(context: Context, shown: _Shown) -> None:
    at = st.query_params.get("at")
    off = tuple(kind for kind in st.query_params.get("off", "").split(",") if kind)
    chosen = Chosen(at, shown.span if at == shown.at else None, off)
    key = f"text:{shown.document}"
    told = marked(shown.reading, chosen, key, partial(_kept, key, shown.document))
    target = shown.targets.get(told.go or "")
    if target is not None:
        context.routes.go(target)


def _kept(key: str, document: str) -> None:
    """The chosen fact and the kinds that are switched off go into the address."""
    told = said(st.session_state.get(key))
    st.query_params["document"] = document
    for name, value in (("at", told.at), ("off", ",".join(told.off))):
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _place(context: Context, head: Head, spot: Spot | None) -> Place | None:
    """Which of the places of a document is read: the one asked for, else the first."""
    places = list(head.files)
    if len(places) < 2:
        return next(iter(places), None)
    within = [index for index, each in enumerate(places) if spot and each.holds(spot.place)]
    return st.selectbox(
        context.speech("document.place"),
        places,
        index=within[0] if within else 0,
        format_func=lambda each: f"{head.files[each]} · {each.start:,}–{each.end:,}",
        key=f"place:{head.iri}:{st.query_params.get('at')}",
    )


def _entries(text: str, clauses: Answer, stands: Place) -> Iterator[Entry]:
    """The clauses that have a number or a heading."""
    for row in clauses.rows:
        if stands.holds(place_of(row)) and (row["number"] or row["heading"]):
            begin, end = int(row["begin"] or 0) - stands.start, int(row["end"] or 0) - stands.start
            label = f"{row['number'] or ''} {row['heading']}" if row["heading"] else text[begin:end]
            longest = _LABEL * 2 if row["heading"] else _LABEL
            yield Entry(shortened(label, longest), int(row["depth"] or 1), begin, end)


def _styles(text: str, clauses: Answer, head: Head, stands: Place) -> Iterator[tuple[int, int, str]]:
    """Titles and headings, which stand out."""
    for title in head.titles:
        if stands.holds(title):
            yield title.start - stands.start, title.end - stands.start, "title"
    for row in clauses.rows:
        if row["heading"] and stands.holds(place_of(row)):
            begin = text.find(row["heading"], int(row["begin"] or 0) - stands.start)
            if 0 <= begin < int(row["end"] or 0) - stands.start:
                yield begin, begin + len(row["heading"]), "heading"

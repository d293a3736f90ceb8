"""The text of a document beside its outline, with its facts marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from app.browse.client.answers import QueryAnswer
from app.browse.components.marked_text.component import (
    MarkedText,
    OutlineEntry,
    TextSelection,
    parse_action,
    show_marked_text,
)
from app.browse.components.tables import show_footer, show_table
from app.browse.components.url_state import write_values
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, truncate
from app.browse.routes import ViewState
from app.browse.views.document.facts import legend_entries, make_marks, read_statements
from app.browse.views.document.metadata import DocumentMetadata, DocumentPlace, place_of
from ontology.places import Place

QUESTIONS = ("document/clauses", "document/marks", "browse/statements", "browse/pages")
_MESSAGES = ("text", "fact", "legend", "outline", "flat", "close", "hint", "unmarked", "also")
_LABEL = 28  # characters of a clause without a heading


@dataclass(frozen=True, slots=True)
class _ShownText:
    """What the fragment shows again without asking again."""

    document: str
    marked_text: MarkedText
    states: dict[str, ViewState]
    """address → the view that a link of a fact opens"""
    at: str | None
    span: tuple[int, int] | None


def show_text(
    context: ViewContext,
    metadata: DocumentMetadata,
    answers: Sequence[QueryAnswer],
    at: DocumentPlace | None,
) -> None:
    """Show the text with its marks; of an endpoint without texts the outline with the quotes of the facts.

    ``answers`` are those to QUESTIONS; ``at`` is the place that the address points to.
    """
    clauses, facts, details, numbers = answers
    pages = {row["fact"] or "": row["page"] or "" for row in numbers.rows}
    place = choose_place(context, metadata, at)
    text = context.client.text(place.iri) if place else None
    if place is None or text is None:
        st.info(context.translate("document.no-text"), icon=":material/info:")
        outline = context.client.ask("document/outline", {"document": metadata.iri})
        show_table(context, outline, empty="document.no-clauses")
        return
    rows = [row for row in facts.rows if place.holds(place_of(row))]
    states: dict[str, ViewState] = {}
    marked_text = MarkedText(
        text=text,
        marks=make_marks(context, rows, read_statements(details.rows), pages, place.start, states),
        entries=tuple(_outline_entries(text, clauses, place)),
        styles=tuple(_styles(text, clauses, metadata, place)),
        legend=legend_entries(context),
        messages={name: context.translate(f"document.text.{name}") for name in _MESSAGES},
    )
    span = None
    if at is not None and place.holds(at.place):
        span = (at.place.start - place.start, at.place.end - place.start)
    _show(context, _ShownText(metadata.iri, marked_text, states, st.query_params.get("at"), span))
    st.caption(context.translate("document.file", file=escape_markdown(metadata.files[place])))
    show_footer(context, facts)


@st.fragment
def _show(context: ViewContext, shown: _ShownText) -> None:
    at = st.query_params.get("at")
    off = tuple(kind for kind in st.query_params.get("off", "").split(",") if kind)
    selection = TextSelection(at, shown.span if at == shown.at else None, off)
    key = f"text:{shown.document}"
    on_change = partial(_write_selection, key, shown.document)
    action = show_marked_text(shown.marked_text, selection, key, on_change)
    state = shown.states.get(action.go or "")
    if state is not None:
        context.routes.go(state)


def _write_selection(key: str, document: str) -> None:
    """Write the chosen fact and the kinds that are switched off into the address."""
    action = parse_action(st.session_state.get(key))
    write_values({"document": document, "at": action.at or "", "off": ",".join(action.off)})


def choose_place(context: ViewContext, metadata: DocumentMetadata, at: DocumentPlace | None) -> Place | None:
    """Return the place of the document that is read: of several the one that holds ``at``, else the first."""
    places = list(metadata.files)
    if len(places) < 2:
        return next(iter(places), None)
    holding = [index for index, each in enumerate(places) if at and each.holds(at.place)]
    return st.selectbox(
        context.translate("document.place"),
        places,
        index=holding[0] if holding else 0,
        format_func=lambda each: f"{metadata.files[each]} · {each.start:,}–{each.end:,}",
        key=f"place:{metadata.iri}:{st.query_params.get('at')}",
    )


def _outline_entries(text: str, clauses: QueryAnswer, place: Place) -> Iterator[OutlineEntry]:
    """Yield the clauses that have a number or a heading."""
    for row in clauses.rows:
        if place.holds(place_of(row)) and (row["number"] or row["heading"]):
            begin, end = int(row["begin"] or 0) - place.start, int(row["end"] or 0) - place.start
            label = f"{row['number'] or ''} {row['heading']}" if row["heading"] else text[begin:end]
            longest = _LABEL * 2 if row["heading"] else _LABEL
            yield OutlineEntry(truncate(label, longest), int(row["depth"] or 1), begin, end)


def _styles(
    text: str, clauses: QueryAnswer, metadata: DocumentMetadata, place: Place
) -> Iterator[tuple[int, int, str]]:
    """Yield titles and headings, which stand out."""
    for title in metadata.titles:
        if place.holds(title):
            yield title.start - place.start, title.end - place.start, "title"
    for row in clauses.rows:
        if row["heading"] and place.holds(place_of(row)):
            begin = text.find(row["heading"], int(row["begin"] or 0) - place.start)
            if 0 <= begin < int(row["end"] or 0) - place.start:
                yield begin, begin + len(row["heading"]), "heading"

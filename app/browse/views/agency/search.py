"""Finding bodies: by the search of an endpoint that has one, else by the characters of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from app.browse.client.answers import EndpointHit, QueryAnswer
from app.browse.context import ViewContext
from app.browse.escaping import escape_markdown, truncate
from app.browse.routes import ViewState
from queries.run import Row

MOST = 20
"""Bodies in a list of links, as many as a page of the search has"""
_TRIES = 12  # parts of an unknown name that are searched for
_NAMES = 3  # aliases in the notes of a link


@dataclass(frozen=True, slots=True)
class FoundBody:
    """A body that was found, with its other names and what else is known of it."""

    iri: str
    name: str
    aliases: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BodySearch:
    """The first of the bodies that were found, and how many there are in all."""

    total: int
    first: tuple[FoundBody, ...]
    answer: QueryAnswer | None = None
    """the answer to agency/named where the endpoint has no search"""


def search_bodies(context: ViewContext, words: str) -> BodySearch:
    """Find bodies with a name, an alias or an old name like these words."""
    page = context.client.search(words, "agency")
    if page is not None:
        return BodySearch(page.total, tuple(_body_of_hit(hit) for hit in page.hits))
    answer = context.client.ask("agency/named", {"words": words})
    first = tuple(body_of_row(context, row) for row in answer.rows[:MOST])
    return BodySearch(len(answer.rows), first, answer)


def find_nearest(context: ViewContext, name: str) -> BodySearch:
    """Find the bodies whose names share the longest part with a name that no body has."""
    for part in _parts(name):
        found = search_bodies(context, part)
        if found.total:
            return found
    return BodySearch(0, ())


def body_of_row(context: ViewContext, row: Row) -> FoundBody:
    """Read a row of agency/named or agency/record."""
    translate = context.translate
    notes = [translate.code(value) for name in ("kind", "level") if (value := row.get(name))]
    if period := format_period(context, row.get("from"), row.get("until")):
        notes.append(period)
    if row.get("tasks") not in (None, "0"):
        notes.append(translate("agency.tasks-of", count=row["tasks"]))
    alias = row.get("called")
    aliases = (alias,) if alias and alias != row["name"] else ()
    return FoundBody(row["body"] or "", row["name"] or row["body"] or "", aliases, tuple(notes))


def format_period(context: ViewContext, begin: str | None, end: str | None) -> str:
    """Return the period in which a body existed; unknown ends are left open."""
    if begin and end:
        return context.translate("agency.period", **{"from": begin, "until": end})
    if begin:
        return context.translate("agency.from", **{"from": begin})
    return context.translate("agency.until", until=end) if end else ""


def show_bodies(context: ViewContext, bodies: Sequence[FoundBody]) -> None:
    """Show a link to each body, with its details below."""
    translate = context.translate
    for body in bodies:
        with st.container(gap=None):
            context.routes.link(body.name, ViewState("agency", {"agency": body.iri}))
            notes = list(body.notes)
            if body.aliases:
                names = ("、" if translate.language == "zh" else ", ").join(body.aliases)
                notes.insert(0, translate("agency.called", names=names))
            if notes:
                st.caption(escape_markdown(truncate(" · ".join(notes), 120)))


def _body_of_hit(hit: EndpointHit) -> FoundBody:
    """Take the names in the snippet that match the words; the body's own name is seen anyway."""
    matching: list[str] = []
    name, matches = "", False
    for text, marked in hit.snippet:
        first, *others = text.split("、")
        name, matches = name + first, matches or (marked and bool(first))
        for other in others:
            matching += [name] if matches else []
            name, matches = other, marked and bool(other)
    matching += [name] if matches else []
    aliases = tuple(dict.fromkeys(each for each in matching if each != hit.title))
    return FoundBody(hit.iri, hit.title or hit.iri, aliases[:_NAMES])


def _parts(name: str) -> Iterator[str]:
    """Yield parts of a name without an end or a beginning, the longest first."""
    tried = 0
    for length in range(len(name) - 1, 1, -1):
        for part in (name[-length:], name[:length]):
            if tried == _TRIES:
                return
            tried += 1
            yield part

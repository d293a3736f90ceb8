"""Finding bodies: by the search of an endpoint that has one, else by the characters of names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import streamlit as st

from app.browse.client.endpoint import Answer, Hit
from app.browse.components.escaping import plain, shortened
from app.browse.context import Context
from app.browse.routes import Target
from queries.run import Row

MOST = 20
"""Bodies in a list of links, as many as a page of the search has"""
_TRIES = 12  # parts of an unknown name that are searched for
_NAMES = 3  # aliases that a link says


@dataclass(frozen=True, slots=True)
class Body:
    """A body that was found: what it is called besides, and what else is known of it."""

    iri: str
    name: str
    called: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bodies:
    """The first of those that were found, and how many there are."""

    total: int
    first: tuple[Body, ...]
    answer: Answer | None = None


def look(context: Context, words: str) -> Bodies:
    """Bodies with a name, an alias or an old name like these words."""
    found = context.source.search(words, "agency")
    if found is not None:
        return Bodies(found.total, tuple(_hit(hit) for hit in found.hits))
    answer = context.source.ask("agency/named", {"words": words})
    first = tuple(told(context, row) for row in answer.rows[:MOST])
    return Bodies(len(answer.rows), first, answer)


def nearest(context: Context, name: str) -> Bodies:
    """Bodies whose names share the longest part with a name that nobody has."""
    for part in _parts(name):
        found = look(context, part)
        if found.total:
            return found
    return Bodies(0, ())


def told(context: Context, row: Row) -> Body:
    """A row of agency/named or agency/record as a body with notes."""
    speech = context.speech
    notes = [speech.code(value) for name in ("kind", "level") if (value := row.get(name))]
    if existed := period(context, row.get("from"), row.get("until")):
        notes.append(existed)
    if row.get("tasks") not in (None, "0"):
        notes.append(speech("agency.tasks-of", count=row["tasks"]))
    called = row.get("called")
    names = (called,) if called and called != row["name"] else ()
    return Body(row["body"] or "", row["name"] or row["body"] or "", names, tuple(notes))


def period(context: Context, begin: str | None, end: str | None) -> str:
    """From when to when a body existed, as far as that is known."""
    if begin and end:
        return context.speech("agency.period", **{"from": begin, "until": end})
    if begin:
        return context.speech("agency.from", **{"from": begin})
    return context.speech("agency.until", until=end) if end else ""


def listed(context: Context, bodies: Sequence[Body]) -> None:
    """A link to each, and below it what is known."""
    for body in bodies:
        with st.container(gap=None):
            context.routes.link(body.name, Target("agency", {"agency": body.iri}))
            notes = list(body.notes)
            if body.called:
                names = "、".join(body.called) if context.speech.language == "zh" else ", ".join(body.called)
                notes.insert(0, context.speech("agency.called", names=names))
            if notes:
                st.caption(plain(shortened(" · ".join(notes), 120)))


def _hit(hit: Hit) -> Body:
    """The names in the snippet that have what was looked for; the canonical one is seen anyway."""
    marked: list[str] = []
    name, found = "", False
    for text, mark in hit.snippet:
        first, *others = text.split("、")
        name, found = name + first, found or (mark and bool(first))
        for other in others:
            marked += [name] if found else []
            name, found = other, mark and bool(other)
    marked += [name] if found else []
    names = tuple(dict.fromkeys(each for each in marked if each != hit.title))
    return Body(hit.iri, hit.title or hit.iri, names[:_NAMES])


def _parts(name: str) -> Iterator[str]:
    """Parts of a name without an end or a beginning, the longest first."""
    tried = 0
    for length in range(len(name) - 1, 1, -1):
        for part in (name[-length:], name[:length]):
            if tried == _TRIES:
                return
            tried += 1
            yield part

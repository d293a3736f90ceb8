"""The content of an entity's page: its statements by property, and the passages that mention it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode

from app.serve.http.links import Links
from app.serve.isolation.version_cache import load_source
from app.serve.resources.display_names import DisplayNames
from app.serve.resources.entity_description import EntityDescription, iri_of
from app.serve.resources.passages import Passage, innermost, make_passage, text_digest, whole_lines
from ingest.store import Version
from ontology.places import Place, place
from ontology.terms import ELI, GB, XSD
from queries.model import Language, Words
from queries.present.labels import label, prefixed_name, rank

_TRUTH = {"true": Words("是", "yes"), "false": Words("否", "no")}
_PASSAGES = 5  # of one thing: a document that several files hold stands in each of them


@dataclass(frozen=True, slots=True, order=True)
class PropertyValue:
    """One value of a property: text, with a link where it is a thing of ours."""

    rank: tuple[str, int, int, str]
    """kind, start, end and name: the order of the values"""
    text: str = field(compare=False)
    link: str | None = field(default=None, compare=False)
    kind: str | None = field(default=None, compare=False)
    iri: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class PropertyGroup:
    """The values of one property."""

    label: str
    term: str
    values: tuple[PropertyValue, ...]


def group_statements(
    description: EntityDescription, names: DisplayNames, links: Links, base: str
) -> dict[str, list[PropertyGroup]]:
    """Return the statements of a thing, those about it, and its parts, as the ontology orders properties."""
    own: dict[str, list[PropertyValue]] = {}
    for triple in description.outgoing():
        own.setdefault(triple.predicate.value, []).append(_value(triple.object, names, links, base))
    inverse: dict[str, list[PropertyValue]] = {}
    for triple in description.incoming():
        inverse.setdefault(triple.predicate.value, []).append(_value(triple.subject, names, links, base))
    parts = [_value(NamedNode(iri), names, links, base) for iri in description.parts()]
    return {
        "own": _in_order(own, names.language),
        "inverse": _in_order(inverse, names.language),
        "parts": [PropertyGroup("", "", tuple(sorted(parts)))] if parts else [],
    }


def _in_order(values: dict[str, list[PropertyValue]], language: Language) -> list[PropertyGroup]:
    return [
        PropertyGroup(
            label(term, language) or prefixed_name(term), prefixed_name(term), tuple(sorted(values[term]))
        )
        for term in sorted(values, key=lambda term: (rank(term), term))
    ]


def _value(term: object, names: DisplayNames, links: Links, base: str) -> PropertyValue:
    if isinstance(term, NamedNode):
        iri, name, kind = term.value, names.name(term.value), names.kind(term.value)
        itself = place(iri)
        places = [itself] if itself else _places(names, iri)
        start, end = min(((found.start, -found.end) for found in places), default=(-1, 0))
        return PropertyValue((kind or "", start, end, name), name, links.thing(base, iri), kind, iri)
    text = term.value if isinstance(term, Literal) else str(term)
    if isinstance(term, Literal) and term.datatype.value == XSD.boolean:
        text = _TRUTH[text].of(names.language) if text in _TRUTH else text
    return PropertyValue(("", -1, 0, text), text)


async def find_passages(
    version: Version, description: EntityDescription, names: DisplayNames
) -> list[Passage]:
    """Return the passages in which a thing stands, with its characters marked.

    Of a fact or mention: its clause, else its lines. Of a clause: itself, with the facts that it states. Of
    a document: itself, with its title, number and other fields.
    """
    outgoing = description.outgoing()
    clauses = [iri_of(triple.object) or "" for triple in outgoing if triple.predicate.value == GB.statedIn]
    placed: list[tuple[str, Place]] = []
    for triple in outgoing:
        found = place(iri_of(triple.object) or "")
        if found is not None:
            placed.append((triple.predicate.value, found))
    itself = place(description.iri)
    places = [itself] if itself is not None else [found for term, found in placed if term == GB.place]
    container = any(triple.predicate.value in (ELI.is_part_of, ELI.title) for triple in outgoing)
    inner = [found for term, found in placed if term != GB.place]
    for triple in description.incoming():
        if triple.predicate.value == GB.statedIn:
            inner += _places(names, iri_of(triple.subject) or "")
    passages = []
    for within in places[:_PASSAGES]:
        around = [found for clause in clauses for found in _places(names, clause) if found.holds(within)]
        sha = text_digest(within.text)
        if sha is None:
            continue  # not a text of a store
        text = await load_source(version, sha)
        marks = inner if container else None
        passages.append(await asyncio.to_thread(_passage, text, within, around, marks))
    return passages


def original_links(description: EntityDescription, links: Links) -> dict[str, str]:
    """Return the links to where a thing stands in the original of each of its texts, by the text's IRI."""
    itself = place(description.iri)
    places = [itself] if itself else []
    for triple in description.outgoing():
        found = place(iri_of(triple.object) or "") if triple.predicate.value == GB.place else None
        if found is not None:
            places.append(found)
    made: dict[str, str] = {}
    for found in sorted(places):
        digest = text_digest(found.text)
        if digest is not None:
            made.setdefault(found.text, links.original(digest, {"char": f"{found.start},{found.end}"}))
    return made


def _passage(text: str, within: Place, around: list[Place], inner: list[Place] | None) -> Passage:
    """``inner`` are the places inside a clause or document; None for things that contain nothing."""
    if inner is not None:
        return make_passage(text, within, innermost(mark for mark in inner if within.holds(mark)))
    return make_passage(text, around[0] if around else whole_lines(text, within), [within])


def _places(names: DisplayNames, iri: str) -> list[Place]:
    return [found for found in map(place, names.places(iri)) if found is not None]

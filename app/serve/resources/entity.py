"""A page, and RDF, for every minted IRI: /id/…"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse, serialize
from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import NotFoundError, RequestError
from app.serve.http.links import Links, minted
from app.serve.http.media_types import GRAPHS, HTML, JSON, content_type
from app.serve.http.negotiation import answered, unchanged, wishes
from app.serve.http.pages import links_of, page
from app.serve.isolation.version_files import about, source
from app.serve.isolation.versions import Versions
from app.serve.isolation.worker import Job
from app.serve.resources.names import Names, named
from app.serve.resources.passages import Passage, digest, innermost, lines, passage
from app.serve.resources.sparql import CUT
from ingest.store.load import Version
from ontology.places import Place, place
from ontology.terms import ELI, GB, NIF, PREFIXES
from queries.model import Language
from queries.present.labels import label, rank, short

FORMATS = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "html": HTML,
    "json": JSON,
}
PLAIN = "text/plain"
"""A text itself; its places count the characters of what is given"""
FORMATS_OF_A_TEXT = {**FORMATS, "txt": PLAIN}
_TRIPLES = 10_000  # of RDF
_TRIPLES_OF_A_PAGE = 500
_PASSAGES = 5  # of one thing: a document that several files hold stands in each of them
_OWN = "CONSTRUCT {{ <{iri}> ?property ?value }} WHERE {{ <{iri}> ?property ?value }}"
_OTHER = """CONSTRUCT {{ ?other ?link <{iri}> . ?part ?about ?told }}
WHERE {{ {{ ?other ?link <{iri}> }}{parts} }}"""
# What an IRI with a fragment is told by the answer for the part before it, hence the places of a text.
_PARTS = {
    "text/": " UNION {{ ?part <{context}> <{iri}> ; ?about ?told }}",
    "graph/": " UNION {{ GRAPH <{iri}> {{ ?part ?about ?told }} }}",
}


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """One value of a property: text, with a link where it is a thing of ours."""

    rank: tuple[str, int, int, str]
    """kind, start, end and name: the order of the values"""
    text: str = field(compare=False)
    link: str | None = field(default=None, compare=False)
    kind: str | None = field(default=None, compare=False)
    iri: str | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """The values of one property."""

    label: str
    term: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What the graph says of a thing."""

    iri: str
    triples: tuple[Triple, ...]
    cut: str | None

    def own(self) -> list[Triple]:
        """With the thing as subject."""
        return [triple for triple in self.triples if _iri(triple.subject) == self.iri]

    def inverse(self) -> list[Triple]:
        """With the thing as object."""
        return [triple for triple in self.triples if _iri(triple.object) == self.iri]

    def parts(self) -> list[str]:
        """What else is spoken of: the places of a text, the things of a graph."""
        found = [
            _iri(triple.subject)
            for triple in self.triples
            if self.iri not in (_iri(triple.subject), _iri(triple.object))
        ]
        return list(dict.fromkeys(iri for iri in found if iri is not None))

    def iris(self) -> list[str]:
        """Everything that a page about the thing shows by name."""
        shown = [self.iri, *self.parts()]
        for triple in (*self.own(), *self.inverse()):
            shown += [iri for iri in map(_iri, (triple.subject, triple.object)) if iri is not None]
        return list(dict.fromkeys(shown))


async def thing(request: Request) -> Response:
    """All that is said of a thing, by it and of it."""
    versions: Versions = request.app.state.versions
    formats = FORMATS_OF_A_TEXT if _name(request).startswith(b"text/") else FORMATS
    wished = wishes(request, formats, ("char",))
    base = (await about(versions.version)).base
    iri = _asked(request, base, wished.values.get("char"))
    version = versions.version
    headers = answered(request, version, wished.media_type)
    if (same := unchanged(request, headers)) is not None:
        return same
    if wished.media_type == PLAIN:
        written = await _text(version, iri)
        return Response(written, headers=headers | {"Content-Type": content_type(PLAIN)})
    most = _TRIPLES_OF_A_PAGE if wished.media_type == HTML else _TRIPLES
    told = await _told(request, iri, base, most)
    links = links_of(request, wished.language)
    others = {name: links.thing(base, iri, name) or "" for name in ("ttl", "jsonld", "nt", "html")}
    headers["Link"] = ", ".join(
        f'<{link}>; rel="alternate"; type="{FORMATS[name]}"'
        for name, link in others.items()
        if FORMATS[name] != wished.media_type
    )
    if told.cut is not None:
        headers[CUT] = told.cut
    if wished.media_type != HTML:
        content = await asyncio.to_thread(_written, told.triples, wished.media_type)
        return Response(content, headers=headers | {"Content-Type": content_type(wished.media_type)})
    names = await named(versions.workers, told.iris(), wished.language, iri)
    clauses = [_iri(triple.object) or "" for triple in told.own() if triple.predicate.value == GB.statedIn]
    passages = await _passages(version, told, names, clauses)
    groups = await asyncio.to_thread(_groups, told, names, links, base)
    response = await asyncio.to_thread(
        page,
        request,
        "thing.html",
        iri=iri,
        title=names.name(iri),
        kind=names.kind(iri),
        groups=groups,
        passages=[(links.thing(base, found.text), found) for found in passages],
        cut=told.cut,
        forms={name: link for name, link in others.items() if name != "html"},
        types=FORMATS,
        query=_other(iri, base),
    )
    response.headers.update(headers)
    return response


def _name(request: Request) -> bytes:
    root = str(request.scope.get("root_path", "")).encode("utf8")
    return bytes(request.scope["raw_path"]).removeprefix(root).removeprefix(b"/id/")


async def _text(version: Version, iri: str) -> str:
    """The characters of a text or of a place in one."""
    stands = place(iri)
    sha = digest(stands.text if stands else iri)
    if sha is None or not version.has_source(sha):
        raise NotFoundError(f"version {version.id} has no text {iri}")
    text = await source(version, sha)
    return text[stands.start : stands.end] if stands else text


def _asked(request: Request, base: str, char: str | None) -> str:
    path = _name(request)
    if char is not None and not path.startswith(b"text/"):
        raise RequestError("char=START,END names characters of a text; this is none")
    iri = minted(base, path, char)
    if iri is None:
        raise NotFoundError("nothing can have this name")
    return iri


def _other(iri: str, base: str) -> str:
    """The question for what others say of a thing."""
    name = iri.removeprefix(base)
    parts = "".join(
        part.format(iri=iri, context=NIF.referenceContext)
        for kind, part in _PARTS.items()
        if name.startswith(kind) and "#" not in name
    )
    return _OTHER.format(iri=iri, parts=parts)


async def _told(request: Request, iri: str, base: str, most: int) -> Told:
    """Its own statements, and as many of others as then may be.

    Two questions, since in one a thing of which much is said would be cut before it says anything itself.
    """
    versions: Versions = request.app.state.versions
    workers = versions.workers
    own, other = await asyncio.gather(
        *(
            workers.run(
                Job(question, FORMATS["nt"], iri, rows=most, size=versions.limits.size),
                request.is_disconnected,
            )
            for question in (_OWN.format(iri=iri), _other(iri, base))
        )
    )
    if not own.content and not other.content:
        raise NotFoundError(f"nothing is said of {iri} in version {workers.version.id}")
    read = await asyncio.to_thread(lambda: (*_read(own.content), *_read(other.content)))
    triples = tuple(dict.fromkeys(read))
    cut = own.cut or other.cut or (f"{most} triples" if len(triples) > most else None)
    return Told(iri, triples[:most], cut)


def _read(content: bytes) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(content, RdfFormat.N_TRIPLES))


def _written(triples: Iterable[Triple], media_type: str) -> bytes:
    prefixed = media_type == FORMATS["ttl"]
    return serialize(triples, format=GRAPHS[media_type], prefixes=dict(PREFIXES) if prefixed else None) or b""


def _iri(term: object) -> str | None:
    return term.value if isinstance(term, NamedNode) else None


def _groups(told: Told, names: Names, links: Links, base: str) -> dict[str, list[Group]]:
    """What it says, what is said of it, and its parts, each by property in the ontology's order."""
    own: dict[str, list[Value]] = {}
    for triple in told.own():
        own.setdefault(triple.predicate.value, []).append(_value(triple.object, names, links, base))
    inverse: dict[str, list[Value]] = {}
    for triple in told.inverse():
        inverse.setdefault(triple.predicate.value, []).append(_value(triple.subject, names, links, base))
    parts = [_value(NamedNode(iri), names, links, base) for iri in told.parts()]
    return {
        "own": _sorted(own, names.language),
        "inverse": _sorted(inverse, names.language),
        "parts": [Group("", "", tuple(sorted(parts)))] if parts else [],
    }


def _sorted(found: dict[str, list[Value]], language: Language) -> list[Group]:
    return [
        Group(label(term, language) or short(term), short(term), tuple(sorted(found[term])))
        for term in sorted(found, key=lambda term: (rank(term), term))
    ]


def _value(term: object, names: Names, links: Links, base: str) -> Value:
    if isinstance(term, NamedNode):
        iri, name, kind = term.value, names.name(term.value), names.kind(term.value)
        found = place(iri)
        stands = [found] if found else _places(names, iri)
        start, end = min(((spot.start, -spot.end) for spot in stands), default=(-1, 0))
        return Value((kind or "", start, end, name), name, links.thing(base, iri), kind, iri)
    text = term.value if isinstance(term, Literal) else str(term)
    return Value(("", -1, 0, text), text)


async def _passages(version: Version, told: Told, names: Names, clauses: list[str]) -> list[Passage]:
    """The passages in which a thing stands, with its characters marked.

    Of a fact or mention: its clause, else its lines. Of a clause: itself, with the facts that it states. Of
    a document: itself, with its title, number and other fields.
    """
    own: list[tuple[str, Place]] = []
    for triple in told.own():
        found = place(_iri(triple.object) or "")
        if found is not None:
            own.append((triple.predicate.value, found))
    standing = [found for term, found in own if term == GB.place]
    itself = place(told.iri)
    if itself is not None:
        standing = [itself]
    container = any(triple.predicate.value in (ELI.is_part_of, ELI.title) for triple in told.own())
    inner = [found for term, found in own if term != GB.place]
    for triple in told.inverse():
        if triple.predicate.value == GB.statedIn:
            inner += _places(names, _iri(triple.subject) or "")
    made = []
    for stands in standing[:_PASSAGES]:
        homes = [found for clause in clauses for found in _places(names, clause) if found.holds(stands)]
        sha = digest(stands.text)
        if sha is None:
            continue  # not a text of a store
        text = await source(version, sha)
        made.append(await asyncio.to_thread(_passage, text, stands, homes, inner if container else None))
    return made


def _passage(text: str, stands: Place, homes: list[Place], inner: list[Place] | None) -> Passage:
    """``inner`` are the places of what a clause or document holds; None for a thing that holds nothing."""
    if inner is not None:
        return passage(text, stands, innermost(mark for mark in inner if stands.holds(mark)))
    return passage(text, homes[0] if homes else lines(text, stands), [stands])


def _places(names: Names, iri: str) -> list[Place]:
    return [found for found in map(place, names.places(iri)) if found is not None]

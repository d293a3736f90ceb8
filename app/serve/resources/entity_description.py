"""The statements of the graph about one thing: those with it as subject, and those with it as object."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, RdfFormat, Triple, parse, serialize
from starlette.requests import Request

from app.serve.http.errors import NotFoundError
from app.serve.http.media_types import GRAPHS
from app.serve.isolation.versions import Versions
from app.serve.isolation.worker import QueryJob
from ontology.terms import NIF, PREFIXES

_N_TRIPLES = "application/n-triples"
_TURTLE = "text/turtle"
_OUTGOING = "CONSTRUCT {{ <{iri}> ?property ?value }} WHERE {{ <{iri}> ?property ?value }}"
_INCOMING = """CONSTRUCT {{ ?other ?link <{iri}> . ?part ?about ?told }}
WHERE {{ {{ ?other ?link <{iri}> }}{parts} }}"""
# An IRI with a fragment is described by the answer for the part before it, hence the places of a text.
_PARTS = {
    "text/": " UNION {{ ?part <{context}> <{iri}> ; ?about ?told }}",
    "graph/": " UNION {{ GRAPH <{iri}> {{ ?part ?about ?told }} }}",
}


@dataclass(frozen=True, slots=True)
class EntityDescription:
    """The statements about a thing; ``cut`` names the limit that left some of them out."""

    iri: str
    triples: tuple[Triple, ...]
    cut: str | None

    def outgoing(self) -> list[Triple]:
        """Return the statements with the thing as subject."""
        return [triple for triple in self.triples if iri_of(triple.subject) == self.iri]

    def incoming(self) -> list[Triple]:
        """Return the statements with the thing as object."""
        return [triple for triple in self.triples if iri_of(triple.object) == self.iri]

    def parts(self) -> list[str]:
        """Return what else is described: the places of a text, the things of a graph."""
        found = [
            iri_of(triple.subject)
            for triple in self.triples
            if self.iri not in (iri_of(triple.subject), iri_of(triple.object))
        ]
        return list(dict.fromkeys(iri for iri in found if iri is not None))

    def iris(self) -> list[str]:
        """Return everything that a page about the thing shows by name."""
        shown = [self.iri, *self.parts()]
        for triple in (*self.outgoing(), *self.incoming()):
            shown += [iri for iri in map(iri_of, (triple.subject, triple.object)) if iri is not None]
        return list(dict.fromkeys(shown))


async def fetch_description(request: Request, iri: str, base: str, most: int) -> EntityDescription:
    """Return the statements with a thing as subject, and of those with it as object what ``most`` leaves.

    Two queries: in one, the statements of others about a thing could fill the limit before its own come.
    Raises NotFoundError where there are none.
    """
    versions: Versions = request.app.state.versions
    pool = versions.pool
    outgoing, incoming = await asyncio.gather(
        *(
            pool.run(
                QueryJob(query, _N_TRIPLES, iri, rows=most, size=versions.limits.size),
                request.is_disconnected,
            )
            for query in (_OUTGOING.format(iri=iri), incoming_query(iri, base))
        )
    )
    if not outgoing.content and not incoming.content:
        raise NotFoundError(f"nothing is said of {iri} in version {pool.version.id}")
    read = await asyncio.to_thread(lambda: (*_parse(outgoing.content), *_parse(incoming.content)))
    triples = tuple(dict.fromkeys(read))
    cut = (
        outgoing.truncated_by or incoming.truncated_by or (f"{most} triples" if len(triples) > most else None)
    )
    return EntityDescription(iri, triples[:most], cut)


def incoming_query(iri: str, base: str) -> str:
    """Return the query for the statements about a thing and, where it has parts, those that they make."""
    name = iri.removeprefix(base)
    parts = "".join(
        part.format(iri=iri, context=NIF.referenceContext)
        for kind, part in _PARTS.items()
        if name.startswith(kind) and "#" not in name
    )
    return _INCOMING.format(iri=iri, parts=parts)


def serialise(triples: Iterable[Triple], media_type: str) -> bytes:
    """Return the statements in an RDF format."""
    prefixes = dict(PREFIXES) if media_type == _TURTLE else None
    return serialize(triples, format=GRAPHS[media_type], prefixes=prefixes) or b""


def iri_of(term: object) -> str | None:
    """Return the IRI that a term is; None for a literal."""
    return term.value if isinstance(term, NamedNode) else None


def _parse(content: bytes) -> tuple[Triple, ...]:
    return tuple(quad.triple for quad in parse(content, RdfFormat.N_TRIPLES))

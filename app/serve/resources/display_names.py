"""Names for IRIs: the graph's own words for things, so that pages show names."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from app.serve.isolation.pool import WorkerPool
from app.serve.isolation.worker import QueryJob
from ontology.terms import ELI, GB, NIF, RDF, RDFS, SKOS
from queries.model import Language
from queries.present.labels import label, local_name, prefixed_name, rank

_LONGEST = 80  # characters of a name
_RESULTS = "application/sparql-results+json"
_NAMES = (
    *(SKOS.prefLabel, ELI.title, RDFS.label, GB.citedTitle, NIF.anchorOf, ELI.id_local, GB.fileName),
    *(GB.changeDate, GB.agencyName),
)
"""What names a thing, the best first."""
_PARTS = (GB.number, GB.heading, GB.clauseKind, GB.ordinal, GB.changeKind)
_PROPERTIES = (RDF.type, GB.place, *_PARTS, *_NAMES)
_QUERY = """SELECT DISTINCT ?thing ?property ?value WHERE {{
  {{ VALUES ?thing {{ {things} }} ?thing ?property ?value FILTER (?property IN ({properties})) }}
  UNION {{ VALUES ?thing {{ {things} }} ?thing <{place}> ?spot . ?spot <{anchor}> ?value
    BIND (<{anchor}> AS ?property) }}
}} ORDER BY ?thing ?property ?value"""
# A second VALUES instead of the filter, or OPTIONAL, takes ten times as long and more.

Statements = Mapping[str, Mapping[str, list[str]]]
"""Thing → property → values."""


@dataclass(frozen=True, slots=True)
class DisplayNames:
    """Names, classes and places of some things; everything else is called by its IRI."""

    statements: Statements
    language: Language

    def name(self, iri: str) -> str:
        """Return the name of an entity, on one line."""
        known = label(iri, self.language)
        if known:
            return known
        values = self.statements.get(iri, {})
        clause = self._clause(values)
        if clause:
            return _shortened(clause)
        for term in _NAMES:
            if values.get(term):
                change = self._labels(values.get(GB.changeKind, ()))
                return _shortened(" ".join([*change, values[term][0]]))
        return prefixed_name(iri) if "#" in iri and "#char=" not in iri else local_name(iri)

    def kind(self, iri: str) -> str | None:
        """Return the label of its class; of several the one that the ontology declares first.

        That a document is cited comes last: it is the least specific class.
        """
        classes = self.statements.get(iri, {}).get(RDF.type, ())
        found = self._labels(sorted(classes, key=lambda name: (name == GB.CitedDocument, rank(name))))
        return found[0] if found else None

    def places(self, iri: str) -> list[str]:
        """Return the IRIs of the places at which a thing stands."""
        return self.statements.get(iri, {}).get(GB.place, [])

    def _clause(self, values: Mapping[str, list[str]]) -> str:
        parts = [*values.get(GB.number, ())[:1], *values.get(GB.heading, ())[:1]]
        if not parts and GB.clauseKind in values:
            parts = [*self._labels(values[GB.clauseKind]), *values.get(GB.ordinal, ())[:1]]
        return " ".join(parts)

    def _labels(self, iris: Iterable[str]) -> list[str]:
        return [found for iri in iris if (found := label(iri, self.language)) is not None]


async def fetch_names(pool: WorkerPool, iris: Collection[str], language: Language, base: str) -> DisplayNames:
    """Ask a worker for the names, classes and places of these things."""
    things = [iri for iri in dict.fromkeys(iris) if label(iri, language) is None]
    if not things:
        return DisplayNames({}, language)
    query = _QUERY.format(
        things=" ".join(map(_in_sparql, things)),
        properties=", ".join(map(_in_sparql, _PROPERTIES)),
        place=GB.place,
        anchor=NIF.anchorOf,
    )
    answer = await pool.run(QueryJob(query, _RESULTS, base))
    statements: dict[str, dict[str, list[str]]] = {}
    for row in json.loads(answer.content)["results"]["bindings"]:
        thing, term, value = (row[name]["value"] for name in ("thing", "property", "value"))
        statements.setdefault(thing, {}).setdefault(term, []).append(value)
    return DisplayNames(statements, language)


def _in_sparql(iri: str) -> str:
    return str(NamedNode(iri))


def _shortened(name: str) -> str:
    line = " ".join(name.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"

"""Collect the entries of the index from the graph of a draft, file by file: a corpus need not fit into
memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pyoxigraph import QuerySolutions, Store

from ingest.search.model import AgencyName, DocumentName, EntryKind, SearchEntry, number_key
from ingest.search.words import name_key
from ontology.iris import Iris
from ontology.normal import plain
from ontology.places import place as read_place
from ontology.registry import Body, Registry
from ontology.registry.labels import labels
from ontology.terms import CV, ELI, GB, RDFS, SKOS, notations

Row = tuple[str | None, ...]
Source = Callable[[str], str]
"""Gives the normalised text of a SHA-256."""

_TYPES: dict[str, str] = {concept: name for name, concept in notations(GB.DocumentType).items()}
_FILES = f"SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?text <{GB.originalSha256}> ?sha }} }}"
_REPEATED = f"""SELECT ?document WHERE {{ GRAPH ?graph {{ ?document a <{ELI.LegalResource}> }} }}
GROUP BY ?document HAVING (COUNT(?graph) > 1)"""
_DOCUMENTS = f"""SELECT ?document ?place ?title ?number ?year ?date ?type ?circular WHERE {{ GRAPH ?graph {{
  ?document a <{ELI.LegalResource}> ; <{GB.place}> ?place
  OPTIONAL {{ ?document <{ELI.title}> ?own }}
  OPTIONAL {{ ?document <{RDFS.label}> ?made }}
  BIND (COALESCE(?own, ?made) AS ?title)
  OPTIONAL {{ ?document <{ELI.id_local}> ?number }}
  OPTIONAL {{ ?document <{GB.year}> ?year }}
  OPTIONAL {{ ?document <{ELI.date_document}> ?date }}
  OPTIONAL {{ ?document <{ELI.type_document}> ?type }}
  OPTIONAL {{ ?circular <{GB.promulgates}>|<{GB.republishes}> ?document }}
}} }}"""
_ISSUERS = f"""SELECT ?document ?body ?name WHERE {{ GRAPH ?graph {{
  ?document <{ELI.passed_by}> ?body . ?body <{SKOS.prefLabel}> ?name }} }}"""
_CLAUSES = f"""SELECT ?clause ?place WHERE {{ GRAPH ?graph {{
  ?clause a <{ELI.LegalResourceSubdivision}> ; <{GB.place}> ?place }} }}"""
_NUMBERS = f"SELECT ?clause ?number WHERE {{ GRAPH ?graph {{ ?clause <{GB.number}> ?number }} }}"
_HEADINGS = f"SELECT ?clause ?heading WHERE {{ GRAPH ?graph {{ ?clause <{GB.heading}> ?heading }} }}"
_TASKS = f"""SELECT ?task ?place ?label WHERE {{ GRAPH ?graph {{
  ?task a <{GB.Task}> ; <{GB.place}> ?place ; <{RDFS.label}> ?label }} }}"""
_DUTIES = f"""SELECT DISTINCT ?clause ?task ?body ?name WHERE {{ GRAPH ?graph {{
  ?duty a <{GB.Responsibility}> ; <{GB.agency}> ?body ; <{GB.statedIn}> ?clause ; <{GB.task}> ?task .
  ?body <{SKOS.prefLabel}> ?name }} }}"""
_BODIES = f"""SELECT DISTINCT ?body ?name WHERE {{
  VALUES ?class {{ <{CV.PublicOrganisation}> <{GB.CollectiveBody}> <{GB.FunctionalBody}> <{GB.GenericBody}>
    <{GB.NamedBody}> }}
  ?body a ?class ; <{SKOS.prefLabel}> ?name }}"""
_WRITTEN = f"""SELECT DISTINCT ?body ?written WHERE {{
  ?mention <{GB.agency}> ?body ; <{GB.agencyName}> ?written }}"""


def entries(graph: Store, source: Source, registry: Registry, iris: Iris) -> Iterator[SearchEntry]:
    """Every entry, in an order that depends on nothing but the content."""
    repeated = {document for (document,) in _rows(graph, _REPEATED)}
    seen: set[str] = set()  # things of documents that several files hold
    for (file,) in sorted(_rows(graph, _FILES), key=str):
        for entry in _file(graph, f"<{file}>", source):
            if entry.document and entry.document.iri in repeated:
                if entry.iri in seen:
                    continue
                seen.add(entry.iri)
            yield entry
    yield from _agencies(graph, registry, iris)


def _rows(graph: Store, question: str) -> Iterator[Row]:
    found = graph.query(question)
    if not isinstance(found, QuerySolutions):
        raise TypeError("a SELECT query is expected")
    for solution in found:
        # literals and IRIs have a value; nothing else is in the graph
        yield tuple(getattr(term, "value", None) for term in solution)


@dataclass(slots=True)
class _Document:
    """The fields of a document, as far as they are known."""

    place: str
    title: str | None
    number: str | None
    year: int | None
    type: str | None
    circular: str | None
    issuers: tuple[AgencyName, ...] = field(default=())


def _file(graph: Store, file: str, source: Source) -> Iterator[SearchEntry]:
    def rows(question: str) -> Iterator[Row]:
        return _rows(graph, question.replace("?graph", file))

    def ask(question: str) -> list[Row]:
        return sorted(rows(question), key=_in_order_of_text)

    documents = _documents(ask(_DOCUMENTS), ask(_ISSUERS))
    bodies: dict[str, dict[AgencyName, None]] = defaultdict(dict)
    for clause, task, body, name in sorted(rows(_DUTIES), key=str):
        for owner in (clause, task):
            bodies[owner or ""][AgencyName(body or "", name or "")] = None
    for iri, document in documents.items():
        yield _document_entry(iri, document)
    numbers = {row[0]: row[1] for row in rows(_NUMBERS)}
    headings = {row[0]: row[1] for row in rows(_HEADINGS)}
    for clause, place in ask(_CLAUSES):
        title = " ".join(part for part in (numbers.get(clause), headings.get(clause)) if part)
        yield _part(EntryKind.CLAUSE, clause, title, place, documents, bodies, source)
    for task, place, label in ask(_TASKS):
        yield _part(EntryKind.TASK, task, label, place, documents, bodies, None)


def _in_order_of_text(row: Row) -> tuple[int, str, str]:
    begin, _, _ = (row[1] or "").rpartition("=")[2].partition(",")
    return int(begin) if begin.isdecimal() else 0, row[0] or "", str(row)


def _documents(found: Iterable[Row], issued: Iterable[Row]) -> dict[str, _Document]:
    """Merge rows into documents; what a circular issues or republishes has its number, year and issuers."""
    documents: dict[str, _Document] = {}
    for iri, place, title, number, year, date, concept, circular in found:
        when = (date or year or "")[:4]
        known = documents.setdefault(
            iri or "",
            _Document(place or "", title, number, None, None, circular),
        )
        known.year = known.year or (int(when) if when.isdecimal() else None)
        known.type = known.type or _TYPES.get(concept or "")
    for iri, body, name in issued:
        if iri in documents:
            documents[iri].issuers += (AgencyName(body or "", name or ""),)
    for document in documents.values():
        issuing = documents.get(document.circular or "")
        if issuing is not None:
            document.year = document.year or issuing.year
            document.issuers = document.issuers or issuing.issuers
            document.number = document.number or issuing.number
    return documents


def _document_entry(iri: str, document: _Document) -> SearchEntry:
    exact = [name_key(document.title)] if document.title else []
    if document.number and not document.circular:
        exact.append(number_key(document.number))  # the number means the circular itself
    about = (document.number, *(issuer.name for issuer in document.issuers))
    return SearchEntry(
        EntryKind.DOCUMENT,
        iri,
        document.title or document.number or "",
        text="，".join(part for part in about if part),
        document=DocumentName(iri, document.number, document.title),
        agencies=document.issuers,
        document_type=document.type,
        year=document.year,
        exact=tuple(part for part in exact if part),
    )


def _part(
    kind: EntryKind,
    iri: str | None,
    title: str | None,
    place: str | None,
    documents: dict[str, _Document],
    bodies: dict[str, dict[AgencyName, None]],
    source: Source | None,
) -> SearchEntry:
    """A clause or a task; with ``source`` its place gives its text."""
    iri, stands = iri or "", read_place(place or "")
    owner = iri
    while owner and owner not in documents:
        owner = owner.rpartition("/")[0]
    document = documents.get(owner)
    text = ""
    if source is not None and stands is not None:
        text = source(stands.text.rpartition("/")[2])[stands.start : stands.end]
    return SearchEntry(
        kind,
        iri,
        title or "",
        text=text,
        place=place if source else None,
        document=DocumentName(owner, document.number, document.title) if document else None,
        agencies=tuple(bodies.get(iri, ())),
        document_type=document.type if document else None,
        year=document.year if document else None,
    )


def _agencies(graph: Store, registry: Registry, iris: Iris) -> Iterator[SearchEntry]:
    """The bodies of the registry, then others that texts name, with the names that the texts use."""
    registered = _registered(registry, iris)
    yield from registered
    known = {entry.iri for entry in registered}
    written: dict[str, set[str]] = defaultdict(set)
    for other, label in _rows(graph, _WRITTEN):
        if other not in known:
            written[other or ""].add(label or "")
    for other, name in sorted(_rows(graph, _BODIES), key=str):
        if other not in known:
            yield _agency(other or "", name or "", sorted(written[other or ""] - {name or ""}), ())


@lru_cache(maxsize=1)
def _registered(registry: Registry, iris: Iris) -> tuple[SearchEntry, ...]:
    """Return the bodies of the registry with all their names and those of the bodies that became them.

    A process that builds again has them already.
    """
    before: dict[str, list[Body]] = defaultdict(list)
    for body in registry:
        for now in registry.now(body):
            if now is not body:
                before[now.name].append(body)
    found: list[SearchEntry] = []
    for body in sorted(registry, key=lambda body: body.name):
        if body.is_area:
            continue
        iri = iris.agency("body", body.name)
        own = _labels(body, registry)
        old = [
            label for earlier in before[body.name] for label in (earlier.name, *_labels(earlier, registry))
        ]
        found.append(_agency(iri, body.name, own, old))
    return tuple(found)


def _labels(body: Body, registry: Registry) -> list[str]:
    everywhere, local = labels(body, registry.get(body.area))
    more = sorted(
        (everywhere | local) - {plain(body.name), *body.aliases}, key=lambda name: (len(name), name)
    )
    return [*body.aliases, *more]


def _agency(iri: str, name: str, own: Iterable[str], old: Iterable[str]) -> SearchEntry:
    own = tuple(own)
    exact = dict.fromkeys(name_key(label) for label in (name, *own))
    return SearchEntry(
        EntryKind.AGENCY,
        iri,
        name,
        text="、".join(dict.fromkeys((*own, *old))),
        agencies=(AgencyName(iri, name),),
        exact=tuple(part for part in exact if part),
    )

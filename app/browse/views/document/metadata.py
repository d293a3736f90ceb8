"""The document that an address means, and its metadata: title, number, issuers, dates, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.browse.client.endpoint import EndpointClient
from ontology.places import Place, place
from ontology.terms import ELI, GB, NIF, RDFS, SKOS
from queries.run import Row


@dataclass(frozen=True, slots=True)
class DocumentPlace:
    """The characters of a clause, a fact or another mention, and the IRI of the document they belong to."""

    document: str
    place: Place


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What is known of a document beside its text; dates are ISO 8601, concepts are IRIs."""

    iri: str
    title: str | None
    circular: str | None
    """the title of the circular that issues it, where that is another one"""
    number: str | None
    type: str | None
    level: str | None
    issuers: tuple[tuple[str, str], ...]
    """IRI and name of each"""
    addressees: str | None
    dates: Mapping[str, str]
    """property of the ontology → date"""
    files: Mapping[Place, str]
    """its characters in each text → the name of the text's file"""
    titles: tuple[Place, ...]


DATES = (
    ELI.date_document,
    GB.earliestDate,
    GB.latestDate,
    ELI.first_date_entry_in_force,
    ELI.date_no_longer_in_force,
)


def find_place(client: EndpointClient, iri: str) -> DocumentPlace | None:
    """Return the characters of a clause, fact, task or mention; None where the store has none of that IRI."""
    for row in client.ask("browse/at", {"at": iri}).rows:
        return DocumentPlace(row["document"] or "", place_of(row))
    return None


def find_documents(client: EndpointClient, document: str) -> list[str]:
    """Return the documents that a number, a title or an IRI means; only those in the store if any is."""
    rows = client.ask("browse/document", {"document": document}).rows
    stored = [row for row in rows if row["in_store"] == "true"]
    return [iri for row in stored or rows if (iri := row["found"])]


def place_of(row: Row) -> Place:
    """Return the place of a row with the columns text, begin and end."""
    return Place(row["text"] or "", int(row["begin"] or 0), int(row["end"] or 0))


def read_metadata(iri: str, rows: Iterable[Row]) -> DocumentMetadata:
    """Read the answer to browse/head."""
    statements = _Statements(rows)
    policy = statements.one(iri, GB.promulgates) or iri
    own_title = statements.one(iri, ELI.title)
    title = statements.one(policy, ELI.title) or own_title or statements.one(iri, RDFS.label)
    dates: dict[str, str] = {
        name: date for name in DATES if (date := statements.one(policy, name) or statements.one(iri, name))
    }
    names = statements.pairs(GB.fileName)
    files = [(where, name) for subject, name in names if (where := place(subject))]
    return DocumentMetadata(
        iri=iri,
        title=title,
        circular=own_title if own_title != title else None,
        number=statements.one(iri, ELI.id_local) or statements.one(policy, ELI.id_local),
        type=statements.one(policy, ELI.type_document) or statements.one(iri, ELI.type_document),
        level=statements.one(iri, GB.level),
        issuers=_issuers(statements, iri),
        addressees=statements.one(iri, GB.addressees),
        dates=dates,
        files=dict(sorted(files, key=lambda pair: (pair[1], pair[0].start))),
        titles=tuple(
            where
            for subject in dict.fromkeys((iri, policy))
            for value in statements.all(subject, GB.titlePlace)
            if (where := place(value))
        ),
    )


class _Statements:
    """Statements by subject and property."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._values: dict[tuple[str, str], list[str]] = {}
        for row in rows:
            subject, name, value = row["subject"], row["property"], row["value"]
            if subject and name and value is not None:
                self._values.setdefault((subject, name), []).append(value)

    def all(self, subject: str, name: str) -> list[str]:
        return sorted(self._values.get((subject, name), ()))

    def one(self, subject: str, *names: str) -> str | None:
        return next((value for name in names for value in self.all(subject, name)), None)

    def pairs(self, name: str) -> Iterator[tuple[str, str]]:
        for subject, known in self._values:
            if known == name:
                yield subject, min(self._values[subject, known])


def _issuers(statements: _Statements, iri: str) -> tuple[tuple[str, str], ...]:
    order = {body: int(first) for body, first in statements.pairs(NIF.beginIndex)}
    bodies = sorted(statements.all(iri, ELI.passed_by), key=lambda body: (order.get(body, 0), body))
    return tuple((body, statements.one(body, SKOS.prefLabel) or body) for body in bodies)

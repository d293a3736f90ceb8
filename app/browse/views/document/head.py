"""Which document an address means, and its head: title, number, issuers, dates, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from app.browse.client.endpoint import Source
from ontology.places import Place, place
from ontology.terms import ELI, GB, NIF, RDFS, SKOS
from queries.run import Row


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a clause, a fact or another mention stands."""

    document: str
    place: Place


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of a document beside its text; dates are ISO 8601, concepts are IRIs."""

    iri: str
    title: str | None
    circular: str | None
    """the title of the circular that puts it out, where that is another one"""
    number: str | None
    type: str | None
    level: str | None
    issuers: tuple[tuple[str, str], ...]
    addressees: str | None
    dates: Mapping[str, str]
    """property of the ontology → date"""
    files: Mapping[Place, str]
    """where it stands, with the name of the file"""
    titles: tuple[Place, ...]


DATES = (
    ELI.date_document,
    GB.earliestDate,
    GB.latestDate,
    ELI.first_date_entry_in_force,
    ELI.date_no_longer_in_force,
)


def spot(source: Source, at: str) -> Spot | None:
    """Where a clause, fact, task or mention stands; None where nothing is said of it."""
    rows = source.ask("browse/at", {"at": at}).rows
    return next((_spot(row) for row in rows), None)


def place_of(row: Row) -> Place:
    """Where the characters of a row stand, whose columns are text, begin and end."""
    return Place(row["text"] or "", int(row["begin"] or 0), int(row["end"] or 0))


def _spot(row: Row) -> Spot:
    return Spot(row["document"] or "", place_of(row))


def found(source: Source, document: str) -> list[str]:
    """The documents that a number, a title or an IRI means; those of the store where there are any."""
    rows = source.ask("browse/document", {"document": document}).rows
    stored = [row for row in rows if row["in_store"] == "true"]
    return [iri for row in stored or rows if (iri := row["found"])]


class _Told:
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
        for subject, found in self._values:
            if found == name:
                yield subject, min(self._values[subject, found])


def head(iri: str, rows: Iterable[Row]) -> Head:
    """The head of a document from the answer to browse/head."""
    told = _Told(rows)
    policy = told.one(iri, GB.promulgates) or iri
    own = told.one(iri, ELI.title)
    title = told.one(policy, ELI.title) or own or told.one(iri, RDFS.label)
    dates: dict[str, str] = {
        name: date for name in DATES if (date := told.one(policy, name) or told.one(iri, name))
    }
    files = [(found, name) for subject, name in told.pairs(GB.fileName) if (found := place(subject))]
    return Head(
        iri=iri,
        title=title,
        circular=own if own != title else None,
        number=told.one(iri, ELI.id_local) or told.one(policy, ELI.id_local),
        type=told.one(policy, ELI.type_document) or told.one(iri, ELI.type_document),
        level=told.one(iri, GB.level),
        issuers=_issuers(told, iri),
        addressees=told.one(iri, GB.addressees),
        dates=dates,
        files=dict(sorted(files, key=lambda pair: (pair[1], pair[0].start))),
        titles=tuple(
            stands
            for subject in dict.fromkeys((iri, policy))
            for value in told.all(subject, GB.titlePlace)
            if (stands := place(value))
        ),
    )


def _issuers(told: _Told, iri: str) -> tuple[tuple[str, str], ...]:
    order = {body: int(first) for body, first in told.pairs(NIF.beginIndex)}
    bodies = sorted(told.all(iri, ELI.passed_by), key=lambda body: (order.get(body, 0), body))
    return tuple((body, told.one(body, SKOS.prefLabel) or body) for body in bodies)

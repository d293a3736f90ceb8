"""The nouns of the search: what is indexed, what is asked, what is found; and the fields of the index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import tantivy

from ontology.iris import number_slug

FOLDER = "search"  # of a version
TITLE, TEXT = "title", "text"  # words
EXACT = "exact"  # keys of whole titles, names and numbers
KIND, TYPE, AGENCY, AGENCY_NAME, YEAR = "kind", "type", "agency", "agency_name", "year"
SHOWN = "shown"  # the entry itself


class EntryKind(StrEnum):
    """The kinds of entries of the index."""

    DOCUMENT = "document"
    CLAUSE = "clause"
    TASK = "task"
    AGENCY = "agency"


class AgencyName(NamedTuple):
    """A body by IRI and canonical name (the name as written where it is not resolved)."""

    iri: str
    name: str


class DocumentName(NamedTuple):
    """A document by number and title. A document that a circular issues has the circular's number."""

    iri: str
    number: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One thing that can be found.

    ``text`` is searched beside the title; ``place`` is the IRI of its characters where it is a quote of a
    source. ``agencies`` are the issuers of a document, the responsible bodies of a task or clause, and the
    body itself; ``exact`` are keys by which the entry is meant as a whole.
    """

    kind: EntryKind
    iri: str
    title: str
    text: str = ""
    place: str | None = None
    document: DocumentName | None = None
    agencies: tuple[AgencyName, ...] = ()
    document_type: str | None = None  # 通知, 办法 …
    year: int | None = None
    exact: tuple[str, ...] = ()

    def dumped(self) -> bytes:
        """As it is kept in the index, without what only the search needs."""
        shown = (
            *(self.kind, self.iri, self.title, self.text, self.place),
            *(self.document, self.agencies, self.document_type, self.year),
        )
        return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode("utf8")


def loaded(data: bytes) -> SearchEntry:
    """The entry that ``dumped`` wrote."""
    kind, iri, title, text, place, document, agencies, document_type, year = json.loads(data)
    return SearchEntry(
        EntryKind(kind),
        iri,
        title,
        text,
        place,
        DocumentName(*document) if document else None,
        tuple(AgencyName(*agency) for agency in agencies),
        document_type,
        year,
    )


def number_key(number: str) -> str:
    """A document number for comparison: brackets of any kind, or none, make no difference."""
    return number_slug(number).replace("-", "").lower()


def schema() -> tantivy.Schema:
    """The fields of the index."""
    builder = tantivy.SchemaBuilder()
    for name in (TITLE, TEXT):
        builder.add_text_field(name, tokenizer_name="whitespace")
    for name in (KIND, TYPE, AGENCY_NAME):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (EXACT, AGENCY):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field(YEAR, indexed=True, fast=True)
    builder.add_bytes_field(SHOWN, stored=True)
    return builder.build()


def document(entry: SearchEntry, words: tuple[str, str]) -> tantivy.Document:
    """An entry as tantivy takes it; ``words`` are those of its title and of its text."""
    made = tantivy.Document()
    for name, value in zip((TITLE, TEXT), words, strict=True):
        made.add_text(name, value)
    made.add_text(KIND, entry.kind)
    for exact in entry.exact:
        made.add_text(EXACT, exact)
    for agency in entry.agencies:
        made.add_text(AGENCY, agency.iri)
    for name in sorted({agency.name for agency in entry.agencies}):
        made.add_text(AGENCY_NAME, name)
    if entry.document_type:
        made.add_text(TYPE, entry.document_type)
    if entry.year is not None:
        made.add_integer(YEAR, entry.year)
    made.add_bytes(SHOWN, entry.dumped())
    return made

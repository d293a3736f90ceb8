"""Documents and clauses as quads: heads, the circular and what it issues, the tree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.build import writer as g
from ingest.build.names import Names
from ingest.model import Clause, ClauseKind, Document, Field, Part, Span
from ingest.read import fold
from ingest.titles import document_type
from ontology.terms import ELI, GB, XSD, notations

_IS_PART_OF, _KIND, _NUMBER = g.node(ELI.is_part_of), g.node(GB.clauseKind), g.node(GB.number)
_ORDINAL, _HEADING, _PLACE = g.node(GB.ordinal), g.node(GB.heading), g.node(GB.place)
_CLAUSES = {ClauseKind(name): g.node(term) for name, term in notations(GB.ClauseKind).items()}
_TYPES = notations(GB.DocumentType)
_NUMBER_PARTS = re.compile(
    r"^(?P<organ>[^〔\[（(【\d]+)[〔\[（(【](?P<year>\d{4})[〕\]）)】]第?(?P<serial>\d+)号$"
)
_ORDER_PARTS = re.compile(r"^(?P<organ>.+?)(?:令第?|第)(?P<serial>\d+)号令?$")


@dataclass(frozen=True, slots=True)
class Resources:
    """The legal resources of one document: the circular (or decision), the policy that it issues, and
    the text that it publishes again; IRIs. Without a circular the first two are the same.
    """

    primary: str
    policy: str
    republished: str | None
    republished_from: int  # offset at which the republished text begins

    def of(self, clause: Clause) -> str:
        """The resource whose clause it is."""
        if self.republished is not None and clause.span.start >= self.republished_from:
            return self.republished
        return self.primary if clause.part is Part.NOTICE else self.policy


def write_document(names: Names, order: int, document: Document) -> tuple[Resources, list[str]]:
    """Write head and clauses; gives the resources and the IRI of each clause."""
    resources = _resources(names, document)
    _write_head(names, order, document, resources)
    return resources, _write_clauses(names, document, resources)


def _first(document: Document, part: Part) -> int | None:
    return next((piece.start for piece in document.pieces if piece.part is part), None)


def _resources(names: Names, document: Document) -> Resources:
    fields = document.fields
    issuers = [issuer.value for issuer in fields.issuers]
    number = fields.number.value if fields.number else None
    title = fields.title.value if fields.title else None
    notice, own_title = _first(document, Part.NOTICE), _first(document, Part.TITLE)
    issues = fields.circular_title is not None or (
        notice is not None and own_title is not None and own_title > notice
    )
    circular_title = fields.circular_title.value if fields.circular_title else None
    primary = names.mint(number, circular_title if issues else title, issuers, document.span)
    policy = primary
    if issues:
        start = own_title if own_title is not None else document.span.start
        policy = names.mint(None, title, issuers, Span(start + 1, document.span.end))
    republished, begins = None, document.span.end
    for also in fields.also:
        begins = also.span.start if also.span else begins
        republished = names.mint(None, also.value, issuers, Span(begins, document.span.end))
    return Resources(primary, policy, republished, begins)


def _write_head(names: Names, order: int, document: Document, resources: Resources) -> None:
    fields, add = document.fields, names.writer.add
    main, body = g.node(resources.primary), g.node(resources.policy)
    names.writer.type(main, ELI.LegalResource)
    add(main, g.node(GB.documentOrder), g.integer(order))
    add(main, _PLACE, names.place(document.span, quoted=False))
    if main != body:
        names.writer.type(body, ELI.LegalResource)
        add(main, g.node(ELI.has_annex), body)
        add(main, g.node(GB.promulgates), body)
        start = _first(document, Part.TITLE)
        begins = start if start is not None else document.span.start
        add(body, _PLACE, names.place(Span(begins, document.span.end), quoted=False))
        _write_title(names, main, fields.circular_title)
    _write_title(names, body, fields.title)
    if resources.republished is not None:
        again = g.node(resources.republished)
        names.writer.type(again, ELI.LegalResource)
        add(main, g.node(GB.republishes), again)
        add(again, _PLACE, names.place(Span(resources.republished_from, document.span.end), quoted=False))
        _write_title(names, again, fields.also[-1])
    _write_number(names, main, fields.number)
    for issuer in fields.issuers:
        add(main, g.node(ELI.passed_by), names.named(GB.NamedBody, issuer.value))
        names.field(main, GB.issuerPlace, issuer)
    if fields.addressees:
        add(main, g.node(GB.addressees), g.chinese(fields.addressees.value))
        names.field(main, GB.addresseesPlace, fields.addressees)
    for owner, predicate, place, value in (
        (main, ELI.date_document, GB.datePlace, fields.date),
        (body, ELI.first_date_entry_in_force, GB.effectivePlace, fields.effective),
        (body, ELI.date_no_longer_in_force, GB.expiresPlace, fields.expires),
    ):
        if value:
            add(owner, g.node(predicate), g.typed(value.value, XSD.date))
            names.field(owner, place, value)


def _write_title(names: Names, owner: str, field: Field | None) -> None:
    if field is None:
        return
    names.writer.add(owner, g.node(ELI.title), g.chinese(field.value))
    names.field(owner, GB.titlePlace, field)
    concept = _TYPES.get(document_type(field.value) or "")
    if concept:
        names.writer.add(owner, g.node(ELI.type_document), g.node(concept))


def _write_number(names: Names, owner: str, field: Field | None) -> None:
    if field is None:
        return
    add = names.writer.add
    add(owner, g.node(ELI.id_local), g.text(field.value))
    names.field(owner, GB.numberPlace, field)
    folded = fold(field.value)
    parts = _NUMBER_PARTS.match(folded) or _ORDER_PARTS.match(folded)
    if parts:
        add(owner, g.node(GB.organCode), g.text(parts["organ"]))
        add(owner, g.node(GB.serial), g.integer(int(parts["serial"])))
        if "year" in parts.groupdict():
            add(owner, g.node(GB.year), g.typed(parts["year"], XSD.gYear))


def _write_clauses(names: Names, document: Document, resources: Resources) -> list[str]:
    add, text = names.writer.add, document.text
    made: list[str] = []
    for clause in document.clauses:
        owner = resources.of(clause)
        iri = names.iris.clause(owner, clause.path)
        made.append(iri)
        node = g.node(iri)
        parent = made[clause.parent] if clause.parent is not None else owner
        names.writer.type(node, ELI.LegalResourceSubdivision)
        add(node, _IS_PART_OF, g.node(parent))
        add(node, _KIND, _CLAUSES[clause.kind])
        add(node, _ORDINAL, g.integer(clause.number))
        if clause.label:
            add(node, _NUMBER, g.text(clause.label.strip(" “、.")))
        if clause.heading:
            add(node, _HEADING, g.chinese(text.quote(clause.heading)))
        add(node, _PLACE, names.place(clause.span, quoted=False))
    return made

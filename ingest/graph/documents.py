"""Documents and clauses as quads: heads, the circular and what it issues, the tree."""

from __future__ import annotations

import re

from ingest.folding import fold
from ingest.graph import writer as g
from ingest.graph.agencies import write_head_mention
from ingest.graph.names import Names
from ingest.graph.resources import Resources, first
from ingest.model import ClauseKind, Document, HeadField, Part, Span
from ingest.resolve.citations import Cited
from ingest.resolve.model import Resolution
from ingest.titles import document_type
from ontology.terms import ELI, GB, RDFS, XSD, notations

_IS_PART_OF, _OF_DOCUMENT = g.node(ELI.is_part_of), g.node(GB.ofDocument)
_KIND, _NUMBER = g.node(GB.clauseKind), g.node(GB.number)
_ORDINAL, _HEADING, _PLACE = g.node(GB.ordinal), g.node(GB.heading), g.node(GB.place)
_CLAUSES = {ClauseKind(name): g.node(term) for name, term in notations(GB.ClauseKind).items()}
_LEVELS = {name: g.node(term) for name, term in notations(GB.AdministrativeLevel).items()}
_TYPES = notations(GB.DocumentType)
_NUMBER_PARTS = re.compile(
    r"^(?P<organ>[^〔\[（(【\d]+)[〔\[（(【](?P<year>\d{4})[〕\]）)】]第?(?P<serial>\d+)号$"
)
_ORDER_PARTS = re.compile(r"^(?P<organ>.+?)(?:令第?|第)(?P<serial>\d+)号令?$")


def write_document(
    names: Names, order: int, document: Document, resources: Resources, resolution: Resolution
) -> list[str]:
    """Write head and clauses; gives the IRI of each clause."""
    _write_head(names, order, document, resources)
    _write_bodies(names, resources, resolution)
    return _write_clauses(names, document, resources)


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
        start = first(document, Part.TITLE)
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


def _write_bodies(names: Names, resources: Resources, resolution: Resolution) -> None:
    """Issuers and addressees as what their names mean, each with its mention."""
    main = g.node(resources.primary)
    for mention in resolution.issuers:
        body = write_head_mention(names, main, GB.issuerMention, mention)
        names.writer.add(main, g.node(ELI.passed_by), body)
    for mention in resolution.addressees:
        body = write_head_mention(names, main, GB.addresseeMention, mention)
        names.writer.add(main, g.node(GB.addressee), body)
    if resolution.earliest:
        names.writer.add(main, g.node(GB.earliestDate), g.typed(resolution.earliest, XSD.date))
    if resolution.latest:
        names.writer.add(main, g.node(GB.latestDate), g.typed(resolution.latest, XSD.date))


def cited_node(names: Names, cited: Cited) -> str:
    """The node of a document that another one names, with what is known of it."""
    node, add = g.node(cited.iri), names.writer.add
    names.writer.type(node, GB.CitedDocument)
    if not names.first_time(node):
        return node
    if cited.title:
        add(node, g.node(RDFS.label), g.chinese(cited.title))  # as cited; its title is its own to say
    if cited.number:
        add(node, g.node(ELI.id_local), g.text(cited.number))
        _write_number_parts(names, node, cited.number)
    if cited.level:
        add(node, g.node(GB.level), _LEVELS[cited.level])
    if cited.type and cited.type in _TYPES and not cited.in_corpus:
        add(node, g.node(ELI.type_document), g.node(_TYPES[cited.type]))
    return node


def _write_title(names: Names, owner: str, field: HeadField | None) -> None:
    if field is None:
        return
    names.writer.add(owner, g.node(ELI.title), g.chinese(field.value))
    names.field(owner, GB.titlePlace, field)
    concept = _TYPES.get(document_type(field.value) or "")
    if concept:
        names.writer.add(owner, g.node(ELI.type_document), g.node(concept))


def _write_number(names: Names, owner: str, field: HeadField | None) -> None:
    if field is None:
        return
    add = names.writer.add
    add(owner, g.node(ELI.id_local), g.text(field.value))
    names.field(owner, GB.numberPlace, field)
    _write_number_parts(names, owner, field.value)


def _write_number_parts(names: Names, owner: str, number: str) -> None:
    add, folded = names.writer.add, fold(number)
    parts = _NUMBER_PARTS.match(folded) or _ORDER_PARTS.match(folded)
    if parts:
        add(owner, g.node(GB.organCode), g.text(parts["organ"]))
        add(owner, g.node(GB.serial), g.integer(int(parts["serial"])))
        if "year" in parts.groupdict():
            add(owner, g.node(GB.year), g.typed(parts["year"], XSD.gYear))


def _write_clauses(names: Names, document: Document, resources: Resources) -> list[str]:
    add, text = names.writer.add, document.text
    made: list[str] = []
    roots: list[str] = []
    for clause in document.clauses:
        owner = resources.of(clause)
        iri = names.iris.clause(owner, clause.path)
        made.append(iri)
        node = g.node(iri)
        parent = made[clause.parent] if clause.parent is not None else owner
        roots.append(roots[clause.parent] if clause.parent is not None else owner)
        names.writer.type(node, ELI.LegalResourceSubdivision)
        add(node, _IS_PART_OF, g.node(parent))
        add(node, _OF_DOCUMENT, g.node(roots[-1]))  # said outright: questions would else walk up the chain
        add(node, _KIND, _CLAUSES[clause.kind])
        add(node, _ORDINAL, g.integer(clause.number))
        if clause.label:
            add(node, _NUMBER, g.text(clause.label.strip(" “、.")))
        if clause.heading:
            add(node, _HEADING, g.chinese(text.quote(clause.heading)))
        add(node, _PLACE, names.place(clause.span, quoted=False))
    return made

"""Documents and clauses as quads: heads, the circular and what it issues, the tree."""

from __future__ import annotations

from ingest import nquads as nq
from ingest.folding import fold
from ingest.graph.agencies import write_head_mention
from ingest.graph.nodes import SharedNodes
from ingest.graph.resources import Resources, first, puts_out
from ingest.model import Document, HeadField, Part, Span
from ingest.pattern import book
from ingest.resolve.citations import CitedDocument
from ingest.resolve.model import Resolution
from ingest.titles import document_type
from ontology.terms import DCTERMS, ELI, GB, RDFS, XSD, notations

_IS_PART_OF, _OF_DOCUMENT = nq.node(ELI.is_part_of), nq.node(GB.ofDocument)
_KIND, _NUMBER = nq.node(GB.clauseKind), nq.node(GB.number)
_ORDINAL, _HEADING, _PLACE = nq.node(GB.ordinal), nq.node(GB.heading), nq.node(GB.place)
_IS_CLAUSE = nq.is_a(ELI.LegalResourceSubdivision)
_CLAUSES = nq.concepts(GB.ClauseKind)
_LEVELS = nq.concepts(GB.AdministrativeLevel)
_TYPES = notations(GB.DocumentType)
_NUMBER_PARTS = book("numbers").regex("number.of-document")
_MADE = "（无题）"  # what a name begins with that the text does not give
_LONGEST_NAME = 40  # code points of the sentence that stands for a title
_ORDER_PARTS = book("numbers").regex("number.of-order")


def write_document(
    nodes: SharedNodes, order: int, document: Document, resources: Resources, resolution: Resolution
) -> list[str]:
    """Write head and clauses; gives the IRI of each clause."""
    _write_head(nodes, order, document, resources)
    _write_bodies(nodes, resources, resolution)
    return _write_clauses(nodes, document, resources)


def _write_head(nodes: SharedNodes, order: int, document: Document, resources: Resources) -> None:
    fields, add = document.fields, nodes.writer.add
    main, body = nq.node(resources.primary), nq.node(resources.policy)
    nodes.writer.type(main, ELI.LegalResource)
    add(main, nq.node(GB.documentOrder), nq.integer(order))
    add(main, _PLACE, nodes.place(document.span, quoted=False))
    if main != body:
        nodes.writer.type(body, ELI.LegalResource)
        add(main, nq.node(ELI.has_annex), body)
        add(main, nq.node(GB.promulgates), body)
        start = first(document, Part.TITLE)
        begins = start if start is not None else document.span.start
        add(body, _PLACE, nodes.place(Span(begins, document.span.end), quoted=False))
        _write_title(nodes, main, fields.circular_title)
    _write_title(nodes, body, fields.title)
    name = made_name(document)
    if name is not None:
        add(main, nq.node(RDFS.label), nq.chinese(name))
    if resources.republished is not None:
        again = nq.node(resources.republished)
        nodes.writer.type(again, ELI.LegalResource)
        add(main, nq.node(GB.republishes), again)
        add(again, _PLACE, nodes.place(Span(resources.republished_from, document.span.end), quoted=False))
        _write_title(nodes, again, fields.also[-1])
    _write_number(nodes, main, fields.number)
    for issuer in fields.issuers:
        nodes.field(main, GB.issuerPlace, issuer)
    if fields.addressees:
        add(main, nq.node(GB.addressees), nq.chinese(fields.addressees.value))
        nodes.field(main, GB.addresseesPlace, fields.addressees)
    if fields.published:
        add(main, nq.node(ELI.date_publication), nq.typed(fields.published.value, XSD.date))
        nodes.said_by(main, GB.publicationSource, fields.published)
    if fields.address:
        add(main, nq.node(DCTERMS.source), nq.node(fields.address.value))
    for owner, predicate, place, value in (
        (main, ELI.date_document, GB.datePlace, fields.date),
        (body, ELI.first_date_entry_in_force, GB.effectivePlace, fields.effective),
        (body, ELI.date_no_longer_in_force, GB.expiresPlace, fields.expires),
    ):
        if value:
            add(owner, nq.node(predicate), nq.typed(value.value, XSD.date))
            nodes.field(owner, place, value)


def made_name(document: Document) -> str | None:
    """A display name for a document that has neither title nor number, marked as made: from what it
    issues, else from its first sentence. None for a document that has a name, or no words at all.
    """
    fields = document.fields
    own = fields.circular_title if puts_out(document) else fields.title
    if own is not None or fields.number is not None:
        return None
    if fields.title is not None:
        return f"{_MADE}《{fields.title.value}》"
    for sentence in document.sentences:
        words = document.text.text[sentence.body : sentence.end].strip()
        if words:
            return _MADE + (words if len(words) <= _LONGEST_NAME else words[:_LONGEST_NAME] + "……")
    return None


def _write_bodies(nodes: SharedNodes, resources: Resources, resolution: Resolution) -> None:
    """Issuers and addressees as what their names mean, each with its mention."""
    main = nq.node(resources.primary)
    for mention in resolution.issuers:
        body = write_head_mention(nodes, main, GB.issuerMention, mention)
        nodes.writer.add(main, nq.node(ELI.passed_by), body)
    for mention in resolution.addressees:
        body = write_head_mention(nodes, main, GB.addresseeMention, mention)
        nodes.writer.add(main, nq.node(GB.addressee), body)
    if resolution.earliest:
        nodes.writer.add(main, nq.node(GB.earliestDate), nq.typed(resolution.earliest, XSD.date))
    if resolution.latest:
        nodes.writer.add(main, nq.node(GB.latestDate), nq.typed(resolution.latest, XSD.date))


def cited_node(nodes: SharedNodes, cited: CitedDocument) -> str:
    """The node of a document that another one names, with what is known of it."""
    node, add = nq.node(cited.iri), nodes.writer.add
    nodes.writer.type(node, GB.CitedDocument)
    if not nodes.first_time(node):
        return node
    if cited.title:
        add(node, nq.node(RDFS.label), nq.chinese(cited.title))  # as cited; its title is its own to say
    if cited.number:
        add(node, nq.node(ELI.id_local), nq.text(cited.number))
        _write_number_parts(nodes, node, cited.number)
    if cited.level:
        add(node, nq.node(GB.level), _LEVELS[cited.level])
    if cited.type and cited.type in _TYPES and not cited.in_corpus:
        add(node, nq.node(ELI.type_document), nq.node(_TYPES[cited.type]))
    return node


def _write_title(nodes: SharedNodes, owner: str, field: HeadField | None) -> None:
    if field is None:
        return
    nodes.writer.add(owner, nq.node(ELI.title), nq.chinese(field.value))
    nodes.field(owner, GB.titlePlace, field)
    concept = _TYPES.get(document_type(field.value) or "")
    if concept:
        nodes.writer.add(owner, nq.node(ELI.type_document), nq.node(concept))


def _write_number(nodes: SharedNodes, owner: str, field: HeadField | None) -> None:
    if field is None:
        return
    add = nodes.writer.add
    add(owner, nq.node(ELI.id_local), nq.text(field.value))
    nodes.field(owner, GB.numberPlace, field)
    _write_number_parts(nodes, owner, field.value)


def _write_number_parts(nodes: SharedNodes, owner: str, number: str) -> None:
    add, folded = nodes.writer.add, fold(number)
    parts = _NUMBER_PARTS.match(folded) or _ORDER_PARTS.match(folded)
    if parts:
        add(owner, nq.node(GB.organCode), nq.text(parts["organ"]))
        add(owner, nq.node(GB.serial), nq.integer(int(parts["serial"])))
        if "year" in parts.groupdict():
            add(owner, nq.node(GB.year), nq.typed(parts["year"], XSD.gYear))


def _write_clauses(nodes: SharedNodes, document: Document, resources: Resources) -> list[str]:
    add, text = nodes.writer.add, document.text
    made: list[str] = []
    roots: list[str] = []
    for clause in document.clauses:
        owner = resources.of(clause)
        iri = nodes.iris.clause(owner, clause.path)
        made.append(iri)
        node = nq.node(iri)
        parent = made[clause.parent] if clause.parent is not None else owner
        roots.append(roots[clause.parent] if clause.parent is not None else owner)
        nodes.writer.add_all(
            node,
            _IS_CLAUSE,
            f"{_IS_PART_OF} <{parent}>",
            f"{_OF_DOCUMENT} <{roots[-1]}>",  # said outright: questions would else walk up the chain
            f"{_KIND} {_CLAUSES[clause.kind]}",
            f"{_ORDINAL} {nq.integer(clause.number)}",
            f"{_PLACE} {nodes.place(clause.span, quoted=False)}",
        )
        if clause.label:
            add(node, _NUMBER, nq.text(clause.label.strip(" “、.")))
        if clause.heading:
            add(node, _HEADING, nq.chinese(text.quote(clause.heading)))
    return made

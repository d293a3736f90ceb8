"""The ontology says every word in Chinese and English, and the shapes use no other words."""

from collections import Counter
from collections.abc import Iterator

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCAT, DCTERMS, ORG, PROV, VOID, DefinedNamespace
from rdflib.term import Node

from ontology.terms import GB, PREFIXES, TERMS, notations, source, term
from tests.for_each import for_each

ONTOLOGY = URIRef("https://w3id.org/gongbao/ontology")
BUILT_IN = tuple(PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl", "xsd"))
GRAPH = Graph().parse(data=source(), format="turtle")
SHAPES = Graph().parse(data=source("shapes.ttl"), format="turtle")
SHAPES_NAMESPACE = "https://w3id.org/gongbao/shapes#"
OWN = sorted(str(own) for own in GB)
REUSED = sorted(str(iri) for iri in TERMS if iri not in GB)

# What the pipeline writes, and what the vocabulary table of the design promises for later.
WRITTEN = """
nif:Context nif:OffsetBasedString nif:beginIndex nif:endIndex nif:referenceContext nif:anchorOf
gb:textSha256 gb:originalSha256 gb:fileName gb:line gb:place gb:fieldPlace gb:titlePlace gb:numberPlace
gb:issuerPlace gb:addresseesPlace gb:datePlace gb:effectivePlace gb:expiresPlace eli:LegalResource
eli:LegalResourceSubdivision eli:title eli:type_document eli:id_local eli:passed_by eli:date_document
eli:first_date_entry_in_force eli:date_no_longer_in_force eli:has_annex eli:is_part_of eli:has_part
eli:based_on eli:applies eli:repeals eli:amends eli:cites eli:published_in eli:date_publication gb:organCode
gb:year gb:serial gb:addressees gb:addressee gb:promulgates gb:republishes gb:forwards gb:documentOrder
gb:earliestDate gb:latestDate gb:clauseKind gb:number gb:ordinal gb:heading gb:NamedBody gb:FunctionalBody
gb:Party gb:CitedDocument gb:Rule gb:confidence gb:judgedFacts gb:factKind gb:Task gb:Responsibility
gb:Target gb:Deadline gb:Reference gb:InternalReference gb:Norm gb:Obligation gb:Prohibition gb:Permission
gb:statedIn gb:involves gb:leadAgency gb:responsibleAgency gb:cooperatingAgency gb:hasDeadline gb:hasTarget
gb:role gb:agency gb:task gb:explicit gb:valueText gb:comparator gb:indicator gb:by schema:QuantitativeValue
schema:value schema:minValue schema:maxValue schema:unitText gb:deadlineKind gb:norm gb:date gb:duration
gb:workingDays gb:recurrence gb:trigger gb:relation gb:citedTitle gb:citedNumber gb:refersTo gb:shortFormOf
gb:targetText gb:refersToClause gb:modal gb:bearer gb:bearerPlace cv:PublicOrganisation
org:subOrganizationOf org:classification org:ChangeEvent org:originalOrganization org:resultingOrganization
gb:level skos:prefLabel skos:altLabel skos:notation skos:Concept skos:ConceptScheme prov:wasGeneratedBy
gb:Mention gb:GenericBody gb:CollectiveBody gb:AdministrativeArea gb:agencyName gb:holder gb:resolvedBy
gb:issuerMention gb:addresseeMention gb:bearerName gb:bearerMention gb:area gb:function gb:validFrom
gb:validUntil gb:currentBody gb:changeKind gb:changeDate gb:cause gb:repealedBy gb:repealedOn gb:amendedBy
gb:page gb:encoding dcterms:format dcterms:source gb:fieldSource gb:FieldSource gb:FieldSourceManifest
gb:titleSource gb:publicationSource
gb:amendedOn gb:refersToPlace gb:ofDocument gb:setBy gb:effectiveDeadline gb:expiresDeadline org:hasMember
xsd:gYearMonth
rdf:type rdfs:label dcterms:description void:Dataset dcat:Dataset xsd:string xsd:boolean xsd:integer
xsd:decimal xsd:date xsd:gYear xsd:duration
"""

# The terms of ELI (1.5) and NIF (2.1) that we use; rdflib has no copy of these two.
ELI = """
Work WorkSubdivision LegalResource LegalResourceSubdivision Agent ResourceType SubdivisionType title
type_document type_subdivision id_local number passed_by published_in date_document date_publication
first_date_entry_in_force date_no_longer_in_force has_part is_part_of has_annex is_annex_of based_on applies
repeals amends cites related_to
"""
NIF = "String Context OffsetBasedString beginIndex endIndex anchorOf referenceContext"

# Predicates whose objects are terms.
LINKS = (
    RDFS.subClassOf,
    RDFS.subPropertyOf,
    RDFS.domain,
    RDFS.range,
    OWL.disjointWith,
    OWL.differentFrom,
    OWL.inverseOf,
    SKOS.inScheme,
)


def languages(subject: str, predicate: URIRef) -> list[str | None]:
    return sorted(
        getattr(value, "language", None) or "" for value in GRAPH.objects(URIRef(subject), predicate)
    )


@for_each(OWN)
def test_an_own_term_has_label_and_definition_in_both_languages(iri: str) -> None:
    assert languages(iri, RDFS.label) == ["en", "zh"]
    assert languages(iri, SKOS.definition) == ["en", "zh"]
    assert list(GRAPH.objects(URIRef(iri), RDFS.isDefinedBy)) == [ONTOLOGY]
    assert (URIRef(iri), RDF.type, None) in GRAPH


@for_each(REUSED)
def test_a_reused_term_has_its_home_and_labels_in_both_languages(iri: str) -> None:
    (home,) = GRAPH.objects(URIRef(iri), RDFS.isDefinedBy)
    assert isinstance(home, URIRef)
    assert home != ONTOLOGY
    assert languages(iri, RDFS.label) == ["en", "zh"]
    if not iri.startswith(BUILT_IN):
        assert (URIRef(iri), RDF.type, None) in GRAPH


@for_each(WRITTEN.split())
def test_what_is_written_is_declared(name: str) -> None:
    assert term(name) in TERMS


def test_there_are_no_blank_nodes() -> None:
    assert not [triple for triple in GRAPH if any(isinstance(node, BNode) for node in triple)]


def test_labels_and_definitions_stand_on_declared_terms_only() -> None:
    labelled = {str(subject) for subject in GRAPH.subjects(RDFS.label)} - {str(ONTOLOGY)}
    assert labelled == set(TERMS)


@pytest.mark.parametrize("predicate", LINKS)
def test_what_a_term_is_linked_to_is_declared(predicate: URIRef) -> None:
    linked = {str(value) for value in GRAPH.objects(None, predicate)} | {
        str(subject) for subject in GRAPH.subjects(predicate)
    }
    assert linked - set(TERMS) - {str(RDFS.Literal)} == set()


@pytest.mark.parametrize(
    ("prefix", "published"),
    [("org", ORG), ("prov", PROV), ("dcterms", DCTERMS), ("dcat", DCAT), ("void", VOID)],
)
def test_a_reused_term_exists_in_its_ontology(prefix: str, published: type[DefinedNamespace]) -> None:
    ours = [iri for iri in REUSED if iri.startswith(PREFIXES[prefix])]
    assert ours
    assert [iri for iri in ours if URIRef(iri) not in published] == []


@pytest.mark.parametrize(("prefix", "published"), [("eli", ELI), ("nif", NIF)])
def test_a_reused_term_of_eli_and_nif_was_looked_up(prefix: str, published: str) -> None:
    ours = {iri.removeprefix(PREFIXES[prefix]) for iri in REUSED if iri.startswith(PREFIXES[prefix])}
    assert ours == set(published.split())


def concepts() -> list[Node]:
    return sorted(GRAPH.subjects(RDF.type, SKOS.Concept), key=str)


@for_each(concepts)
def test_a_concept_has_names_notation_scheme_and_class(concept: URIRef) -> None:
    assert languages(concept, SKOS.prefLabel) == ["en", "zh"]
    assert list(GRAPH.objects(concept, SKOS.notation))
    (scheme,) = GRAPH.objects(concept, SKOS.inScheme)
    assert (scheme, RDF.type, SKOS.ConceptScheme) in GRAPH
    (kind,) = set(GRAPH.objects(concept, RDF.type)) - {SKOS.Concept}
    assert term(str(kind)) in GB


def test_a_notation_means_one_concept_of_its_class() -> None:
    counted = Counter(
        (kind, notation)
        for concept in concepts()
        for kind in GRAPH.objects(concept, RDF.type)
        for notation in GRAPH.objects(concept, SKOS.notation)
        if kind != SKOS.Concept
    )
    assert [pair for pair, count in counted.items() if count > 1] == []


def test_the_concepts_of_a_scheme_have_one_class() -> None:
    kinds: dict[Node, set[Node]] = {}
    for concept in concepts():
        scheme = GRAPH.value(concept, SKOS.inScheme)
        assert scheme is not None
        kinds.setdefault(scheme, set()).update(set(GRAPH.objects(concept, RDF.type)) - {SKOS.Concept})
    assert len(kinds) == 10
    assert all(len(found) == 1 for found in kinds.values())


def test_the_type_of_a_document_is_the_noun_that_ends_its_title() -> None:
    for concept in GRAPH.subjects(RDF.type, URIRef(GB.DocumentType)):
        label = next(v for v in GRAPH.objects(concept, SKOS.prefLabel) if getattr(v, "language", "") == "zh")
        assert str(label) in {str(notation) for notation in GRAPH.objects(concept, SKOS.notation)}


def own_shapes() -> list[Node]:
    return sorted(
        {subject for subject in SHAPES.subjects() if str(subject).startswith(SHAPES_NAMESPACE)}, key=str
    )


@for_each(own_shapes)
def test_a_shape_says_in_both_languages_what_is_wrong(shape: Node) -> None:
    spoken = [getattr(message, "language", None) for message in SHAPES.objects(shape, SH.message)]
    silent = {SH.targetClass, SH.nodeKind, RDF.type}
    assert sorted(map(str, spoken)) == ["en", "zh"] or set(SHAPES.predicates(shape)) <= silent


def test_every_term_in_the_shapes_is_declared() -> None:
    used = {str(node) for triple in SHAPES for node in triple if isinstance(node, URIRef)}
    used |= {str(node.datatype) for node in SHAPES.objects() if isinstance(node, Literal) and node.datatype}
    foreign = {iri for iri in used if not iri.startswith((str(SH), SHAPES_NAMESPACE.rstrip("#")))}
    # Lists are written with rdf:first, rdf:rest and rdf:nil.
    assert foreign - set(TERMS) == {str(RDF.first), str(RDF.rest), str(RDF.nil)}


def items(head: Node) -> list[str]:
    return [str(item) for item in Collection(SHAPES, head)]


def closed_lists() -> Iterator[tuple[str, str, list[str]]]:
    for shape, head in SHAPES.subject_objects(SH["in"]):
        if any(isinstance(item, Literal) for item in Collection(SHAPES, head)):
            continue  # names of steps (gb:resolvedBy), no concepts
        path = SHAPES.value(shape, SH.path)
        message = next(
            str(m) for m in SHAPES.objects(shape, SH.message) if getattr(m, "language", "") == "en"
        )
        yield str(path), message.rstrip(".").rpartition(" ")[2], items(head)


@for_each(closed_lists)
def test_a_closed_list_is_the_concepts_of_its_class(closed: tuple[str, str, list[str]]) -> None:
    _, kind, allowed = closed
    assert allowed == list(dict.fromkeys(notations(term(kind)).values()))


def closed_shapes() -> Iterator[tuple[Node, Node]]:
    for shape in sorted(SHAPES.subjects(SH.closed), key=str):
        for target in sorted(SHAPES.objects(shape, SH.targetClass), key=str):
            yield shape, target


@for_each(closed_shapes)
def test_a_closed_shape_allows_what_the_property_shapes_describe(closed: tuple[Node, Node]) -> None:
    shape, target = closed
    (head,) = SHAPES.objects(shape, SH.ignoredProperties)
    paths = {SHAPES.value(other, SH.path) for other in SHAPES.subjects(SH.targetClass, target)}
    described = {str(path) for path in paths if isinstance(path, URIRef)}
    assert sorted(items(head)) == sorted(described | {str(RDF.type)})

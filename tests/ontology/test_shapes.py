"""The shapes pass what the pipeline should write, and name what it should not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import RDF, SH, Graph, URIRef

from ontology.terms import GB, PREFIXES, source, term
from tests.for_each import for_each

SHAPES = Graph().parse(data=source("shapes.ttl"), format="turtle")
FOR_PYSHACL = Graph().parse(data=source("shapes.ttl"), format="turtle")  # it adds triples of its own
SAMPLE = Graph().parse(Path(__file__).with_name("sample.ttl"))
NAMESPACE = "https://w3id.org/gongbao/shapes#"
BASE = "https://w3id.org/gongbao/id/"
TEXT = f"text/{'0123456789abcdef' * 4}"
CIRCULAR, POLICY, CITED = "doc/某科发-2031-1", "doc/t-0011223344556677", "doc/t-8899aabbccddeeff"

Violation = tuple[str, str]  # shape, constraint component


def fact(number: int) -> str:
    return f"fact/{number:032x}"


RESPONSIBILITY, TARGET, DEADLINE, REFERENCE, INTERNAL, NORM = map(fact, (1, 3, 4, 7, 8, 9))
MENTION, EVENT, BODY = fact(12), "change/example", "body/某市科技局"


def violations(graph: Graph, ontology: Graph | None = None) -> list[Violation]:
    """The shapes and constraint components of all results, sorted."""
    _, report, _ = validate(graph, shacl_graph=FOR_PYSHACL, ont_graph=ontology)
    assert isinstance(report, Graph)
    return sorted(
        (
            str(report.value(result, SH.sourceShape)).removeprefix(NAMESPACE),
            str(report.value(result, SH.sourceConstraintComponent)).removeprefix(str(SH)),
        )
        for result in report.subjects(RDF.type, SH.ValidationResult)
    )


def place_of(subject: str) -> URIRef:
    place = SAMPLE.value(URIRef(BASE + subject), URIRef(GB.place))
    assert isinstance(place, URIRef)
    return place


QUOTED_PLACE = place_of(DEADLINE).removeprefix(BASE)  # of nothing but the deadline


@dataclass(frozen=True)
class Change:
    """Something done to the sample. ``value`` is Turtle; None takes the property away."""

    subject: str
    predicate: str
    value: str | None
    expected: tuple[Violation, ...]
    keep: bool = False  # the old values stay

    def apply(self) -> Graph:
        graph = Graph()
        for triple in SAMPLE:
            graph.add(triple)
        subject, predicate = URIRef(BASE + self.subject), URIRef(term(self.predicate))
        if not self.keep:
            graph.remove((subject, predicate, None))
        if self.value is not None:
            heads = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
            graph.parse(
                data=f"@base <{BASE}> .\n{heads}<{subject}> <{predicate}> {self.value} .", format="turtle"
            )
        return graph

    def __str__(self) -> str:
        return f"{self.subject[-12:]} {self.predicate} {'+' if self.keep else ''}{self.value}"


def change(subject: str, predicate: str, value: str | None, *expected: str, keep: bool = False) -> Change:
    pairs = (item.split() for item in expected)
    return Change(
        subject, predicate, value, tuple(sorted((s, f"{c}ConstraintComponent") for s, c in pairs)), keep
    )


CHANGES = [
    # text
    change(TEXT, "gb:textSha256", f'"{"A" * 64}"', "Text-textSha256 Pattern"),
    change(TEXT, "gb:originalSha256", '"abc"', "Text-originalSha256 Pattern"),
    change(TEXT, "gb:fileName", '""', "Text-fileName MinLength"),
    change(TEXT, "gb:fileName", '"b.txt"', "Text-fileName MaxCount", keep=True),
    change(TEXT, "gb:line", "1", "Text Closed"),
    change(TEXT, "dcterms:format", '"PDF"', "Text-format Pattern"),
    change(TEXT, "dcterms:format", None, "Text-format MinCount"),
    change(TEXT, "gb:encoding", '""', "Text-encoding MinLength"),
    change(CIRCULAR, "gb:titleSource", "gb:RoleLead", "FieldSource In"),
    change(
        "text/short",
        "rdf:type",
        "nif:Context",
        "Text Pattern",
        *(f"Text-{name} MinCount" for name in ("fileName", "format", "originalSha256", "textSha256")),
    ),
    # place
    change(QUOTED_PLACE, "nif:beginIndex", None, "Place-beginIndex MinCount"),
    change(QUOTED_PLACE, "nif:beginIndex", "99", "Place-beginIndex LessThan"),
    change(QUOTED_PLACE, "nif:beginIndex", "-1", "Place-beginIndex MinInclusive"),
    change(QUOTED_PLACE, "nif:endIndex", None, "Place-endIndex MinCount"),
    change(QUOTED_PLACE, "nif:referenceContext", '"text"', "Place-referenceContext NodeKind"),
    change(QUOTED_PLACE, "gb:line", "0", "Place-line MinInclusive"),
    change(QUOTED_PLACE, "gb:page", "0", "Place-page MinInclusive"),
    change(QUOTED_PLACE, "nif:anchorOf", None, "Fact-quote MinCount"),
    change(QUOTED_PLACE, "nif:anchorOf", '""', "Place-anchorOf MinLength"),
    change(QUOTED_PLACE, "nif:anchorOf", '"到"@zh', "Place-anchorOf Datatype"),
    change(QUOTED_PLACE, "gb:number", '"1"', "Place Closed"),
    change(
        "somewhere",
        "rdf:type",
        "nif:OffsetBasedString",
        "Place Pattern",
        *(f"Place-{name} MinCount" for name in ("beginIndex", "endIndex", "line", "referenceContext")),
    ),
    # document
    change(CIRCULAR, "gb:place", None, "Document-place MinCount"),
    change(CIRCULAR, "gb:place", f"<{TEXT}#char=1>", "Document-place Pattern"),
    change(CIRCULAR, "eli:title", '"通知"', "Document-title Datatype", "Document-title LanguageIn"),
    change(CIRCULAR, "eli:title", '"Notice"@en', "Document-title LanguageIn"),
    change(CIRCULAR, "eli:type_document", "gb:RoleLead", "Document-type_document In"),
    change(CIRCULAR, "eli:type_document", "gb:TypeOrder", "Document-type_document MaxCount", keep=True),
    change(CIRCULAR, "gb:year", '"31"^^xsd:gYear', "Document-year Pattern"),
    change(CIRCULAR, "gb:year", '"2031"', "Document-year Datatype"),
    change(CIRCULAR, "gb:serial", "-1", "Document-serial MinInclusive"),
    change(CIRCULAR, "eli:passed_by", '"某市科学局"', "Document-passed_by NodeKind"),
    change(CIRCULAR, "eli:date_document", '"2031-13-01"^^xsd:date', "Document-date_document Datatype"),
    change(
        CIRCULAR, "eli:date_document", '"2031-08-02"^^xsd:date', "Document-date_document MaxCount", keep=True
    ),
    change(
        POLICY, "eli:first_date_entry_in_force", '"2031-9-1"', "Document-first_date_entry_in_force Datatype"
    ),
    change(
        CIRCULAR,
        "gb:documentOrder",
        '"0"',
        "Document-documentOrder Datatype",
        "Document-documentOrder MinInclusive",
    ),
    change(CIRCULAR, "gb:promulgates", '"某市创新办法"', "Document-promulgates NodeKind"),
    change(CIRCULAR, "gb:titlePlace", f"<{place_of(CIRCULAR)}>", "Quote MinCount"),
    change(POLICY, "gb:effectiveDeadline", '"自印发之日起施行"', "Document-effectiveDeadline NodeKind"),
    change(POLICY, "gb:expiresDeadline", '"有效期三年"', "Document-expiresDeadline NodeKind"),
    change(CIRCULAR, "gb:datePlace", "<somewhere>", "Document-datePlace Pattern", "Quote MinCount"),
    # clause
    change(f"{POLICY}/a1", "eli:is_part_of", None, "Clause-is_part_of MinCount"),
    change(f"{POLICY}/a1", "gb:ofDocument", None, "Clause-ofDocument MinCount"),
    change(f"{POLICY}/a1", "gb:ofDocument", f"<{CIRCULAR}>", "Clause-ofDocument MaxCount", keep=True),
    change(f"{POLICY}/a1", "gb:clauseKind", "gb:Article", "Clause-clauseKind In"),
    change(f"{POLICY}/a1", "gb:ordinal", None, "Clause-ordinal MinCount"),
    change(f"{POLICY}/a1", "gb:number", '"第一条"@zh', "Clause-number Datatype"),
    change(f"{POLICY}/a2", "gb:heading", '"补正"', "Clause-heading Datatype", "Clause-heading LanguageIn"),
    change(f"{POLICY}/a1", "eli:title", '"第一条"@zh', "Clause Closed"),
    # bodies, cited documents, rules
    change("body/某市科学局", "skos:prefLabel", None, "Named-prefLabel MinCount"),
    change("party/申请人", "skos:prefLabel", '"专家"@zh', "Named-prefLabel MaxCount", keep=True),
    change(BODY, "gb:agencyName", '"某市科技局"@zh', "Named Closed"),
    change(BODY, "gb:level", "gb:KindBureau", "Named-level In"),
    change(BODY, "gb:organCode", '""', "Named-organCode MinLength"),
    change(BODY, "gb:validUntil", '"2030年"', "Named-validUntil Or"),
    change(EVENT, "gb:changeKind", None, "ChangeEvent-changeKind MinCount"),
    change(EVENT, "gb:changeKind", "gb:RoleLead", "ChangeEvent-changeKind In"),
    change(EVENT, "gb:cause", '"机构改革"', "ChangeEvent-cause Datatype", "ChangeEvent-cause LanguageIn"),
    change(EVENT, "gb:place", f"<{place_of(CIRCULAR)}>", "ChangeEvent Closed"),
    change(CITED, "rdfs:label", None, "CitedDocument-name MinCount"),
    change(CITED, "gb:level", "gb:KindBureau", "CitedDocument-level In"),
    change(CITED, "gb:repealedOn", '"2030"', "CitedDocument-repealedOn Datatype"),
    # mentions
    change(MENTION, "gb:agencyName", None, "Mention-agencyName MinCount"),
    change(MENTION, "gb:agencyName", '"市科学局"@zh', "Mention-agencyName MaxCount", keep=True),
    change(MENTION, "gb:agency", None, "Mention-agency MinCount"),
    change(MENTION, "gb:resolvedBy", '"guess"', "Mention-resolvedBy In"),
    change(MENTION, "gb:role", "gb:RoleLead", "Mention Closed"),
    change(RESPONSIBILITY, "gb:agencyName", None, "Mention-agencyName MinCount"),
    change("rule/example/1", "gb:confidence", "1.5", "Rule-confidence MaxInclusive"),
    change(
        "rule/example/1",
        "gb:confidence",
        '"high"',
        "Rule-confidence Datatype",
        "Rule-confidence MaxInclusive",
        "Rule-confidence MinInclusive",
    ),
    change("rule/example/1", "gb:judgedFacts", None, "Rule-judgedFacts MinCount"),
    change("rule/example/1", "gb:judgedFacts", "-1", "Rule-judgedFacts MinInclusive"),
    # what all facts have
    change(DEADLINE, "gb:statedIn", None, "Fact-statedIn MinCount"),
    change(DEADLINE, "gb:place", None, "Fact-place MinCount", "Fact-quote MinCount"),
    change(DEADLINE, "gb:place", f"<{place_of(NORM)}>", "Fact-place MaxCount", keep=True),
    change(DEADLINE, "gb:place", f"<{place_of(CIRCULAR)}>", "Fact-quote MinCount"),
    change(DEADLINE, "prov:wasGeneratedBy", None, "Fact-wasGeneratedBy MinCount"),
    change(
        "fact/x",
        "rdf:type",
        "gb:Permission",
        "Fact Pattern",
        "Fact-place MinCount",
        "Fact-quote MinCount",
        "Fact-statedIn MinCount",
        "Fact-wasGeneratedBy MinCount",
        "Norm-modal MinCount",
    ),
    # each kind of fact
    change(f"{POLICY}/a1/task", "rdfs:label", None, "Task-label MinCount"),
    change(f"{POLICY}/a1/task", "gb:leadAgency", '"某市科学局"', "Task-leadAgency NodeKind"),
    change(f"{POLICY}/a1/task", "gb:place", f"<{place_of(CIRCULAR)}>", "Task-quote MinCount"),
    change(f"{POLICY}/a1/task", "gb:agency", "<body/某市科学局>", "Task Closed"),
    change(RESPONSIBILITY, "gb:role", "gb:AtLeast", "Responsibility-role In"),
    change(RESPONSIBILITY, "gb:role", None, "Responsibility-role MinCount"),
    change(RESPONSIBILITY, "gb:agency", None, "Responsibility-agency MinCount"),
    change(RESPONSIBILITY, "gb:explicit", '"yes"', "Responsibility-explicit Datatype"),
    change(RESPONSIBILITY, "gb:bearer", "<body/某市科学局>", "Responsibility Closed"),
    change(TARGET, "gb:comparator", "gb:RoleLead", "Target-comparator In"),
    change(TARGET, "gb:valueText", None, "Target-valueText MinCount"),
    change(TARGET, "schema:value", "300", "Target-value Datatype"),
    change(TARGET, "schema:unitText", '""', "Target-unitText MinLength"),
    change(TARGET, "gb:by", '"2035"^^xsd:gYear', "Target-by Datatype"),
    change(TARGET, "gb:norm", '"P1Y"', "Target Closed"),
    change(DEADLINE, "gb:deadlineKind", None, "Deadline-deadlineKind MinCount"),
    change(DEADLINE, "gb:deadlineKind", "gb:DeadlineWithin", "Deadline-deadlineKind MaxCount", keep=True),
    change(DEADLINE, "gb:norm", '"2035年"', "Deadline-norm Pattern"),
    change(DEADLINE, "gb:date", '"2035-02-30"^^xsd:date', "Deadline-date Datatype"),
    change(DEADLINE, "gb:duration", '"5天"^^xsd:duration', "Deadline-duration Datatype"),
    change(DEADLINE, "gb:workingDays", "0", "Deadline-workingDays MinInclusive"),
    change(REFERENCE, "gb:relation", "gb:Basis", "Reference-relation In"),
    change(REFERENCE, "gb:citedTitle", None, "Reference-name MinCount"),
    change(REFERENCE, "gb:refersTo", '"某省创新条例"', "Reference-refersTo NodeKind"),
    change(INTERNAL, "gb:targetText", None, "InternalReference-targetText MinCount"),
    change(INTERNAL, "gb:refersToPlace", "<somewhere>", "InternalReference-refersToPlace Pattern"),
    change(INTERNAL, "gb:citedTitle", '"本办法"@zh', "InternalReference Closed"),
    change(NORM, "gb:modal", '"应当"', "Norm-modal Datatype", "Norm-modal LanguageIn"),
    change(NORM, "gb:bearer", '"专家"', "Norm-bearer NodeKind"),
    change(NORM, "gb:bearerName", '"专家"@zh', "Norm-bearerName MaxCount", keep=True),
    change(NORM, "gb:bearerMention", '"专家"', "Norm-bearerMention NodeKind"),
    change(NORM, "gb:bearerPlace", f"<{place_of(CIRCULAR)}>", "Quote MinCount"),
]


def test_the_sample_conforms() -> None:
    assert violations(SAMPLE) == []


def test_the_sample_conforms_with_the_ontology_mixed_in() -> None:
    assert violations(SAMPLE, Graph().parse(data=source(), format="turtle")) == []


@pytest.mark.check
def test_the_shapes_are_shacl() -> None:
    conforms, _, text = validate(SAMPLE, shacl_graph=FOR_PYSHACL, meta_shacl=True)
    assert conforms, text


@for_each(CHANGES, str)
def test_a_change_gives_just_its_violation(mutation: Change) -> None:
    assert violations(mutation.apply()) == list(mutation.expected)


CONFORMING = [
    change(CIRCULAR, "gb:place", f"<{TEXT}#char=0,9>", keep=True),
    change(CIRCULAR, "eli:title", '"又名"@zh', keep=True),
    change(CIRCULAR, "eli:id_local", '"某科发[2031]1号"', keep=True),
    change(CIRCULAR, "eli:passed_by", "<body/某市财政局>", keep=True),
    change(CIRCULAR, "rdf:type", "gb:CitedDocument", keep=True),
    change(CIRCULAR, "eli:title", None),
    change(CIRCULAR, "gb:organCode", None),
    change(TARGET, "schema:minValue", "3.0 ; schema:maxValue 5.0"),
    change(REFERENCE, "gb:citedNumber", '"某发〔2030〕2号"'),
    change(NORM, "gb:bearer", None),
    change(NORM, "gb:bearer", "<party/专家>", keep=True),
    change(NORM, "gb:bearerName", None),
    change(INTERNAL, "gb:refersToPlace", f"<{TEXT}#char=0,9>"),
    change(MENTION, "gb:resolvedBy", None),
    change(BODY, "gb:organCode", '"某科"', keep=True),
    change(BODY, "gb:validFrom", '"2018-03-01"^^xsd:date'),
    change(EVENT, "org:resultingOrganization", None),
    change(CITED, "gb:repealedOn", '"2030-01-01"^^xsd:date'),
]


@pytest.mark.parametrize("change_", CONFORMING, ids=str)
def test_what_a_text_may_well_have_conforms(change_: Change) -> None:
    assert violations(change_.apply()) == []


def test_a_range_goes_upwards() -> None:
    wrong = change(TARGET, "schema:minValue", "5.0 ; schema:maxValue 3.0", "Target-minValue LessThanOrEquals")
    assert violations(wrong.apply()) == list(wrong.expected)


@pytest.mark.parametrize(
    ("norm", "fits"),
    [
        *(
            (norm, True)
            for norm in ("2035-12-31", "P5BD", "P15D", "P3M", "P1Y", "P1W", "PT24H", "P1Y6M", "P3Y/P5Y")
        ),
        *((norm, True) for norm in ("R/P1Y", "R/P3M", "R/P1D", "on-issue", "on-issue+P30D", "P1DT12H")),
        *(
            (norm, False)
            for norm in ("2035", "2035-13-01", "2035-12-32", "P", "PT", "5D", "R/", "R/2035-12-31")
        ),
        *((norm, False) for norm in ("on-issue+", "on issue", "P5BD ", "P5.5D", "P3Y/", "")),
    ],
)
def test_the_normal_form_of_a_deadline(norm: str, fits: bool) -> None:
    pattern = SHAPES.value(URIRef(f"{NAMESPACE}Deadline-norm"), SH.pattern)
    assert bool(re.search(str(pattern), norm)) is fits


def test_the_places_of_the_sample_quote_their_length() -> None:
    for place, quote in SAMPLE.subject_objects(URIRef(term("nif:anchorOf"))):
        begin, _, end = str(place).rpartition("=")[2].partition(",")
        assert len(str(quote)) == int(end) - int(begin)

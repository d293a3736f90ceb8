"""The vocabulary is closed: what gongbao.ttl does not declare has no name here."""

import copy
import doctest
import pickle
import time
from collections.abc import Callable
from enum import StrEnum

import pytest
from pyoxigraph import RdfFormat, parse

from ingest.model import ClauseKind, Comparator, DeadlineKind, Relation, Role
from ontology import terms
from ontology.errors import OntologyError, UnknownTermError
from ontology.terms import (
    DCTERMS,
    ELI,
    GB,
    NIF,
    PREFIXES,
    RDF,
    SKOS,
    TERMS,
    VOID,
    XSD,
    Term,
    concept,
    notations,
    term,
)


def test_a_term_is_its_iri() -> None:
    assert GB.place == "https://w3id.org/gongbao/ontology#place"
    assert ELI.title == "http://data.europa.eu/eli/ontology#title"
    assert NIF.beginIndex == "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex"
    assert RDF.type == "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert SKOS.prefLabel == "http://www.w3.org/2004/02/skos/core#prefLabel"
    assert XSD.date == "http://www.w3.org/2001/XMLSchema#date"
    assert VOID["class"] == "http://rdfs.org/ns/void#class"
    assert isinstance(GB.place, Term)


def test_methods_of_str_do_not_stand_in_for_terms() -> None:
    assert DCTERMS.title == "http://purl.org/dc/terms/title"
    with pytest.raises(UnknownTermError):
        _ = GB.title
    with pytest.raises(UnknownTermError):
        _ = GB.format


def test_an_undeclared_term_is_named_with_the_nearest_declared_ones() -> None:
    with pytest.raises(UnknownTermError) as caught:
        _ = GB.plaec
    assert caught.value.term == "gb:plaec"
    assert caught.value.nearest[0] == "gb:place"
    assert "gb:plaec" in str(caught.value)
    assert "gb:place" in str(caught.value)
    assert isinstance(caught.value, AttributeError)
    assert isinstance(caught.value, OntologyError)


def test_the_same_name_in_another_namespace_is_near() -> None:
    with pytest.raises(UnknownTermError) as caught:
        _ = GB.prefLabel
    assert caught.value.nearest[0] == "skos:prefLabel"


def test_an_undeclared_term_of_a_reused_ontology_is_unknown_too() -> None:
    with pytest.raises(UnknownTermError, match="eli:transposes"):
        _ = ELI.transposes


def test_hasattr_answers() -> None:
    assert hasattr(GB, "place")
    assert not hasattr(GB, "nothing")
    assert not hasattr(GB, "__wrapped__")


def test_a_namespace_lists_its_terms() -> None:
    assert GB.place in GB
    assert ELI.title not in GB
    assert len(GB) == len(list(GB)) == len(dir(GB))
    assert "place" in dir(GB)
    assert str(GB) == PREFIXES["gb"]


def test_nothing_can_be_changed() -> None:
    with pytest.raises(AttributeError):
        GB.place = GB.role  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        PREFIXES["gb"] = ""  # type: ignore[index]
    with pytest.raises(TypeError):
        notations(GB.Role)["lead"] = GB.RoleCooperate  # type: ignore[index]


def test_terms_errors_and_namespaces_go_between_processes() -> None:
    assert pickle.loads(pickle.dumps(GB.place)) == GB.place
    assert pickle.loads(pickle.dumps(GB)).place == GB.place
    assert copy.deepcopy(GB).place == GB.place
    error = pickle.loads(pickle.dumps(UnknownTermError("gb:x", ["gb:y"])))
    assert (error.term, error.nearest) == ("gb:x", ("gb:y",))


@pytest.mark.parametrize("name", ["gb:place", "https://w3id.org/gongbao/ontology#place"])
def test_a_term_can_be_looked_up_by_name(name: str) -> None:
    assert term(name) == GB.place


@pytest.mark.parametrize("name", ["gb:", "gb:plaec", "place", "http://example.org/place", "nope:place", ""])
def test_looking_up_an_undeclared_name_fails(name: str) -> None:
    with pytest.raises(UnknownTermError):
        term(name)


def test_every_term_can_be_looked_up() -> None:
    assert all(term(iri) == iri for iri in TERMS)


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (GB.Role, Role),
        (GB.Comparator, Comparator),
        (GB.DeadlineKind, DeadlineKind),
        (GB.Relation, Relation),
        (GB.ClauseKind, ClauseKind),
    ],
)
def test_concepts_and_the_model_have_the_same_notations(kind: Term, values: type[StrEnum]) -> None:
    assert list(notations(kind)) == [value.value for value in values]


def test_a_concept_is_found_by_its_notation() -> None:
    assert concept(GB.Role, "lead") == GB.RoleLead
    assert concept(GB.Comparator, ">=") == GB.AtLeast
    assert concept(GB.DeadlineKind, "within") == GB.DeadlineWithin
    assert concept(GB.Relation, "basis") == GB.RelationBasis
    assert concept(GB.ClauseKind, "article") == GB.ClauseArticle
    assert concept(GB.DocumentType, "办法") == GB.TypeMeasures
    assert concept(GB.DocumentType, "命令") == concept(GB.DocumentType, "令") == GB.TypeOrder


def test_an_unknown_notation_or_kind_is_named() -> None:
    with pytest.raises(UnknownTermError, match=r"'leed' of .*#Role.*lead"):
        concept(GB.Role, "leed")
    with pytest.raises(UnknownTermError, match=r"ontology#Task"):
        notations(GB.Task)


def test_a_declared_term_needs_a_prefix() -> None:
    turtle = (
        b"<http://example.org/x> <http://www.w3.org/2000/01/rdf-schema#isDefinedBy> <http://example.org/> ."
    )
    with pytest.raises(OntologyError, match=r"example\.org/x"):
        terms._read(turtle)


def test_reading_the_vocabulary_takes_little_more_than_parsing_it() -> None:
    def seconds(work: Callable[[], object]) -> float:
        begin = time.process_time()
        work()
        return time.process_time() - begin

    parsing = min(seconds(lambda: list(parse(terms.source(), RdfFormat.TURTLE))) for _ in range(5))
    reading = min(seconds(lambda: terms._read(terms.source())) for _ in range(5))
    assert reading < 10 * parsing  # about 3 times was seen


def test_the_examples_in_the_module_hold() -> None:
    result = doctest.testmod(terms)
    assert result.attempted > 0
    assert result.failed == 0

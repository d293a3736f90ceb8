"""HermiT finds what cannot be, and the lack of Java is said clearly."""

import pickle
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from ontology.errors import JavaMissingError, OntologyError, ReasonerError
from ontology.reason import ReasonReport, reason

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT needs java on the PATH")

SAMPLE = Path(__file__).with_name("sample.ttl")
PREFIXES = """
@prefix gb: <https://w3id.org/gongbao/ontology#> .
@prefix eli: <http://data.europa.eu/eli/ontology#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <http://example.org/> .
"""


@pytest.fixture(scope="module", autouse=True)
def _quick_java() -> Iterator[None]:
    """A Java that compiles in haste: each call of HermiT is a new process that runs for a second or two."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
        yield


def graph(folder: Path, turtle: str, name: str = "graph.ttl") -> Path:
    path = folder / name
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return path


CONTRADICTION = "ex:a a gb:Task, gb:Norm ."


@needs_java
@pytest.mark.check
@pytest.mark.parametrize(
    "turtle",
    [  # CONTRADICTION is planted below
        "ex:a a nif:OffsetBasedString . ex:b eli:based_on ex:c . ex:b eli:has_part ex:a .",
        "ex:a prov:wasGeneratedBy ex:b . ex:b a gb:Task .",
        "ex:a gb:role gb:AtLeast .",
        "ex:a gb:role gb:RoleLead, gb:RoleCooperate .",
        'ex:a gb:date "2031-01-01"^^xsd:date, "2031-01-02"^^xsd:date .',
        'ex:a nif:beginIndex "one" .',
    ],
)
def test_a_planted_contradiction_is_found(tmp_path: Path, turtle: str) -> None:
    report = reason([graph(tmp_path, turtle)])
    assert not report.consistent
    assert not report.sound


UNSATISFIABLE = """
ex:Both a owl:Class ; rdfs:subClassOf gb:Task, gb:Norm ; rdfs:label "二者"@zh .
ex:Below a owl:Class ; rdfs:subClassOf ex:Both .
ex:Fine a owl:Class ; rdfs:subClassOf gb:Task .
"""
TWO_SOURCES_OF_ONE_DOCUMENT = """
ex:a a eli:LegalResource, gb:CitedDocument ; gb:place ex:p, ex:q ; gb:documentOrder 1, 2 ;
    eli:title "甲"@zh, "乙"@zh ; eli:date_document "2031-01-01"^^xsd:date, "2031-01-02"^^xsd:date .
ex:p nif:beginIndex 1 . ex:q nif:beginIndex 2 .
"""


@needs_java
@pytest.mark.check
def test_what_is_no_contradiction_and_what_is_unsatisfiable(tmp_path: Path) -> None:
    """One call for five graphs: what holds of all together holds of each, for more can only contradict more.

    No contradiction: a graph as the pipeline writes it, what two sources say of one document, blank nodes of
    one name in two files. Only the planted classes can have no member.
    """
    graphs = [
        SAMPLE,
        graph(tmp_path, TWO_SOURCES_OF_ONE_DOCUMENT, "sources.ttl"),
        graph(tmp_path, "_:b a gb:Task .", "task.ttl"),
        graph(tmp_path, "_:b a gb:Norm .", "norm.ttl"),
        graph(tmp_path, UNSATISFIABLE, "unsatisfiable.ttl"),
    ]
    report = reason(graphs)
    assert report.consistent
    assert report.unsatisfiable == ("http://example.org/Below", "http://example.org/Both")
    assert not report.sound


@needs_java
@pytest.mark.check
def test_the_ontology_is_consistent_and_every_class_can_have_a_member(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also after a contradiction; and the reasoner is quiet and leaves nothing behind."""
    path = graph(tmp_path, CONTRADICTION)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    contradictory = reason([path])
    assert not contradictory.consistent
    assert not contradictory.sound
    report = reason()
    assert report == ReasonReport(consistent=True, unsatisfiable=(), java=True)
    assert report.sound
    assert list(scratch.iterdir()) == []
    assert tempfile.tempdir == str(scratch)
    assert capfd.readouterr() == ("", "")


def test_without_java_the_error_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        JavaMissingError, match=r"needs Java.*PATH.*apt-get install default-jre-headless"
    ) as caught:
        reason()
    assert isinstance(caught.value, OntologyError)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for java is a shell script")
def test_a_java_that_fails_is_not_a_verdict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java = tmp_path / "java"
    java.write_text("#!/bin/sh\necho no memory\nexit 3\n", encoding="utf-8")
    java.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ReasonerError, match="no memory"):
        reason()


@needs_java
@pytest.mark.parametrize(
    ("name", "content"), [("bad.ttl", "this is no Turtle"), ("bad.xyz", ""), ("none.ttl", None)]
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, content: str | None) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(ReasonerError, match=name.replace(".", r"\.")):
        reason([path])

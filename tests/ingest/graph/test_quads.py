"""What holds for every quad: closed vocabulary, provenance by character."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Store

from ingest.store import Version, current
from ontology.terms import (
    ELI,
    GB,
    NIF,
    PREFIXES,
    PROV,
    RDF,
    RDFS,
    TERMS,
    Term,
    source,
)
from tests.ingest.graph.conftest import FACTS, IRIS, LINKS, Graph, plain, subject


def test_the_vocabulary_is_closed(samples: Graph) -> None:
    """Predicates, classes, concepts and datatypes are declared, and nothing else is in our namespaces."""
    namespaces = tuple(PREFIXES.values())
    used: set[str] = set()
    for quad in samples.quads():
        if quad.graph_name != NamedNode(IRIS.vocabulary_graph()):
            used.add(quad.predicate.value)
            if quad.predicate.value == RDF.type:
                used.add(plain(quad))
            if isinstance(quad.object, Literal):
                used.add(quad.object.datatype.value)
            elif plain(quad).startswith(namespaces):
                used.add(plain(quad))
            assert not subject(quad).startswith(namespaces)
    assert used - TERMS == set()
    assert {GB.RoleLead, GB.AtLeast, GB.DeadlineWithin, GB.RelationBasis, GB.TypeMeasures} <= used
    assert {GB.Task, NIF.OffsetBasedString, ELI.LegalResource, GB.CitedDocument, *LINKS, *FACTS} <= used


def test_the_vocabulary_itself_is_in_the_store(samples: Graph) -> None:
    loaded = {
        quad.triple
        for quad in samples.store.quads_for_pattern(None, None, None, NamedNode(IRIS.vocabulary_graph()))
    }
    expected = Store()
    expected.load(source(), RdfFormat.TURTLE)
    assert loaded == {quad.triple for quad in expected}


def test_there_are_no_blank_nodes(samples: Graph) -> None:
    for quad in samples.quads():
        assert not isinstance(quad.subject, BlankNode)
        assert not isinstance(quad.object, BlankNode)


def test_one_named_graph_a_file(samples: Graph) -> None:
    files = [plain(quad) for quad in samples.quads(None, GB.fileName)]
    assert len(files) == len(set(files)) == 10
    graphs = {graph.value for graph in samples.store.named_graphs() if isinstance(graph, NamedNode)}
    originals = {IRIS.graph(plain(quad)) for quad in samples.quads(None, GB.originalSha256)}
    assert graphs == originals | {IRIS.vocabulary_graph(), IRIS.rules_graph(), IRIS.registry_graph()}
    assert not any(
        quad.graph_name != NamedNode(IRIS.rules_graph()) for quad in samples.quads(None, RDF.type, GB.Rule)
    )


def test_every_fact_has_clause_place_and_rule(samples: Graph) -> None:
    rules, clauses = set(samples.of(GB.Rule)), set(samples.of(ELI.LegalResourceSubdivision))
    counted = Counter[Term]()
    for kind in FACTS:
        for fact in samples.of(kind):
            counted[kind] += 1
            assert samples.value(fact, GB.statedIn) in clauses
            assert samples.value(fact, PROV.wasGeneratedBy) in rules
            assert samples.quote(fact) != ""
            assert int(samples.value(fact, GB.place, GB.line)) > 0
    assert min(counted[kind] for kind in FACTS) >= 15
    for rule in rules:
        assert samples.value(rule, RDFS.label) != ""
        assert int(samples.value(rule, GB.judgedFacts)) >= 0


def test_every_fact_lies_in_the_clause_that_states_it(samples: Graph) -> None:
    def span(place: str) -> tuple[int, int]:
        return int(samples.value(place, NIF.beginIndex)), int(samples.value(place, NIF.endIndex))

    for kind in FACTS:
        for fact in samples.of(kind):
            begin, end = span(samples.value(fact, GB.place))
            around = [span(place) for place in samples.values(fact, GB.statedIn, GB.place)]
            assert any(first <= begin < end <= last for first, last in around), samples.quote(fact)


def test_every_clause_hangs_in_a_document(samples: Graph) -> None:
    documents = set(samples.of(ELI.LegalResource))
    for clause in samples.of(ELI.LegalResourceSubdivision):
        node, steps = clause, 0
        while node not in documents:
            node, steps = samples.value(node, ELI.is_part_of), steps + 1
            assert steps < 9
        assert clause.startswith(f"{node}/")
        assert samples.values(clause, GB.ofDocument) == [node]


def places_hold(version: Version) -> int:
    """The number of quoted places; every one of them holds its quote."""
    store = Graph(version.open())
    texts: dict[str, str] = {}
    quoted = 0
    for quad in store.quads(None, NIF.anchorOf):
        place = subject(quad)
        sha = store.value(place, NIF.referenceContext, GB.textSha256)
        if sha not in texts:
            texts[sha] = version.source(sha)
        begin, end = int(store.value(place, NIF.beginIndex)), int(store.value(place, NIF.endIndex))
        assert texts[sha][begin:end] == plain(quad), place
        assert place == f"{IRIS.text(sha)}#char={begin},{end}"
        quoted += 1
    assert len(texts) == len(store.of(NIF.Context))
    return quoted


def test_every_place_of_the_samples_holds_its_quote(samples_store: Path) -> None:
    assert places_hold(current(samples_store)) > 700


def test_every_place_of_the_corpus_holds_its_quote(corpus_store: Path) -> None:
    assert places_hold(current(corpus_store)) > 2000

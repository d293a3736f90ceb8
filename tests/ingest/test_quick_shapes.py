"""The quick tests pass nothing that pySHACL would not, and everything that a build writes."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat
from rdflib import Graph

from ingest.quick_shapes import QuickShapes, quick_shapes
from ingest.quick_tests import ShapesError
from ingest.store import current
from ontology.terms import GB
from queries.library import question
from queries.run import rows
from tests.ontology.test_shapes import CHANGES, CONFORMING, SAMPLE, Change, violations

HEAD = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix gb: <https://w3id.org/gongbao/ontology#> .\n"
SAMPLE_LINES = sorted(SAMPLE.serialize(format="nt").splitlines(keepends=True))


def passes(graph: Graph) -> bool:
    return quick_shapes().pass_all(graph.serialize(format="nt").splitlines(keepends=True))


def test_the_sample_passes() -> None:
    assert passes(SAMPLE)


@pytest.mark.parametrize("fault", [change for change in CHANGES if change.expected], ids=str)
def test_no_planted_fault_passes(fault: Change) -> None:
    assert not passes(fault.apply())


@pytest.mark.parametrize("change", CONFORMING, ids=str)
def test_what_a_text_may_well_have_passes(change: Change) -> None:
    assert passes(change.apply())


def test_a_range_goes_upwards() -> None:
    subject = next(change.subject for change in CHANGES if "Target-value" in str(change.expected))
    wrong = Change(subject, "schema:minValue", "5.0 ; schema:maxValue 3.0", ())
    assert not passes(wrong.apply())


def test_a_member_of_a_subclass_is_left_to_pyshacl() -> None:
    said = "<x:a> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <x:b> .\n"
    assert quick_shapes().pass_all([]) and not quick_shapes().pass_all([said])


def test_lines_of_two_graphs_do_not_pass() -> None:
    quads = [f"{line[:-3]} <x:{place % 2}> .\n" for place, line in enumerate(SAMPLE_LINES)]
    assert not quick_shapes().pass_all(quads, " <x:0> .\n")


@pytest.mark.parametrize(
    "constraint",
    [
        "sh:path gb:norm ; sh:uniqueLang true",
        "sh:path gb:norm ; sh:maxCount 2",
        "sh:path gb:norm ; sh:minLength 3",
        "sh:path gb:norm ; sh:datatype gb:none",
        "sh:path [ sh:inversePath gb:norm ]",
        "sh:path ( gb:place gb:norm ) ; sh:nodeKind sh:IRI",
        "sh:path gb:norm ; sh:nodeKind sh:Literal",
        "sh:class gb:Task",
    ],
)
def test_a_constraint_that_is_not_understood_is_an_error(constraint: str) -> None:
    with pytest.raises(ShapesError):
        QuickShapes(f"{HEAD}gb:S a sh:NodeShape ; sh:targetClass gb:Task ; {constraint} .".encode())


def test_all_that_a_build_writes_passes(samples_store: Path) -> None:
    store = current(samples_store).open()
    graphs = [row["graph"] or "" for row in rows(store, question("checks/files"))]
    assert graphs
    for graph in graphs:
        dumped = store.dump(format=RdfFormat.N_TRIPLES, from_graph=NamedNode(graph)) or b""
        lines = dumped.decode("utf8").removesuffix("\n").split("\n")
        assert any(GB.Task in line for line in lines)
        assert quick_shapes().pass_all(lines, " ."), graph


@pytest.mark.check
@pytest.mark.parametrize("seed", range(40))
def test_what_passes_conforms_whatever_is_done_to_it(seed: int) -> None:
    """Terms of the sample in places of others: predicates, values, subjects."""
    dice = random.Random(seed)
    triples = [line.removesuffix(" .\n").split(" ", 2) for line in SAMPLE_LINES]
    for _ in range(40):
        changed = [list(triple) for triple in triples]
        for _ in range(dice.choice((1, 1, 2))):
            part = dice.choice((0, 1, 2, 2, 2))
            dice.choice(changed)[part] = dice.choice(triples)[part]
        if dice.random() < 0.5:
            del changed[dice.randrange(len(changed))]
        lines = sorted({" ".join([*triple, ".\n"]) for triple in changed})
        if quick_shapes().pass_all(lines):
            assert violations(Graph().parse(data="".join(lines), format="nt")) == []

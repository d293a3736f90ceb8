"""The steps of resolving that the code names are those that the shapes allow."""

from __future__ import annotations

import ast
from pathlib import Path

from rdflib import SH, Graph, URIRef
from rdflib.collection import Collection

import ingest.resolve
from ingest.resolve.model import ResolutionStep
from ontology.terms import GB, source

MODULES = Path(ingest.resolve.__file__).parent


def _given(node: ast.AST) -> list[ast.expr]:
    """What an expression gives on: arguments of a call, members of a tuple, branches of a choice."""
    if isinstance(node, ast.Call):
        return node.args
    if isinstance(node, ast.Tuple):
        return node.elts
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else []


def _used() -> set[str]:
    """The steps that some module of the package gives as its answer; comparisons do not count."""
    trees = (ast.parse(path.read_text("utf8")) for path in MODULES.glob("*.py"))
    return {
        ResolutionStep[given.attr].value
        for tree in trees
        for node in ast.walk(tree)
        for given in _given(node)
        if isinstance(given, ast.Attribute)
        and isinstance(given.value, ast.Name)
        and given.value.id == "ResolutionStep"
    }


def _allowed() -> set[str]:
    shapes = Graph().parse(data=source("shapes.ttl"), format="turtle")
    lists = {
        values
        for shape in shapes.subjects(SH.path, URIRef(GB.resolvedBy))
        for values in shapes.objects(shape, SH["in"])
    }
    return {str(value) for values in lists for value in Collection(shapes, values)}


def test_the_shapes_allow_the_steps_that_the_code_names_and_no_others() -> None:
    assert set(ResolutionStep) == _allowed()


def test_no_step_is_left_that_nothing_takes() -> None:
    assert _used() == set(ResolutionStep)

"""The steps of resolving that the code names are those that the shapes allow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from rdflib import SH, Graph, URIRef
from rdflib.collection import Collection

import ingest.resolve
from ontology.terms import GB, source

MODULES = Path(ingest.resolve.__file__).parent


def _words(node: ast.expr) -> Iterator[str]:
    """The strings that an expression can give: a constant, or the branches of a choice."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _words(node.body)
        yield from _words(node.orelse)


def _steps(tree: ast.AST) -> Iterator[str]:
    """What stands beside an agency, or a step that gives one, in a pair, and what a Mention is given last."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Tuple) and len(node.elts) == 2 and not list(_words(node.elts[0])):
            yield from _words(node.elts[1])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Mention":
            yield from _words(node.args[-1])


def _written() -> set[str]:
    trees = (ast.parse(path.read_text("utf8")) for path in MODULES.glob("*.py"))
    return {word for tree in trees for word in _steps(tree)}


def _allowed() -> set[str]:
    shapes = Graph().parse(data=source("shapes.ttl"), format="turtle")
    lists = {
        values
        for shape in shapes.subjects(SH.path, URIRef(GB.resolvedBy))
        for values in shapes.objects(shape, SH["in"])
    }
    return {str(value) for values in lists for value in Collection(shapes, values)}


def test_the_shapes_allow_the_steps_that_the_code_names_and_no_others() -> None:
    written = _written()
    assert "registry" in written  # the way of looking still finds them
    assert written == _allowed()

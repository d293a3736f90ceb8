"""The shapes of ontology/shapes.ttl as quick tests over N-Quads lines: which graphs certainly conform.

The shapes stay the only source: this module reads them, and understands the core constraints that they use.
What passes here, passes in pySHACL too; what does not is for pySHACL to judge and to explain
(``ingest.validate``). A constraint that is not understood raises ``ShapesError``, so that none is
passed over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from operator import le, lt

from pyoxigraph import RdfFormat, parse

from ingest.quick_tests import (
    ShapesError,
    Test,
    any_of,
    at_least,
    at_most,
    content,
    matches,
    number,
    of_datatype,
)
from ontology.terms import XSD, source

_SH = "http://www.w3.org/ns/shacl#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_TYPE, _FIRST, _REST, _NIL = (f"<{_RDF}{name}>" for name in ("type", "first", "rest", "nil"))
_SUBCLASS = (
    "<http://www.w3.org/2000/01/rdf-schema#subClassOf>"  # pySHACL would take members of subclasses too
)
_FOR_PEOPLE = frozenset({"message", "order", "name", "description"})

Node = dict[str, list[str]]
"""Values of a node by predicate, all as N-Triples terms."""


def group(triples: Iterable[str], end: str) -> dict[str, Node] | None:
    """Nodes by subject, from lines that all end in ``end``; None where one does not."""
    nodes: dict[str, Node] = {}
    cut = -len(end)
    last, node = "", Node()
    for line in triples:
        if not line.endswith(end):
            return None
        subject, predicate, value = line[:cut].split(" ", 2)
        if subject != last:
            last = subject
            node = nodes.setdefault(subject, {})
        known = node.get(predicate)
        if known is None:
            node[predicate] = [value]
        else:
            known.append(value)
    return nodes


@dataclass(slots=True)
class _Rules:
    """What the shapes ask of a node."""

    focus: list[Test] = field(default_factory=list)
    values: defaultdict[str, list[Test]] = field(default_factory=lambda: defaultdict(list))
    single: set[str] = field(default_factory=set)  # predicates with one value at most
    required: set[str] = field(default_factory=set)  # predicates that must be there
    chosen: set[frozenset[str]] = field(default_factory=set)  # one of these predicates must be there
    reached: set[tuple[str, str]] = field(default_factory=set)  # a value of the first must have the second
    allowed: frozenset[str] | None = None  # no other predicates
    ordered: list[tuple[str, str, Callable[[float, float], bool]]] = field(default_factory=list)

    def add(self, other: _Rules) -> None:
        """Take over what another set of rules asks as well."""
        self.focus += other.focus
        for predicate, tests in other.values.items():
            self.values[predicate] += tests
        self.single |= other.single
        self.required |= other.required
        self.chosen |= other.chosen
        self.reached |= other.reached
        self.ordered += other.ordered
        if other.allowed is not None:
            self.allowed = other.allowed if self.allowed is None else self.allowed & other.allowed

    def hold(self, subject: str, node: Node, nodes: Mapping[str, Node]) -> bool:
        """Whether a node is as it must be."""
        for test in self.focus:
            if not test(subject):
                return False
        values, single, allowed = self.values, self.single, self.allowed
        if not self.required <= node.keys() or (allowed is not None and not node.keys() <= allowed):
            return False
        for predicate, found in node.items():
            if len(found) > 1 and predicate in single:
                return False
            for test in values.get(predicate, ()):
                for value in found:
                    if not test(value):
                        return False
        for choices in self.chosen:
            if choices.isdisjoint(node):
                return False
        for link, predicate in self.reached:
            if not any(predicate in nodes.get(value, ()) for value in node.get(link, ())):
                return False
        return all(self._in_order(node, *pair) for pair in self.ordered)

    @staticmethod
    def _in_order(node: Node, low: str, high: str, right: Callable[[float, float], bool]) -> bool:
        highs = [number(value) for value in node.get(high, ())]
        return all(right(number(value), other) for value in node.get(low, ()) for other in highs)


class QuickShapes:
    """All shapes of a Turtle document, by the classes of nodes."""

    def __init__(self, turtle: bytes) -> None:
        self._shapes: dict[str, Node] = {}
        for quad in parse(turtle, RdfFormat.TURTLE):
            node = self._shapes.setdefault(str(quad.subject), {})
            node.setdefault(str(quad.predicate), []).append(str(quad.object))
        self._of_class: defaultdict[str, _Rules] = defaultdict(_Rules)
        self._of_object: defaultdict[str, _Rules] = defaultdict(_Rules)
        self._merged: dict[tuple[str, ...], _Rules] = {}
        kinds = {f"<{_SH}NodeShape>", f"<{_SH}PropertyShape>"}
        for name, shape in self._shapes.items():
            if not kinds.isdisjoint(shape.get(_TYPE, ())):
                rules = self._rules(name, shape)
                for target in shape.get(f"<{_SH}targetClass>", ()):
                    self._of_class[target].add(rules)
                for target in shape.get(f"<{_SH}targetObjectsOf>", ()):
                    self._of_object[target].add(rules)

    def pass_all(self, triples: Iterable[str], end: str = " .\n") -> bool:
        """Whether a graph certainly conforms; its lines all end in ``end``."""
        nodes = group(triples, end)
        return nodes is not None and all(self._holds(subject, node, nodes) for subject, node in nodes.items())

    def _holds(self, subject: str, node: Node, nodes: Mapping[str, Node]) -> bool:
        kinds = tuple(node.get(_TYPE, ()))
        rules = self._merged.get(kinds)
        if rules is None:
            rules = self._merged[kinds] = _Rules()
            for kind in kinds:
                if kind in self._of_class:
                    rules.add(self._of_class[kind])
        if _SUBCLASS in node or not rules.hold(subject, node, nodes):
            return False
        return all(
            self._of_object[link].hold(value, nodes.get(value, {}), nodes)
            for link in node.keys() & self._of_object.keys()
            for value in node[link]
        )

    # reading the shapes -------------------------------------------------------------------------

    def _rules(self, name: str, shape: Node) -> _Rules:
        """What one shape asks."""
        rules = _Rules()
        known = {_short(key): values for key, values in shape.items() if key.startswith(f"<{_SH}")}
        for key in ("targetClass", "targetObjectsOf", *_FOR_PEOPLE):
            known.pop(key, None)
        if known.pop("closed", []) == [f'"true"^^<{XSD.boolean}>']:
            rules.allowed = frozenset(self._listed(known.pop("ignoredProperties", [_NIL])[0]))
        path = known.pop("path", None)
        if path is None:
            rules.focus = self._tests(name, known)
            return rules
        counted = {key: number(known.pop(key)[0]) for key in ("minCount", "maxCount") if key in known}
        if not set(counted.values()) <= {1}:
            raise ShapesError(f"{name}: counts other than 1 are not understood")
        predicates, after = self._path(path[0])
        if (after or len(predicates) > 1) and (known or "maxCount" in counted):
            raise ShapesError(f"{name}: a path of several properties can only be required")
        if after and counted:
            rules.reached.add((predicates[0], after))
        elif "minCount" in counted and len(predicates) > 1:
            rules.chosen.add(frozenset(predicates))
        elif "minCount" in counted:
            rules.required.add(predicates[0])
        if "maxCount" in counted:
            rules.single.add(predicates[0])
        for key, right in (("lessThan", lt), ("lessThanOrEquals", le)):
            rules.ordered += [(predicates[0], other, right) for other in known.pop(key, ())]
        rules.values[predicates[0]] += self._tests(name, known)
        return rules

    def _path(self, path: str) -> tuple[tuple[str, ...], str | None]:
        """The predicates of which one is meant, and the one that follows in a sequence of two."""
        node = self._shapes.get(path, {})
        if choices := node.get(f"<{_SH}alternativePath>"):
            return tuple(self._listed(choices[0])), None
        if _FIRST in node:
            first, second = self._listed(path)
            return (first,), second
        if not path.startswith("<"):
            raise ShapesError(f"{path}: this path is not understood")
        return (path,), None

    def _listed(self, head: str) -> Iterator[str]:
        """The members of an RDF list."""
        while head != _NIL:
            yield self._shapes[head][_FIRST][0]
            (head,) = self._shapes[head][_REST]

    def _tests(self, name: str, constraints: Mapping[str, list[str]]) -> list[Test]:
        """The tests of a value; of a node itself for a node shape."""
        left = dict(constraints)
        tests: list[Test] = []
        lowest = int(number(left.pop("minLength", ['"0"'])[0]))
        for datatype in left.pop("datatype", ()):
            tests.append(of_datatype(datatype, [*map(content, self._languages(left))], lowest))
        if left.get("nodeKind") == [f"<{_SH}IRI>"]:
            del left["nodeKind"]
            tests.append(lambda value: value[0] == "<")
        for pattern in left.pop("pattern", ()):
            tests.append(matches(re.compile(content(pattern))))
        for listed in left.pop("in", ()):
            tests.append(frozenset(self._listed(listed)).__contains__)
        for least in left.pop("minInclusive", ()):
            tests.append(at_least(number(least)))
        for most in left.pop("maxInclusive", ()):
            tests.append(at_most(number(most)))
        for listed in left.pop("or", ()):
            choices = [self._tests(name, self._constraints(one)) for one in self._listed(listed)]
            tests.append(any_of(choices))
        if left or (lowest and "datatype" not in constraints):
            raise ShapesError(f"{name}: constraints that are not understood: {' '.join(left) or 'minLength'}")
        return tests

    def _constraints(self, name: str) -> dict[str, list[str]]:
        return {_short(key): values for key, values in self._shapes[name].items()}

    def _languages(self, constraints: dict[str, list[str]]) -> list[str]:
        return [tag for listed in constraints.pop("languageIn", ()) for tag in self._listed(listed)]


def _short(iri: str) -> str:
    return iri[len(_SH) + 1 : -1]


@cache
def quick_shapes() -> QuickShapes:
    """The shapes that come with the program."""
    return QuickShapes(source("shapes.ttl"))

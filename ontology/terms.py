"""The closed vocabulary: only a term that gongbao.ttl declares can be named, hence written.

>>> str(GB.place)
'https://w3id.org/gongbao/ontology#place'
>>> concept(GB.Role, "lead") == GB.RoleLead
True
>>> GB.plaec
Traceback (most recent call last):
ontology.errors.UnknownTermError: gb:plaec is not declared in ontology/gongbao.ttl; nearest: gb:place

Declared is what has rdfs:isDefinedBy there. The file is read once, on import, and nothing here changes after.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology.errors import OntologyError, UnknownTermError

_IS_DEFINED_BY = "http://www.w3.org/2000/01/rdf-schema#isDefinedBy"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_CONCEPT = "http://www.w3.org/2004/02/skos/core#Concept"
_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"


class Term(str):
    """The IRI of a declared class, property, datatype or concept. Only this module makes them."""

    __slots__ = ()


def source(name: str = "gongbao.ttl") -> bytes:
    """The bytes of a Turtle file of this package: ``gongbao.ttl`` or ``shapes.ttl``."""
    return files("ontology").joinpath(name).read_bytes()


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    prefixes: Mapping[str, str]  # prefix → namespace IRI
    terms: Mapping[str, Mapping[str, Term]]  # prefix → local name → term
    notations: Mapping[str, Mapping[str, Term]]  # class of concepts → notation → concept


def _read(turtle: bytes) -> _Vocabulary:
    parser = parse(turtle, RdfFormat.TURTLE)
    defined: dict[str, None] = {}  # as an ordered set
    types: dict[str, list[str]] = {}
    notations: dict[str, list[str]] = {}
    for read in parser:
        quad: Quad = read
        if not isinstance(quad.subject, NamedNode):
            continue
        subject, predicate, value = quad.subject.value, quad.predicate.value, quad.object
        if predicate == _IS_DEFINED_BY:
            defined[subject] = None
        elif predicate == _TYPE and isinstance(value, NamedNode):
            types.setdefault(subject, []).append(value.value)
        elif predicate == _NOTATION and isinstance(value, Literal):
            notations.setdefault(subject, []).append(value.value)

    prefix_of = {iri: prefix for prefix, iri in parser.prefixes.items()}
    terms: dict[str, dict[str, Term]] = {prefix: {} for prefix in parser.prefixes}
    for iri in defined:
        cut = max(iri.rfind("#"), iri.rfind("/")) + 1
        if iri[:cut] not in prefix_of:
            raise OntologyError(f"gongbao.ttl declares {iri} but has no prefix for {iri[:cut]}")
        terms[prefix_of[iri[:cut]]][iri[cut:]] = Term(iri)

    members: dict[str, dict[str, Term]] = {}
    for iri, kinds in types.items():
        if _CONCEPT in kinds:
            for kind in kinds:
                for notation in notations.get(iri, ()):
                    if kind != _CONCEPT:
                        members.setdefault(kind, {})[notation] = Term(iri)
    return _Vocabulary(
        MappingProxyType(dict(parser.prefixes)),
        MappingProxyType({prefix: MappingProxyType(known) for prefix, known in terms.items()}),
        MappingProxyType({kind: MappingProxyType(known) for kind, known in members.items()}),
    )


_VOCABULARY = _read(source())

PREFIXES: Mapping[str, str] = _VOCABULARY.prefixes
"""Prefix → namespace IRI, as in gongbao.ttl."""

TERMS: frozenset[Term] = frozenset(term for known in _VOCABULARY.terms.values() for term in known.values())
"""Every term that may be written."""


def _nearest(prefix: str, name: str) -> list[str]:
    """Declared terms like prefix:name: the same name elsewhere, then names a slip away."""
    same = [f"{other}:{name}" for other, known in _VOCABULARY.terms.items() if name in known]
    own = {local.lower(): local for local in _VOCABULARY.terms.get(prefix, {})}
    like = [f"{prefix}:{own[local]}" for local in get_close_matches(name.lower(), own, n=3, cutoff=0.7)]
    return same + like


@dataclass(frozen=True)
class Namespace:
    """The declared terms of one namespace, as attributes (``GB.place``) or items (``VOID["class"]``).

    Has no public attributes of its own, so that none can stand in the way of a term.
    """

    _prefix: str
    _iri: str
    _terms: Mapping[str, Term]

    def __post_init__(self) -> None:
        self.__dict__.update(self._terms)  # so that a term is looked up as fast as any attribute

    def __getattr__(self, name: str) -> Term:
        if name.startswith("_"):  # copy and pickle ask for such names before the fields are there
            raise AttributeError(name)
        return self[name]

    def __getitem__(self, name: str) -> Term:
        try:
            return self._terms[name]
        except KeyError:
            raise UnknownTermError(f"{self._prefix}:{name}", _nearest(self._prefix, name)) from None

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __len__(self) -> int:
        return len(self._terms)

    def __contains__(self, term: object) -> bool:
        return term in self._terms.values()

    def __dir__(self) -> list[str]:
        return sorted(self._terms)

    def __str__(self) -> str:
        return self._iri

    def __reduce__(self) -> tuple[type[Namespace], tuple[str, str, dict[str, Term]]]:
        return Namespace, (self._prefix, self._iri, dict(self._terms))


def _namespace(prefix: str) -> Namespace:
    return Namespace(prefix, PREFIXES[prefix], _VOCABULARY.terms[prefix])


def term(name: str) -> Term:
    """The term of an IRI or a prefixed name such as ``gb:place``.

    Raises:
        UnknownTermError: It is not declared.
    """
    for prefix, iri in PREFIXES.items():
        for head in (iri, f"{prefix}:"):
            found = _VOCABULARY.terms[prefix].get(name.removeprefix(head)) if name.startswith(head) else None
            if found is not None:
                return found
    prefix, _, local = name.partition(":")
    raise UnknownTermError(name, _nearest(prefix, local) if prefix in PREFIXES else ())


def notations(kind: Term) -> Mapping[str, Term]:
    """Notation → concept for a class of concepts, in the order of gongbao.ttl.

    Such as ``notations(GB.Role)["lead"]`` or ``notations(GB.DocumentType)["办法"]``.

    Raises:
        UnknownTermError: No concept of that class has a notation.
    """
    try:
        return _VOCABULARY.notations[kind]
    except KeyError:
        raise UnknownTermError(f"a concept of {kind}", sorted(_VOCABULARY.notations)) from None


def concept(kind: Term, notation: str) -> Term:
    """The concept of a class that has a notation: ``concept(GB.Role, "lead")`` is ``GB.RoleLead``.

    Raises:
        UnknownTermError: There is none.
    """
    known = notations(kind)
    try:
        return known[notation]
    except KeyError:
        nearest = get_close_matches(notation, known, n=3) or sorted(known)[:8]
        raise UnknownTermError(f"the notation {notation!r} of {kind}", nearest) from None


GB = _namespace("gb")
CV = _namespace("cv")
DCAT = _namespace("dcat")
DCTERMS = _namespace("dcterms")
ELI = _namespace("eli")
NIF = _namespace("nif")
ORG = _namespace("org")
OWL = _namespace("owl")
PROV = _namespace("prov")
RDF = _namespace("rdf")
RDFS = _namespace("rdfs")
SCHEMA = _namespace("schema")
SKOS = _namespace("skos")
VOID = _namespace("void")
XSD = _namespace("xsd")

"""Labels and order of classes, properties and concepts, as the ontology has them."""

from __future__ import annotations

from functools import cache
from urllib.parse import unquote

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ontology.terms import PREFIXES, RDFS, SKOS, source
from queries.model import LANGUAGES, Language


@cache
def _labels() -> dict[Language, dict[str, str]]:
    """Language → term → label, in the order of gongbao.ttl."""
    found: dict[Language, dict[str, str]] = {language: {} for language in LANGUAGES}
    for read in parse(source(), RdfFormat.TURTLE):
        quad: Quad = read
        subject, value = quad.subject, quad.object
        if (
            quad.predicate.value == RDFS.label
            and isinstance(subject, NamedNode)
            and isinstance(value, Literal)
        ):
            for language in LANGUAGES:
                if value.language == language:
                    found[language].setdefault(subject.value, value.value)
    return found


@cache
def _order() -> dict[str, int]:
    return {iri: place for place, iri in enumerate(_labels()[LANGUAGES[0]])}


@cache
def _notations() -> dict[str, str]:
    """Notation → concept; the first where several have the same, as those that do mean the same."""
    found: dict[str, str] = {}
    for read in parse(source(), RdfFormat.TURTLE):
        quad: Quad = read
        subject, value = quad.subject, quad.object
        if quad.predicate.value == SKOS.notation and isinstance(subject, NamedNode):
            found.setdefault(value.value if isinstance(value, Literal) else "", subject.value)
    return found


def code_label(notation: str, language: Language) -> str | None:
    """Return the label of the concept with a notation, such as lead; None where there is none."""
    concept = _notations().get(notation)
    return label(concept, language) if concept else None


def label(iri: str, language: Language) -> str | None:
    """Return the label of a term; None for what the ontology does not declare."""
    return _labels()[language].get(iri)


def rank(iri: str) -> int:
    """Return where a term stands among all: the order in which pages show properties."""
    return _order().get(iri, len(_order()))


def prefixed_name(iri: str) -> str:
    """Return an IRI as people write it, such as gb:place; as it is where no prefix fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def local_name(iri: str) -> str:
    """Return the last part of an IRI, which often says what it names."""
    head, _, fragment = iri.partition("#")
    return fragment or unquote(head.rstrip("/").rpartition("/")[2]) or iri

"""Check with HermiT (through owlready2) that the ontology, and graphs together with it, are consistent."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

import owlready2
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from ontology.errors import JavaMissingError, ReasonerError
from ontology.terms import OWL, PREFIXES, RDF, RDFS, XSD, source

_BUILT_IN: Final = tuple(str(namespace) for namespace in (RDF, RDFS, OWL, XSD))

# The OWL 2 datatype map as far as HermiT has it. A literal of another datatype stops HermiT.
_DATATYPES: Final[frozenset[str]] = frozenset(
    {
        RDF.langString,
        XSD.string,
        XSD.boolean,
        XSD.decimal,
        XSD.integer,
        XSD.anyURI,
    }
)


@dataclass(frozen=True, slots=True)
class ReasonReport:
    """The verdict of HermiT. ``unsatisfiable`` are IRIs of classes that can have no member, sorted.

    From an inconsistent ontology everything follows, so ``unsatisfiable`` is empty then. ``java`` says that
    the reasoner ran; ``reason`` raises where it cannot.
    """

    consistent: bool
    unsatisfiable: tuple[str, ...]
    java: bool

    @property
    def sound(self) -> bool:
        """Consistent, and every class can have a member."""
        return self.consistent and not self.unsatisfiable


def reason(graph_paths: Sequence[Path] = ()) -> ReasonReport:
    """Check the ontology, together with the graphs of some files, for contradictions.

    Args:
        graph_paths: Turtle, N-Triples, TriG, N-Quads or RDF/XML; names of graphs do not matter.

    Raises:
        JavaMissingError: No ``java`` on the PATH.
        ReasonerError: A file cannot be read, or HermiT failed.
    """
    if shutil.which("java") is None:
        raise JavaMissingError
    world = owlready2.World()
    try:
        load(world, graph_paths)
        with _own_temporary_folder():
            owlready2.sync_reasoner(world, debug=0)
        found = {str(cls.iri) for cls in world.inconsistent_classes()} - {f"{OWL}Nothing"}
        return ReasonReport(consistent=True, unsatisfiable=tuple(sorted(found)), java=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return ReasonReport(consistent=False, unsatisfiable=(), java=True)
    except owlready2.OwlReadyJavaError as error:
        raise ReasonerError(f"HermiT failed: {str(error)[:2000]}") from error
    finally:
        world.close()


def load(world: owlready2.World, graph_paths: Sequence[Path] = ()) -> owlready2.Ontology:
    """Load the ontology and the graphs of some files into an owlready2 world, in memory.

    owlready2 reads no Turtle, so they go in as N-Triples.

    Raises:
        ReasonerError: A file cannot be read.
    """
    triples = set(_for_owl(parse(source(), RdfFormat.TURTLE)))
    for path in graph_paths:
        triples.update(_for_owl(_parse_file(path)))
    lines = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return world.get_ontology(PREFIXES["gb"]).load(fileobj=BytesIO(lines))


def _parse_file(path: Path) -> Iterator[Quad]:
    try:
        # Blank nodes of two files are never the same, whatever their labels.
        yield from parse(path=path, rename_blank_nodes=True)
    except (OSError, SyntaxError, ValueError) as error:
        raise ReasonerError(f"{path}: {error}") from error


def _for_owl(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield what OWL 2 DL can take: nothing about its own vocabulary, only literals of its datatype map."""
    for quad in quads:
        subject, value = quad.subject, quad.object
        if isinstance(subject, NamedNode) and subject.value.startswith(_BUILT_IN):
            continue
        if isinstance(value, Literal) and value.datatype.value not in _DATATYPES:
            # As a string: two dates of a functional property still are two.
            value = Literal(value.value)
        yield Triple(subject, quad.predicate, value)


@contextmanager
def _own_temporary_folder() -> Iterator[None]:
    """Let owlready2 write its temporary file where it is removed: it leaves it behind on an inconsistency."""
    before = tempfile.tempdir
    with tempfile.TemporaryDirectory(prefix="gongbao-reason-") as folder:
        tempfile.tempdir = folder
        try:
            yield
        finally:
            tempfile.tempdir = before

"""The two passes of a build over one file, each a plain function of what can be sent to another process.

The first reads a file and extracts the facts of its texts; the second, once all documents are known, makes
the quads of a text and checks them. Neither touches the store. What is the same for all files (``Settings``,
``Citations``) other processes read once from a file.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from ingest.budget import Budget
from ingest.errors import InputError
from ingest.manifest import Manifest
from ingest.model import Text
from ingest.pipeline import ExtractedFile, build_quads, collect_citations, extract_text
from ingest.read import PLAIN, read_all
from ingest.resolve.citations import CitationMention, CitationQuestions, Citations, DocumentHead
from ingest.resolve.resolver import Resolver, builtin_resolver, load_resolver
from ingest.store import Chunk, Layout, layout_of, pack, unpack
from ingest.validate import Violation, validate
from ontology.iris import Iris


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """What is the same for all files of a build. ``packed`` has results sent as bytes, not as objects."""

    iris: Iris
    manifest: Manifest = field(default_factory=Manifest)
    registries: tuple[Path, ...] = ()
    ocr: bool = False
    originals: bool = False
    check: bool = True
    packed: bool = False
    budget: Budget = field(default_factory=Budget)
    registry_digests: tuple[str, ...] = ()  # of the folders: people edit them between two builds

    def resolver(self) -> Resolver:
        """The resolver of the build, loaded once a process."""
        return _loaded(self.registries, self.registry_digests) if self.registries else builtin_resolver()


@lru_cache(maxsize=1)
def _loaded(registries: tuple[Path, ...], _digests: tuple[str, ...]) -> Resolver:
    return load_resolver(registries)


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the first pass makes of a text; ``file`` is missing where ``error`` tells why.

    ``packed`` is the same file as bytes; one of the two is enough for the second pass.
    """

    name: str
    original_sha256: str
    file_sha256: str
    size: int  # code points
    encoding: str | None
    notices: tuple[str, ...] = ()
    error: InputError | None = None
    file: ExtractedFile | None = None
    packed: bytes = b""
    heads: tuple[DocumentHead, ...] = ()
    cited: tuple[CitationMention, ...] = ()
    questions: tuple[CitationQuestions, ...] = ()


@dataclass(frozen=True, slots=True)
class Extractions:
    """What the first pass makes of a file: its texts, and what could not be read of it."""

    texts: tuple[Extraction, ...] = ()
    errors: tuple[InputError, ...] = ()
    originals: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    sha256: str = ""  # of the bytes of the file


@dataclass(frozen=True, slots=True)
class Written:
    """What the second pass makes of a text; ``chunk`` is missing where ``error`` tells why."""

    name: str
    error: InputError | None = None
    chunk: Chunk | None = None
    original_sha256: str = ""
    file_sha256: str = ""
    graph: str = ""  # its IRI
    answers: str = ""  # digest of what other documents made of it
    sha256: str = ""
    text: str = ""
    layout: Layout | None = None
    violations: tuple[Violation, ...] = ()
    documents: int = 0
    facts: int = 0
    mentions: int = 0  # of agencies
    unresolved: int = 0


def share(thing: object, path: Path) -> Path:
    """Put settings, or all documents known and cited, where other processes find them."""
    path.write_bytes(pickle.dumps(thing, pickle.HIGHEST_PROTOCOL))
    return path


@lru_cache(maxsize=1)
def _shared_settings(path: Path) -> Settings:
    settings: Settings = pickle.loads(path.read_bytes())
    return settings


@lru_cache(maxsize=1)
def _shared_citations(path: Path, settings: Settings) -> Citations:
    known: KnownDocuments = pickle.loads(path.read_bytes())
    return known.index(settings)


@dataclass(frozen=True, slots=True)
class KnownDocuments:
    """All documents that a build knows, and all that they cite."""

    heads: set[DocumentHead] = field(default_factory=set)
    cited: set[CitationMention] = field(default_factory=set)

    def index(self, settings: Settings) -> Citations:
        """Index them."""
        return collect_citations(self.heads, self.cited, settings.iris, settings.resolver())


def extract_all(settings: Settings | Path, found: tuple[Path, str]) -> Extractions:
    """First pass over a file, given by its path and its name."""
    if isinstance(settings, Path):
        settings = _shared_settings(settings)
    path, name = found
    try:
        read = read_all(path, name, ocr=settings.ocr)
    except InputError as error:
        return Extractions(errors=(error,))
    texts = tuple(_extracted(settings, path, text) for text in read.texts)
    originals = read.originals if settings.originals else {}
    return Extractions(texts, read.errors, originals, read.sha256)


def _extracted(settings: Settings, path: Path, text: Text) -> Extraction:
    original = text.file_sha256 or text.original_sha256
    made = Extraction(text.name, text.original_sha256, original, len(text.text), text.encoding)
    try:
        with settings.budget.of(text.name, len(text.text)):
            file = extract_text(settings.manifest.add_to(text, path), settings.iris, settings.resolver())
    except InputError as error:
        return replace(made, error=error)
    return replace(
        made,
        notices=(*text.notices, *file.contradictions),
        file=None if settings.packed else file,
        packed=pack(file),
        heads=tuple(file.heads()),
        cited=tuple(file.citation_mentions()),
        questions=tuple(file.citation_questions()),
    )


def answers_digest(citations: Citations, asked: Iterable[CitationQuestions]) -> str:
    """Return a digest of what all documents of a build make of the questions of a text."""
    answers = [citations.answers(questions) for questions in asked]
    return sha256(repr(answers).encode()).hexdigest()


def write_text(
    settings: Settings | Path, citations: Citations | Path, found: ExtractedFile | bytes
) -> Written:
    """Second pass over a text."""
    if isinstance(settings, Path):
        settings = _shared_settings(settings)
    if isinstance(citations, Path):
        citations = _shared_citations(citations, settings)
    file = unpack(found) if isinstance(found, bytes) else found
    if not isinstance(file, ExtractedFile):
        raise TypeError("what is kept of a text is no extracted file")
    text = file.text
    try:
        with settings.budget.of(text.name, len(text.text)):
            lines = build_quads(file, citations, settings.iris, settings.resolver())
    except InputError as error:
        return Written(text.name, error)
    mentions = list(file.agency_mentions())
    return Written(
        text.name,
        chunk=Chunk.of(lines),
        original_sha256=text.original_sha256,
        file_sha256=text.file_sha256 or text.original_sha256,
        graph=settings.iris.graph(text.original_sha256),
        answers=answers_digest(citations, file.citation_questions()),
        sha256=text.sha256,
        text=text.text,
        layout=layout_of(text) if text.media_type not in PLAIN or text.tables else None,
        violations=tuple(validate(lines, text.name)) if settings.check else (),
        documents=len(file.documents),
        facts=file.fact_count,
        mentions=len(mentions),
        unresolved=sum(mention.agency is None for mention in mentions),
    )

"""The way of the data: read → segment → structure → extract → resolve → build → validate → load → search.

``take_in`` brings one file to its facts and bodies and knows nothing of other files; when all are in, what
they cite is known, and ``finish`` makes the quads of each. Both can run on files in any order or place;
``build_store`` runs them over all files and switches the store.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from ingest import search
from ingest.errors import InputError
from ingest.extract import extract
from ingest.graph import Built, Resources, build, mint, registry_graph, rules_graph
from ingest.head import history_numbers, read_head
from ingest.model import Document, Facts, Text
from ingest.pattern import books
from ingest.read import files, read
from ingest.resolve.citations import Citations, Head, mentions
from ingest.resolve.citations import Mention as CitationMention
from ingest.resolve.model import Resolution
from ingest.resolve.resolver import Resolver
from ingest.segment import segment
from ingest.store import load
from ingest.structure import structure
from ingest.validate import Violation, shapes, validate
from ontology.errors import GongbaoError, OntologyError
from ontology.iris import Iris
from ontology.registry import Registry
from ontology.registry.judgements import judgements
from ontology.registry.registry import load as load_registry
from ontology.terms import source


@dataclass(frozen=True, slots=True)
class Taken:
    """One file's text, documents with their facts, and who is named in them."""

    text: Text
    documents: tuple[tuple[Document, Facts], ...]
    resources: tuple[Resources, ...]
    resolutions: tuple[Resolution, ...]

    @property
    def facts(self) -> int:
        """Number of facts, heads of documents not counted."""
        return sum(sum(1 for _ in facts.all()) for _, facts in self.documents)

    def heads(self) -> Iterator[Head]:
        """What other documents can know this file's documents by."""
        parts = zip(self.documents, self.resources, self.resolutions, strict=True)
        for (document, _), resources, resolution in parts:
            fields = document.fields
            yield Head(
                iri=resources.primary,
                title=fields.title.value if fields.title else None,
                circular_title=fields.circular_title.value if fields.circular_title else None,
                number=fields.number.value if fields.number else None,
                issuers=tuple(m.agency.name if m.agency else m.name for m in resolution.issuers),
                date=fields.date.value if fields.date else None,
                file=self.text.name,
            )
            if resources.republished is not None:
                yield Head(
                    iri=resources.republished,
                    title=fields.also[-1].value,
                    circular_title=None,
                    number=None,
                    issuers=tuple(m.agency.name if m.agency else m.name for m in resolution.issuers),
                    date=None,
                    file=self.text.name,
                    earlier=history_numbers(document),
                )

    def cited(self) -> Iterator[CitationMention]:
        """What this file's documents say of the documents that they cite."""
        for _, facts in self.documents:
            yield from mentions(facts.references)


@dataclass(slots=True)
class Report:
    """What a build did."""

    files: list[str] = field(default_factory=list)
    documents: int = 0
    facts: int = 0
    quads: int = 0
    mentions: int = 0  # of bodies
    unresolved: int = 0  # mentions of bodies that nothing resolved
    errors: list[InputError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    version: load.Version | None = None

    def count(self, name: str, taken: Taken) -> None:
        """Count a file that is in the store."""
        mentions = [mention for resolution in taken.resolutions for mention in resolution.mentions()]
        self.files.append(name)
        self.documents += len(taken.documents)
        self.facts += taken.facts
        self.mentions += len(mentions)
        self.unresolved += sum(mention.agency is None for mention in mentions)


class StrictError(GongbaoError):
    """A strict build found violations of the shapes; the store was left as it was."""


_KEPT = 600_000  # characters of texts that stay in memory between the two passes; the rest waits on disk
Progress = Callable[[str, int, int], None]
"""Called with a file's name, its place from 1 and the number of files."""


def resolver_of(registries: Iterable[Path] = ()) -> Resolver:
    """A resolver with the registry that comes with gongbao and that of further folders.

    Raises RegistryError for a row or a judgement that cannot stand.
    """
    registry, files = load_registry(registries)
    return Resolver(registry, judgements(files, registry))


@cache
def builtin_resolver() -> Resolver:
    """The resolver with the registry that comes with gongbao and nothing else; it stays as long as the
    process, and so does all that has been loaded with it: the garbage collector need not go through it.
    """
    resolver = resolver_of()
    gc.freeze()
    return resolver


def documents(text: Text) -> tuple[Document, ...]:
    """The documents of a text, ready for extraction. Raises InputError for a text that is no circular."""
    return tuple(structure(text, found, read_head(text, found)) for found in segment(text))


def take_in(path: Path, name: str, iris: Iris, resolver: Resolver) -> Taken:
    """One file up to its facts and bodies. Raises InputError where it cannot be taken in."""
    text = read(path, name)
    found = tuple((document, extract(document)) for document in documents(text))
    try:
        resources = mint(text, [document for document, _ in found], iris)
    except OntologyError as error:
        raise InputError(name, str(error)) from error
    return Taken(text, found, resources, resolver.bodies(found))


def finish(taken: Taken, citations: Citations, iris: Iris, resolver: Resolver) -> tuple[str, ...]:
    """The N-Quads lines of one file. Raises InputError where a thing can have no IRI."""
    built: list[Built] = []
    parts = zip(taken.documents, taken.resources, taken.resolutions, strict=True)
    for (document, facts), resources, bodies in parts:
        own = tuple(dict.fromkeys((resources.primary, resources.policy)))
        resolution = resolver.citations(document, facts, bodies, citations, own)
        built.append((document, facts, resources, resolution))
    try:
        return tuple(build(taken.text, built, iris).lines())
    except OntologyError as error:
        raise InputError(taken.text.name, str(error)) from error


@dataclass(frozen=True, slots=True)
class Processed:
    """One file's text, documents with their facts, and N-Quads lines."""

    text: Text
    documents: tuple[tuple[Document, Facts], ...]
    lines: tuple[str, ...]


def process(path: Path, name: str, iris: Iris, resolver: Resolver | None = None) -> Processed:
    """One file alone: what it cites is looked for in itself. Raises InputError."""
    resolver = resolver or builtin_resolver()
    taken = take_in(path, name, iris, resolver)
    citations = cited_documents(taken.heads(), taken.cited(), iris, resolver)
    return Processed(taken.text, taken.documents, finish(taken, citations, iris, resolver))


def cited_documents(
    heads: Iterable[Head], cited: Iterable[CitationMention], iris: Iris, resolver: Resolver
) -> Citations:
    """All documents that are known or cited, whatever the order in which they came."""
    return Citations(
        heads, cited, iris=iris, organ_of=resolver.level_of_code, area_of=resolver.level_of_title
    )


def find(paths: Iterable[Path], report: Report) -> list[tuple[Path, str]]:
    """The files under all paths with their names; paths that give none are reported as errors.

    Files of one name in two folders go by their whole paths; a file given twice is taken once.
    """
    found: dict[Path, str] = {}
    known: set[Path] = set()
    for path in paths:
        try:
            for file, name in files([path]):
                real = file.resolve()
                printable = name.encode("utf8", "replace").decode("utf8")
                if printable != name:
                    report.errors.append(InputError(printable, "the name of the file is not UTF-8"))
                elif real not in known:
                    known.add(real)
                    found[file] = name
        except InputError as error:
            report.errors.append(error)
    used = Counter(found.values())
    named = ((file, name if used[name] == 1 else file.as_posix()) for file, name in found.items())
    return sorted(named, key=lambda item: (item[1], item[0]))


def build_store(
    paths: Sequence[Path],
    store: Path,
    *,
    iris: Iris | None = None,
    strict: bool = False,
    check: bool = True,
    keep: int = 2,
    registries: Sequence[Path] = (),
    progress: Progress | None = None,
) -> Report:
    """Build a new version of a store from files and folders and switch to it.

    ``registries`` are folders with further registry files and judgements (see ontology/registry/README.md);
    a row there that cannot stand raises RegistryError before anything is written.
    A file that fails is reported and does not stop the others. Raises StoreError for a folder that is no
    store, StrictError where ``strict`` and a shape is violated, and GongbaoError where no file at all
    could be taken in; the store is then as it was.
    """
    iris = iris or Iris()
    report = Report()
    resolver = resolver_of(registries) if registries else builtin_resolver()
    if store.exists():
        load.prepare(store)
    found = find(paths, report)
    if not found:
        raise GongbaoError(_listing("nothing to build", report.errors))
    load.prepare(store)
    shapes_graph = shapes() if check else None
    with load.draft(store) as draft:
        draft.add_turtle(source(), iris.vocabulary_graph())
        draft.add(rules_graph(books(), iris).lines())
        draft.add(registry_graph(resolver.registry, iris).lines())
        heads: set[Head] = set()
        cited: set[CitationMention] = set()
        spooled: list[str] = []
        kept: dict[str, Taken] = {}
        room = _KEPT
        for name, taken in _taken(found, iris, resolver, report, progress):
            heads.update(taken.heads())
            cited.update(taken.cited())
            room -= len(taken.text.text)
            if room >= 0:
                kept[name] = taken
            else:
                draft.spool(name, taken)
            spooled.append(name)
        citations = cited_documents(heads, cited, iris, resolver)
        for name in spooled:
            taken = kept.pop(name) if name in kept else draft.unspool(name, Taken)
            try:
                lines = finish(taken, citations, iris, resolver)
            except InputError as error:
                report.errors.append(error)
                continue
            if shapes_graph is not None:
                report.violations += validate(lines, name, shapes_graph)
            draft.add_source(taken.text.sha256, taken.text.text)
            draft.add(lines)
            report.count(name, taken)
        if strict and report.violations:
            raise StrictError(_listing("the build is strict and shapes are violated", report.violations))
        if not report.files:
            raise GongbaoError(_listing("nothing to build", report.errors))
        report.quads = len(draft)
        _index(draft, resolver.registry, iris)
        digest = draft.finish(_manifest(report, iris))
        report.version = load.switch(store, draft, digest, keep=keep)
    return report


def _index(draft: load.Draft, registry: Registry, iris: Iris) -> None:
    """Write the search index of a draft that has all its graphs."""
    graph = draft.graph
    draft.tidy()
    text = lru_cache(maxsize=1)(draft.source)  # its clauses come one after the other
    search.write(draft.folder / search.FOLDER, search.entries(graph, text, registry, iris))


def _taken(
    found: Sequence[tuple[Path, str]],
    iris: Iris,
    resolver: Resolver,
    report: Report,
    progress: Progress | None,
) -> Iterator[tuple[str, Taken]]:
    """Take in the files one after the other; those that fail, or that came before, are reported."""
    seen: dict[str, str] = {}
    for place, (path, name) in enumerate(found, 1):
        if progress:
            progress(name, place, len(found))
        try:
            taken = take_in(path, name, iris, resolver)
        except InputError as error:
            report.errors.append(error)
            continue
        before = seen.setdefault(taken.text.original_sha256, name)
        if before != name:
            report.notices.append(f"{name}: the same bytes as {before}; taken once")
            continue
        yield name, taken


def _listing(what: str, items: Sequence[object]) -> str:
    return "\n  ".join([what, *map(str, items)])


def _manifest(report: Report, iris: Iris) -> dict[str, object]:
    return {
        "base": iris.base,
        "files": sorted(report.files),
        "documents": report.documents,
        "facts": report.facts,
        "mentions": report.mentions,
        "unresolved": report.unresolved,
        "errors": [str(error) for error in report.errors],
        "violations": [str(violation) for violation in report.violations],
    }

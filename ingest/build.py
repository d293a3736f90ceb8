"""Build a store from many files: extract each, resolve what they cite, check, write and index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ingest import search
from ingest.budget import Budget
from ingest.crew import hire
from ingest.errors import InputError
from ingest.graph import registry_graph, rules_graph
from ingest.manifest import read_manifest
from ingest.passes import Extraction, Extractions, KnownDocuments, Settings, Written
from ingest.pattern import books
from ingest.read import files
from ingest.readers import ocr as engines
from ingest.store import Chunk, Draft, Spool, Version, open_draft, prepare, publish
from ingest.validate import Violation
from ingest.workers import cores
from ontology.errors import GongbaoError
from ontology.iris import Iris
from ontology.registry import Registry
from ontology.terms import source

BUDGET = Budget()
_WORTHWHILE = 3_000_000  # bytes of input from which on further processes gain more than they cost to start
_IN_MEMORY = 600_000  # characters of texts that stay in memory between the two passes; the rest is spooled
Progress = Callable[[str, int, int], None]
"""Called with a file's name, its place from 1 and the number of files."""


@dataclass(slots=True)
class BuildReport:
    """What a build did."""

    files: list[str] = field(default_factory=list)
    documents: int = 0
    facts: int = 0
    quads: int = 0
    mentions: int = 0  # of agencies
    unresolved: int = 0  # mentions of agencies that nothing resolved
    errors: list[InputError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    encodings: Counter[str] = field(default_factory=Counter)  # of texts that are not in UTF-8
    violations: list[Violation] = field(default_factory=list)
    version: Version | None = None

    def __repr__(self) -> str:
        counts = f"{len(self.files)} files, {self.documents} documents, {self.facts} facts"
        return f"<build of {counts}; {len(self.errors)} failed, {len(self.violations)} violations>"

    def count(self, written: Written) -> None:
        """Count a text that is in the store."""
        self.files.append(written.name)
        self.documents += written.documents
        self.facts += written.facts
        self.mentions += written.mentions
        self.unresolved += written.unresolved
        self.violations += written.violations

    def manifest(self, iris: Iris) -> dict[str, object]:
        """Return what is written down about the version."""
        return {
            "base": iris.base,
            "files": sorted(self.files),
            "documents": self.documents,
            "facts": self.facts,
            "mentions": self.mentions,
            "unresolved": self.unresolved,
            "errors": [str(error) for error in self.errors],
            "violations": [str(violation) for violation in self.violations],
        }


class StrictError(GongbaoError):
    """A strict build found violations of the shapes; the store was left as it was."""


def build_store(  # noqa: PLR0913 - a build has the options that the command has
    paths: Sequence[Path],
    store: Path,
    *,
    iris: Iris | None = None,
    strict: bool = False,
    check: bool = True,
    keep: int = 2,
    registries: Sequence[Path] = (),
    metadata: Sequence[Path] = (),
    ocr: bool = False,
    originals: bool = True,
    workers: int | None = None,
    executor: Executor | None = None,
    progress: Progress | None = None,
) -> BuildReport:
    """Build a new version of a store from files and folders and make it the current one.

    ``registries`` are folders with further registry files and judgements (see ontology/registry/README.md);
    a row there that is wrong raises RegistryError before anything is written. ``metadata`` are files that say
    what is known of the texts beside them (see docs/inputs.md); one that cannot be read raises InputError.
    ``ocr`` has pages that are pictures recognised; GongbaoError where no engine is installed.
    ``originals`` keeps the bytes of files that are more than a plain text, so that their pages can be shown.
    ``workers`` processes share the work, by default one a core where there is enough of it; or an
    ``executor`` does it, whose processes can be anywhere that has the same files. The store is the same.
    A file that fails is reported and does not stop the others. Raises StoreError for a folder that is no
    store, StrictError where ``strict`` and a shape is violated, and GongbaoError where not a single file
    could be processed; the store is then as it was.
    """
    if ocr and not engines.is_there():
        raise GongbaoError(engines.MISSING)
    iris = iris or Iris()
    report = BuildReport()
    settings = Settings(
        iris, read_manifest(metadata, paths), tuple(registries), ocr, originals, check, budget=BUDGET
    )
    resolver = settings.resolver()
    if store.exists():
        prepare(store)
    named = _list_files(paths, report)
    if not named:
        raise GongbaoError(_listing("nothing to build", report.errors))
    prepare(store)
    count = workers or (cores() if executor or _size(named) >= _WORTHWHILE else 1)
    with open_draft(store) as draft:
        draft.add_turtle(source(), iris.vocabulary_graph())
        draft.add_chunk(_rules(iris))
        draft.add_chunk(_bodies(resolver.registry, iris))
        with (
            draft.scratch() as folder,
            hire(executor, count, settings, folder) as crew,
            _spool(draft) as spool,
        ):
            texts = _apart(crew.extract(_told(named, progress)), draft, report)
            names, known = _collect(texts, spool)
            _write_texts(draft, crew.write(map(spool.take, names), known), report)
        if strict and report.violations:
            raise StrictError(_listing("the build is strict and shapes are violated", report.violations))
        if not report.files:
            raise GongbaoError(_listing("nothing to build", report.errors))
        report.quads = len(draft)
        _write_index(draft, resolver.registry, iris)
        digest = draft.finish(report.manifest(iris))
        report.version = publish(store, draft, digest, keep=keep)
    return report


@lru_cache(maxsize=1)
def _rules(iris: Iris) -> Chunk:
    """Return the graph of the rules; a process that builds again has it already."""
    return Chunk.of(rules_graph(books(), iris).lines())


@lru_cache(maxsize=1)
def _bodies(registry: Registry, iris: Iris) -> Chunk:
    """Return the graph of the registry; a process that builds again has it already."""
    return Chunk.of(registry_graph(registry, iris).lines())


def _list_files(paths: Iterable[Path], report: BuildReport) -> list[tuple[Path, str]]:
    """List the files under all paths with their names; paths that give none are reported as errors.

    Files of the same name in two folders are named by their whole paths; a file given twice is listed once.
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


def _size(named: Iterable[tuple[Path, str]]) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path, _ in named if path.exists())


def _spool(draft: Draft) -> closing[Spool[Extraction]]:
    return closing(Spool(draft.folder / "spool", Extraction, _IN_MEMORY))


def _told(named: Sequence[tuple[Path, str]], progress: Progress | None) -> Iterator[tuple[Path, str]]:
    for place, (path, name) in enumerate(named, 1):
        if progress:
            progress(name, place, len(named))
        yield path, name


def _apart(found: Iterable[Extractions], draft: Draft, report: BuildReport) -> Iterator[Extraction]:
    """Yield the texts of files; those that failed, or whose bytes came before, are reported."""
    seen: dict[str, str] = {}
    for extractions in found:
        report.errors += extractions.errors
        for text in extractions.texts:
            before = seen.setdefault(text.original_sha256, text.name)
            if before != text.name:
                report.notices.append(f"{text.name}: the same bytes as {before}; taken once")
            elif text.error is not None:
                report.errors.append(text.error)
            else:
                report.notices += [f"{text.name}: {notice}" for notice in text.notices]
                if text.encoding:
                    report.encodings[text.encoding] += 1
                if text.file_sha256 in extractions.originals:
                    draft.add_original(text.file_sha256, extractions.originals[text.file_sha256])
                yield text


def _collect(extracted: Iterable[Extraction], spool: Spool[Extraction]) -> tuple[list[str], KnownDocuments]:
    """Put every text into the spool; return their names and all documents known or cited."""
    names: list[str] = []
    known = KnownDocuments()
    for text in extracted:
        known.heads.update(text.heads)
        known.cited.update(text.cited)
        names.append(text.name)
        spool.put(text.name, text, text.size)
    return names, known


def _write_texts(draft: Draft, texts: Iterable[Written], report: BuildReport) -> None:
    """Add texts and their graphs to a draft; those that failed are reported."""
    for text in texts:
        if text.error is not None:
            report.errors.append(text.error)
        elif text.chunk is not None:
            draft.add_source(text.sha256, text.text)
            if text.layout is not None:
                draft.add_layout(text.original_sha256, text.layout)
            draft.add_chunk(text.chunk)
            report.count(text)


def _write_index(draft: Draft, registry: Registry, iris: Iris) -> None:
    """Write the search index of a draft that has all its graphs."""
    graph = draft.graph
    draft.tidy()
    text = lru_cache(maxsize=1)(draft.source)  # the clauses of a text come one after the other
    search.write(draft.folder / search.FOLDER, search.entries(graph, text, registry, iris))


def _listing(what: str, items: Sequence[object]) -> str:
    return "\n  ".join([what, *map(str, items)])

"""Build a store from many files: extract each, resolve what they cite, check, write and index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ingest import search
from ingest.errors import InputError
from ingest.graph import registry_graph, rules_graph
from ingest.manifest import Manifest, read_manifest
from ingest.pattern import books
from ingest.pipeline import ExtractedFile, build_quads, collect_citations, extract_text
from ingest.read import PLAIN, files, read_all
from ingest.readers import isolated
from ingest.readers import ocr as engines
from ingest.resolve.citations import CitationMention, Citations, DocumentHead
from ingest.resolve.resolver import Resolver, builtin_resolver, load_resolver
from ingest.store import Chunk, Draft, Spool, Version, layout_of, open_draft, prepare, publish
from ingest.validate import Violation, validate
from ontology.errors import GongbaoError
from ontology.iris import Iris
from ontology.registry import Registry
from ontology.terms import source

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

    def count(self, file: ExtractedFile) -> None:
        """Count a file that is in the store."""
        mentions = list(file.agency_mentions())
        self.files.append(file.text.name)
        self.documents += len(file.documents)
        self.facts += file.fact_count
        self.mentions += len(mentions)
        self.unresolved += sum(mention.agency is None for mention in mentions)

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
    progress: Progress | None = None,
) -> BuildReport:
    """Build a new version of a store from files and folders and make it the current one.

    ``registries`` are folders with further registry files and judgements (see ontology/registry/README.md);
    a row there that is wrong raises RegistryError before anything is written. ``metadata`` are files that say
    what is known of the texts beside them (see docs/inputs.md); one that cannot be read raises InputError.
    ``ocr`` has pages that are pictures recognised; GongbaoError where no engine is installed.
    ``originals`` keeps the bytes of files that are more than a plain text, so that their pages can be shown.
    A file that fails is reported and does not stop the others. Raises StoreError for a folder that is no
    store, StrictError where ``strict`` and a shape is violated, and GongbaoError where not a single file
    could be processed; the store is then as it was.
    """
    if ocr and not engines.is_there():
        raise GongbaoError(engines.MISSING)
    iris = iris or Iris()
    report = BuildReport()
    resolver = load_resolver(registries) if registries else builtin_resolver()
    manifest = read_manifest(metadata, paths)
    if store.exists():
        prepare(store)
    named = _list_files(paths, report)
    if not named:
        raise GongbaoError(_listing("nothing to build", report.errors))
    prepare(store)
    with open_draft(store) as draft:
        draft.add_turtle(source(), iris.vocabulary_graph())
        draft.add_chunk(_rules(iris))
        draft.add_chunk(_bodies(resolver.registry, iris))
        keeper = draft.add_original if originals else None
        with closing(Spool(draft.folder / "spool", ExtractedFile, _IN_MEMORY)) as spool:
            extracted = _extract_files(named, iris, resolver, manifest, report, progress, keeper, ocr=ocr)
            names, citations = _collect(extracted, spool, iris, resolver)
            for name in names:
                _write_file(draft, spool.take(name), citations, iris, resolver, report, check=check)
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


def _extract_files(
    named: Sequence[tuple[Path, str]],
    iris: Iris,
    resolver: Resolver,
    manifest: Manifest,
    report: BuildReport,
    progress: Progress | None,
    keep: Callable[[str, bytes], None] | None,
    *,
    ocr: bool,
) -> Iterator[ExtractedFile]:
    """Extract the files one after the other; those that fail, or whose bytes came before, are reported."""
    seen: dict[str, str] = {}
    for place, (path, name) in enumerate(named, 1):
        if progress:
            progress(name, place, len(named))
        try:
            found = read_all(path, name, ocr=ocr)
        except InputError as error:
            report.errors.append(error)
            continue
        report.errors += found.errors
        for text in found.texts:
            before = seen.setdefault(text.original_sha256, text.name)
            if before != text.name:
                report.notices.append(f"{text.name}: the same bytes as {before}; taken once")
                continue
            try:
                file = extract_text(manifest.add_to(text, path), iris, resolver)
            except InputError as error:
                report.errors.append(error)
                continue
            report.notices += [f"{text.name}: {notice}" for notice in (*text.notices, *file.contradictions)]
            if text.encoding:
                report.encodings[text.encoding] += 1
            original = text.file_sha256 or text.original_sha256
            if keep and original in found.originals:
                keep(original, found.originals[original])
            yield file
    isolated.close()


def _collect(
    extracted: Iterable[ExtractedFile], spool: Spool[ExtractedFile], iris: Iris, resolver: Resolver
) -> tuple[list[str], Citations]:
    """Put every file into the spool; return their names and the index of all documents known or cited."""
    names: list[str] = []
    heads: set[DocumentHead] = set()
    cited: set[CitationMention] = set()
    for file in extracted:
        heads.update(file.heads())
        cited.update(file.citation_mentions())
        names.append(file.text.name)
        spool.put(file.text.name, file, len(file.text.text))
    return names, collect_citations(heads, cited, iris, resolver)


def _write_file(
    draft: Draft,
    file: ExtractedFile,
    citations: Citations,
    iris: Iris,
    resolver: Resolver,
    report: BuildReport,
    *,
    check: bool,
) -> None:
    """Add one file's text and graph to a draft; a file that fails is reported."""
    try:
        lines = build_quads(file, citations, iris, resolver)
    except InputError as error:
        report.errors.append(error)
        return
    if check:
        report.violations += validate(lines, file.text.name)
    draft.add_source(file.text.sha256, file.text.text)
    if file.text.media_type not in PLAIN or file.text.tables:
        draft.add_layout(file.text.original_sha256, layout_of(file.text))
    draft.add(lines)
    report.count(file)


def _write_index(draft: Draft, registry: Registry, iris: Iris) -> None:
    """Write the search index of a draft that has all its graphs."""
    graph = draft.graph
    draft.tidy()
    text = lru_cache(maxsize=1)(draft.source)  # the clauses of a text come one after the other
    search.write(draft.folder / search.FOLDER, search.entries(graph, text, registry, iris))


def _listing(what: str, items: Sequence[object]) -> str:
    return "\n  ".join([what, *map(str, items)])

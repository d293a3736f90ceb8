"""Build a store from many files: extract each, resolve what they cite, check, write and index.

What the current version keeps of files that have not changed is used again (``ingest.kept``); the store is
the same, byte for byte, as one that is built without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from functools import lru_cache
from pathlib import Path

from ingest import search
from ingest.budget import Budget
from ingest.build_report import BuildReport
from ingest.build_steps import Build, Found
from ingest.crew import hire
from ingest.digest import digest_folder, rules_digest
from ingest.errors import StoreError
from ingest.graph import registry_graph, rules_graph
from ingest.kept import Kept, find_unchanged, read_kept, write_kept
from ingest.listing import list_files, state_of
from ingest.manifest import read_manifest
from ingest.passes import Settings
from ingest.pattern import books
from ingest.readers import ocr as engines
from ingest.store import (
    Chunk,
    Draft,
    Version,
    current,
    has_version,
    open_draft,
    prepare,
    publish,
    sole_writer,
)
from ingest.unchanged import write_listing
from ingest.workers import cores
from ontology.errors import GongbaoError
from ontology.iris import Iris
from ontology.registry import Registry
from ontology.terms import source

__all__ = ["BUDGET", "BuildReport", "Progress", "StrictError", "build_store"]

BUDGET = Budget()
_WORTHWHILE = 3_000_000  # bytes of input from which on further processes gain more than they cost to start
_MUCH = 4  # a part of this many of all quads, taken out, makes it worth while to write the database anew
Progress = Callable[[str, int, int], None]
"""Called with a file's name, its place from 1 and the number of files that are read."""


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
    reuse: bool = True,
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
    ``reuse`` takes over from the current version what comes from unchanged files; where nothing at all has
    changed, that version stays the current one.
    ``workers`` processes share the work, by default one a core where there is enough of it; or an
    ``executor`` does it, whose processes can be anywhere that has the same files. The store is the same.
    A file that fails is reported and does not stop the others. Raises StoreError for a folder that is no
    store or that another build is writing, StrictError where ``strict`` and a shape is violated, and
    GongbaoError where not a single file could be processed; the store is then as it was.
    """
    if ocr and not engines.is_there():
        raise GongbaoError(engines.MISSING)
    settings = Settings(
        iris or Iris(),
        read_manifest(metadata, paths),
        tuple(registries),
        ocr,
        originals,
        check,
        budget=BUDGET,
        registry_digests=tuple(map(digest_folder, registries)),
    )
    if registries:
        settings.resolver()
    if store.exists():
        prepare(store)
    errors = BuildReport().errors
    named = list_files(paths, errors)
    if not named:
        raise GongbaoError(_listing("nothing to build", errors))
    prepare(store)

    def run(before: Version | None, kept: Kept | None) -> BuildReport:
        report = BuildReport(errors=list(errors))
        plan = [_plan(path, name, kept, settings) for path, name in named]
        build = Build(settings, plan, report, before, kept)
        if build.nothing_is_new():
            build.take_over()
            _stop_if(report, strict=strict)
            report.version = before
        else:
            _write(build, rules, store, workers, executor, progress, strict=strict, keep=keep)
        files = [(found.path.as_posix(), found.name, found.state) for found in plan]
        write_listing(report, rules, settings.manifest, files)
        return report

    rules = rules_digest((settings.iris.base, ocr, originals, check), settings.registry_digests)
    with sole_writer(store):
        before = current(store) if reuse and has_version(store) else None
        kept = read_kept(before, rules) if before else None
        if kept is not None:
            try:
                return run(before, kept)
            except StoreError:  # the version before may be damaged: without it
                pass
        return run(None, None)


def _plan(path: Path, name: str, kept: Kept | None, settings: Settings) -> Found:
    state = state_of(path)
    return Found(path, name, state, find_unchanged(kept, path, name, state, settings))


def _write(
    build: Build,
    rules: str,
    store: Path,
    workers: int | None,
    executor: Executor | None,
    progress: Progress | None,
    *,
    strict: bool,
    keep: int,
) -> None:
    """Write a new version and make it the current one."""
    settings, report, kept = build.settings, build.report, build.kept
    registry = settings.resolver().registry
    new = [(found.path, found.name) for found in build.plan if found.kept is None]
    count = workers or (cores() if executor or _size(new) >= _WORTHWHILE else 1)
    with open_draft(store, grow=kept is not None) as draft:
        fixed = _add_fixed(draft, registry, settings.iris, kept)
        with draft.scratch() as folder, hire(executor, count, settings, folder) as crew:
            texts = build.collect(crew.extract(_told(new, progress)), draft)
            if build.is_the_same(texts):
                build.take_over()
                report.version = build.before
            else:
                build.write(texts, crew, draft)
        _stop_if(report, strict=strict)
        if report.version is not None:
            return
        if not report.files:
            raise GongbaoError(_listing("nothing to build", report.errors))
        loose = draft.merge() + (kept.loose if kept else 0)
        wholly = kept is None or loose * _MUCH > len(draft)
        report.quads = len(draft)
        _write_index(draft, registry, settings.iris, wholly=wholly)
        digest = draft.finish(report.manifest(settings.iris))
        write_kept(draft.folder, Kept(rules, build.files(), fixed, 0 if wholly else loose))
        report.version = publish(store, draft, digest, keep=keep)


def _stop_if(report: BuildReport, *, strict: bool) -> None:
    if strict and report.violations:
        raise StrictError(_listing("the build is strict and shapes are violated", report.violations))


def _add_fixed(
    draft: Draft, registry: Registry, iris: Iris, kept: Kept | None
) -> tuple[tuple[bytes, int], ...]:
    """Add the graphs that come from no file; return their digests and sizes."""
    if kept is not None:
        for digest, quads in kept.fixed:
            draft.skip(digest, quads)
        return kept.fixed
    vocabulary = draft.add_turtle(source(), iris.vocabulary_graph())
    chunks = (_rules(iris), _bodies(registry, iris))
    for chunk in chunks:
        draft.add_chunk(chunk)
    return (vocabulary, *((chunk.digest, chunk.count) for chunk in chunks))


@lru_cache(maxsize=1)
def _rules(iris: Iris) -> Chunk:
    """Return the graph of the rules; a process that builds again has it already."""
    return Chunk.of(rules_graph(books(), iris).lines())


@lru_cache(maxsize=1)
def _bodies(registry: Registry, iris: Iris) -> Chunk:
    """Return the graph of the registry; a process that builds again has it already."""
    return Chunk.of(registry_graph(registry, iris).lines())


def _size(named: Iterable[tuple[Path, str]]) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path, _ in named if path.exists())


def _told(named: Sequence[tuple[Path, str]], progress: Progress | None) -> Iterator[tuple[Path, str]]:
    for place, (path, name) in enumerate(named, 1):
        if progress:
            progress(name, place, len(named))
        yield path, name


def _write_index(draft: Draft, registry: Registry, iris: Iris, *, wholly: bool) -> None:
    """Write the search index of a draft that has all its graphs."""
    graph = draft.graph
    draft.tidy(wholly=wholly)
    text = lru_cache(maxsize=1)(draft.source)  # the clauses of a text come one after the other
    search.write(draft.folder / search.FOLDER, search.entries(graph, text, registry, iris))


def _listing(what: str, items: Sequence[object]) -> str:
    return "\n  ".join([what, *map(str, items)])

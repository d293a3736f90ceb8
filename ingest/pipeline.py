"""The way of the data: read → segment → structure → extract → build → validate → load.

``process`` takes one file from its bytes to its quads and knows nothing of other files, so that files can
be worked on in any order or place; ``build_store`` runs it over all files and switches the store.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ingest import load
from ingest.build import build, rules_graph
from ingest.documents import documents
from ingest.errors import GongbaoError, InputError
from ingest.extract import extract
from ingest.model import Document, Facts, Text
from ingest.pattern import books
from ingest.read import files, read
from ingest.validate import Violation, shapes, validate
from ontology.errors import OntologyError
from ontology.iris import Iris
from ontology.terms import source


@dataclass(frozen=True, slots=True)
class Processed:
    """One file's text, documents with their facts, and N-Quads lines."""

    text: Text
    documents: tuple[tuple[Document, Facts], ...]
    lines: tuple[str, ...]

    @property
    def facts(self) -> int:
        """Number of facts, heads of documents not counted."""
        return sum(sum(1 for _ in facts.all()) for _, facts in self.documents)


@dataclass(slots=True)
class Report:
    """What a build did."""

    files: list[str] = field(default_factory=list)
    documents: int = 0
    facts: int = 0
    quads: int = 0
    errors: list[InputError] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    version: load.Version | None = None


class StrictError(GongbaoError):
    """A strict build found violations of the shapes; the store was left as it was."""


Progress = Callable[[str, int, int], None]
"""Called with a file's name, its place from 1 and the number of files."""


def process(path: Path, name: str, iris: Iris) -> Processed:
    """One file. Raises InputError where it cannot be taken in."""
    text = read(path, name)
    found = tuple((document, extract(document)) for document in documents(text))
    try:
        lines = tuple(build(text, found, iris).lines())
    except OntologyError as error:
        raise InputError(name, str(error)) from error
    return Processed(text, found, lines)


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
    progress: Progress | None = None,
) -> Report:
    """Build a new version of a store from files and folders and switch to it.

    A file that fails is reported and does not stop the others. Raises StoreError for a folder that is no
    store, StrictError where ``strict`` and a shape is violated, and GongbaoError where no file at all
    could be taken in; the store is then as it was.
    """
    iris = iris or Iris()
    report = Report()
    if store.exists():
        load.prepare(store)
    found = find(paths, report)
    if not found:
        raise GongbaoError(_listing("nothing to build", report.errors))
    load.prepare(store)
    shapes_graph = shapes() if check else None
    seen: dict[str, str] = {}
    with load.draft(store) as draft:
        draft.add_turtle(source(), iris.vocabulary_graph())
        draft.add(rules_graph(books(), iris).lines())
        for place, (path, name) in enumerate(found, 1):
            if progress:
                progress(name, place, len(found))
            try:
                processed = process(path, name, iris)
            except InputError as error:
                report.errors.append(error)
                continue
            text = processed.text
            if text.original_sha256 in seen:
                report.notices.append(f"{name}: the same bytes as {seen[text.original_sha256]}; taken once")
                continue
            seen[text.original_sha256] = name
            if shapes_graph is not None:
                report.violations += validate(processed.lines, name, shapes_graph)
            draft.add_source(text.sha256, text.text)
            draft.add(processed.lines)
            report.files.append(name)
            report.documents += len(processed.documents)
            report.facts += processed.facts
        if strict and report.violations:
            raise StrictError(_listing("the build is strict and shapes are violated", report.violations))
        if not report.files:
            raise GongbaoError(_listing("nothing to build", report.errors))
        report.quads = len(draft)
        digest = draft.finish(_manifest(report, iris))
        report.version = load.switch(store, draft, digest, keep=keep)
    return report


def _listing(what: str, items: Sequence[object]) -> str:
    return "\n  ".join([what, *map(str, items)])


def _manifest(report: Report, iris: Iris) -> dict[str, object]:
    return {
        "base": iris.base,
        "files": sorted(report.files),
        "documents": report.documents,
        "facts": report.facts,
        "errors": [str(error) for error in report.errors],
        "violations": [str(violation) for violation in report.violations],
    }

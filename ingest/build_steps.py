"""The steps of a build over all its files: what is new is read and written, what is not is taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.build_report import BuildReport
from ingest.crew import Crew
from ingest.errors import SpentError
from ingest.kept import Kept, KeptFile, KeptText, beside_digest, body_name, known_documents, read_body
from ingest.listing import FileState
from ingest.passes import Extraction, Extractions, Settings, Written, answers_digest
from ingest.pipeline import ExtractedFile
from ingest.store import Draft, Version, kept_path, layout_path, original_path, source_path

_IN_MEMORY = 600_000  # characters of texts that stay in memory between the two passes


@dataclass(frozen=True, slots=True)
class Found:
    """A file of a build, and what the version before keeps of it if it has not changed."""

    path: Path
    name: str
    state: FileState
    kept: KeptFile | None


class Build:
    """One build: its files, what is known of them from the version before, and what it does."""

    def __init__(
        self,
        settings: Settings,
        plan: Sequence[Found],
        report: BuildReport,
        before: Version | None,
        kept: Kept | None,
    ) -> None:
        self.settings, self.plan, self.report = settings, plan, report
        self.before, self.kept = before, kept
        self._files: dict[str, KeptFile] = {}  # of the new version
        self._written: dict[str, KeptText] = {}  # by the names of texts
        self._memory: dict[str, ExtractedFile] = {}
        self._room = _IN_MEMORY
        old = kept.files if kept else {}
        names = {found.name for found in plan}
        report.added = [found.name for found in plan if found.name not in old]
        report.changed = [found.name for found in plan if found.kept is None and found.name in old]
        report.removed = sorted(name for name in old if name not in names)
        report.skipped = sum(found.kept is not None for found in plan)

    # where nothing is new -----------------------------------------------------------------------

    def nothing_is_new(self) -> bool:
        """Tell whether the version before has just these files, as they are."""
        return self.kept is not None and self.report.skipped == len(self.plan) == len(self.kept.files)

    def is_the_same(self, texts: Sequence[KeptText]) -> bool:
        """Tell whether what was read again, because it failed before, has changed nothing."""
        if self.kept is None or self.before is None:
            return False
        same_texts = [text.extraction for text in texts] == [text.extraction for text in self.kept.texts()]
        errors = [str(error) for error in self.report.errors]
        return same_texts and self.before.manifest().get("errors") == errors and not self.report.removed

    def take_over(self) -> None:
        """Report what the version before is, which stays the current one."""
        if self.before is None or self.kept is None:
            raise ValueError("no version before")
        if not self._files:
            self._collected(iter(()), None)
        for text in self.kept.texts():
            if text.written is not None:
                self.report.count(text.written)
        quads = self.before.manifest().get("quads")
        self.report.quads = quads if isinstance(quads, int) else 0

    # first pass ---------------------------------------------------------------------------------

    def collect(self, new: Iterator[Extractions], draft: Draft) -> list[KeptText]:
        """Take the texts of all files, in their order; those that failed are reported."""
        return self._collected(new, draft)

    def _collected(self, new: Iterator[Extractions], draft: Draft | None) -> list[KeptText]:
        seen: dict[str, str] = {}
        texts: list[KeptText] = []
        for found in self.plan:
            if found.kept is not None:
                file, originals = found.kept, {}
                if draft is not None:
                    draft.keep_files(*((kept_path, text.body) for text in file.texts if text.body))
            else:
                extractions = next(new)
                self.report.errors += extractions.errors
                originals = dict(extractions.originals)
                file = self._keep(found, extractions, draft)
            self._files[found.name] = file
            for text in file.texts:
                if not self._is_wanted(text.extraction, seen):
                    continue
                original = text.extraction.file_sha256
                if draft is not None and original in originals:
                    draft.add_original(original, originals[original])
                texts.append(text)
        for _ in new:  # lets the crew end its work
            raise ValueError("more results than files")
        return texts

    def _is_wanted(self, text: Extraction, seen: dict[str, str]) -> bool:
        """Tell whether a text goes into the store; if not, why, and in any case its notices, are reported."""
        report = self.report
        before = seen.setdefault(text.original_sha256, text.name)
        if before != text.name:
            report.notices.append(f"{text.name}: the same bytes as {before}; taken once")
            return False
        if text.error is not None:
            report.errors.append(text.error)
            return False
        report.notices += [f"{text.name}: {notice}" for notice in text.notices]
        if text.encoding:
            report.encodings[text.encoding] += 1
        return True

    def _keep(self, found: Found, new: Extractions, draft: Draft | None) -> KeptFile:
        """Put what was made of a file where the second pass and the next build find it."""
        texts: list[KeptText] = []
        for text in new.texts:
            if text.packed and draft is not None:
                draft.add_kept(body_name(text.packed), text.packed)
            if text.file is not None and self._room >= text.size:
                self._room -= text.size
                self._memory[text.name] = text.file
            texts.append(KeptText(replace(text, file=None, packed=b""), body_name(text.packed)))
        failed = bool(new.errors) or any(isinstance(text.error, SpentError) for text in new.texts)
        beside = beside_digest(self.settings, found.path, [text.name for text in new.texts])
        usable = not failed and beside
        return KeptFile(
            found.path.as_posix(), found.state, new.sha256 if usable else "", beside, tuple(texts)
        )

    # second pass --------------------------------------------------------------------------------

    def write(self, texts: Sequence[KeptText], crew: Crew, draft: Draft) -> None:
        """Add all texts and their graphs to a draft, in their order; those that failed are reported."""
        known = known_documents(iter(texts))
        old = {text.written.graph for text in self.kept.texts() if text.written} if self.kept else set()
        graphs = {self.settings.iris.graph(text.extraction.original_sha256) for text in texts}
        for graph in sorted(old - graphs):
            draft.remove(graph)
        same: set[str] = set()
        if any(text.written for text in texts):
            citations = known.index(self.settings)
            for text in texts:
                asked = text.extraction.questions
                if text.written and text.written.answers == answers_digest(citations, asked):
                    same.add(text.extraction.name)
        again = [text for text in texts if text.extraction.name not in same]
        self.report.affected = [text.extraction.name for text in again if text.written]
        written = crew.write((self._file(text, draft) for text in again), known)
        for text in texts:
            if text.extraction.name in same:
                self._take(text, draft)
            else:
                self._add(text, next(written), draft, old)

    def _file(self, text: KeptText, draft: Draft) -> ExtractedFile | bytes:
        """Return what the first pass made of a text."""
        name = text.extraction.name
        if name in self._memory:
            return self._memory.pop(name)
        return read_body(Version(draft.folder), text.body)

    def _take(self, text: KeptText, draft: Draft) -> None:
        """Take a text over from the version before."""
        if text.written is None:
            raise ValueError("not in the version before")
        draft.skip(text.digest, text.quads)
        draft.keep_files(
            (source_path, text.written.sha256),
            (layout_path, text.extraction.original_sha256),
            (original_path, text.extraction.file_sha256),
        )
        self._done(text, text.written)

    def _add(self, text: KeptText, written: Written, draft: Draft, old: set[str]) -> None:
        """Add a text that is new, or whose citations lead elsewhere than before."""
        graph = self.settings.iris.graph(text.extraction.original_sha256)
        if written.chunk is None:
            if written.error is not None:
                self.report.errors.append(written.error)
            if graph in old:
                draft.remove(graph)
            return
        draft.add_source(written.sha256, written.text)
        if self.before is not None:
            draft.keep_files((original_path, text.extraction.file_sha256))
        if written.layout is not None:
            draft.add_layout(written.original_sha256, written.layout)
        if graph in old:
            draft.replace(graph, written.chunk)
        else:
            draft.add_chunk(written.chunk)
        kept = replace(
            text,
            written=replace(written, chunk=None, text="", layout=None),
            digest=written.chunk.digest,
            quads=written.chunk.count,
        )
        self._done(kept, kept.written or written)

    def _done(self, text: KeptText, written: Written) -> None:
        self._written[text.extraction.name] = text
        self.report.count(written)

    def files(self) -> dict[str, KeptFile]:
        """Return the files of the new version, for the next build."""
        return {name: replace(file, texts=self._texts(file.texts)) for name, file in self._files.items()}

    def _texts(self, texts: Iterable[KeptText]) -> tuple[KeptText, ...]:
        return tuple(
            self._written.get(text.extraction.name) or replace(text, written=None, digest=b"", quads=0)
            for text in texts
        )

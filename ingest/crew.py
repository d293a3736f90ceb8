"""Who does the two passes of a build over its files: this process, or those of an executor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ingest.passes import (
    Extractions,
    KnownDocuments,
    Settings,
    Written,
    extract_all,
    share,
    write_text,
)
from ingest.pipeline import ExtractedFile
from ingest.readers import isolated
from ingest.workers import in_order, processes


@dataclass(frozen=True, slots=True)
class Crew:
    """Who does the work of a build: the processes of an executor, or this one."""

    executor: Executor | None
    count: int
    settings: Settings
    folder: Path  # where other processes find what they share

    def extract(self, found: Iterable[tuple[Path, str]]) -> Iterator[Extractions]:
        """Yield what is in files, given by their paths and names, in their order."""
        yield from in_order(self.executor, self.count, partial(extract_all, self._settings()), found)
        isolated.close()

    def write(self, texts: Iterable[ExtractedFile | bytes], known: KnownDocuments) -> Iterator[Written]:
        """Yield the graphs of extracted files, packed or not, in their order."""
        here = self.executor is None
        citations = known.index(self.settings) if here else share(known, self.folder / "documents")
        work = partial(write_text, self._settings(), citations)
        return in_order(self.executor, self.count, work, texts)

    def _settings(self) -> Settings | Path:
        if self.executor is None:
            return self.settings
        return share(replace(self.settings, packed=True), self.folder / "settings")


@contextmanager
def hire(executor: Executor | None, count: int, settings: Settings, folder: Path) -> Iterator[Crew]:
    """The executor that is given, else so many processes of its own, else this process alone."""
    with ExitStack() as stack:
        if executor is None and count > 1:
            executor = stack.enter_context(processes(count))
        yield Crew(executor, count, settings, folder)

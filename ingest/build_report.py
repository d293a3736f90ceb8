"""What a build did: counts, what went wrong, and what it changed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.errors import InputError
from ingest.store import Version
from ingest.violation import Violation
from ontology.iris import Iris

if TYPE_CHECKING:  # it loads all rules
    from ingest.passes import Written


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
    added: list[str] = field(default_factory=list)  # files that the version before did not have
    changed: list[str] = field(default_factory=list)  # files that are no longer as they were
    removed: list[str] = field(default_factory=list)  # files that only the version before has
    skipped: int = 0  # files that were not read again
    affected: list[str] = field(default_factory=list)  # unchanged texts whose citations lead elsewhere now

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

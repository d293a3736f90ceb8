"""One thing that breaks a shape of ontology/shapes.ttl, with its file and line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that breaks a shape; ``line`` is the file's, where the thing has a place."""

    file: str
    line: int | None
    focus: str
    message: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.message} ({self.focus})"

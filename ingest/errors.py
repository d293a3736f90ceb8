"""What can go wrong, each with the file and, where there is one, the line."""

from __future__ import annotations

from ontology.errors import FileFormatError, GongbaoError


class InputError(GongbaoError):
    """A file that cannot be taken in. The other files of the build are not affected."""

    def __init__(self, name: str, reason: str, line: int | None = None) -> None:
        self.name = name
        self.reason = reason
        self.line = line
        super().__init__(name, reason, line)  # the arguments themselves, so that workers can pickle it

    def __str__(self) -> str:
        place = self.name if self.line is None else f"{self.name}:{self.line}"
        return f"{place}: {self.reason}"


class SpentError(InputError):
    """A text that took more time than it may; another time, or another machine, may do better."""


class PatternError(FileFormatError):
    """A pattern file that cannot be used as it stands."""


class StoreError(GongbaoError):
    """A store folder that is missing, is not one, or cannot be written."""

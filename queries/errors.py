"""What can go wrong with questions. Each error is fit for a user and survives the way between processes."""

from __future__ import annotations

from collections.abc import Sequence

from ontology.errors import FileFormatError, GongbaoError


class QueryError(GongbaoError):
    """Base of the errors of the queries package."""


class HeaderError(FileFormatError, QueryError):
    """A question whose file cannot be used as it stands; a mistake in the library, not of its user."""


class UnknownQuestionError(QueryError):
    """A question that the library does not have. ``nearest`` are names that look like it."""

    def __init__(self, name: str, nearest: Sequence[str] = ()) -> None:
        self.name = name
        self.nearest = tuple(nearest)
        super().__init__(name, self.nearest)

    def __str__(self) -> str:
        hint = f"; nearest: {', '.join(self.nearest)}" if self.nearest else ""
        return f"there is no question {self.name}{hint}; gongbao queries lists them all"


class ParameterError(QueryError):
    """A value that a question cannot be asked with; ``reason`` says what is allowed."""

    def __init__(self, question: str, parameter: str, reason: str) -> None:
        self.question = question
        self.parameter = parameter
        self.reason = reason
        super().__init__(question, parameter, reason)

    def __str__(self) -> str:
        return f"{self.question}: parameter {self.parameter}: {self.reason}"


class ColumnsError(QueryError):
    """A question whose answer has other columns than its header promises."""

    def __init__(self, question: str, promised: Sequence[str], found: Sequence[str]) -> None:
        self.question = question
        self.promised = tuple(promised)
        self.found = tuple(found)
        super().__init__(question, self.promised, self.found)

    def __str__(self) -> str:
        return f"{self.question}: the columns are {', '.join(self.found)}, not {', '.join(self.promised)}"

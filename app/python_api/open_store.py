"""A store that is open for reading: questions, facts and SPARQL as rows of Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from pyoxigraph import Store

from ingest.store import current
from queries.conditional import BETWEEN
from queries.errors import ParameterError
from queries.facts import KINDS, FactRecord
from queries.facts import facts as read_facts
from queries.library import find, questions
from queries.model import Question
from queries.present.typed_rows import TypedRow, typed_row
from queries.run import Row, answer, rows

SingleValue = str | int | date
Value = SingleValue | Iterable[SingleValue]
"""The values that a parameter accepts; a list where the parameter takes several"""


class OpenStore:
    """The version of a store that was current when it was opened; a later build does not change it."""

    def __init__(self, folder: Path) -> None:
        """Open it. Raises StoreError where the folder is no store or the database cannot be opened."""
        self._folder = folder
        self._version = current(folder)
        self._graph = self._version.open()

    @property
    def version(self) -> str:
        """The name of the version: time of the build and a hash of its graph."""
        return self._version.id

    @property
    def graph(self) -> Store:
        """The graph, a read-only ``pyoxigraph.Store``."""
        return self._graph

    def questions(self) -> list[Question]:
        """Return the questions that can be asked, with their titles, parameters and columns."""
        return questions()

    def ask(self, name: str, /, **values: Value) -> list[TypedRow]:
        """Ask a question of the library, such as ``ask("agency/tasks", agency="市科委")``.

        A row is a dictionary from column to text, int, float, ``datetime.date`` or None; ``pandas.DataFrame``
        takes the rows as they are. Raises UnknownQuestionError and ParameterError, which say what would do.
        """
        question = find(name)
        written = {key: _write(name, key, value) for key, value in values.items()}
        return [typed_row(question, row) for row in answer(self._graph, question, written)]

    def facts(self, *kinds: str) -> list[FactRecord]:
        """Return the facts as ``gongbao facts`` prints them; of some kinds only, where any are named.

        Raises ValueError for a kind that does not exist.
        """
        unknown = set(kinds) - set(KINDS)
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))}: known are {', '.join(KINDS)}")
        return list(read_facts(self._graph, kinds or KINDS))

    def select(self, sparql: str) -> list[Row]:
        """Return the rows of a SPARQL SELECT as text. Raises SyntaxError where it is not valid SPARQL."""
        return list(rows(self._graph, sparql))

    def text(self, sha256: str) -> str:
        """Return the normalised text with this SHA-256, into which the offsets of facts point."""
        return self._version.source(sha256)

    def __repr__(self) -> str:
        return f"<store {self._folder} version {self.version}>"


def _write(question: str, parameter: str, value: Value) -> str:
    """Write a value as a user of the command line does."""
    if isinstance(value, str | int | date):
        return _write_one(value)
    if isinstance(value, Mapping) or not isinstance(value, Iterable):
        raise ParameterError(question, parameter, f"{value!r} is no text, number, day or list of them")
    return BETWEEN.join(_checked(question, parameter, value))


def _checked(question: str, parameter: str, values: Iterable[object]) -> Iterator[str]:
    for value in values:
        if not isinstance(value, str | int | date):
            raise ParameterError(question, parameter, f"{value!r} is no text, number or day")
        yield _write_one(value)


def _write_one(value: SingleValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)

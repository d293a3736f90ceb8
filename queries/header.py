"""The header of a question: YAML in the comments at the start of its file.

Nothing is guessed: an unknown, missing or doubled key, a wrong value, and a parameter that the SPARQL does
not have in the form and with the value that the header promises, each raise HeaderError with file and line.
Values are of YAML's types (``default: 90``, ``default: false``); days and other text stand in quotes where
YAML would read them as something else.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import Annotated

import msgspec

from ontology.errors import FileFormatError
from ontology.written_files import find_line, read_yaml
from queries.consistency import InconsistencyError, check_consistency
from queries.errors import HeaderError
from queries.model import IRI_SHOWS, Column, Parameter, ParameterType, Question, Show, Words
from queries.parameters import split_values, term

Text = Annotated[str, msgspec.Meta(pattern=r"\S")]
VariableName = Annotated[str, msgspec.Meta(pattern=r"^[a-z][a-z0-9_]*$")]
ScalarValue = str | int | bool


class WordsEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same in two languages."""

    zh: Text
    en: Text


class ColumnEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a header says of a column; ``label`` names the column with the text that stands for an IRI."""

    zh: Text
    en: Text
    show: Show
    label: Text | None = None


class ParameterEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a header says of a parameter."""

    type: ParameterType
    zh: Text
    en: Text
    example: ScalarValue
    default: ScalarValue | None = None
    required: bool = False
    choices: Annotated[tuple[Text, ...], msgspec.Meta(min_length=1)] | None = None
    many: bool = False


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that a header says. A question that only the program asks needs a title, and nothing more."""

    title: WordsEntry
    description: WordsEntry | None = None
    parameters: Annotated[dict[VariableName, ParameterEntry], msgspec.Meta(min_length=1)] | None = None
    columns: Annotated[dict[VariableName, ColumnEntry], msgspec.Meta(min_length=1)] | None = None
    program: bool = False

    def __post_init__(self) -> None:
        """Raise ValueError where a question that people ask lacks what they see of it."""
        for key in () if self.program else ("description", "columns"):
            if getattr(self, key) is None:
                raise ValueError(f"{key} is missing")


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """The file of a question, and where in it a mistake is."""

    name: str
    sparql: str

    def header(self) -> Header:
        """Read the header. Raises HeaderError."""
        source = self._source()
        if not source:
            raise HeaderError(self.name, 1, "there is no header")
        try:
            return read_yaml(source, self.name, Header)
        except FileFormatError as error:
            raise HeaderError(error.file, error.line, error.reason) from error

    def mistake(self, reason: str, *path: str) -> HeaderError:
        """Return the error for what stands at a path of keys of the header."""
        return HeaderError(self.name, find_line(self._source(), path), ": ".join((*path, reason)))

    def _source(self) -> str:
        comments = takewhile(lambda line: line.startswith("#"), self.sparql.splitlines())
        return "\n".join(line.removeprefix("#").removeprefix(" ") for line in comments)


def parse_question(name: str, sparql: str) -> Question:
    """Return the question in a file's text; ``name`` is its id. Raises HeaderError."""
    file = QuestionFile(f"{name}.rq", sparql)
    header = file.header()
    columns = {key: _column(file, key, entry) for key, entry in (header.columns or {}).items()}
    for column in columns.values():
        if column.label is not None and (column.label not in columns or column.label == column.name):
            raise file.mistake(f"label: there is no other column {column.label}", "columns", column.name)
    parameters = tuple(_parameter(file, key, entry) for key, entry in (header.parameters or {}).items())
    try:
        check_consistency(parameters, sparql)
    except InconsistencyError as error:
        if error.line is not None:
            raise HeaderError(file.name, error.line, str(error)) from error
        raise file.mistake(str(error), "parameters", error.parameter) from error
    return Question(
        name=name,
        title=_words(header.title),
        description=_words(header.description) if header.description else None,
        parameters=parameters,
        columns=tuple(columns.values()),
        program=header.program,
        sparql=sparql,
    )


def _words(entry: WordsEntry | ColumnEntry | ParameterEntry) -> Words:
    return Words(zh=entry.zh, en=entry.en)


def _column(file: QuestionFile, name: str, entry: ColumnEntry) -> Column:
    if entry.label is not None and entry.show not in IRI_SHOWS:
        raise file.mistake(f"label: only {', '.join(IRI_SHOWS)} have one", "columns", name)
    return Column(name, _words(entry), entry.show, entry.label)


def _parameter(file: QuestionFile, name: str, entry: ParameterEntry) -> Parameter:
    if (entry.type == "choice") != (entry.choices is not None):
        raise file.mistake("choices: a choice has them, and nothing else", "parameters", name)
    if entry.required and entry.default is not None:
        raise file.mistake("either required or with a default", "parameters", name)
    example = _as_written(file, name, "example", entry)
    default = _as_written(file, name, "default", entry)
    parameter = Parameter(
        name,
        entry.type,
        _words(entry),
        example or "",
        default,
        entry.required,
        entry.choices or (),
        entry.many,
    )
    for key, value in (("example", example), ("default", default)):
        try:
            for each in split_values(parameter, value) if value is not None else ():
                term(parameter, each)
        except ValueError as error:
            raise file.mistake(f"{key}: {error}", "parameters", name) from error
    return parameter


def _as_written(file: QuestionFile, name: str, key: str, entry: ParameterEntry) -> str | None:
    """Return a value as a user writes it, if YAML has read one of the parameter's type."""
    value: ScalarValue | None = getattr(entry, key)
    if value is None:
        return None
    expected = {"integer": int, "boolean": bool}.get(entry.type, str)
    if type(value) is not expected and not (entry.many and isinstance(value, str)):
        kind = (
            "whole number" if expected is int else "true or false" if expected is bool else "text in quotes"
        )
        raise file.mistake(f"{key}: {value!r} is no {kind}", "parameters", name)
    return str(value).lower() if isinstance(value, bool) else str(value)

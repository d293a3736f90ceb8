"""The nouns of the library: a question, its parameters, its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
ParameterType = Literal["text", "agency", "document", "iri", "date", "integer", "boolean", "choice"]
Show = Literal["document", "agency", "task", "clause", "iri", "date", "number", "code", "text"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
IRI_SHOWS: tuple[Show, ...] = ("document", "agency", "task", "clause", "iri")


@dataclass(frozen=True, slots=True)
class Words:
    """The same in Chinese and in English."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        """Return the words in a language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be asked with. Its name is that of the variable in the SPARQL.

    ``default`` and ``example`` are written as a user writes them. Without a default and not required it may
    be left out, and the variable is unbound.
    """

    name: str
    type: ParameterType
    words: Words
    example: str
    default: str | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    many: bool = False  # several values may be given, with | between them


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the answer. ``label`` is the column with the text that stands for an IRI."""

    name: str
    words: Words
    show: Show
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """One file of the library: its header and its SPARQL, of which ``bind`` makes a query."""

    name: str
    title: Words
    description: Words | None
    parameters: tuple[Parameter, ...]
    columns: tuple[Column, ...]
    program: bool  # read by the program itself, and not listed
    sparql: str

    @property
    def subject(self) -> str:
        """The folder, which says what the question is about."""
        return self.name.partition("/")[0]

    def parameter(self, name: str) -> Parameter | None:
        """Return the parameter of that name, if there is one."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

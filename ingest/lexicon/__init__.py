"""The words of official Chinese that several steps know, each once and with its source.

A file of this folder looks like this::

    about: Verbs by which a document is put out.
    source: 党政机关公文处理工作条例 (2012)
    words:
      issue_verb: [印发, 发布]
    expressions:
      year: '(?:19|20)\\d\\d'

Words mean themselves; ``{name}`` among them stands for all words of another list that stands above or in a
file before. An expression is a regular expression on folded text and may use what stands above it and all
words. Every pattern file may use each of them as ``{name}``, in its lists of words too, and defines no part
of the same name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from ingest.errors import PatternError
from ingest.expressions import UnknownPartError, expand, one_of, words_of
from ingest.lexicon.file import LexiconFile
from ontology.errors import FileFormatError
from ontology.words import registry_words
from ontology.written_files import find_line, read_yaml


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists of words by name, the expression of every entry, of lists too, and what words are worth."""

    words: Mapping[str, tuple[str, ...]]
    expressions: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]


@cache
def lexicon() -> Lexicon:
    """The lexicon that comes with the program. Raises PatternError with file and line."""
    return parse(
        {
            file.name: file.read_text("utf8")
            for file in sorted(resources.files("ingest.lexicon").iterdir(), key=lambda file: file.name)
            if file.name.endswith(".yaml")
        },
        {"level_word": tuple(each.word for each in registry_words().area_words if each.division)},
    )


def words(name: str) -> frozenset[str]:
    """The words of one list."""
    return frozenset(lexicon().words[name])


def values(name: str) -> Mapping[str, str]:
    """What the words of one table are worth."""
    return lexicon().values[name]


def parse(files: Mapping[str, str], given: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> Lexicon:
    """Read the files of a lexicon, by name; ``given`` are lists of words that stand elsewhere.

    Raises PatternError with file and line.
    """
    read = {name: _read(source, name) for name, source in files.items()}
    _refuse_doubles(read, files)
    lists: dict[str, tuple[str, ...]] = dict(given)
    expressions = {entry: one_of(listed) for entry, listed in given.items()}
    for name, file in read.items():
        for entry, listed in file.words.items():
            with _told(files[name], name, ("words", entry)):
                lists[entry] = words_of(listed, lists)
            expressions[entry] = one_of(lists[entry])
    for name, file in read.items():
        for entry, expression in file.expressions.items():
            with _told(files[name], name, ("expressions", entry)):
                expressions[entry] = expand(expression, expressions)
    values = {entry: table for file in read.values() for entry, table in file.values.items()}
    return Lexicon(MappingProxyType(lists), MappingProxyType(expressions), MappingProxyType(values))


@contextmanager
def _told(source: str, name: str, keys: tuple[str, str]) -> Iterator[None]:
    """Say the file and line of an entry that names what is not known."""
    try:
        yield
    except UnknownPartError as error:
        raise PatternError(name, find_line(source, keys), f"{keys[1]}: {error}") from error


def _read(source: str, name: str) -> LexiconFile:
    try:
        return read_yaml(source, name, LexiconFile)
    except FileFormatError as error:
        raise PatternError(error.file, error.line, error.reason) from error


def _refuse_doubles(read: Mapping[str, LexiconFile], files: Mapping[str, str]) -> None:
    """Raise PatternError for an entry that stands in two places, and a word that stands twice in one."""
    homes: dict[str, str] = {}
    for name, file in read.items():
        for key, entries in (
            ("words", file.words),
            ("expressions", file.expressions),
            ("values", file.values),
        ):
            for entry in entries:
                if entry in homes:
                    line = find_line(files[name], (key, entry))
                    raise PatternError(name, line, f"{entry} stands in {homes[entry]} too")
                homes[entry] = name
        for entry, words in file.words.items():
            for place, word in enumerate(words):
                if word in words[:place]:
                    line = find_line(files[name], ("words", entry, place))
                    raise PatternError(name, line, f"{entry}: {word} stands twice")

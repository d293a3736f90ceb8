"""Patterns are data: YAML files of named parts and patterns.

A file looks like this::

    kind: deadline
    parts: {number: '[0-9]+'}
    patterns:
      - id: deadline.within-days
        version: 1
        note: Why this is a deadline, and where the rule comes from.
        regex: '{number}日内'
        attributes: {kind: within, norm: duration}
        for: ['10日内答复']
        against: ['10日']

Regular expressions run on folded text (see ``folding.fold``): half-width brackets, commas and colons.
``{name}`` stands for a part, of the file or of the lexicon; parts may use parts defined above them. Which
attributes a file's patterns have stands in ``pattern_file``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from types import MappingProxyType
from typing import Generic, TypeGuard, TypeVar

from ingest.errors import PatternError
from ingest.expressions import UnknownPartError, expand, one_of, words_of
from ingest.folding import fold
from ingest.lexicon import lexicon
from ingest.pattern_file import STRUCTURES, Attributes, EntryMaybeWith, EntryWith, PatternEntry, PatternFile
from ontology.errors import FileFormatError
from ontology.written_files import find_line, read_yaml

_GROUP = re.compile(r"[(][?]P<[a-z_]+>")
A = TypeVar("A")
A_co = TypeVar("A_co", covariant=True)


@dataclass(frozen=True, slots=True)
class _Source:
    """Where a pattern is written; its lines are counted only for messages."""

    file: str
    yaml: str = field(repr=False)
    path: tuple[str | int, ...] = ()

    def error(self, keys: Sequence[str | int], reason: object) -> PatternError:
        """The error of what stands under some keys of this place."""
        return PatternError(self.file, find_line(self.yaml, (*self.path, *keys)), str(reason))


@dataclass(frozen=True)
class Pattern(Generic[A_co]):
    """One rule: what it matches, why, and examples for and against."""

    id: str
    version: int
    note: str
    expression: str  # with its parts put in
    attributes: A_co  # None where it has none
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]
    _source: _Source = field(repr=False, compare=False)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled when first used. Raises PatternError where it is none."""
        try:
            return re.compile(self.expression)
        except re.error as error:
            raise self._source.error(["regex"], f"{self.id}: {error}") from error

    def check(self) -> None:
        """Raise PatternError for an example that is not matched or a counterexample that is."""
        for key, examples, wanted in (("for", self.examples, True), ("against", self.counterexamples, False)):
            for place, example in enumerate(examples):
                if (self.regex.search(fold(example)) is not None) is not wanted:
                    reason = f"{self.id}: {example!r} is {'not ' if wanted else ''}matched"
                    raise self._source.error([key, place], reason)


@dataclass(frozen=True, slots=True)
class PatternBook:
    """The patterns of one file, in the order in which they are tried, with the parts they share."""

    kind: str
    parts: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]  # those of the parts that are lists of words, as words
    patterns: tuple[Pattern[object], ...]
    _source: _Source = field(repr=False, compare=False)

    def __iter__(self) -> Iterator[Pattern[object]]:
        return iter(self.patterns)

    def __getitem__(self, pattern_id: str) -> Pattern[object]:
        for pattern in self.patterns:
            if pattern.id == pattern_id:
                return pattern
        raise self._source.error(["patterns"], f"no pattern {pattern_id!r}")

    def having(self, attributes: type[A]) -> tuple[Pattern[A], ...]:
        """The patterns whose attributes are of a kind."""

        def has(pattern: Pattern[object]) -> TypeGuard[Pattern[A]]:
            return isinstance(pattern.attributes, attributes)

        return tuple(filter(has, self.patterns))

    def having_id(self, pattern_id: str, attributes: type[A]) -> Pattern[A]:
        """One pattern, whose attributes are of a kind."""
        for pattern in self.having(attributes):
            if pattern.id == pattern_id:
                return pattern
        raise self._source.error(["patterns"], f"no pattern {pattern_id!r} with {attributes.__name__}")

    def regex(self, pattern_id: str) -> re.Pattern[str]:
        """The compiled expression of one pattern."""
        return self[pattern_id].regex

    def words(self, part: str) -> frozenset[str]:
        """The words of a part that is a list."""
        if part not in self.lists:
            raise self._source.error(["parts"], f"no list of words {part!r}")
        return frozenset(self.lists[part])

    def compile(self, template: str) -> re.Pattern[str]:
        """Compile an expression that uses this book's parts."""
        try:
            return re.compile(expand(template, self.parts))
        except UnknownPartError as error:
            raise self._source.error(["parts"], error) from error


def first_of(patterns: Sequence[Pattern[object]]) -> re.Pattern[str]:
    """An expression that matches where one of some patterns does; its last group (``r0``, ``r1`` …) tells
    which of them is the first that does. The groups of the patterns themselves are no groups of it.
    """
    choices = (_GROUP.sub("(?:", pattern.expression) for pattern in patterns)
    try:
        return re.compile("|".join(f"(?P<r{place}>{choice})" for place, choice in enumerate(choices)))
    except re.error:
        for pattern in patterns:
            pattern.regex  # noqa: B018  # raises the error of the pattern that is at fault
        raise


def parse(yaml: str, file: str, structure: type[PatternFile[PatternEntry]]) -> PatternBook:
    """Read a pattern file. Raises PatternError with file and line for what cannot stand in it."""
    source = _Source(file, yaml)
    try:
        data = read_yaml(yaml, file, structure)
    except FileFormatError as error:
        raise PatternError(error.file, error.line, error.reason) from error
    lists = dict(lexicon().words)
    parts: dict[str, str] = dict(lexicon().expressions)
    for name, part in data.parts.items():
        if name in parts:
            raise source.error(["parts", name], f"part {name} stands in the lexicon")
        try:
            if isinstance(part, list):
                lists[name] = words_of(part, lists)
                parts[name] = one_of(lists[name])
            else:
                parts[name] = expand(part, parts)
        except UnknownPartError as error:
            raise source.error(["parts", name], f"part {name}: {error}") from error
    patterns: dict[str, Pattern[object]] = {}
    for place, entry in enumerate(data.patterns):
        own = _Source(file, yaml, ("patterns", place))
        if entry.id in patterns:
            raise own.error(["id"], f"the id {entry.id} stands twice")
        patterns[entry.id] = _pattern(entry, parts, own)
    for place, entry in enumerate(data.patterns):
        attributes = _attributes(entry)
        for key, other in attributes.references() if isinstance(attributes, Attributes) else ():
            if other not in patterns:
                raise source.error(
                    ["patterns", place, "attributes", key], f"{entry.id}: no pattern {other!r}"
                )
    own_parts, own_lists = MappingProxyType(parts), MappingProxyType(lists)
    return PatternBook(data.kind, own_parts, own_lists, tuple(patterns.values()), source)


def _pattern(entry: PatternEntry, parts: Mapping[str, str], source: _Source) -> Pattern[object]:
    try:
        expression = expand(entry.regex, parts)
    except UnknownPartError as error:
        raise source.error(["regex"], f"{entry.id}: {error}") from error
    return Pattern(
        id=entry.id,
        version=entry.version,
        note=entry.note.strip(),
        expression=expression,
        attributes=_attributes(entry),
        examples=entry.examples,
        counterexamples=entry.counterexamples,
        _source=source,
    )


def _attributes(entry: PatternEntry) -> object:
    return entry.attributes if isinstance(entry, EntryWith | EntryMaybeWith) else None


@cache
def book(name: str) -> PatternBook:
    """The pattern file ``ingest/patterns/<name>.yaml``."""
    file = resources.files("ingest") / "patterns" / f"{name}.yaml"
    return parse(file.read_text("utf8"), f"{name}.yaml", STRUCTURES[name])


def books() -> tuple[PatternBook, ...]:
    """Every pattern file, by name."""
    return tuple(map(book, STRUCTURES))

"""Patterns are data: YAML files of named parts and patterns, compiled once.

A file looks like this::

    kind: deadline
    parts: {number: '[0-9]+'}
    patterns:
      - id: deadline.within-days
        version: 1
        note: Why this is a deadline, and where the rule comes from.
        regex: '{number}日内'
        confidence: 0.95
        attributes: {kind: within}
        for: ['10日内答复']
        against: ['10日']

Regular expressions run on folded text (see ``read.fold``): half-width brackets, commas and colons.
``{name}`` stands for a part; parts may use parts defined above them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

import yaml

from ingest.errors import PatternError

_PART = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule: what it matches, why, how sure it is, and examples for and against."""

    id: str
    version: int
    note: str
    regex: re.Pattern[str]
    confidence: float
    attributes: Mapping[str, str]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatternBook:
    """The patterns of one kind, in the order in which they are tried, with the parts they share."""

    kind: str
    parts: Mapping[str, str]
    patterns: tuple[Pattern, ...]

    def __iter__(self) -> Iterator[Pattern]:
        return iter(self.patterns)

    def __getitem__(self, pattern_id: str) -> Pattern:
        for pattern in self.patterns:
            if pattern.id == pattern_id:
                return pattern
        raise PatternError(f"{self.kind}: no pattern {pattern_id!r}")

    def regex(self, pattern_id: str) -> re.Pattern[str]:
        """The compiled expression of one pattern."""
        return self[pattern_id].regex

    def compile(self, template: str) -> re.Pattern[str]:
        """Compile an expression that uses this book's parts."""
        return re.compile(expand(template, self.parts, self.kind))


def expand(template: str, parts: Mapping[str, str], where: str) -> str:
    """Put parts in for ``{name}``; a name that is no part is an error."""

    def part(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in parts:
            raise PatternError(f"{where}: unknown part {{{name}}}")
        return f"(?:{parts[name]})"

    return _PART.sub(part, template)


def parse(source: str, where: str) -> PatternBook:
    """Read a pattern file. Raises PatternError naming the file and the entry at fault."""
    try:
        data = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise PatternError(f"{where}: {error}") from error
    if not isinstance(data, dict):
        raise PatternError(f"{where}: a mapping with kind, parts and patterns is expected")
    parts: dict[str, str] = {}
    declared = data.get("parts") or {}
    entries = data.get("patterns") or []
    if not isinstance(declared, dict) or not isinstance(entries, list):
        raise PatternError(f"{where}: parts must be a mapping, patterns a list of mappings, each with an id")
    for name, regex in declared.items():
        words = "|".join(re.escape(str(word)) for word in regex) if isinstance(regex, list) else str(regex)
        parts[str(name)] = expand(words, parts, f"{where}: part {name}")
    patterns = [_pattern(entry, parts, where) for entry in entries]
    seen: set[str] = set()
    for pattern in patterns:
        if pattern.id in seen:
            raise PatternError(f"{where}: {pattern.id}: the id stands twice")
        seen.add(pattern.id)
    return PatternBook(str(data.get("kind", where)), MappingProxyType(parts), tuple(patterns))


def _pattern(entry: object, parts: Mapping[str, str], where: str) -> Pattern:
    if not isinstance(entry, dict) or not {"id", "note", "regex", "for"} <= entry.keys():
        raise PatternError(f"{where}: a pattern needs id, note, regex and for: {entry!r}")
    try:
        regex = re.compile(expand(str(entry["regex"]), parts, f"{where}: {entry['id']}"))
        version, confidence = int(entry.get("version", 1)), float(entry.get("confidence", 0.9))
    except (re.error, ValueError) as error:
        raise PatternError(f"{where}: {entry['id']}: {error}") from error
    return Pattern(
        id=str(entry["id"]),
        version=version,
        note=str(entry["note"]).strip(),
        regex=regex,
        confidence=confidence,
        attributes=MappingProxyType({str(k): str(v) for k, v in dict(entry.get("attributes") or {}).items()}),
        examples=tuple(str(example) for example in entry["for"]),
        counterexamples=tuple(str(example) for example in entry.get("against") or ()),
    )


@cache
def book(name: str) -> PatternBook:
    """The pattern file ``ingest/patterns/<name>.yaml``."""
    file = resources.files("ingest") / "patterns" / f"{name}.yaml"
    return parse(file.read_text("utf8"), f"{name}.yaml")


def books() -> tuple[PatternBook, ...]:
    """Every pattern file, by name."""
    folder = resources.files("ingest") / "patterns"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))
    return tuple(book(name.removesuffix(".yaml")) for name in names)

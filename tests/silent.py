"""Patterns whose silence changes nothing in real texts: ``python -m tests.hits --silent``.

Every text is built once, and it is noted which patterns matched in it. Each pattern is then silenced and only
texts in which it matched are built again, short ones first, until one of them changes. A pattern that stays
silent states no fact of these texts: it must state a general rule, or go.
"""

from __future__ import annotations

import argparse
import functools
import gc
import importlib
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from ingest.errors import InputError, PatternError
from ingest.pattern import Pattern, books

MOST_TEXTS = 20
_OF_RULE = re.compile(
    r"/rule/|[#/]confidence>"
)  # quads that tell which rule found a fact, and how sure it is
_END = sys.maxsize


class Switch:
    """Which pattern is silent, and which have matched since the last time that one asked."""

    def __init__(self) -> None:
        self.silent = ""
        self.matched: set[str] = set()

    def watch(self) -> None:
        """Watch every pattern that is compiled from now on: call it before the steps are imported."""
        compiled = Pattern.regex
        assert isinstance(compiled, cached_property)

        def regex(pattern: Pattern[object]) -> WatchedRegex:
            return WatchedRegex(pattern.id, compiled.func(pattern), self)

        watched = cached_property(regex)
        watched.__set_name__(Pattern, "regex")
        setattr(Pattern, "regex", watched)  # noqa: B010  # a cached property of another type


class WatchedRegex:
    """A compiled expression that notes its matches and can be silenced."""

    def __init__(self, name: str, regex: re.Pattern[str], switch: Switch) -> None:
        self._name, self._regex, self._switch = name, regex, switch

    def __getattr__(self, attribute: str) -> object:
        return getattr(self._regex, attribute)

    def _one(self, found: re.Match[str] | None) -> re.Match[str] | None:
        if found is None or self._switch.silent == self._name:
            return None
        self._switch.matched.add(self._name)
        return found

    def match(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """As re.Pattern.match."""
        return self._one(self._regex.match(text, start, end))

    def search(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """As re.Pattern.search."""
        return self._one(self._regex.search(text, start, end))

    def fullmatch(self, text: str, start: int = 0, end: int = _END) -> re.Match[str] | None:
        """As re.Pattern.fullmatch."""
        return self._one(self._regex.fullmatch(text, start, end))

    def finditer(self, text: str, start: int = 0, end: int = _END) -> Iterator[re.Match[str]]:
        """As re.Pattern.finditer."""
        return (match for match in self._regex.finditer(text, start, end) if self._one(match))

    def findall(self, text: str) -> list[str]:
        """As re.Pattern.findall."""
        return self._regex.findall(text) if self.search(text) else []

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str, count: int = 0) -> str:
        """As re.Pattern.sub."""
        return self._regex.sub(new, text, count=count) if self.search(text) else text

    def split(self, text: str, maxsplit: int = 0) -> list[str]:
        """As re.Pattern.split."""
        return self._regex.split(text, maxsplit) if self.search(text) else [text]


def caches() -> list[functools._lru_cache_wrapper[object]]:
    """The caches whose values may hang on a pattern: not those without a limit, which hold what files say."""
    found = (each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper))
    return [cache for cache in found if cache.cache_parameters()["maxsize"] is not None]


class Builder:
    """Builds texts one by one, each alone."""

    def __init__(self, switch: Switch) -> None:
        switch.watch()
        self._pipeline = importlib.import_module("ingest.pipeline")
        resolver = importlib.import_module("ingest.resolve.resolver")
        self._resolver = resolver.builtin_resolver()
        self._iris = importlib.import_module("ontology.iris").Iris()
        self._read = importlib.import_module("ingest.read")
        self._caches = caches()
        self.at_start = frozenset(switch.matched)  # what made the indexes that all texts use

    def files(self, paths: list[Path]) -> Iterator[tuple[Path, str]]:
        """Every file with the name that it has in a store."""
        yield from self._read.files(paths)

    def quads(self, path: Path, name: str) -> frozenset[str]:
        """The quads of a text, without those that tell of rules."""
        for cache in self._caches:
            cache.cache_clear()
        try:
            built = self._pipeline.build_file(path, name, self._iris, self._resolver)
        except InputError as error:
            return frozenset({str(error)})
        return frozenset(line for line in built.lines if not _OF_RULE.search(line))


def silent(
    builder: Builder, switch: Switch, paths: Mapping[str, Path], tell: Callable[[str], None]
) -> Iterator[tuple[str, int, int]]:
    """Patterns that change nothing, with the number of texts in which they match and of those built again."""
    whole: dict[str, frozenset[str]] = {}
    texts_of: dict[str, list[str]] = defaultdict(list)
    for name, path in paths.items():
        switch.matched.clear()
        whole[name] = builder.quads(path, name)
        for pattern in switch.matched:
            texts_of[pattern].append(name)
        tell(f"{len(whole)} of {len(paths)} texts")
    for each in (pattern.id for book in books() for pattern in book if pattern.id not in builder.at_start):
        tell(each)
        texts = sorted(texts_of[each], key=lambda name: len(whole[name]))[:MOST_TEXTS]
        switch.silent = each
        changed = any(builder.quads(paths[name], name) != whole[name] for name in texts)
        switch.silent = ""
        if not changed:
            yield each, len(texts_of[each]), len(texts)


def main(arguments: list[str] | None = None) -> int:
    """Print the patterns that change nothing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", type=Path, nargs="+")
    given = parser.parse_args(arguments)
    switch = Switch()
    builder = Builder(switch)
    paths = {name: path for path, name in builder.files(given.texts)}
    told = sys.stderr if sys.stderr.isatty() else None

    def tell(message: str) -> None:
        if told is not None:
            print(f"\r{message:60}", end="", file=told)

    found = list(silent(builder, switch, paths, tell))
    tell("")
    for pattern, texts, built in found:
        print(f"{pattern}: " + (f"matches in {texts} texts, {built} tried" if texts else "matches nowhere"))
    print(f"{len(found)} patterns change nothing in {len(paths)} texts", file=sys.stderr)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except PatternError as error:
        sys.exit(str(error))

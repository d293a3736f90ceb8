"""Names of public bodies as texts give them: whether a string is one, and of what kind.

Which organisation a name stands for is decided later; here only the grammar counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ingest.model import Document, Span
from ingest.pattern import book
from ontology.registry import builtin_registry

_BOOK = book("bodies")
_NAME = _BOOK.regex("body.name")
_FIELD = _BOOK.compile("{domain}")
_NOT_IN_NAME = _BOOK.regex("body.not-in-name")
_GENERIC = _BOOK.regex("body.generic")
_DEFINED = _BOOK.regex("body.defined")
_AREAS = _BOOK.regex("body.areas")
_CONCRETE = _BOOK.regex("body.concrete")
_COLLECTIVE = _BOOK.regex("body.collective")
_LEVELLED = _BOOK.regex("body.levelled")
_NOUNS = _BOOK.compile("{nouns}")
_LONGEST_NAME = 45
_DEFINING = "称"  # 以下简称, 统称: quick to look for


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Whether a folded string is, as a whole, a public body's name."""
    return (
        2 <= len(text) <= _LONGEST_NAME
        and _NAME.fullmatch(text) is not None
        and _NOT_IN_NAME.search(text) is None
    )


@lru_cache(maxsize=8192)
def is_clause(text: str) -> bool:
    """Whether a string holds words that no body's name has: a verb, a preposition."""
    return _NOT_IN_NAME.search(text) is not None


@lru_cache(maxsize=8192)
def is_generic(text: str) -> bool:
    """Whether a name says nothing but that somebody is concerned: 有关部门, 各单位."""
    return _GENERIC.match(text) is not None


@lru_cache(maxsize=8192)
def is_known(text: str) -> bool:
    """Whether a string is certainly a body's name: by the grammar of names, or by the registry."""
    return is_name(text) or _AREAS.match(text) is not None or bool(builtin_registry().labelled(text))


@lru_cache(maxsize=8192)
def is_concrete(text: str) -> bool:
    """Whether a name is one that nothing but a public body bears (科研机构 could be anybody's)."""
    return _CONCRETE.search(text) is not None and is_known(text)


@lru_cache(maxsize=8192)
def is_levelled(text: str) -> bool:
    """Whether a string is a word behind a level, as many short names are made: 市作协."""
    return _LEVELLED.match(text) is not None and _NOT_IN_NAME.search(text) is None


@lru_cache(maxsize=8192)
def can_be_member(text: str) -> bool:
    """Whether a string can stand in a list of bodies for one that no rule knows."""
    if _COLLECTIVE.match(text):
        return True
    return _NOUNS.fullmatch(text) is not None and _NOT_IN_NAME.search(text) is None


@lru_cache(maxsize=1024)
def is_field(text: str) -> bool:
    """Whether a word is a field of government that can stand for its body: 税务, 市场监管."""
    return _FIELD.fullmatch(text) is not None


def find_defined_names(document: Document) -> dict[str, Span]:
    """Short names that the document defines in brackets, with the place of the definition."""
    found: dict[str, Span] = {}
    for _, match in find_definitions(document):
        found.setdefault(match["short"], Span(*match.span("short")))
    return found


def find_definitions(document: Document) -> Iterator[tuple[Span, re.Match[str]]]:
    """The brackets of a document that define short names, each with the paragraph in which it stands."""
    folded = document.text.folded
    for span in document.bodies():
        if folded.find(_DEFINING, span.start, span.end) >= 0:
            for match in _DEFINED.finditer(folded, span.start, span.end):
                yield span, match

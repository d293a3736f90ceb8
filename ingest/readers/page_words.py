"""The words by which what is no text of a document is told on a web page."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec

from ingest.folding import fold
from ontology.written_files import read_yaml

_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_LONGEST_FURNITURE = 120  # characters; a longer line is text that happens to use the word
_ENDS_OF_SENTENCES = frozenset("。；;：:")


class _PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    about: str
    source: str
    furniture: list[str]
    footer: list[str]
    places: list[str]


@cache
def _words() -> _PageWords:
    source = resources.files("ingest.readers").joinpath("page_words.yaml").read_text("utf8")
    return read_yaml(source, "page_words.yaml", _PageWords)


@cache
def _any_of(kind: str) -> re.Pattern[str]:
    words = _words().furniture if kind == "furniture" else _words().footer
    return re.compile("|".join(re.escape(fold(word)) for word in words))


@cache
def _places() -> frozenset[str]:
    return frozenset(_words().places)


def is_furniture(line: str) -> bool:
    """Whether a line is a crumb trail, a button, a counter of visits."""
    found = len(line) <= _LONGEST_FURNITURE and _any_of("furniture").search(fold(line))
    return bool(found) and line.rstrip()[-1] not in _ENDS_OF_SENTENCES


def is_footer(line: str) -> bool:
    """Whether a line begins what stands below a document; a sentence does not."""
    found = len(line) <= 2 * _LONGEST_FURNITURE and _any_of("footer").search(fold(line))
    return bool(found) and line.rstrip()[-1] not in _ENDS_OF_SENTENCES


@cache
def names_a_place(name: str) -> bool:
    """Whether the class or id of an element says that navigation or the like stands in it."""
    return not _places().isdisjoint(token.lower() for token in _TOKEN.findall(name))

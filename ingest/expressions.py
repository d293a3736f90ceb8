"""Regular expressions made of named parts: ``{name}`` in an expression stands for a part.

In a list of words, ``{name}`` stands for another list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_PART = re.compile(r"\{([a-z_]+)\}")
_CHOICE = re.compile(r"(?<!\\)(?:\||\((?:\?(?::|P<[a-z_]+>|<?[=!]))?)$")


class UnknownPartError(Exception):
    """An expression that names a part which is not defined above it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"unknown part {{{name}}}")


def expand(template: str, parts: Mapping[str, str]) -> str:
    """Put parts in for ``{name}``. Raises UnknownPartError for a name that is no part.

    >>> expand("{a}c", {"a": "x|y"}), expand("(?:c|{a})", {"a": "x|y"})
    ('(?:x|y)c', '(?:c|x|y)')
    """

    def part(match: re.Match[str]) -> str:
        name = match.group(1)
        if name not in parts:
            raise UnknownPartError(name)
        before, behind = template[: match.start()], template[match.end() :]
        # a whole choice among others needs no group, and a search skips fast where all choices are words
        if (not before or _CHOICE.search(before)) and behind[:1] in ("", "|", ")"):
            return parts[name]
        return f"(?:{parts[name]})"

    return _PART.sub(part, template)


def one_of(words: Iterable[str]) -> str:
    """Return an expression for words that mean themselves; of two that begin alike the longer comes first."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def words_of(words: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """A list of words with the words of other lists put in for ``{name}``. Raises UnknownPartError for a
    name that is no list.
    """
    found: dict[str, None] = {}
    for word in words:
        name = _PART.fullmatch(word)
        if name is None:
            found[word] = None
        elif name[1] in lists:
            found.update(dict.fromkeys(lists[name[1]]))
        else:
            raise UnknownPartError(name[1])
    return tuple(found)

"""Conditional lines: parts of a question that stand in the query only for some values of its parameters.

What nobody asked for then takes no time. A comment at the end of a line is the condition of that line; one
that stands alone is that of the lines after it, up to ``# end``:

    ?task gb:hasTarget ?target .        # unless target=no
    #| ?task rdfs:label ?label .        # when words|sort=label
    # when agency document
    #| ?task gb:setBy ?document .
    # end

``when NAME`` holds if the parameter has a value, given or by default; ``NAME=VALUE`` if it has this one,
perhaps among many; ``|`` stands between alternatives, and of what stands apart all must hold. ``unless``
holds if none of what follows does. Both may stand in one comment: ``# when role unless agency``.

The file runs as it stands in any SPARQL tool: it is the query for the defaults. Lines that are not part of
that query are comments that begin with ``#|``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

BETWEEN = "|"
"""What stands between the values of a parameter that may have many, and between alternatives."""

Values = Mapping[str, frozenset[str]]
"""Parameter → its values, given or by default; one without a value is missing."""

_CONDITION = re.compile(r"[ \t]#[ \t]+(?P<words>(?:when|unless)[ \t].*?)[ \t]*$")
_END = re.compile(r"[ \t]+# end[ \t]*")
_INACTIVE = re.compile(r"(?P<indent>[ \t]*)#\| ?(?P<text>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of some alternatives must hold, or none of them may. An alternative is a parameter and a value."""

    wanted: bool
    alternatives: tuple[tuple[str, str | None], ...]

    def holds(self, values: Values) -> bool:
        """Whether it holds for these values; an alternative without a value holds for any."""
        return self.wanted == any(
            name in values and (value is None or value in values[name]) for name, value in self.alternatives
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """What a comment with ``when`` or ``unless`` requires, all of it; ``line`` counts from 1."""

    words: str
    line: int
    requirements: tuple[Requirement, ...]

    def holds(self, values: Values) -> bool:
        """Whether all requirements hold for these values."""
        return all(requirement.holds(values) for requirement in self.requirements)


@dataclass(frozen=True, slots=True)
class QueryLine:
    """A line of a question: its text without condition and mark, and what must hold for it to be asked."""

    number: int
    text: str
    """with its end of line"""
    active: bool
    """whether it is part of the query as the file stands"""
    conditions: tuple[Condition, ...]

    def stands(self, values: Values) -> bool:
        """Whether the line is part of the query for these values."""
        return all(condition.holds(values) for condition in self.conditions)


class ConditionError(ValueError):
    """A condition that opens or ends nothing; ``line`` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        super().__init__(line, reason)

    def __str__(self) -> str:
        return str(self.args[1])


@lru_cache(maxsize=256)
def query_lines(sparql: str) -> tuple[QueryLine, ...]:
    """Return the lines of a question, without those that only hold a condition or its end.

    Raises ConditionError where a condition that stands alone and its end do not take turns.
    """
    return tuple(_parse(sparql))


def select_lines(sparql: str, values: Values) -> str:
    """Return the query of the lines that stand for these values, without their conditions."""
    return "".join(line.text for line in query_lines(sparql) if line.stands(values))


def conditions_of(lines: Iterable[QueryLine]) -> list[Condition]:
    """Return every condition once, in the order of the lines."""
    return list(dict.fromkeys(condition for line in lines for condition in line.conditions))


def _parse(sparql: str) -> Iterator[QueryLine]:
    block: Condition | None = None
    for number, whole in enumerate(sparql.splitlines(keepends=True), 1):
        line = whole.rstrip("\r\n")
        if _END.fullmatch(line):
            if block is None:
                raise ConditionError(number, "# end: no condition is open there")
            block = None
            continue
        inactive = _INACTIVE.fullmatch(whole)
        text = inactive["indent"] + inactive["text"] if inactive else whole
        comment = _CONDITION.search(text)
        own = _condition(comment["words"], number) if comment else None
        if comment is not None and own is not None and not text[: comment.start()].strip():
            if block is not None:
                raise ConditionError(number, f"# {own.words}: # {block.words} is still open there")
            block = own
            continue
        if comment is not None:
            text = f"{text[: comment.start()].rstrip()}\n"
        yield QueryLine(number, text, inactive is None, tuple(found for found in (block, own) if found))
    if block is not None:
        raise ConditionError(block.line, f"# {block.words}: # end is missing")


def _condition(words: str, line: int) -> Condition:
    return Condition(words, line, tuple(_requirements(words)))


def _requirements(words: str) -> Iterator[Requirement]:
    wanted = True
    for word in words.split():
        if word in ("when", "unless"):
            wanted = word == "when"
        else:
            named = (each.partition("=") for each in word.split(BETWEEN))
            yield Requirement(wanted, tuple((name, value if sep else None) for name, sep, value in named))

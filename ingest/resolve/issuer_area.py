"""The area that the name of a body or a title begins with: a row, a division, or one made by grammar.

An area that no register lists is still the one whose bodies its documents speak of. What no register lists is
admitted to it (``Registry.admit``) under the name found here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.pattern import book
from ingest.resolve.spelling import cuts_word
from ontology.normal import plain
from ontology.registry import AREA, Body, Period, Registry
from ontology.registry.divisions import Division, builtin_divisions
from ontology.registry.labels import area_word
from ontology.words import registry_words

_BOOK = book("agency")
_UNLISTED = _BOOK.regex("agency.issuer-area")
_NAMELESS = _BOOK.regex("agency.zone-without-name")
_NATIONAL = _BOOK.regex("agency.national-title")
_PARTY = _BOOK.regex("agency.party-in-front")
_SHORTEST = 3  # characters of a central body's name before that of an area
_LEVELS = {each.word: each.usual for each in registry_words().area_words if each.sure}


class AreaFinder:
    """Finds the areas of names, and admits to the registry those that it does not list."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def of_issuer(self, name: str) -> str | None:
        """The area of the body that issues a document, by its name (``plain`` form)."""
        listed = {body.area for body in self._registry.labelled(name) if self._tells(body, name)}
        if len(listed) == 1:
            return listed.pop()
        central = self._central(name)
        rest = name.removeprefix(central) if central else _PARTY.sub("", name)
        found = self._chain(rest, grammar=True)
        if found is not None:
            return found
        country = self._registry.country
        return country.name if central and country is not None else None

    def of_title(self, title: str) -> str | None:
        """The known area that a title or a number begins with; the country of 国家粮食应急预案."""
        country = self._registry.country
        if country is not None and _NATIONAL.match(title):
            return country.name
        return self._chain(title, grammar=False)

    def _tells(self, body: Body, label: str) -> bool:
        """Tell whether a body's label says whose it is; 开发区管委会 does not."""
        if body.level == "national" or label == plain(body.name):
            return True
        area = self._registry.get(body.area)
        return area is not None and any(
            label.startswith(own) and len(self._named(own, None)) == 1 and not _NAMELESS.match(own)
            for own in (plain(area.name), *area.aliases)
        )

    def _central(self, name: str) -> str:
        """The central body that a name begins with: 国家税务总局慈溪市税务局; "" for none."""
        for end in range(len(name) - 1, _SHORTEST, -1):
            listed = self._registry.labelled(name[:end])
            if len(listed) == 1 and listed[0].level == "national" and not listed[0].is_area:
                return name[:end]
        return ""

    def _chain(self, name: str, *, grammar: bool) -> str | None:
        """Follow areas from the outermost that a name begins with to the innermost."""
        found: Body | None = None
        rest = name
        while True:
            inner = self._known(rest, found)
            if inner is None and grammar:
                inner = self._unlisted(rest, found)
            if inner is None:
                return found.name if found is not None else None
            found, label = inner
            rest = rest[len(label) :]

    def _known(self, name: str, outer: Body | None) -> tuple[Body, str] | None:
        """The one known area, within another, with whose name a name begins."""
        for label in self._labels(name):
            if cuts_word(label, name[len(label) :]) or _NAMELESS.match(label):
                continue
            found = self._named(label, outer)
            if len(found) == 1:
                return found[0], label
        return None

    def _labels(self, name: str) -> Iterator[str]:
        """Names of areas that a name begins with, the longest first."""
        listed = [name[:end] for end in range(len(name), 1, -1) if name[:end] in self._registry.areas]
        divided = [label for label, _ in builtin_divisions().starting(name)]
        return iter(sorted({*listed, *divided}, key=len, reverse=True))

    def _named(self, label: str, outer: Body | None) -> list[Body]:
        """The areas of a name, rows before divisions, that can lie in another."""
        found: dict[str, Body] = {}
        row = self._registry.area(label)
        if row is not None and row.level != "national":
            found[row.name] = row
        for division in builtin_divisions().labelled(label):
            found.setdefault(division.name, self._body(division))
        return [area for area in found.values() if outer is None or self._lies_in(area, outer)]

    def _lies_in(self, area: Body, outer: Body) -> bool:
        around: Body | None = area
        while around is not None and around.name != outer.name:
            around = self._area(around.area) if around.area else None
        return around is not None and area.name != outer.name

    def _area(self, name: str) -> Body | None:
        row = self._registry.get(name)
        division = builtin_divisions().get(name) if row is None else None
        return self._body(division) if division is not None else row

    def _body(self, division: Division) -> Body:
        """A division as an area, admitted with those in which it lies."""
        listed = self._registry.get(division.name)
        if listed is not None:
            return listed
        country = self._registry.country
        outer = division.outer or (country.name if country else "")
        if division.outer:
            self._area(division.outer)
        aliases = tuple(label for label in division.labels if label != division.name)
        return self._admit(division.name, division.level, outer, aliases)

    def _unlisted(self, name: str, outer: Body | None) -> tuple[Body, str] | None:
        """The area by the grammar of names alone; the name of the outer one goes before its own."""
        match = _UNLISTED.match(name)
        if match is None or cuts_word(match["area"], match.string[match.end() :]):
            return None
        label = match["area"]
        level = _LEVELS.get(area_word(label), "")
        if outer is None:
            return self._admit(label, level, "", ()), label
        return self._admit(outer.name + label, level or "county", outer.name, (label,)), label

    def _admit(self, name: str, level: str, outer: str, aliases: tuple[str, ...]) -> Body:
        listed = self._registry.get(name)
        if listed is not None:
            return listed
        area = Body(name, AREA, level, outer, "", Period(), None, (), "", aliases, (), (), "", 0)
        self._registry.admit(area)
        return area


def places(text: str, start: int, end: int, areas: re.Pattern[str]) -> Iterator[str]:
    """Names of areas in a stretch of text, as far as no other word begins with theirs: 上海 + 市场."""
    for match in areas.finditer(text, start, end):
        if not cuts_word(match.group(), text[match.end() : match.end() + 3]):
            yield match.group()

"""Where a document speaks: its jurisdiction, from the strongest evidence it gives."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from ingest.model import Document
from ontology.normal import plain
from ontology.registry import Body, Interval, Registry

_CITY = "prefectural"
_ORGAN_CODE = re.compile(r"^(?P<code>[^\d\[(〔（]+)[\[(〔（]")


def outward(area: str, registry: Registry) -> Iterator[str]:
    """An area and those around it, the widest last."""
    found: Body | None = registry.get(area)
    while found is not None:
        yield found.name
        found = registry.get(found.area) if found.area else None


def area_names(registry: Registry) -> re.Pattern[str]:
    """Finds names of areas that are not the whole country."""
    names = sorted(
        (label for label, area in registry.areas.items() if area.level != "national"), key=len, reverse=True
    )
    return re.compile("|".join(map(re.escape, names)) or r"(?!)")


def jurisdiction(
    document: Document, interval: Interval, registry: Registry, areas: re.Pattern[str]
) -> str | None:
    """The area whose circular it is: told by its issuers, its number, its title, else by the places that
    its text names most.
    """
    fields = document.fields
    for issuer in fields.issuers:
        found = _of_name(plain(issuer.value), registry, areas)
        if found:
            return found
    if fields.number:
        code = _ORGAN_CODE.match(fields.number.value)
        holders = registry.by_code(code["code"], interval) if code else []
        if len(holders) == 1:
            return holders[0].area
        found = _of_name(plain(fields.number.value), registry, areas)
        if found:
            return found
    for title in (fields.circular_title, fields.title):
        match = areas.match(plain(title.value)) if title else None
        if match:
            return registry.areas[match.group()].name
    return _most_named(document, registry, areas)


def _of_name(name: str, registry: Registry, areas: re.Pattern[str]) -> str | None:
    bodies = {body.area for body in registry.labelled(name)}
    if len(bodies) == 1:
        return bodies.pop()
    match = areas.match(name)
    return registry.areas[match.group()].name if match else None


def _most_named(document: Document, registry: Registry, areas: re.Pattern[str]) -> str | None:
    """The widest area below the country to which more of the places named belong than to any other; in it
    the city to which most of them belong.
    """
    counts: Counter[str] = Counter()
    cities: dict[str, Counter[str]] = defaultdict(Counter)
    for match in areas.finditer(document.text.folded, document.span.start, document.span.end):
        area = registry.areas[match.group()]
        around = [registry.get(name) or area for name in outward(area.name, registry)]
        widest = [one.name for one in around if one.level != "national"][-1]
        counts[widest] += 1
        cities[widest].update(one.name for one in around if one.level == _CITY)
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    found, named = ranked[0]
    for city, belong in cities[found].most_common(1):
        return city if 2 * belong > named else found
    return found

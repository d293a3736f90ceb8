"""Where a document speaks: its jurisdiction, from the strongest evidence it gives."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ingest.model import Document, HeadField
from ingest.resolve.issuer_area import AreaFinder, places
from ontology.normal import plain
from ontology.registry import Body, Interval, Registry

_CITY = "prefectural"
_LEAST = 2  # places that must belong to an area, where they alone decide
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
    """The area whose circular it is: told by its issuers, its number, its title. Where no issuer is told, the
    places that its text names most decide; where one is, they never do.
    """
    fields, finder = document.fields, AreaFinder(registry)
    for issuer in _whole(fields.issuers):
        found = finder.of_issuer(issuer)
        if found:
            return found
    if fields.number:
        code = _ORGAN_CODE.match(fields.number.value)
        holders = registry.by_code(code["code"], interval) if code else []
        if len(holders) == 1 and _can_be(holders[0].area, document, registry):
            return holders[0].area
        found = finder.of_title(plain(fields.number.value))
        if found:
            return found
    for title in (fields.circular_title, fields.title):
        found = finder.of_title(plain(title.value)) if title else None
        if found:
            return found
    return None if fields.issuers else _most_named(document, registry, areas)


def _whole(issuers: Sequence[HeadField]) -> Iterator[str]:
    """The names of issuers; those between which nothing stands are one: 国家税务总局 + 慈溪市税务局."""
    for issuer, before, behind in zip(issuers, (None, *issuers), (*issuers[1:], None), strict=False):
        if before is None or not _adjoin(before, issuer):
            joined = behind.value if behind is not None and _adjoin(issuer, behind) else ""
            yield plain(issuer.value + joined)


def _adjoin(one: HeadField, other: HeadField) -> bool:
    return one.span is not None and other.span is not None and one.span.end == other.span.start


def _can_be(area: str, document: Document, registry: Registry) -> bool:
    """Tell whether a number can be an area's: an invented area's only where the text names it."""
    return area not in registry.invented() or area in document.text.folded


def _most_named(document: Document, registry: Registry, areas: re.Pattern[str]) -> str | None:
    """The widest area below the country to which most of the places named belong; in it the city to which
    most of them belong. A place named once (a dateline) tells nothing.
    """
    counts: Counter[str] = Counter()
    cities: dict[str, Counter[str]] = defaultdict(Counter)
    for label in places(document.text.folded, document.span.start, document.span.end, areas):
        area = registry.areas[label]
        around = [registry.get(name) or area for name in outward(area.name, registry)]
        widest = [one.name for one in around if one.level != "national"][-1]
        counts[widest] += 1
        cities[widest].update(one.name for one in around if one.level == _CITY)
    found, named = next(iter(counts.most_common(1)), ("", 0))
    if named < _LEAST or 2 * named <= counts.total():
        return None
    for city, belong in cities[found].most_common(1):
        return city if 2 * belong > named else found
    return found

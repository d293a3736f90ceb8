"""Parts of bodies: branches in districts, what central bodies have in the regions, committees of zones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ingest.pattern import book
from ingest.resolve.classes import Areas
from ingest.resolve.model import Agency, Form, ResolvedName
from ingest.resolve.spelling import in_full
from ontology.registry import Body, Interval, Registry
from ontology.registry.labels import AREA_WORDS

_BOOK = book("agency")
_BRANCH = _BOOK.regex("agency.branch")
_PART_OF_CENTRAL = _BOOK.regex("agency.part-of-central")
_DISTRICT_BRANCH = _BOOK.regex("agency.district-branch")
_ZONE = _BOOK.regex("agency.zone-committee")
_COMMON_ZONE = _BOOK.regex("agency.common-zone")
_CUSTOMS = _BOOK.regex("agency.customs")
BRANCH_HEAD, _BRANCH_KIND = "分局", "bureau"
_BRANCH_LENGTHS = range(4, 7)  # characters of 城东分局


class PartResolver:
    """Resolves names of parts; ``resolve``, ``listed`` and ``place`` are those of the whole names."""

    def __init__(
        self,
        registry: Registry,
        resolve: Callable[[str, Areas, Interval], ResolvedName | None],
        listed: Callable[[str, Areas, Interval], Body | None],
        place: Callable[[str, Areas], tuple[Body, str] | None],
    ) -> None:
        self._registry = registry
        self._resolve = resolve
        self._listed = listed
        self._place = place

    def branch(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """市供水局城东分局: the branch of a body in an area, named by two to four characters."""
        if not name.endswith(BRANCH_HEAD):
            return None
        field = _DISTRICT_BRANCH.match(name)
        if field:
            place, of = field["place"] or field["place_behind"], field["field"] or field["field_before"]
            return self._district_branch(place, of, areas, interval)
        if not _BRANCH.search(name):
            return None
        for length in _BRANCH_LENGTHS:
            whole = self._resolve(name[:-length], areas, interval)
            if whole is not None and whole.agency.form is Form.BODY:
                return replace(
                    whole.agency, name=whole.agency.name + name[-length:], kind=_BRANCH_KIND, listed=False
                )
        return None

    def _district_branch(
        self, place: str | None, field: str, areas: Areas, interval: Interval
    ) -> Agency | None:
        """城东公安分局: the branch, in a district, of the city's body for a field."""
        district = (
            self._registry.area(f"{place}区") if place else self._registry.get(areas[0]) if areas else None
        )
        if district is None or district.level != "county" or not {district.name, district.area} & set(areas):
            return None
        holders = self._registry.holders(field, district.area, interval)
        if len(holders) != 1:
            return None
        short = place or district.name.removeprefix(district.area).removesuffix("区")
        whole = holders[0]
        full = f"{whole.name}{short}{BRANCH_HEAD}"
        return Agency(Form.BODY, full, _BRANCH_KIND, whole.level, whole.area)

    def part_of_central(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """人民银行天津分行: what a central body has in the regions."""
        match = _PART_OF_CENTRAL.match(name)
        for end in range(len(name) - 4, 1, -1) if match else ():
            whole = self._listed(name[:end], areas, interval)
            if whole is not None and whole.level == "national" and not whole.is_area:
                found = self._place(name[end:], areas)
                area = found[0] if found else None
                full = whole.name + name[end:]
                return Agency(
                    Form.BODY, full, "central-body", area.level if area else None, area.name if area else None
                )
        return None

    def zone(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """东湖新区管委会: the committee of a zone by the zone's own name. A name that any city could give to
        a zone (东部新区, 云东开发区) is told apart by the document's area.
        """
        del interval
        if _CUSTOMS.match(name):
            return Agency(Form.BODY, name, "central-body")
        if _ZONE.match(name) and not _COMMON_ZONE.match(name):
            return Agency(Form.BODY, in_full(name), "management-committee")
        common = _COMMON_ZONE.match(name)
        own = self._registry.get(areas[0]) if areas else None
        if common is None or own is None or own.level == "national":
            return None
        if common["name"] and self._is_area(common["name"]):
            return None
        return Agency(Form.BODY, own.name + in_full(name), "management-committee", own.level, own.name)

    def _is_area(self, name: str) -> bool:
        """Tell whether an area has this name, with its word (市) or without it."""
        return any(self._registry.area(name + word) is not None for word in ("", *AREA_WORDS))

"""Organs of an area by the grammar of their names: what stands behind the area's name, spelled out.

A short form that nobody can spell out names no body: nothing here makes an abbreviation a body's full name.
"""

from __future__ import annotations

from collections.abc import Callable

from ingest.pattern import book
from ingest.resolve.classes import Areas
from ingest.resolve.model import Agency, Form
from ingest.resolve.parts import BRANCH_HEAD
from ingest.resolve.spelling import GOVERNMENT, Spelling, holders, in_full, kind_at, short_name
from ontology.normal import plain
from ontology.registry import Body, Interval, Registry
from ontology.registry.labels import area_word
from ontology.words import registry_words

_BOOK = book("agency")
_GOVERNMENT = _BOOK.regex("agency.government")
_ORGAN = _BOOK.regex("agency.organ")
_GROUP = _BOOK.regex("agency.group")
_FUNCTIONAL = _BOOK.regex("agency.functional")
_FIELD = _BOOK.regex("agency.field")
_UNLISTED_AREA = _BOOK.regex("agency.unlisted-area")
_BELOW = {"national": "provincial", "provincial": "county", "prefectural": "county", "county": "township"}
_DEPARTMENT = "部门"
_AS_WRITTEN = frozenset({"enterprise", "institution", "mass-organisation"})  # 广东某公司 is not 广东省某公司
_ALL_LISTED = frozenset({"bureau", "commission", "office", "ministry", "party-organ", "central-body"})
_PART_OF = 3  # characters that the name of a body has at least, for another to be a part of it
_DISTRICT, _NEW_DISTRICT = "区", "新区"
_PROVINCES = frozenset(each.word for each in registry_words().area_words if each.rank == 1)
_CITY_LEVELS = ("provincial", "prefectural")


class OrganResolver:
    """Resolves what stands behind the name of an area; ``listed`` is that of the whole names."""

    def __init__(
        self,
        registry: Registry,
        spelling: Spelling,
        listed: Callable[[str, Areas, Interval], Body | None],
    ) -> None:
        self._registry = registry
        self._spelling = spelling
        self._listed = listed

    def of_area(
        self, area: Body, rest: str, areas: Areas, interval: Interval, start: str = ""
    ) -> Agency | None:
        """The organ of an area that ``rest`` names; ``start`` is how the name calls the area."""
        prefix = plain(area.name)
        body = self._listed(prefix + rest, (area.name, *areas), interval)
        if body is not None:
            return Agency.of_row(body)
        if _GOVERNMENT.match(rest):
            government = self._registry.government(area.name)
            if government is not None:
                return Agency.of_row(government)
            called = area.name + in_full(rest)
            return Agency(Form.BODY, called, kind_at(called, area.level), area.level, area.name)
        rest = rest.removeprefix("级")
        around = (area.name, area.area, *areas)
        template = self._spelling.spelled_out(rest, interval, around)
        named = template.of(area) if template is not None else None
        if template is not None and named is not None:
            kind = kind_at(named, area.level) if template.text.endswith(GOVERNMENT) else template.kind
            return self._possible(Agency(Form.BODY, named, kind, area.level, area.name), areas, interval)
        functional = _FUNCTIONAL.match(rest) or _FIELD.match(rest)
        if functional:  # 市场监管部门 bears no level: 市 belongs to the field
            field = (functional["level"] or "") + functional["field"]
            known = holders(self._registry, field, area.name, interval)
            return Agency(
                Form.FUNCTIONAL,
                area.name + (rest if rest != field else f"{rest}{_DEPARTMENT}"),
                level=area.level,
                area=area.name,
                function=field,
                holder=known[0].name if len(known) == 1 else None,
            )
        if _UNLISTED_AREA.match(rest):
            within = self.unlisted(rest, (area.name, *areas), interval)
            if within is not None:
                return within
        full = self._full_name(rest, around, interval)
        if full is None:
            return None
        kind = kind_at(full, area.level)
        as_written = kind in _AS_WRITTEN and start and start == short_name(area)
        named = (start if as_written else area.name) + full
        return self._possible(Agency(Form.BODY, named, kind, area.level, area.name), areas, interval)

    def unlisted(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """An organ of an area that no register lists and that lies in the first of ``areas`` that is a city
        or a province. A county's name is its own in the whole province; a district belongs to a city, and
        which one, a province's text does not say.
        """
        match = _UNLISTED_AREA.match(name)
        found = (self._registry.get(area) for area in areas)
        around = next((area for area in found if area is not None and area.level in _CITY_LEVELS), None)
        if match is None or (around is None and areas):
            return None
        district = match["area"].endswith(_DISTRICT)
        if district and (around is None or area_word(plain(around.name)) in _PROVINCES):
            if not match["area"].endswith(_NEW_DISTRICT):
                return None
        elif around is not None and not district:
            around = self._province(around)
        rest = in_full(match["rest"])
        template = self._spelling.spelled_out(rest, interval, areas)
        if template is not None and template.text.startswith("{}"):
            rest = template.text.removeprefix("{}")
        else:
            rest = self._spelling.with_field(rest, interval, areas) or rest
        if rest.endswith(("委", BRANCH_HEAD)) or self._spelling.is_short(rest, interval, areas):
            return None
        full = (around.name if around is not None else "") + match["area"] + rest
        level = _BELOW.get(around.level) if around is not None else None
        return Agency(
            Form.BODY, full, kind_at(full, level), level, around.name if around is not None else None
        )

    def _province(self, area: Body) -> Body:
        """The province in which a city lies, as far as the registry knows it."""
        outer = self._registry.get(area.area) if area.area else None
        return outer if outer is not None and outer.level == "provincial" else area

    def _full_name(self, rest: str, areas: Areas, interval: Interval) -> str | None:
        """The full name of an organ without its area's: its field spelled out, or full as it stands."""
        if rest.endswith(BRANCH_HEAD):
            return None  # whose branch it is, nobody says
        full = self._spelling.with_field(rest, interval, areas)
        if full is not None:
            return full
        if self._spelling.is_short(rest, interval, areas):
            return None
        return rest if _GROUP.match(rest) or _ORGAN.match(rest) else None

    def _possible(self, agency: Agency, areas: Areas, interval: Interval) -> Agency | None:
        """An agency made by grammar, unless its area's departments are all listed and it is none of them nor
        a part of one.
        """
        if agency.kind not in _ALL_LISTED or not self._registry.complete(agency.area or "", interval):
            return agency
        ends = range(len(plain(agency.area or "")) + _PART_OF, len(agency.name))
        parts = (self._listed(plain(agency.name[:end]), areas, interval) for end in ends)
        return agency if any(parts) else None

"""A body's name to the agency that it means, by the registry and by the grammar of names.

Nothing here looks at the document's text (``agencies`` does that): the same name in the same context is the
same agency. Exactly one candidate, or None.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ingest.bodies import is_generic
from ingest.pattern import book
from ingest.resolve.classes import Areas, ClassResolver, Found
from ingest.resolve.context import outward
from ingest.resolve.model import Agency, Form
from ingest.resolve.parts import BRANCH_HEAD, PartResolver
from ingest.resolve.spelling import GOVERNMENT, Spelling, in_full, kind_at, short_name
from ontology.registry import Body, Interval, Registry
from ontology.registry.labels import area_word
from ontology.registry.model import plain
from ontology.registry.period import middle_day

_BOOK = book("agency")
_OWN_AREA = _BOOK.regex("agency.own-area")
_NATIONAL_GROUP = _BOOK.regex("agency.national-group")
_HOST = _BOOK.regex("agency.host")
_GOVERNMENT = _BOOK.regex("agency.government")
_ORGAN = _BOOK.regex("agency.organ")
_GROUP = _BOOK.regex("agency.group")
_BY_ROLE = _BOOK.regex("agency.by-role")
_CONCERNED = _BOOK.regex("agency.concerned")
_FUNCTIONAL = _BOOK.regex("agency.functional")
_FIELD = _BOOK.regex("agency.field")
_OTHER_WORD = _BOOK.regex("agency.other-word")
_UNLISTED_AREA = _BOOK.regex("agency.unlisted-area")
_BARE = _BOOK.regex("agency.bare")
_FORMER = _BOOK.regex("agency.former")
_BELOW = {"national": "provincial", "provincial": "county", "prefectural": "county", "county": "township"}
_LEVEL_WORDS = {"国家": "national", "国务院": "national", "中央": "national"}
_DEPARTMENT = "部门"
_ZONE_WORD = "开发区"
_AS_WRITTEN = frozenset({"enterprise", "institution", "mass-organisation"})  # 广东某公司 is not 广东省某公司


class NameResolver:
    """Resolves names against one registry; answers are kept, so the object is cheap to ask again."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._spelling = Spelling(registry)
        self._classes = ClassResolver(registry, self._spelling, self.resolve_again, self.place)
        self._parts = PartResolver(registry, self.resolve_again, self.listed, self.place)
        self._country = next((a.name for a in registry if a.is_area and a.level == "national"), None)
        self._regions = tuple(
            plain(body.name)
            for body in registry
            if body.level == "provincial" and body.area == self._country and not body.is_area
        )  # 新疆生产建设兵团: no area of the state's division, with organs of its own
        self._longest_area = max(map(len, registry.areas), default=0)
        self.resolve = lru_cache(maxsize=65_536)(self._resolve)

    def _resolve(self, name: str, areas: Areas, interval: Interval) -> Found | None:
        """The agency of a name (``plain`` form) in documents of ``areas`` (own first) at a time, and the
        step that found it.
        """
        name = _OWN_AREA.sub("", name).strip("“”\"'")
        if not name:
            return None
        listed = self.listed(name, areas, interval)
        if listed is not None:
            return (self.agency(listed), "registry")
        if self._ambiguous(name, areas, interval):
            return None
        former = _FORMER.match(name)
        if former:
            return self.resolve(former["name"], areas, Interval())
        if is_generic(name) or _BY_ROLE.match(name) or _CONCERNED.match(name):
            return Agency(Form.GENERIC, name), "generic"
        branch = self._parts.branch(name, areas, interval)
        if branch is not None:
            return branch, "grammar"
        hosted = _HOST.match(name)
        if hosted:
            return self.resolve(hosted["name"], areas, interval)
        for step, how in (
            (self._classes.collective, "collective"),
            (self._placed, "grammar"),
            (self._own, "grammar"),
            (self._functional, "function"),
            (self._parts.zone, "grammar"),
        ):
            agency = step(name, areas, interval)
            if agency is not None:
                return agency, "function" if agency.form is Form.FUNCTIONAL else how
        return None

    def resolve_again(self, name: str, areas: Areas, interval: Interval) -> Found | None:
        """As ``resolve``, for the parts of a name."""
        return self.resolve(name, areas, interval)

    # the registry -------------------------------------------------------------------------------

    def listed(self, name: str, areas: Areas, interval: Interval) -> Body | None:
        """The one row that a label means at a time; out of its time, if it never meant another. A bare
        name that bodies of every level bear (发展改革委) means the State Council's in its own documents, a
        name without its place (开发区管委会) a body of the document's own area.
        """
        known = [body for body in self.registry.labelled(name, areas) if self._speaks_of(body, name, areas)]
        found = {body.name: body for body in known}
        timely = [body for body in found.values() if body.period.may_meet(interval)]
        if len(timely) == 1:
            return timely[0]
        if timely:
            return self._successor(timely, interval)
        return next(iter(found.values())) if len(found) == 1 else None

    def _ambiguous(self, name: str, areas: Areas, interval: Interval) -> bool:
        """Whether a label means several bodies at a time, so that no grammar can tell which."""
        found = {body.name for body in self.registry.labelled(name, areas) if body.period.may_meet(interval)}
        return len(found) > 1

    def _speaks_of(self, body: Body, name: str, areas: Areas) -> bool:
        """Whether a document of some areas can mean a body by a name that is a label of it."""
        if body.level == "national":
            return self._country in areas[:1] or not _BARE.match(name)
        if body.kind == "enterprise" or name == plain(body.name):
            return True
        around = [area for area in outward(body.area, self.registry) if area != self._country]
        if any(area in areas for area in around):
            return True
        places = (self.registry.get(area) for area in around)
        return any(
            place and (plain(place.name) in name or (short_name(place) or "?") in name) for place in places
        )

    def _successor(self, bodies: Sequence[Body], interval: Interval) -> Body | None:
        """The last of several bodies of one line, for a document of the second half of the year or month in
        which the one took the place of the other.
        """
        last = max(bodies, key=lambda body: body.period.since or "")
        for body in bodies:
            until = body.period.until
            if body is not last and (until is None or last.name not in body.becomes):
                return None
            if body is not last and until is not None and interval.earliest < middle_day(until):
                return None
        return last

    def agency(self, body: Body) -> Agency:
        """A row as an agency."""
        form = Form.AREA if body.is_area else Form.BODY
        return Agency(form, body.name, body.kind, body.level, body.area or None, listed=True)

    def now(self, agency: Agency) -> tuple[str, ...]:
        """What an agency, or the holder of its function, has become; () where nobody knows."""
        name = agency.holder if agency.form is Form.FUNCTIONAL else agency.name
        body = self.registry.get(name) if name else None
        if body is not None:
            return tuple(last.name for last in self.registry.now(body))
        return (agency.name,) if agency.form is Form.BODY else ()

    # the grammar --------------------------------------------------------------------------------

    def place(self, name: str, areas: Areas) -> tuple[Body, str] | None:
        """The area whose name a name begins with, and the rest of it."""
        for length in range(min(self._longest_area, len(name)), 1, -1):
            area = self.registry.area(name[:length])
            if area is not None and (name[:length] == plain(area.name) or self._near(area, areas)):
                return area, name[length:]
        return None

    def _near(self, area: Body, areas: Areas) -> bool:
        """Whether an area lies in one of the document's areas, is one of them, a province or the state."""
        return area.level in ("national", "provincial") or area.name in areas or area.area in areas

    def _placed(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """朝阳区商务局, 云州市人民政府: an area of the registry and an organ of it."""
        region = next((region for region in self._regions if name.startswith(region)), None)
        if region is not None:
            full = in_full(name)
            return Agency(Form.BODY, full, kind_at(full, "provincial"), "provincial", self._country)
        found = self.place(name, areas)
        if found is not None:
            area, rest = found
            if not rest:
                return self.agency(area)
            return self._organ_of(area, rest, areas, interval, name[: -len(rest)])
        if _NATIONAL_GROUP.match(name):
            return Agency(Form.BODY, name, "group", "national", self._country)
        part = self._parts.part_of_central(name, areas, interval)
        if part is not None:
            return part
        own = self.registry.get(areas[0]) if areas else None
        around = own if own is not None and own.level in ("provincial", "prefectural") else None
        return self._unlisted(name, around, interval)

    def _unlisted(self, name: str, around: Body | None, interval: Interval) -> Agency | None:
        """An organ of an area that no register lists and that lies in another."""
        match = _UNLISTED_AREA.match(name)
        if match is None:
            return None
        rest = in_full(match["rest"])
        template = self._spelling.spelled_out(rest, interval)
        if template is not None and template.text.startswith("{}"):
            rest = template.text.removeprefix("{}")
        else:
            rest = self._spelling.with_field(rest, interval) or rest
        if rest.endswith(("委", BRANCH_HEAD)):
            return None
        full = (around.name if around else "") + match["area"] + rest
        level = _BELOW.get(around.level) if around else None
        return Agency(Form.BODY, full, kind_at(full, level), level, around.name if around else None)

    def _own(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """市供水局: an organ of one of the document's own areas."""
        for area_name in areas:
            area = self.registry.get(area_name)
            zone = area_name.endswith(_ZONE_WORD) and name.startswith(_ZONE_WORD)
            word = _ZONE_WORD if zone else area_word(plain(area_name))
            if (
                area is not None
                and word
                and name.startswith(word)
                and name != word
                and not _OTHER_WORD.match(name)
            ):
                return self._organ_of(area, name[len(word) :], areas, interval)
        return None

    def _organ_of(
        self, area: Body, rest: str, areas: Areas, interval: Interval, start: str = ""
    ) -> Agency | None:
        """The organ of an area that ``rest`` names; ``start`` is how the name calls the area."""
        prefix = plain(area.name)
        body = self.listed(prefix + rest, areas, interval)
        if body is not None:
            return self.agency(body)
        if _GOVERNMENT.match(rest):
            government = self.registry.government(area.name)
            if government is not None:
                return self.agency(government)
            called = area.name + in_full(rest)
            return Agency(Form.BODY, called, kind_at(called, area.level), area.level, area.name)
        if rest.startswith("级"):
            rest = rest[1:]
        template = self._spelling.spelled_out(rest, interval, (area.name, area.area, *areas))
        named = template.of(area) if template is not None else None
        if template is not None and named is not None:
            kind = kind_at(named, area.level) if template.text.endswith(GOVERNMENT) else template.kind
            return Agency(Form.BODY, named, kind, area.level, area.name)
        functional = _FUNCTIONAL.match(rest) or _FIELD.match(rest)
        if functional:  # 市场监管部门 bears no level: 市 belongs to the field
            field = (functional["level"] or "") + functional["field"]
            holders = self.registry.holders(field, area.name, interval)
            return Agency(
                Form.FUNCTIONAL,
                area.name + (rest if rest != field else f"{rest}{_DEPARTMENT}"),
                level=area.level,
                area=area.name,
                function=field,
                holder=holders[0].name if len(holders) == 1 else None,
            )
        within = self._unlisted(rest, area, interval)
        if within is not None:
            return within
        full = self._full_name(rest, interval)
        if full is None:
            return None
        kind = kind_at(full, area.level)
        as_written = kind in _AS_WRITTEN and start and start == short_name(area)
        return Agency(Form.BODY, (start if as_written else area.name) + full, kind, area.level, area.name)

    def _full_name(self, rest: str, interval: Interval) -> str | None:
        """The full name of an organ without its area's: its field spelled out, or full as it stands."""
        if rest.endswith(BRANCH_HEAD):
            return None  # whose branch it is, nobody says
        full = self._spelling.with_field(rest, interval)
        if full is not None:
            return full
        return rest if _GROUP.match(rest) or _ORGAN.match(rest) else None

    # functions ----------------------------------------------------------------------------------

    def _functional(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        match = _FUNCTIONAL.match(name) or _FIELD.match(name)
        if match is None:
            return None
        level = _LEVEL_WORDS.get(match["level"] or "")
        if level == "national":
            holders = self.registry.holders(match["field"], self._country or "", interval)
            holder = holders[0].name if len(holders) == 1 else None
            return Agency(Form.FUNCTIONAL, name, level=level, function=match["field"], holder=holder)
        return Agency(Form.FUNCTIONAL, name, function=match["field"])

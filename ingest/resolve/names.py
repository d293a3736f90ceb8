"""A body's name to the agency that it means, by the registry and by the grammar of names.

Nothing here looks at the document's text (``agencies`` does that): the same name in the same context is the
same agency. Exactly one candidate, or None.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ingest.bodies import is_generic, is_name
from ingest.pattern import book
from ingest.resolve.classes import Areas, ClassResolver, Found
from ingest.resolve.model import Agency, Form
from ingest.resolve.spelling import Spelling, in_full, kind_at
from ontology.registry import Body, Interval, Registry
from ontology.registry.labels import area_word
from ontology.registry.model import plain

_BOOK = book("agency")
_OWN_AREA = _BOOK.regex("agency.own-area")
_BRANCH = _BOOK.regex("agency.branch")
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
_BELOW = {"national": "provincial", "provincial": "county", "prefectural": "county", "county": "township"}
_LEVEL_WORDS = {"国家": "national", "国务院": "national", "中央": "national"}
_BRANCH_LENGTHS = range(4, 7)  # characters of 城东分局
_DEPARTMENT = "部门"


class NameResolver:
    """Resolves names against one registry; answers are kept, so the object is cheap to ask again."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._spelling = Spelling(registry)
        self._classes = ClassResolver(registry, self._spelling, self.resolve_again, self.place)
        self._country = next((a.name for a in registry if a.is_area and a.level == "national"), None)
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
        if is_generic(name) or _BY_ROLE.match(name) or _CONCERNED.match(name):
            return Agency(Form.GENERIC, name), "generic"
        branch = self._branch(name, areas, interval)
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
        """The one row that a label means at a time; out of its time, if it never meant another."""
        found = {body.name: body for body in self.registry.labelled(name, areas)}
        timely = [body for body in found.values() if body.period.may_meet(interval)]
        if len(timely) == 1:
            return timely[0]
        return next(iter(found.values())) if not timely and len(found) == 1 else None

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
            if area is not None and (area.level == "national" or not areas or self._near(area, areas)):
                return area, name[length:]
        return None

    def _near(self, area: Body, areas: Areas) -> bool:
        """Whether an area lies in one of the document's areas, is one of them, or is a province."""
        return area.level == "provincial" or area.name in areas or area.area in areas

    def _placed(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """朝阳区商务局, 云州市人民政府: an area of the registry and an organ of it."""
        found = self.place(name, areas)
        if found is not None:
            area, rest = found
            if not rest:
                return self.agency(area)
            return self._organ_of(area, rest, areas, interval)
        if _NATIONAL_GROUP.match(name):
            return Agency(Form.BODY, name, "group", "national", self._country)
        unlisted = _UNLISTED_AREA.match(name)
        own = self.registry.get(areas[0]) if areas else None
        if unlisted and is_name(name):
            around = own.name if own is not None and own.level in ("provincial", "prefectural") else ""
            full = around + unlisted["area"] + in_full(unlisted["rest"])
            level = _BELOW.get(own.level) if own is not None and around else None
            return Agency(Form.BODY, full, kind_at(full, level), level, around or None)
        return None

    def _own(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """市供水局: an organ of one of the document's own areas."""
        for area_name in areas:
            word = area_word(plain(area_name))
            area = self.registry.get(area_name)
            if (
                area is not None
                and word
                and name.startswith(word)
                and name != word
                and not _OTHER_WORD.match(name)
            ):
                return self._organ_of(area, name[len(word) :], areas, interval)
        return None

    def _organ_of(self, area: Body, rest: str, areas: Areas, interval: Interval) -> Agency | None:
        prefix = plain(area.name)
        body = self.listed(prefix + rest, areas, interval)
        if body is not None:
            return self.agency(body)
        if _GOVERNMENT.match(rest):
            government = self.registry.government(area.name)
            return self.agency(government) if government is not None else None
        if rest.startswith("级"):
            rest = rest[1:]
        functional = _FUNCTIONAL.match(rest) or _FIELD.match(rest)
        if functional and not functional["level"]:
            holders = self.registry.holders(functional["field"], area.name, interval)
            return Agency(
                Form.FUNCTIONAL,
                area.name + (rest if rest != functional["field"] else f"{rest}{_DEPARTMENT}"),
                level=area.level,
                area=area.name,
                function=functional["field"],
                holder=holders[0].name if len(holders) == 1 else None,
            )
        full = self._full_name(area, rest, interval)
        if full is None:
            return None
        return Agency(Form.BODY, full, kind_at(full, area.level), area.level, area.name)

    def _full_name(self, area: Body, rest: str, interval: Interval) -> str | None:
        """The full name of an organ of an area: spelled out as its like elsewhere, or full as it stands."""
        template = self._spelling.spelled_out(rest, interval)
        if template is not None:
            return template.replace("{}", area.name)
        if _GROUP.match(rest) or _ORGAN.match(rest):
            return area.name + rest
        return None

    def _branch(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """市供水局城东分局: the branch of a body in an area, named by two to four characters."""
        if not _BRANCH.search(name):
            return None
        for length in _BRANCH_LENGTHS:
            whole = self.resolve(name[:-length], areas, interval)
            if whole is not None and whole[0].form is Form.BODY:
                return replace(whole[0], name=whole[0].name + name[-length:], listed=False)
        return None

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

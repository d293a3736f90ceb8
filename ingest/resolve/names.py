"""A body's name to the agency that it means, by the registry and by the grammar of names.

Nothing here looks at the document's text (``agencies`` does that): the same name in the same context is the
same agency. Exactly one candidate, or None.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from ingest.bodies import is_generic, is_name
from ingest.pattern import book
from ingest.resolve.model import Agency, Form
from ontology.registry import Body, Interval, Registry
from ontology.registry.labels import area_word
from ontology.registry.model import plain

_BOOK = book("agency")
_OWN_AREA = _BOOK.regex("agency.own-area")
_HOST = _BOOK.regex("agency.host")
_GOVERNMENT = _BOOK.regex("agency.government")
_ORGAN = _BOOK.regex("agency.organ")
_GROUP = _BOOK.regex("agency.group")
_MEMBERS = _BOOK.regex("agency.members")
_BY_ROLE = _BOOK.regex("agency.by-role")
_CONCERNED = _BOOK.regex("agency.concerned")
_OWNED = _BOOK.regex("agency.owned")
_SEVERAL = _BOOK.regex("agency.several-areas")
_EVERY = _BOOK.regex("agency.every")
_SOME = _BOOK.regex("agency.some")
_BOTH = _BOOK.regex("agency.both-levels")
_ALL_LEVELS = _BOOK.regex("agency.all-levels")
_COUNTRY = _BOOK.regex("agency.whole-country")
_DEPARTMENTS = _BOOK.regex("agency.departments")
_BRANCHES = _BOOK.regex("agency.branches")
_FUNCTIONAL = _BOOK.regex("agency.functional")
_FIELD = _BOOK.regex("agency.field")
_OTHER_WORD = _BOOK.regex("agency.other-word")
_UNLISTED_AREA = _BOOK.regex("agency.unlisted-area")
_KINDS = tuple(
    (pattern.attributes["kind"], pattern.regex) for pattern in _BOOK if "kind" in pattern.attributes
)
_BELOW = {"national": "provincial", "provincial": "county", "prefectural": "county", "county": "township"}
_LEVEL_WORDS = {"国家": "national", "国务院": "national", "中央": "national"}
_GOVERNMENT_WORD = "人民政府"
_DEPARTMENT = "部门"
_PARTY_COMMITTEE = "委"

Found = tuple[Agency, str]
Areas = tuple[str, ...]


def kind_of(name: str) -> str | None:
    """The kind that the head of a full name tells."""
    return next((kind for kind, regex in _KINDS if regex.search(name)), None)


class NameResolver:
    """Resolves names against one registry; answers are kept, so the object is cheap to ask again."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._templates = _templates(registry)
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
        hosted = _HOST.match(name)
        if hosted:
            return self.resolve(hosted["name"], areas, interval)
        for step, how in (
            (self._collective, "collective"),
            (self._placed, "grammar"),
            (self._own, "grammar"),
            (self._functional, "function"),
        ):
            agency = step(name, areas, interval)
            if agency is not None:
                return agency, "function" if agency.form is Form.FUNCTIONAL else how
        return None

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
        unlisted = _UNLISTED_AREA.match(name)
        own = self.registry.get(areas[0]) if areas else None
        if unlisted and is_name(name):
            around = own.name if own is not None and own.level in ("provincial", "prefectural") else ""
            full = around + unlisted["area"] + _full(unlisted["rest"])
            level = _BELOW.get(own.level) if own is not None and around else None
            return Agency(Form.BODY, full, _district_kind(full, level), level, around or None)
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
        full = self._full_name(area, rest)
        if full is None:
            return None
        return Agency(Form.BODY, full, _district_kind(full, area.level), area.level, area.name)

    def _full_name(self, area: Body, rest: str) -> str | None:
        """The full name of an organ of an area: spelled out as its like elsewhere, or full as it stands."""
        templates = self._templates.get(rest, ())
        if len(templates) == 1:
            return next(iter(templates)).replace("{}", area.name)
        if _GROUP.match(rest) or _ORGAN.match(rest):
            return area.name + rest
        return None

    # classes ------------------------------------------------------------------------------------

    def _collective(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        around = self.place(name, areas)
        if around is not None and around[1][:1] == "各":
            areas, name = (around[0].name, *areas), around[1]
        own = self.registry.get(areas[0]) if areas else None
        members = _MEMBERS.match(name)
        if members:
            return Agency(Form.CLASS, name)
        if _SEVERAL.match(name):
            return Agency(Form.CLASS, name, area=own.name if own else None)
        owned = _OWNED.match(name)
        if owned:
            found = self.resolve(owned["owner"], areas, interval)
            if found is not None and found[0].form in (Form.BODY, Form.AREA):
                return Agency(Form.CLASS, found[0].name + owned["rest"], area=found[0].area)
        departments = _DEPARTMENTS.match(name)
        if departments:
            owner = self.resolve(departments["owner"], areas, interval)
            rest = name[len(departments["owner"]) :]
            full = (owner[0].name if owner else departments["owner"]) + rest
            return Agency(Form.CLASS, full, area=own.name if own else None)
        if _COUNTRY.match(name) or _ALL_LEVELS.match(name):
            return Agency(Form.CLASS, name, area=own.name if own else None)
        if own is not None:
            agency = self._levels(name, own, areas, interval)
            if agency is not None:
                return agency
        if _BRANCHES.match(name) and self.place(name, areas) is None:
            full = name if "各" in name else f"各{name}"
            return Agency(Form.CLASS, _full(full), area=own.name if own else None)
        return None

    def _levels(self, name: str, own: Body, areas: Areas, interval: Interval) -> Agency | None:
        """Bodies of the areas within the document's own, alone or together with its own."""
        word = area_word(plain(own.name))
        both = _BOTH.match(name)
        if both and both["upper"] == word and both["word"] != word:
            rest = self._rest_of_class(both["rest"], own)
            if rest is None:
                return None
            upper = self.registry.government(own.name) if rest == _GOVERNMENT_WORD else None
            first = (upper.name,) if upper is not None else ()
            return Agency(
                Form.CLASS,
                f"{own.name}及各{both['word']}{rest}",
                area=own.name,
                members=first + self._members(own, rest),
            )
        some, every = _SOME.match(name), None if _OTHER_WORD.match(name) else _EVERY.match(name)
        match = some or every
        if match is None:
            return None
        if match["word"] == word:  # 各市级机关 in a city: those of the city itself
            own_level = every is not None and every["every"] and name[every.end("word") :].startswith("级")
            return (
                Agency(Form.CLASS, f"{own.name}{word}级{match['rest']}", area=own.name) if own_level else None
            )
        if every and not some and not every["every"] and not every["rest"]:
            return None  # 区 alone
        rest = self._rest_of_class(match["rest"], own)
        if rest is None:
            return None
        which = "相关" if some else "各"
        if rest == _PARTY_COMMITTEE:
            return Agency(Form.CLASS, f"中共{own.name}{which}{match['word']}{rest}", area=own.name)
        return Agency(
            Form.CLASS,
            f"{own.name}{which}{match['word']}{rest}",
            area=own.name,
            members=() if some else self._members(own, rest),
        )

    def _rest_of_class(self, rest: str, own: Body) -> str | None:
        """The organ that all members of a class are, spelled out; None where it is none."""
        if rest in ("", "政府", _GOVERNMENT_WORD, "区政府", "委、区政府", "区人民政府"):
            return _GOVERNMENT_WORD
        if rest == _PARTY_COMMITTEE:
            return rest
        templates = {t for t in self._templates.get(rest, ()) if t.startswith("{}")}
        if len(templates) == 1:
            return next(iter(templates)).removeprefix("{}")
        if _ORGAN.match(rest) or _GROUP.match(rest) or _FUNCTIONAL.match(rest) or _FIELD.match(rest):
            return _full(rest)
        return None

    def _members(self, own: Body, rest: str) -> tuple[str, ...]:
        """The governments of the areas within; of other organs the names are not beyond doubt."""
        if rest != _GOVERNMENT_WORD:
            return ()
        found = (self.registry.government(area.name) for area in self.registry.within(own.name))
        return tuple(body.name for body in found if body is not None and body.name.endswith(_GOVERNMENT_WORD))

    # functions ----------------------------------------------------------------------------------

    def _functional(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        match = _FUNCTIONAL.match(name) or _FIELD.match(name)
        if match is None:
            return None
        level = _LEVEL_WORDS.get(match["level"] or "")
        if level == "national":
            area = next((a for a in self.registry if a.is_area and a.level == "national"), None)
            holders = self.registry.holders(match["field"], area.name, interval) if area else []
            holder = holders[0].name if len(holders) == 1 else None
            return Agency(Form.FUNCTIONAL, name, level=level, function=match["field"], holder=holder)
        return Agency(Form.FUNCTIONAL, name, function=match["field"])


def _full(rest: str) -> str:
    """管委会 and 政府 in full."""
    for short, full in (("管委会", "管理委员会"), ("政府", _GOVERNMENT_WORD)):
        if rest.endswith(short) and not rest.endswith(full):
            return rest.removesuffix(short) + full
    return rest


def _district_kind(name: str, level: str | None) -> str | None:
    kind = kind_of(name)
    return "district-government" if kind == "government" and level == "county" else kind


def _templates(registry: Registry) -> dict[str, frozenset[str]]:
    """What stands behind an area's word in a name or abbreviation → full names with {} for the area."""
    found: dict[str, set[str]] = defaultdict(set)
    for body in registry:
        area = registry.get(body.area) if body.area else None
        word = area_word(plain(area.name)) if area else ""
        if area is None or body.is_area or not word or area.name not in body.name:
            continue
        template = body.name.replace(area.name, "{}")
        for label in (plain(body.name), *body.aliases):
            if label.startswith(word):
                found[label[len(word) :]].add(template)
            elif label.startswith(plain(area.name)):
                found[label[len(plain(area.name)) :]].add(template)
    return {tail: frozenset(names) for tail, names in found.items()}

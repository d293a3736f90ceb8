"""Names of classes of bodies: 各区政府, 市、区财政部门, 市政府各委、办、局, …成员单位."""

from __future__ import annotations

import re
from collections.abc import Callable

from ingest.lexicon import values, words
from ingest.pattern import book
from ingest.resolve.model import Agency, Form, ResolvedName
from ingest.resolve.spelling import GOVERNMENT, Spelling, in_full
from ontology.normal import plain
from ontology.registry import Body, Interval, Registry
from ontology.registry.labels import area_word
from ontology.words import registry_words

_BOOK = book("agency")
_ORGAN = _BOOK.regex("agency.organ")
_GROUP = _BOOK.regex("agency.group")
_MEMBERS = _BOOK.regex("agency.members")
_OWNED = _BOOK.regex("agency.owned")
_SEVERAL = _BOOK.regex("agency.several-areas")
_EVERY = _BOOK.regex("agency.every")
_SOME = _BOOK.regex("agency.some")
_SPECIFIC = _BOOK.regex("agency.specific")
_BOTH = _BOOK.regex("agency.both-levels")
_ALL_LEVELS = _BOOK.regex("agency.all-levels")
_COUNTRY = _BOOK.regex("agency.whole-country")
_DEPARTMENTS = _BOOK.regex("agency.departments")
_BRANCHES = _BOOK.regex("agency.branches")
_COUNTIES = _BOOK.regex("agency.counties")
_PROVINCIAL = _BOOK.regex("agency.provincial")
_ABBREVIATED = _BOOK.regex("agency.abbreviated")
_FUNCTIONAL = _BOOK.regex("agency.functional")
_FIELD = _BOOK.regex("agency.field")
_OTHER_WORD = _BOOK.regex("agency.other-word")
_RANKS = {each.word[-1]: each.rank for each in registry_words().area_words}  # 区 last, not of 自治区
_PARTY_COMMITTEE = "委"
_PLAN_CITIES = "、计划单列市"
_PROVINCE = "省"
_OR_MORE = "以"  # 省级以下监察机关: of several levels
_PROVINCES = "各省、自治区、直辖市"
_ALL_PROVINCES = _BOOK.regex("agency.all-provinces")
_SUBDISTRICTS = values("subdistrict_organ")  # only townships have governments
# words of areas with cities in them; the country has none
_ABOVE_CITIES = frozenset({"", *(each.word for each in registry_words().area_words if each.rank == 1)})
_OF_AREA = words("area_government") | {""}

Areas = tuple[str, ...]
"""Names of a document's areas, its own first."""


class ClassResolver:
    """Resolves names of classes. ``resolve`` resolves a part of a name, ``place`` finds the area that a name
    begins with and gives the rest.
    """

    def __init__(
        self,
        registry: Registry,
        spelling: Spelling,
        resolve: Callable[[str, Areas, Interval], ResolvedName | None],
        place: Callable[[str, Areas], tuple[Body, str] | None],
    ) -> None:
        self._registry = registry
        self._spelling = spelling
        self._resolve = resolve
        self._place = place

    def collective(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """The class that a name means; None where it names none."""
        around = self._place(name, areas)
        if around is not None and around[1][:1] == "各":
            areas, name = (around[0].name, *areas), around[1]
        own = self._registry.get(areas[0]) if areas else None
        members = _MEMBERS.match(name)
        if members:
            group = self._resolve(members["group"], areas, interval)
            return members_of(group.agency, name) if group is not None else None
        if _SEVERAL.match(name):
            return _within(own, name)
        owned = _OWNED.match(name)
        if owned:
            found = self._resolve(owned["owner"], areas, interval)
            if found is not None and found.agency.form in (Form.BODY, Form.AREA):
                area = found.agency.area or (found.agency.name if found.agency.form is Form.AREA else None)
                return Agency(Form.CLASS, found.agency.name + owned["rest"], area=area)
        departments = _DEPARTMENTS.match(name)
        if departments:
            owner = self._resolve(departments["owner"], areas, interval)
            rest = name[len(departments["owner"]) :]
            return Agency(Form.CLASS, owner.agency.name + rest, area=owner.agency.area) if owner else None
        national = own is not None and own.level == "national"
        provincial = _PROVINCIAL.match(name)
        country = (provincial if provincial and (national or "直辖市" in name) else None) or _COUNTRY.match(
            name
        )
        if country:
            return self._country(name, country, interval)
        if _ALL_LEVELS.match(name):
            return _within(own, name)
        counties = _COUNTIES.match(name)
        if counties and own is not None:
            rest = self._rest_of_class(counties["rest"], interval, own) or counties["rest"]
            every = "各市、" if counties["cities"] else "各"
            return Agency(Form.CLASS, f"{own.name}{every}县(市、区){rest}", area=own.name)
        if own is not None:
            agency = self._levels(name, own, areas, interval)
            if agency is not None:
                return agency
        if _BRANCHES.match(name) and self._place(name, areas) is None:
            full = name if "各" in name else f"各{name}"
            return _within(own, in_full(full))
        return None

    def _country(self, name: str, match: re.Match[str], interval: Interval) -> Agency:
        """Organs of all provinces, in whatever way the name says all provinces."""
        state = self._registry.country
        if state is not None and match.groupdict().get("some"):
            rest = self._rest_of_class(match["rest"], interval, state) or in_full(match["rest"])
            return Agency(Form.CLASS, f"有关{_PROVINCES.removeprefix('各')}{rest}", area=state.name)
        if state is None or not _ALL_PROVINCES.search(name):
            return Agency(Form.CLASS, name, area=state.name if state else None)
        rest = self._rest_of_class(match["rest"], interval, state) or in_full(match["rest"])
        more = _PLAN_CITIES if _PLAN_CITIES[1:] in name else ""
        members = () if more else self._members(state, rest)
        return Agency(Form.CLASS, _PROVINCES + more + rest, area=state.name, members=members)

    def _levels(self, name: str, own: Body, areas: Areas, interval: Interval) -> Agency | None:
        """Bodies of the areas within the document's own, alone or together with its own."""
        word = area_word(plain(own.name))
        both = _BOTH.match(name)
        if (
            both
            and both["upper"] == word
            and both["word"] != word
            and not _OTHER_WORD.match(name[len(word) :])
        ):
            rest = self._rest_of_class(both["rest"], interval, own)
            if rest is None:
                return None
            upper = self._registry.government(own.name) if rest == GOVERNMENT else None
            first = (upper.name,) if upper is not None else ()
            return Agency(
                Form.CLASS,
                f"{own.name}及各{both['word']}{rest}",
                area=own.name,
                members=first + self._members(own, rest),
            )
        some, every = _SOME.match(name), None if _OTHER_WORD.match(name) else _EVERY.match(name)
        match = some or every
        if match is None or match["rest"].startswith(_OR_MORE):
            return None
        if match["word"] == word:  # 各市级机关 in a city: those of the city itself
            own_level = every is not None and every["every"] and name[every.end("word") :].startswith("级")
            return (
                Agency(Form.CLASS, f"{own.name}{word}级{match['rest']}", area=own.name) if own_level else None
            )
        if not _lies_in(match["word"], word):
            return None
        if every and not some and not every["every"]:
            if not every["rest"]:
                return None  # 区 alone
            if word in _ABOVE_CITIES and _SPECIFIC.match(every["rest"]):
                return None  # 市科委 in a province's text: of which city?
        rest = self._rest_of_class(match["rest"], interval, own)
        if match["word"] in _SUBDISTRICTS and (rest == GOVERNMENT or match["rest"] == _SUBDISTRICTS["街道"]):
            rest = _SUBDISTRICTS["街道"] if match["rest"] else _SUBDISTRICTS[match["word"]]
        if rest is None:
            return None
        called = "" if own.level == "national" else own.name
        full = f"{called}{'相关' if some else '各'}{match['word']}{rest}"
        if own.level == "national" and match["word"] == _PROVINCE:
            full = f"{'相关' if some else '各'}{_PROVINCES.removeprefix('各')}{rest}"
        if rest == _PARTY_COMMITTEE:
            return Agency(Form.CLASS, f"中共{full}", area=own.name)
        members = () if some else self._members(own, rest)
        return Agency(Form.CLASS, full, area=own.name, members=members)

    def _rest_of_class(self, rest: str, interval: Interval, own: Body) -> str | None:
        """The organ that all members of a class are, spelled out; None where it is none."""
        if rest in _OF_AREA:
            return GOVERNMENT
        if rest == _PARTY_COMMITTEE:
            return rest
        template = self._spelling.spelled_out(rest, interval, (own.name, own.area))
        if template is not None and template.text.startswith("{}"):
            return template.text.removeprefix("{}")
        full = self._spelling.with_field(rest, interval, (own.name, own.area))
        if full is not None:
            return full
        if (
            _ORGAN.match(rest)
            or _GROUP.match(rest)
            or _FUNCTIONAL.match(rest)
            or _FIELD.match(rest)
            or _ABBREVIATED.match(rest)
        ):
            return in_full(rest)
        return None

    def _members(self, own: Body, rest: str) -> tuple[str, ...]:
        """The governments of the areas within; of other organs the names are not beyond doubt."""
        if rest != GOVERNMENT:
            return ()
        found = (self._registry.government(area.name) for area in self._registry.within(own.name))
        return tuple(body.name for body in found if body is not None and body.name.endswith(GOVERNMENT))


def members_of(group: Agency, name: str) -> Agency | None:
    """The class of bodies that a collective name means; None if the name is not collective."""
    match = _MEMBERS.match(name)
    if match is None or group.form is not Form.BODY:
        return None
    others = "其他" if match["others"] else ""
    return Agency(Form.CLASS, f"{group.name}{others}{match['members']}", area=group.area)


def _within(own: Body | None, name: str) -> Agency:
    """A class that is one in each area: the area's name tells it from that of another; the whole country's
    bears no area's name, and one of an unknown area has none.
    """
    if own is None:
        return Agency(Form.CLASS, name)
    full = name if own.level == "national" or name.startswith(own.name) else own.name + name
    return Agency(Form.CLASS, full, area=own.name)


def _lies_in(inner: str, outer: str) -> bool:
    """Tell whether areas called by one word lie in those called by another: 区 in 市."""
    return not outer or max(_RANKS.get(character, 0) for character in inner) > _RANKS.get(outer[-1], 0)

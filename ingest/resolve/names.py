"""A body's name to the agency that it means, by the registry and by the grammar of names.

Nothing here looks at the document's text (``agencies`` does that): the same name in the same context is the
same agency. Exactly one candidate, or None.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from ingest.body_names import is_generic
from ingest.lexicon import words
from ingest.pattern import book
from ingest.resolve.classes import Areas, ClassResolver
from ingest.resolve.context import outward
from ingest.resolve.model import Agency, Form, ResolutionStep, ResolvedName
from ingest.resolve.organs import OrganResolver
from ingest.resolve.parts import PartResolver
from ingest.resolve.spelling import Spelling, cuts_word, holders, in_full, kind_at, short_name
from ontology.normal import plain
from ontology.registry import Body, Interval, Registry
from ontology.registry.labels import area_words
from ontology.registry.period import middle_day

_BOOK = book("agency")
_OWN_AREA = _BOOK.regex("agency.own-area")
_NATIONAL_GROUP = _BOOK.regex("agency.national-group")
_HOST = _BOOK.regex("agency.host")
_BY_ROLE = _BOOK.regex("agency.by-role")
_CONCERNED = _BOOK.regex("agency.concerned")
_FUNCTIONAL = _BOOK.regex("agency.functional")
_FIELD = _BOOK.regex("agency.field")
_OTHER_WORD = _BOOK.regex("agency.other-word")
_BARE = _BOOK.regex("agency.bare")
_FORMER = _BOOK.regex("agency.former")
_COUNCIL = "国务院"
_LEVEL_WORDS = dict.fromkeys(words("national_word"), "national")
_START = 2  # characters that the name of an area has at least
_ZONE_WORD = "开发区"


class NameResolver:
    """Resolves names against one registry; answers are kept, so the object is cheap to ask again."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self._spelling = Spelling(registry)
        self._classes = ClassResolver(registry, self._spelling, self.resolve_again, self.place)
        self._organs = OrganResolver(registry, self._spelling, self.listed)
        self._parts = PartResolver(registry, self.resolve_again, self.listed, self.place)
        self._country = registry.country.name if registry.country else None
        self._regions = tuple(
            plain(body.name)
            for body in registry
            if body.level == "provincial" and body.area == self._country and not body.is_area
        )  # 新疆生产建设兵团: no area of the state's division, with organs of its own
        self._areas_by_start: dict[str, list[str]] = defaultdict(list)
        for label in sorted(registry.areas, key=len, reverse=True):
            self._areas_by_start[label[:_START]].append(label)
        self.resolve = lru_cache(maxsize=65_536)(self._resolve)

    def _resolve(self, name: str, areas: Areas, interval: Interval) -> ResolvedName | None:
        """The agency of a name (``plain`` form) in documents of ``areas`` (own first) at a time, and the
        step that found it.
        """
        name = _OWN_AREA.sub("", name).strip("“”\"'")
        if not name:
            return None
        listed = self.listed(name, areas, interval)
        if listed is not None:
            return ResolvedName(Agency.of_row(listed, self._current([listed])), _step(listed))
        several = self._several(name, areas, interval)
        if several:
            current = self._current(several)
            line = Agency.of_line(several, current) if current is not None else None
            return ResolvedName(line, _step(several[-1])) if line is not None else None
        former = _FORMER.match(name)
        if former:
            return self.resolve(former["name"], areas, Interval())
        if is_generic(name) or _BY_ROLE.match(name) or _CONCERNED.match(name):
            return ResolvedName(Agency(Form.GENERIC, name), ResolutionStep.GENERIC)
        branch = self._parts.branch(name, areas, interval)
        if branch is not None:
            return ResolvedName(branch, ResolutionStep.GRAMMAR)
        hosted = _HOST.match(name)
        if hosted:
            return self.resolve(hosted["name"], areas, interval)
        for resolve, by in (
            (self._classes.collective, ResolutionStep.COLLECTIVE),
            (self._placed, ResolutionStep.GRAMMAR),
            (self._own, ResolutionStep.GRAMMAR),
            (self._functional, ResolutionStep.FUNCTION),
            (self._parts.zone, ResolutionStep.GRAMMAR),
        ):
            agency = resolve(name, areas, interval)
            if agency is not None:
                functional = agency.form is Form.FUNCTIONAL
                return ResolvedName(agency, ResolutionStep.FUNCTION if functional else by)
        return None

    def resolve_again(self, name: str, areas: Areas, interval: Interval) -> ResolvedName | None:
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

    def _several(self, name: str, areas: Areas, interval: Interval) -> list[Body]:
        """The bodies that a label means at a time, if they are more than one, so that no grammar can tell
        which: the first of a line first.
        """
        named = {body.name: body for body in self.registry.labelled(name, areas)}
        found = [body for body in named.values() if body.period.may_meet(interval)]
        return sorted(found, key=lambda body: body.period.until or "9") if len(found) > 1 else []

    def _current(self, bodies: Sequence[Body]) -> Body | None:
        """The one body that all of some bodies are today; None where they are of several lines."""
        ends = [self.registry.now(body) for body in bodies]
        now = {last.name: last for end in ends for last in end}
        return next(iter(now.values())) if len(now) == 1 and all(ends) else None

    def _speaks_of(self, body: Body, name: str, areas: Areas) -> bool:
        """Tell whether a document of some areas can mean a body by a name that is a label of it."""
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

    # the grammar --------------------------------------------------------------------------------

    def place(self, name: str, areas: Areas) -> tuple[Body, str] | None:
        """The area whose name a name begins with, and the rest of it."""
        admitted = (self.registry.admitted(area) for area in areas)
        own = [(label, area) for area in admitted if area for label in (area.name, *area.aliases)]
        for label, area in sorted(own, key=lambda one: len(one[0]), reverse=True):
            if name.startswith(label):
                return area, name[len(label) :]
        for label in self._areas_by_start.get(name[:_START], ()):
            if name.startswith(label) and not cuts_word(label, name[len(label) :]):
                area = self.registry.areas[label]
                if label == plain(area.name) or self._near(area, areas):
                    return area, name[len(label) :]
        return None

    def _near(self, area: Body, areas: Areas) -> bool:
        """Tell whether an area is the state, a province, or one of the document's areas or inside one."""
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
                return Agency.of_row(area)
            return self._organs.of_area(area, rest, areas, interval, name[: -len(rest)])
        if _NATIONAL_GROUP.match(name):
            return Agency(Form.BODY, name, "group", "national", self._country)
        part = self._parts.part_of_central(name, areas, interval)
        if part is not None:
            return part
        return self._organs.unlisted(name, areas, interval)

    def _own(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        """市供水局: an organ of one of the document's own areas."""
        for area_name in areas:
            area = self.registry.get(area_name)
            zone = area_name.endswith(_ZONE_WORD) and name.startswith(_ZONE_WORD)
            words = (_ZONE_WORD,) if zone else area_words(plain(area_name))
            word = next((word for word in words if name.startswith(word) and name != word), "")
            if area is not None and word and not _OTHER_WORD.match(name):
                return self._organs.of_area(area, name[len(word) :], areas, interval)
        return None

    # functions ----------------------------------------------------------------------------------

    def _functional(self, name: str, areas: Areas, interval: Interval) -> Agency | None:
        match = _FUNCTIONAL.match(name) or _FIELD.match(name)
        if match is None:
            return None
        level = _LEVEL_WORDS.get(match["level"] or "")
        if level == "national":
            known = holders(self.registry, match["field"], self._country or "", interval)
            if len(known) == 1 and match["level"] == _COUNCIL:
                return Agency.of_row(known[0])  # what statutes call the ministry
            holder = known[0].name if len(known) == 1 else None
            last = self._current(known) if len(known) > 1 else None
            current = Agency.of_row(last) if last is not None else None
            return Agency(
                Form.FUNCTIONAL, name, None, level, None, match["field"], holder=holder, current=current
            )
        return Agency(Form.FUNCTIONAL, name, function=match["field"])


def _step(body: Body) -> ResolutionStep:
    """The step that finds a body by its label."""
    return ResolutionStep.GRAMMAR if body.derived else ResolutionStep.REGISTRY

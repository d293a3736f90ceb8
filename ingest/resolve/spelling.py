"""Short names spelled out, and what the head of a full name says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ingest.pattern import book
from ingest.pattern_file import AgencyAttributes
from ontology.normal import plain
from ontology.registry import Body, Interval, Period, Registry
from ontology.registry.labels import area_word
from ontology.words import registry_words

_BOOK = book("agency")
_KINDS = tuple((pattern.attributes.kind, pattern.regex) for pattern in _BOOK.having(AgencyAttributes))
_HEADED = _BOOK.regex("agency.headed")
_STATE = _BOOK.regex("agency.state-in-front")
_OTHER_WORD = _BOOK.regex("agency.other-word")
_SHORTENED = _BOOK.regex("agency.shortened")
GOVERNMENT = "人民政府"
_SHORT = tuple((short, full) for full, short in registry_words().shorter.items())
_FULL_HEADS = {"委": "委员会"}
_CENTRAL = "central-body"
_ADMINISTRATION = "行政"


class NameTemplate(NamedTuple):
    """A full name with {} for the area's name and {short} for its short one, and its kind."""

    text: str
    kind: str

    def of(self, area: Body) -> str | None:
        """The name of such a body of an area; None where the area has no short name."""
        short = short_name(area)
        if "{short}" in self.text and short is None:
            return None
        return self.text.replace("{short}", short or "").replace("{}", area.name)


class _TemplateUse(NamedTuple):
    template: NameTemplate
    period: Period
    area: str


def short_name(area: Body) -> str | None:
    """An area's name without its word (北京), if the registry gives one."""
    word = area_word(plain(area.name))
    return next((alias for alias in area.aliases if word and not alias.endswith(word)), None)


def cuts_word(label: str, rest: str) -> bool:
    """Tell whether an area's name ends inside another word: 上海市 + 场监管局; 海南 + 州财政局, which is of
    another area.
    """
    word = area_word(label)
    if word:
        return _OTHER_WORD.match(word + rest) is not None
    return bool(area_word(label + rest[:1]) or area_word(label + rest[:3])) and not _OTHER_WORD.match(rest)


def kind_at(name: str, level: str | None) -> str | None:
    """The kind (a notation of gb:BodyKind) that the head of a full name tells, for a body of a level."""
    kind = next((kind for kind, regex in _KINDS if regex.search(name)), None)
    return "district-government" if kind == "government" and level == "county" else kind


def in_full(rest: str) -> str:
    """管委会 and 政府 at the end of a name in full."""
    for short, full in _SHORT:
        if rest.endswith(short) and not rest.endswith(full):
            return rest.removesuffix(short) + full
    return rest


def holders(registry: Registry, field: str, area: str, interval: Interval) -> list[Body]:
    """The bodies that hold a function in an area, by the field of 司法部门 or of 司法行政部门."""
    return registry.holders(field, area, interval) or registry.holders(
        field + _ADMINISTRATION, area, interval
    )


class Spelling:
    """Spells out the names of an area's organs as bodies of their kind are called elsewhere in the registry.
    Invented areas are models for invented areas only.

    ``areas`` are the one whose organ it is and those around.
    """

    def __init__(self, registry: Registry) -> None:
        self._invented = _inside(registry.invented(), registry)
        self._real = _NamePatterns([body for body in registry if body.area not in self._invented], registry)
        self._all = _NamePatterns(registry, registry) if self._invented else self._real

    def spelled_out(self, rest: str, interval: Interval, areas: Sequence[str] = ()) -> NameTemplate | None:
        """The full name of what stands behind the area's word (发展改革委), if its like elsewhere bear one
        such name at that time, its like in the areas around first; else if they bore just one before; 委
        also if they bear one since.
        """
        known = self._like(areas).templates.get(rest, ())
        timely = [use for use in known if use.period.may_meet(interval)]
        around = [use for use in known if use.area in areas]
        earlier = [use for use in known if use.period.may_begin_by(interval)]
        later = known if rest.endswith("委") else ()
        for uses in ([use for use in timely if use.area in areas], timely, around, earlier, later):
            if uses:
                found = {use.template.text: use.template for use in uses}
                return next(iter(found.values())) if len(found) == 1 else None
        return None

    def with_field(self, rest: str, interval: Interval, areas: Sequence[str] = ()) -> str | None:
        """A name with its field spelled out (科技厅 → 科学技术厅), as other bodies of the field bear it."""
        match = _HEADED.match(rest)
        if match is None:
            return None
        known = self._like(areas).fields.get(match["field"], ())
        found = {field for field, period in known if period.may_meet(interval)}
        found = found or {field for field, period in known if period.may_begin_by(interval)}
        head = match["head"]
        return f"{found.pop()}{_FULL_HEADS.get(head, head)}" if len(found) == 1 else None

    def is_short(self, rest: str, interval: Interval, areas: Sequence[str] = ()) -> bool:
        """Tell whether what follows an area's word is known as a short form at that time (质监局), not
        a full name.
        """
        like = self._like(areas)
        known = [use for use in like.templates.get(rest, ()) if use.period.may_begin_by(interval)]
        if known:
            return all(use.template.text != f"{{}}{rest}" for use in known)
        match = _HEADED.match(rest)
        listed = like.fields.get(match["field"], ()) if match else ()
        fields = {field for field, period in listed if period.may_begin_by(interval)}
        if match and fields:
            return match["field"] not in fields
        return _SHORTENED.match(rest) is not None

    def _like(self, areas: Sequence[str]) -> _NamePatterns:
        return self._all if areas and areas[0] in self._invented else self._real


class _NamePatterns:
    """Name templates and fields of government, learned from the names of some bodies."""

    def __init__(self, bodies: Iterable[Body], registry: Registry) -> None:
        some = tuple(bodies)
        self.templates = _templates(some, registry)
        self.fields = _fields(some, registry)


def _inside(areas: Collection[str], registry: Registry) -> frozenset[str]:
    """Areas and all that lie in them."""
    found = set(areas)
    waiting = list(areas)
    while waiting:
        inner = [area.name for area in registry.within(waiting.pop())]
        waiting += [name for name in inner if name not in found]
        found.update(inner)
    return frozenset(found)


def _templates(bodies: Iterable[Body], registry: Registry) -> dict[str, tuple[_TemplateUse, ...]]:
    """Map what follows an area's word in a name or abbreviation to full names of such bodies, with the
    period in which they were in use. Central bodies are called by the area's short name too (北京海关).
    """
    found: dict[str, set[_TemplateUse]] = defaultdict(set)
    for body in bodies:
        area = registry.get(body.area) if body.area else None
        word = area_word(plain(area.name)) if area else ""
        if area is None or body.is_area or not word or "、" in body.name:  # 、: two bodies elsewhere
            continue
        short = short_name(area)
        if area.name in body.name:
            text = body.name.replace(area.name, "{}")
        elif short and short in body.name and body.kind == _CENTRAL:
            text = body.name.replace(short, "{short}")
        else:
            continue
        use = _TemplateUse(NameTemplate(text, body.kind), body.period, area.name)
        starts = [plain(area.name), word, *([short] if short and body.kind == _CENTRAL else ())]
        for label in (plain(body.name), *body.aliases):
            start = next((start for start in starts if label.startswith(start)), None)
            if start is not None:
                found[label[len(start) :]].add(use)
    return {tail: tuple(sorted(uses, key=repr)) for tail, uses in found.items()}


def _fields(bodies: Iterable[Body], registry: Registry) -> dict[str, tuple[tuple[str, Period], ...]]:
    """Names of fields of government, short or full, → the full ones that bodies bore in a period."""
    found: dict[str, set[tuple[str, Period]]] = defaultdict(set)
    for body in bodies:
        area = registry.get(body.area) if body.area else None
        full = _field(plain(body.name), area) if area else None
        if area is None or full is None:
            continue
        for label in (plain(body.name), *body.aliases):
            field = _field(label, area)
            if field:
                found[field].add((full, body.period))
    return {field: tuple(sorted(known, key=repr)) for field, known in found.items()}


def _field(label: str, area: Body) -> str | None:
    """Return the part of a name between area or state and its head (局, 委): 北京市科学技术局 → 科学技术."""
    name = next((rest for rest in _rests(label, area)), None)
    match = _HEADED.match(name) if name else None
    return match["field"] if match else None


def _rests(label: str, area: Body) -> Iterator[str]:
    word = area_word(plain(area.name))
    if area.level == "national":
        yield _STATE.sub("", label)
    for start in (plain(area.name), word):
        if start and label.startswith(start):
            yield label[len(start) :]

"""Short names spelled out, and what the head of a full name says."""

from __future__ import annotations

from collections import defaultdict

from ingest.pattern import book
from ontology.registry import Interval, Period, Registry
from ontology.registry.labels import area_word
from ontology.registry.model import plain

_KINDS = tuple(
    (pattern.attributes["kind"], pattern.regex) for pattern in book("agency") if "kind" in pattern.attributes
)
GOVERNMENT = "人民政府"
_SHORT = (("管委会", "管理委员会"), ("政府", GOVERNMENT))


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


class Spelling:
    """How the names of an area's organs are spelled out: as their like are elsewhere in the registry."""

    def __init__(self, registry: Registry) -> None:
        self._templates = _templates(registry)

    def spelled_out(self, rest: str, interval: Interval) -> str | None:
        """The full name, with {} for the area, of what stands behind the area's word (发展改革委), if its
        like elsewhere bear one such name at that time, or else at any.
        """
        known = self._templates.get(rest, ())
        timely = {name for name, period in known if period.may_meet(interval)}
        found = timely or {name for name, _ in known}
        return found.pop() if len(found) == 1 else None


def _templates(registry: Registry) -> dict[str, tuple[tuple[str, Period], ...]]:
    """What stands behind an area's word in a name or abbreviation → full names with {} for the area, with
    the period in which they were in use.
    """
    found: dict[str, set[tuple[str, Period]]] = defaultdict(set)
    for body in registry:
        area = registry.get(body.area) if body.area else None
        word = area_word(plain(area.name)) if area else ""
        if area is None or body.is_area or not word or area.name not in body.name:
            continue
        if "、" in body.name:  # two bodies in one here; elsewhere they are not
            continue
        template = body.name.replace(area.name, "{}")
        for label in (plain(body.name), *body.aliases):
            if label.startswith(word):
                found[label[len(word) :]].add((template, body.period))
            elif label.startswith(plain(area.name)):
                found[label[len(plain(area.name)) :]].add((template, body.period))
    return {tail: tuple(names) for tail, names in found.items()}

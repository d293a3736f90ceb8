"""Check the rows against one another: unknown names, cycles, one label for two bodies at the same time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from ontology.errors import RegistryError
from ontology.normal import plain
from ontology.registry.body import Body, ChangeKind
from ontology.registry.labels import labels

Bodies = Mapping[str, Body]


def check(bodies: Bodies) -> None:
    """Raise RegistryError for the first thing that cannot stand."""
    for body in bodies.values():
        _names(body, bodies)
        _successors(body, bodies)
    for body in bodies.values():
        _no_cycle(body, bodies, "parents", lambda one: (one.parent,) if one.parent else ())
        _no_cycle(body, bodies, "areas", lambda one: (one.area,) if one.area else ())
        _no_cycle(body, bodies, "successors", _others)
    _labels(bodies)


def _wrong(body: Body, reason: str) -> RegistryError:
    return RegistryError(body.file, body.row, f"{body.name}: {reason}")


def _others(body: Body) -> tuple[str, ...]:
    return tuple(name for name in body.becomes if name != body.name)


def _names(body: Body, bodies: Bodies) -> None:
    for column, name in (("area", body.area), ("parent", body.parent)):
        if name and name not in bodies:
            raise _wrong(body, f"the {column} {name} is no row of the registry")
    if body.area and not bodies[body.area].is_area:
        raise _wrong(body, f"the area {body.area} is a row of kind {bodies[body.area].kind}, not an area")
    if not body.area and not body.is_area:
        raise _wrong(body, "has no area")
    if body.parent and bodies[body.parent].is_area:
        raise _wrong(body, f"the parent {body.parent} is an area, not a body")


def _successors(body: Body, bodies: Bodies) -> None:
    for name in body.becomes:
        successor = bodies.get(name)
        if successor is None:
            raise _wrong(body, f"becomes {name}, which is no row of the registry")
        if successor is body:
            raise _wrong(body, "becomes itself")
        begins, ends = successor.period.since, body.period.until
        if body.change is ChangeKind.RENAMED and begins and ends and not _same_time(begins, ends):
            raise _wrong(body, f"renamed in {ends}, but {name} begins in {begins}")


def _same_time(one: str, other: str) -> bool:
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _no_cycle(start: Body, bodies: Bodies, what: str, step: Callable[[Body], Sequence[str]]) -> None:
    seen: set[str] = set()
    path = list(step(start))
    while path:
        name = path.pop()
        if name == start.name:
            raise _wrong(start, f"is in a cycle of {what}")
        if name not in seen:
            seen.add(name)
            path += step(bodies[name])


def _labels(bodies: Bodies) -> None:
    """No label, function or organ code means two bodies at the same time."""
    taken: dict[tuple[str, str, str], list[Body]] = defaultdict(list)
    for body in bodies.values():
        if body.is_area:
            keys = [("name", "areas", label) for label in (plain(body.name), *body.aliases)]
        else:
            everywhere, local = labels(body, bodies.get(body.area))
            keys = [("name", "", label) for label in sorted(everywhere)]
            keys += [("name", body.area, label) for label in sorted(local)]
            keys += [("function", body.area, function) for function in body.functions]
            keys += [("organ code", "", code) for code in body.codes]
        for key in dict.fromkeys(keys):
            for other in taken[key]:
                if other.period.overlaps(body.period):
                    place = f"{other.name} ({other.file}, row {other.row})"
                    raise _wrong(body, f"the {key[0]} {key[2]} belongs to {place} in the same period")
            taken[key].append(body)

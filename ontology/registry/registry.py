"""All bodies of all jurisdictions: found by label, function or organ code, followed through their changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from ontology.errors import RegistryError
from ontology.normal import plain
from ontology.registry.areas import AreaStatements, read_statements
from ontology.registry.body import Body
from ontology.registry.check import check
from ontology.registry.labels import labels
from ontology.registry.period import Interval
from ontology.registry.rows import read_bodies
from ontology.registry.standard import builtin_standard

JUDGEMENTS, AREAS = "judgements.csv", "areas.csv"
_OTHERS = (
    JUDGEMENTS,
    AREAS,
    "divisions.csv",
    "standard.csv",
    "reforms.csv",
)  # tables of other things than bodies


class Registry:
    """The rows of all files, checked. Raises RegistryError for what cannot stand together."""

    def __init__(self, rows: Iterable[Body], area_files: Iterable[tuple[str, bytes]] = ()) -> None:
        self._bodies: dict[str, Body] = {}
        for body in rows:
            before = self._bodies.setdefault(body.name, body)
            if before is not body:
                reason = f"{body.name} stands in {before.file}, row {before.row} already"
                raise RegistryError(body.file, body.row, reason)
        self._everywhere: dict[str, list[Body]] = defaultdict(list)
        self._local: dict[tuple[str, str], list[Body]] = defaultdict(list)
        self._areas: dict[str, Body] = {}
        self._functions: dict[tuple[str, str], list[Body]] = defaultdict(list)
        self._codes: dict[str, list[Body]] = defaultdict(list)
        self._governments: dict[str, Body] = {}
        self._admitted: dict[str, Body] = {}
        self._within: dict[str, list[Body]] = defaultdict(list)
        check(self._bodies)
        self._statements: AreaStatements = read_statements(area_files, self._bodies)
        for body in self._bodies.values():
            self._index(body)

    def _index(self, body: Body) -> None:
        if body.is_area:
            for label in (plain(body.name), *body.aliases):
                self._areas[label] = body
            self._within[body.area].append(body)
            return
        everywhere, local = labels(body, self._bodies.get(body.area))
        for label in everywhere:
            self._everywhere[label].append(body)
        for label in local:
            self._local[(body.area, label)].append(body)
        for function in body.functions:
            self._functions[(body.area, function)].append(body)
        for code in body.codes:
            self._codes[code].append(body)
        if body.kind in ("government", "district-government") or body.kind == "management-committee":
            self._governments.setdefault(body.area, body)

    def __iter__(self) -> Iterator[Body]:
        return iter(self._bodies.values())

    def __len__(self) -> int:
        return len(self._bodies)

    def get(self, name: str) -> Body | None:
        """The row of a canonical name, or the area admitted under it."""
        return self._bodies.get(name) or self._admitted.get(name)

    def admit(self, area: Body) -> None:
        """Take in an area that no row lists, for the documents that speak of it as their own: it is found by
        its canonical name alone and is no part of the registry's graph.
        """
        self._admitted.setdefault(area.name, area)

    def admitted(self, name: str) -> Body | None:
        """The area admitted under a canonical name."""
        return self._admitted.get(name)

    def area(self, label: str) -> Body | None:
        """The area of a name or alias (``plain`` form)."""
        return self._areas.get(label)

    @property
    def areas(self) -> Mapping[str, Body]:
        """Name or alias → area."""
        return self._areas

    @cached_property
    def country(self) -> Body | None:
        """The area of national level."""
        return next((area for area in self if area.is_area and area.level == "national"), None)

    def within(self, area: str) -> Sequence[Body]:
        """The areas that lie directly in an area."""
        return self._within.get(area, ())

    def complete(self, area: str, interval: Interval) -> bool:
        """Tell whether all departments of an area itself are listed at a time."""
        return self._statements.complete(area, interval)

    def invented(self) -> frozenset[str]:
        """The areas that do not exist, as those of samples."""
        return self._statements.invented()

    def government(self, area: str) -> Body | None:
        """The government, or the management committee, of an area."""
        return self._governments.get(area)

    def acting(self, area: str) -> Body | None:
        """The government of an area, listed or derived."""
        listed = self._governments.get(area)
        body = self.get(area) if listed is None else None
        return builtin_standard().government(body) if body and self._has_standard(body) else listed

    def labelled(self, label: str, areas: Sequence[str] = ()) -> list[Body]:
        """The bodies of all times that a label (``plain`` form) may mean in documents of ``areas``, the
        nearest first: the first area that knows the label decides.
        """
        for area in areas:
            found = self._local.get((area, label))
            if found:
                return found
        listed = self._everywhere.get(label, [])
        return listed or next(filter(None, (self._derived(label, area) for area in areas)), [])

    def _derived(self, label: str, area: str) -> list[Body]:
        """The bodies that an area has as all of its level have, where rows list neither name nor label."""
        body = self._bodies.get(area) or self._admitted.get(area)
        if body is None or not self._has_standard(body):
            return []
        found = builtin_standard().labelled(label, body)
        return [one for one in found if one.name not in self._bodies]

    def _has_standard(self, area: Body) -> bool:
        """Tell whether an area's bodies can be derived: not where all are listed, or it is invented."""
        return area.level != "national" and not self._statements.about(area.name)

    def holders(self, function: str, area: str, interval: Interval) -> list[Body]:
        """Return the bodies that hold a function in an area at a time."""
        return [body for body in self._functions.get((area, function), ()) if body.period.may_meet(interval)]

    def by_code(self, code: str, interval: Interval = Interval()) -> list[Body]:  # noqa: B008 - immutable
        """Return the bodies whose document numbers begin with an organ code at a time."""
        return [body for body in self._codes.get(code, ()) if body.period.may_meet(interval)]

    def now(self, body: Body) -> tuple[Body, ...]:
        """Return what a body has become in the end: itself, its one successor, several, or none."""
        if body.period.until is None:
            return (body,)
        found: dict[str, Body] = {}
        for name in body.becomes:
            successor = self._bodies.get(name) or self._successor(name, body)
            for last in self.now(successor) if successor is not None else ():
                found[last.name] = last
        return tuple(found.values())

    def _successor(self, name: str, body: Body) -> Body | None:
        area = self.get(body.area)
        return builtin_standard().named(name, area) if area is not None else None

    def joint_labels(self) -> dict[str, int | None]:
        """Labels that have 、 inside although each part could be a body of its own, with the first year in
        which they are one body (None: always).
        """
        found: dict[str, int | None] = {}
        for label, named in [
            *self._everywhere.items(),
            *((key[1], value) for key, value in self._local.items()),
        ]:
            if "、" in label:
                years = [int(body.period.since[:4]) if body.period.since else None for body in named]
                found[label] = None if None in years else min(year for year in years if year is not None)
        return found


def load_registry(folders: Iterable[Path] = ()) -> tuple[Registry, tuple[tuple[str, bytes], ...]]:
    """The registry that comes with gongbao and that of further folders, with the judgement files found.

    Raises RegistryError for a row that cannot stand, and for a folder that cannot be read.
    """
    sources = [*_builtin()]
    for folder in folders:
        sources += _folder(folder)
    rows = [
        body
        for name, data in sources
        if Path(name).name not in _OTHERS and not name.endswith(JUDGEMENTS)
        for body in read_bodies(data, name)
    ]
    area_files = [source for source in sources if Path(source[0]).name == AREAS]
    return Registry(rows, area_files), tuple(source for source in sources if source[0].endswith(JUDGEMENTS))


@cache
def builtin_registry() -> Registry:
    """The registry that comes with gongbao."""
    return load_registry()[0]


@cache
def _builtin() -> tuple[tuple[str, bytes], ...]:
    here = resources.files("ontology").joinpath("registry")
    found = sorted((item.name, item) for item in here.iterdir() if item.name.endswith(".csv"))
    return tuple((name, item.read_bytes()) for name, item in found)


def _folder(folder: Path) -> list[tuple[str, bytes]]:
    if not folder.is_dir():
        raise RegistryError(str(folder), 0, "no such folder")
    found = sorted(folder.glob("*.csv"))
    if not found:
        raise RegistryError(str(folder), 0, "no .csv file in this folder")
    try:
        return [(str(path), path.read_bytes()) for path in found]
    except OSError as error:
        raise RegistryError(str(folder), 0, f"cannot be read: {error.strerror}") from error

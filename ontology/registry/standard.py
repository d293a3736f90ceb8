"""Bodies that every area of a level has (``standard.csv``), in the periods of the reforms (``reforms.csv``).

They multiply with all areas, so none of them is made before a name asks for it. One made is ``derived``:
nobody looked it up, and the rows of an area go before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from ontology.errors import RegistryError
from ontology.normal import plain
from ontology.registry.body import Body, ChangeKind
from ontology.registry.labels import area_words, shorter_forms
from ontology.registry.period import Period, is_partial_date
from ontology.registry.rows import CsvRow, read_table

FILE, REFORMS = "standard.csv", "reforms.csv"
COLUMNS = (
    "levels", "name", "kind", "from", "to", "change", "becomes", "cause", "aliases", "source", "note",
)  # fmt: skip
REFORM_COLUMNS = ("reform", "level", "month", "derived", "why")
AREA_NAME, AREA_WORD = "{}", "{word}"
_REFORM = "@"
_CITY = "市"
_GOVERNMENTS = frozenset({"government", "district-government"})


class StandardBody(NamedTuple):
    """A row for one level: names have {} for the area's name; ``row`` is where it stands."""

    name: str
    kind: str
    period: Period
    change: ChangeKind | None
    becomes: tuple[str, ...]
    cause: str
    row: int

    def of(self, area: Body) -> Body:
        """The body of an area."""
        name, *becomes = (one.replace(AREA_NAME, area.name) for one in (self.name, *self.becomes))
        return Body(
            name=name,
            kind=self.kind,
            level=area.level,
            area=area.name,
            parent="",
            period=self.period,
            change=self.change,
            becomes=tuple(becomes),
            cause=self.cause,
            aliases=(),
            functions=(),
            codes=(),
            file=FILE,
            row=self.row,
            derived=True,
        )


class StandardBodies:
    """The standard bodies of all levels, found by a name in which {} stands for the area's."""

    def __init__(self, rows: Iterable[CsvRow], reforms: Mapping[tuple[str, str], str]) -> None:
        self._labels: dict[str, dict[str, list[StandardBody]]] = defaultdict(lambda: defaultdict(list))
        self._names: dict[str, dict[str, StandardBody]] = defaultdict(dict)
        for row in rows:
            for level in row["levels"].split("|"):
                self._index(level, _standard(row, level, reforms), row.list("aliases"))

    def _index(self, level: str, standard: StandardBody, aliases: Iterable[str]) -> None:
        self._names[level][standard.name] = standard
        labels = [standard.name]
        for alias in aliases:
            whole = alias.replace(AREA_WORD, AREA_NAME)
            labels.append(whole if AREA_NAME in whole else AREA_NAME + whole)
        for label in dict.fromkeys(form for one in labels for form in shorter_forms(one)):
            self._labels[level][label].append(standard)

    def labelled(self, label: str, area: Body) -> list[Body]:
        """The bodies of an area that a name (``plain`` form) may mean: with the area's names or its word."""
        for called in _called(area):
            if called not in label:
                continue
            pattern = label.replace(called, AREA_NAME, 1)
            found = [one for level in _levels(area) for one in self._labels[level].get(pattern, ())]
            if found:
                return list({one.name: one.of(area) for one in reversed(found)}.values())
        return []

    def named(self, name: str, area: Body) -> Body | None:
        """The body of an area by its canonical name."""
        pattern = name.replace(area.name, AREA_NAME, 1)
        found = (self._names[level].get(pattern) for level in _levels(area))
        return next((one.of(area) for one in found if one is not None), None)

    def government(self, area: Body) -> Body | None:
        """The government of an area."""
        for level in _levels(area):
            for one in self._names[level].values():
                if one.kind in _GOVERNMENTS:
                    return one.of(area)
        return None


def _levels(area: Body) -> Sequence[str]:
    """The levels whose bodies an area has: a city of unknown level may be of two, a zone has none."""
    if area.level == "provincial" and area.name.endswith(_CITY):
        return ("municipality",)
    if not area.level and area.name.endswith(_CITY):
        return ("prefectural", "county")
    return (area.level,) if area.level else ()


def _called(area: Body) -> Iterator[str]:
    """How an area is called in names of its bodies, the longest first: 恩施土家族苗族自治州, 恩施州, 州."""
    words = area_words(plain(area.name))
    ends = tuple(words)
    names = {plain(area.name), *(alias for alias in area.aliases if ends and alias.endswith(ends))}
    yield from sorted(names, key=len, reverse=True)
    yield from words


def _standard(row: CsvRow, level: str, reforms: Mapping[tuple[str, str], str]) -> StandardBody:
    ends = [_date(row, column, level, reforms) for column in ("from", "to")]
    return StandardBody(
        name=row["name"],
        kind=row["kind"],
        period=Period(*ends),
        change=ChangeKind(row["change"]) if row["change"] else None,
        becomes=row.list("becomes"),
        cause=row["cause"],
        row=row.number,
    )


def _date(row: CsvRow, column: str, level: str, reforms: Mapping[tuple[str, str], str]) -> str | None:
    cell = row[column]
    date = reforms.get((cell.removeprefix(_REFORM), level), "") if cell.startswith(_REFORM) else cell
    if cell and not is_partial_date(date):
        raise RegistryError(
            row.file, row.number, f"{row['name']}: {column} {cell!r} is no date and no reform"
        )
    return date or None


def read_standard(bodies: bytes, reforms: bytes) -> StandardBodies:
    """Read the two tables. Raises RegistryError for what is wrong in them."""
    months: dict[tuple[str, str], str] = {}
    for row in read_table(reforms, REFORMS, REFORM_COLUMNS):
        row.require_known("derived", ("true", "false"), f"{row['reform']} {row['level']}")
        months[row["reform"], row["level"]] = row["month"]
    return StandardBodies(_sourced(read_table(bodies, FILE, COLUMNS)), months)


def _sourced(rows: Iterable[CsvRow]) -> Iterator[CsvRow]:
    """The rows, each of which says where it comes from."""
    for row in rows:
        if not row["source"]:
            raise row.error(f"{row['name']} has no source")
        yield row


@cache
def builtin_standard() -> StandardBodies:
    """The standard bodies that come with gongbao."""
    here = resources.files("ontology").joinpath("registry")
    return read_standard(here.joinpath(FILE).read_bytes(), here.joinpath(REFORMS).read_bytes())

"""CSV rows to bodies; whatever a single row can have wrong is said with file and row."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from io import StringIO

from ontology.errors import RegistryError
from ontology.registry.model import Body, Change, plain
from ontology.registry.period import Period, first_day, is_partial_date
from ontology.terms import GB, notations

COLUMNS = (
    "name", "kind", "level", "area", "parent", "from", "to", "change", "becomes", "cause", "aliases",
    "functions", "codes", "note",
)  # fmt: skip


def table(data: bytes, file: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Row number (1 is the header) and cells by column, white space at their ends removed.

    Raises RegistryError for bytes that are not UTF-8, another header, and a row of another length.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RegistryError(file, line, "is not UTF-8") from error
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    row = 0
    try:
        for row, cells in enumerate(reader, 1):
            if row == 1:
                if tuple(cell.strip() for cell in cells) != tuple(columns):
                    raise RegistryError(file, row, f"the header must be {','.join(columns)}")
            elif any(cell.strip() for cell in cells):
                if len(cells) != len(columns):
                    raise RegistryError(file, row, f"{len(cells)} cells, {len(columns)} are expected")
                yield row, {name: cell.strip() for name, cell in zip(columns, cells, strict=True)}
    except csv.Error as error:
        raise RegistryError(file, row + 1, f"no CSV: {error}") from error
    if row == 0:
        raise RegistryError(file, 1, f"empty; the header must be {','.join(columns)}")


def bodies(data: bytes, file: str) -> Iterator[Body]:
    """The bodies of one CSV file."""
    for row, cells in table(data, file, COLUMNS):
        yield _body(cells, file, row)


def _body(cells: dict[str, str], file: str, row: int) -> Body:
    def wrong(reason: str) -> RegistryError:
        return RegistryError(file, row, reason)

    name = cells["name"]
    if not name:
        raise wrong("has no name")
    for column, kind in (("kind", GB.BodyKind), ("level", GB.AdministrativeLevel)):
        known = notations(kind)
        if cells[column] not in known:
            raise wrong(f"{name}: unknown {column} {cells[column]!r}; known are {', '.join(known)}")
    for column in ("from", "to"):
        if cells[column] and not is_partial_date(cells[column]):
            raise wrong(f"{name}: {column} {cells[column]!r} is no date (YYYY, YYYY-MM or YYYY-MM-DD)")
    period = Period(cells["from"] or None, cells["to"] or None)
    if period.since and period.until and first_day(period.until) <= first_day(period.since):
        raise wrong(f"{name}: ends ({period.until}) before it begins ({period.since})")
    becomes = _list(cells["becomes"])
    try:
        change = Change(cells["change"]) if cells["change"] else None
    except ValueError:
        known_changes = ", ".join(Change)
        raise wrong(f"{name}: unknown change {cells['change']!r}; known are {known_changes}") from None
    if change is not None and period.until is None:
        raise wrong(f"{name}: {change} without a date in the column to")
    if becomes and change in (None, Change.ABOLISHED):
        raise wrong(f"{name}: becomes {'、'.join(becomes)}, but change says {change or 'nothing'}")
    if change is Change.RENAMED and len(becomes) != 1:
        raise wrong(f"{name}: renamed, so it must become exactly one body, not {len(becomes)}")
    return Body(
        name=name,
        kind=cells["kind"],
        level=cells["level"],
        area=cells["area"],
        parent=cells["parent"],
        period=period,
        change=change,
        becomes=becomes,
        cause=cells["cause"],
        aliases=tuple(plain(alias) for alias in _list(cells["aliases"])),
        functions=_list(cells["functions"]),
        codes=_list(cells["codes"]),
        file=file,
        row=row,
    )


def _list(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.strip() for item in cell.split("|") if item.strip()))

"""CSV files as rows, and rows as bodies. What is wrong with a single row is an error with file and row."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from ontology.errors import RegistryError
from ontology.normal import plain
from ontology.registry.body import Body, ChangeKind
from ontology.registry.period import Period, first_day, is_partial_date
from ontology.terms import GB, notations

COLUMNS = (
    "name", "kind", "level", "area", "parent", "from", "to", "change", "becomes", "cause", "aliases",
    "functions", "codes", "note",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CsvRow:
    """A row of a CSV file: its number (1 is the header) and its cells by column, stripped."""

    file: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, reason: str) -> RegistryError:
        """Return an error that names this row."""
        return RegistryError(self.file, self.number, reason)

    def list(self, column: str) -> tuple[str, ...]:
        """Return the items of a cell with | between them, each once."""
        return tuple(dict.fromkeys(item.strip() for item in self[column].split("|") if item.strip()))

    def require_known(self, column: str, known: Collection[str], name: str) -> None:
        """Raise RegistryError for a cell with none of the known values; ``name`` is what the row is about."""
        if self[column] not in known:
            raise self.error(f"{name}: unknown {column} {self[column]!r}; known are {', '.join(known)}")

    def period(self, name: str) -> Period:
        """Return the period of the columns from and to. Raises RegistryError for what is no date."""
        for column in ("from", "to"):
            if self[column] and not is_partial_date(self[column]):
                raise self.error(
                    f"{name}: {column} {self[column]!r} is no date (YYYY, YYYY-MM or YYYY-MM-DD)"
                )
        return Period(self["from"] or None, self["to"] or None)


def read_table(data: bytes, file: str, columns: Sequence[str]) -> Iterator[CsvRow]:
    """Yield the rows of a CSV file; empty ones are left out.

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
                yield CsvRow(file, row, dict(zip(columns, map(str.strip, cells), strict=True)))
    except csv.Error as error:
        raise RegistryError(file, row + 1, f"no CSV: {error}") from error
    if row == 0:
        raise RegistryError(file, 1, f"empty; the header must be {','.join(columns)}")


def read_bodies(data: bytes, file: str) -> Iterator[Body]:
    """Read the bodies of one CSV file. Raises RegistryError with file, row and reason."""
    return map(_body, read_table(data, file, COLUMNS))


def _body(row: CsvRow) -> Body:
    name = row["name"]
    if not name:
        raise row.error("has no name")
    row.require_known("kind", notations(GB.BodyKind), name)
    row.require_known("level", notations(GB.AdministrativeLevel), name)
    period = row.period(name)
    if period.since and period.until and first_day(period.until) <= first_day(period.since):
        raise row.error(f"{name}: ends ({period.until}) before it begins ({period.since})")
    return Body(
        name=name,
        kind=row["kind"],
        level=row["level"],
        area=row["area"],
        parent=row["parent"],
        period=period,
        change=_change(row, period),
        becomes=row.list("becomes"),
        cause=row["cause"],
        aliases=tuple(map(plain, row.list("aliases"))),
        functions=row.list("functions"),
        codes=row.list("codes"),
        file=row.file,
        row=row.number,
    )


def _change(row: CsvRow, period: Period) -> ChangeKind | None:
    """Return what ended a body. Raises RegistryError where that does not fit its end or its successors."""
    name, becomes = row["name"], row.list("becomes")
    if row["change"]:
        row.require_known("change", tuple(ChangeKind), name)
    change = ChangeKind(row["change"]) if row["change"] else None
    if change is not None and period.until is None:
        raise row.error(f"{name}: {change} without a date in the column to")
    if becomes and change in (None, ChangeKind.ABOLISHED):
        raise row.error(f"{name}: becomes {'、'.join(becomes)}, but change says {change or 'nothing'}")
    if change is ChangeKind.RENAMED and len(becomes) != 1:
        raise row.error(f"{name}: renamed, so it must become exactly one body, not {len(becomes)}")
    return change

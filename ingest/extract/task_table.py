"""Tables that divide tasks: what each column says, and which rows are tasks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from ingest.extract.roles import role_of
from ingest.model import FACT_PARTS, Document, Role, Span, TextTable
from ingest.pattern import book
from ontology.normal import without_space

_BOOK = book("table")
_BODY = book("bracket").regex("bracket.table")
_LONGEST_HEAD = 24  # code points of a column's head


class Kind(StrEnum):
    """What the cells of a column say."""

    NUMBER = "number"
    TASK = "task"
    BODY = "body"
    TIME = "time"
    TARGET = "target"
    TITLE = "title"
    DOCUMENT_NUMBER = "document-number"


_KINDS = tuple(
    (kind, _BOOK.regex(f"table.{kind.value}"))
    for kind in (Kind.NUMBER, Kind.TIME, Kind.TARGET, Kind.TITLE, Kind.DOCUMENT_NUMBER, Kind.TASK)
)


class TableColumn(NamedTuple):
    """A column: what it says, the head's words, and for bodies their role."""

    kind: Kind
    head: str
    role: Role = Role.RESPONSIBLE


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells by kind. ``start`` is where its own line begins; ``name`` names its task."""

    start: int
    end: int
    cells: tuple[tuple[TableColumn, Span], ...]
    name: Span | None

    def of(self, kind: Kind) -> Iterator[tuple[TableColumn, Span]]:
        """The cells of one kind that have words."""
        return (
            (column, cell) for column, cell in self.cells if column.kind is kind and cell.end > cell.start
        )


@dataclass(slots=True)
class _Reader:
    """Reads one table; a head holds until another comes."""

    document: Document
    merges: bool
    columns: dict[int, TableColumn] = field(default_factory=dict)
    heading: bool = False  # the row before was a head
    last: Row | None = None
    above: tuple[Span, ...] = ()

    def text(self, cell: Span) -> str:
        return without_space(self.document.text.folded[cell.start : cell.end])

    def read(self, rows: Sequence[tuple[Span, ...]]) -> Iterator[Row]:
        for cells in rows:
            row = self.row(cells)
            self.above = cells
            if row is not None:
                self.last = row
                yield row

    def row(self, cells: tuple[Span, ...]) -> Row | None:
        if self.take_head(cells):
            return None
        own = [cell for cell in cells if cell.end > cell.start and cell not in self.above]
        if not self.columns or not own:
            return None
        self.heading = False
        if len({cell for cell in cells if cell.end > cell.start}) < 2 or self.is_numbering(cells):
            return None  # a sub-head over all columns, a row of column numbers
        start = self.document.text.text.rfind("\n", 0, min(own).start) + 1
        end = self.document.text.text.find("\n", start)
        named = [(place, column) for place, column in self.columns.items() if place < len(cells)]
        found = tuple((column, cells[place]) for place, column in named)
        row = Row(start, len(self.document.text.text) if end < 0 else end, found, self.name(found))
        if not self.merges:
            row = self.carry(row)
        return self.belongs(row)

    def take_head(self, cells: tuple[Span, ...]) -> bool:
        """Whether a row is a head, or a further row of one; its columns are kept."""
        known: dict[int, TableColumn] = {}
        seen: set[Span] = set()
        for place, cell in enumerate(cells):
            column = column_of(self.text(cell))
            if column is not None and not (cell in seen and column.kind in (Kind.TASK, Kind.NUMBER)):
                known[place] = column
            seen.add(cell)
        kinds = {column.kind for column in known.values()}
        fresh = [self.text(cell) for cell in cells if cell.end > cell.start and cell not in self.above]
        heads = (
            Kind.BODY in kinds
            or {Kind.TASK, Kind.TIME} <= kinds
            or {Kind.TITLE, Kind.DOCUMENT_NUMBER} <= kinds
            or (self.heading and bool(known) and all(len(words) <= 10 for words in fresh))
        )
        if not heads or any(len(words) > _LONGEST_HEAD for words in fresh):
            return False
        if not self.heading:
            self.columns = {}
        for place, cell in enumerate(cells):
            if place in known and (cell not in self.above or place not in self.columns):
                self.columns[place] = known[place]
        self.heading = True
        return True

    def is_numbering(self, cells: tuple[Span, ...]) -> bool:
        return all(not words or words.strip("()[]").isdigit() for words in map(self.text, cells))

    def name(self, cells: Sequence[tuple[TableColumn, Span]]) -> Span | None:
        """The cell that names the task: of the last column of tasks that has words."""
        named = [cell for column, cell in cells if column.kind is Kind.TASK and cell.end > cell.start]
        return named[-1] if named else None

    def carry(self, row: Row) -> Row:
        """In a table that cannot tell which cells are merged, a task without bodies has those above it."""
        if self.last is None or row.name is None or any(row.of(Kind.BODY)):
            return row
        above = dict(self.last.cells)
        cells = tuple(
            (column, above.get(column, cell))
            if cell.start == cell.end and column.kind in (Kind.BODY, Kind.TIME)
            else (column, cell)
            for column, cell in row.cells
        )
        return Row(row.start, row.end, cells, row.name)

    def belongs(self, row: Row) -> Row:
        """A row whose task stands in a merged cell above and that has no words of its own is of that task."""
        last = self.last
        if last is None:
            return row
        same = row.name == last.name if self.merges else row.name is None
        kinds = (Kind.TASK, Kind.TARGET, Kind.TIME)
        words = any(cell.start >= row.start for kind in kinds for _, cell in row.of(kind))
        if same and last.name is not None and not words:
            return Row(last.start, row.end, row.cells, last.name)
        return row


def column_of(head: str) -> TableColumn | None:
    """The meaning of a column with this head; None for an unknown head."""
    if not head or len(head) > _LONGEST_HEAD:
        return None
    bare = head.split("(", maxsplit=1)[0]
    if _BODY.match(head) or _BODY.match(bare):
        return TableColumn(Kind.BODY, head, role_of(bare or head))
    return next((TableColumn(kind, head) for kind, regex in _KINDS if regex.match(head)), None)


def task_rows(document: Document) -> Iterator[list[Row]]:
    """The rows of each table of a document whose head says what its columns are."""
    for table in _tables(document):
        rows = list(_Reader(document, table.merges).read(table.rows))
        if rows:
            yield rows


def _tables(document: Document) -> Iterator[TextTable]:
    starts = [block.start for block in document.blocks]
    for table in document.text.tables:
        for first in (cell.start for row in table.rows for cell in row if cell.end > cell.start):
            place = bisect_right(starts, first) - 1
            if (
                place >= 0
                and first < document.blocks[place].end
                and document.blocks[place].part in FACT_PARTS
            ):
                yield table
            break

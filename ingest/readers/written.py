"""Writes the text of a file as its reader finds it, and keeps the place of every run of characters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ingest.model import Origin, OriginMap, Source, Table

INDENT = "\u3000\u3000"


class PlacedWords(NamedTuple):
    """Some text with the places of its runs: offsets in it, from which on a place holds."""

    text: str
    runs: tuple[tuple[int, Origin], ...] = ()


class Grown(NamedTuple):
    """A cell: its words, and how many rows and columns it covers."""

    words: PlacedWords
    rows: int = 1
    columns: int = 1


def join(parts: Sequence[PlacedWords]) -> PlacedWords:
    """PlacedWords one behind the other."""
    runs: list[tuple[int, Origin]] = []
    length = 0
    for part in parts:
        runs += ((length + start, origin) for start, origin in part.runs)
        length += len(part.text)
    return PlacedWords("".join(part.text for part in parts), tuple(runs))


class Writer:
    """Collects paragraphs and tables of one text."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.starts: list[int] = []
        self.origins: list[Origin] = []
        self.tables: list[Table] = []

    def _add(self, words: PlacedWords) -> tuple[int, int]:
        begin = self.length
        for start, origin in words.runs:
            self.starts.append(begin + start)
            self.origins.append(origin)
        self.parts.append(words.text)
        self.length += len(words.text)
        return begin, self.length

    def paragraph(self, words: PlacedWords, *, indented: bool) -> None:
        """Add a paragraph as a line; ``indented`` says that it surely begins one."""
        if not words.text.strip():
            return
        if indented:
            self._add(PlacedWords(INDENT))
        self._add(words)
        self._add(PlacedWords("\n"))

    def table(self, rows: Sequence[Mapping[int, Grown]], width: int, *, merges: bool = True) -> None:
        """Add a table: for each row its cells by the column in which they begin.

        Columns that no cell begins in belong to a cell that covers them, or are empty.
        """
        begin = self.length
        spans = [[(-1, -1)] * width for _ in rows]
        for number, row in enumerate(rows):
            alone = sum(bool(cell.words.text) for cell in row.values()) < 2
            if alone:  # bars show that a line without tabs between words is a row
                self._add(PlacedWords("|"))
            for column in range(width):
                if column:
                    self._add(PlacedWords("\t"))
                if spans[number][column] != (-1, -1):
                    continue
                cell = row.get(column)
                span = self._add(cell.words) if cell is not None else (self.length, self.length)
                down = range(number, min(number + (cell.rows if cell else 1), len(rows)))
                across = range(column, min(column + (cell.columns if cell else 1), width))
                for taken in down:
                    for place in across:
                        if spans[taken][place] == (-1, -1):
                            spans[taken][place] = span
            if alone:
                self._add(PlacedWords("|"))
            self._add(PlacedWords("\n"))
        text = self._since(begin)
        texts = tuple(tuple(text[a - begin : b - begin] for a, b in row) for row in spans)
        self.tables.append(Table(begin, self.length, texts, tuple(tuple(row) for row in spans), merges))

    def _since(self, begin: int) -> str:
        kept: list[str] = []
        length = self.length
        for part in reversed(self.parts):
            if length <= begin:
                break
            kept.append(part)
            length -= len(part)
        return "".join(reversed(kept))

    @property
    def has_words(self) -> bool:
        """Whether anything but white space was written."""
        return any(part.strip("|\t\n\u3000 ") for part in self.parts)

    def source(self, name: str, notices: Iterable[str] = (), encoding: str | None = None) -> Source:
        """The text with its places and tables."""
        return Source(
            name=name,
            text="".join(self.parts),
            origins=OriginMap(tuple(self.starts), tuple(self.origins)),
            tables=tuple(self.tables),
            encoding=encoding,
            notices=tuple(notices),
        )

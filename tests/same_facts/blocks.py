"""A document as a typist lays it out: title in the middle, paragraphs indented, signature at the right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.model import Document


class Place(StrEnum):
    """Where a paragraph stands."""

    TITLE = "title"
    CENTRED = "centred"
    PLAIN = "plain"  # at the left margin: addressees
    BODY = "body"  # with an indent of two characters
    SIGNATURE = "signature"  # at the right margin
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or a table whose rows are lines with tabs."""

    place: Place
    text: str

    @property
    def rows(self) -> list[list[str]]:
        """The cells of a table, all rows of the same width."""
        rows = [line.split("\t") for line in self.text.split("\n")]
        width = max(map(len, rows))
        return [row + [""] * (width - len(row)) for row in rows]


_DATE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日$")
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百]+[章节编]")
_LABEL = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(]|\d+[.．、]|第.{1,4}条|附)")
_LONGEST_NAME = 30  # characters of a signature


def blocks_of(document: Document) -> list[Block]:
    """The paragraphs of a document in its order."""
    fields = document.fields
    middle = [fields.number.span] if fields.number and fields.number.span else []
    titles = [f.span for f in (fields.title, fields.circular_title) if f is not None and f.span is not None]
    addressees = [fields.addressees.span] if fields.addressees and fields.addressees.span else []
    found: list[Block] = []
    start = document.span.start
    for line in document.text.quote(document.span).split("\n"):
        end = start + len(line)

        def within(spans: Sequence[tuple[int, int]], start: int = start, end: int = end) -> bool:
            return any(a < end and start < b for a, b in spans)

        if "\t" in line:
            place = Place.TABLE
        elif within(titles) and len(line) < 80 and not line.endswith("。"):
            place = Place.TITLE
        elif (within(middle) and len(line) < _LONGEST_NAME) or _CHAPTER.match(line):
            place = Place.CENTRED
        elif within(addressees) and line.endswith(("：", ":")):
            place = Place.PLAIN
        elif _DATE.match(line):
            place = Place.SIGNATURE
        else:
            place = Place.BODY
        if line.strip():
            found.append(Block(place, line))
        start = end + 1
    return list(_tables(_signed(found)))


def _signed(blocks: list[Block]) -> list[Block]:
    """Short lines above a date are the names that sign."""
    for place in range(len(blocks) - 1, 0, -1):
        above = blocks[place - 1]
        if (
            blocks[place].place is Place.SIGNATURE
            and above.place is Place.BODY
            and len(above.text) < _LONGEST_NAME
            and above.text[-1] not in "。；：，、！？）"
            and not _LABEL.match(above.text)
        ):
            blocks[place - 1] = Block(Place.SIGNATURE, above.text)
    return blocks


def _tables(blocks: Sequence[Block]) -> Iterator[Block]:
    rows: list[str] = []
    for block in blocks:
        if block.place is Place.TABLE:
            rows.append(block.text)
            continue
        if rows:
            yield Block(Place.TABLE, "\n".join(rows))
            rows = []
        yield block
    if rows:
        yield Block(Place.TABLE, "\n".join(rows))

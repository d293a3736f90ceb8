"""The text of the document on a web page, out of all that stands on the page.

A document is one stretch of the page: the one in which unlinked characters most outweigh links, buttons and
crumb trails (the greatest sum over neighbouring lines).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser

from ingest.field_names import collect
from ingest.model import Field, Source, Table
from ingest.readers.grid import to_table
from ingest.readers.page_fields import head_fields, meta_fields, table_fields
from ingest.readers.page_lines import PageLine, read_lines
from ingest.readers.page_words import is_footer, is_furniture
from ingest.readers.repeated_title import count_repeated

_ASIDE = -40
_FURNITURE = -30
_FOOTER = -150  # not so much that a line which only looks like a footer cuts a long document
_LINK = 3  # how much a linked character outweighs one of text
_INDENT = "\u3000\u3000"
_BEGINNING = 12  # lines that a title and its repetition may take


def read_page(html: str, name: str, encoding: str | None, notices: tuple[str, ...]) -> Source:
    """Return the text of the document on a page, its tables, and what the page says of it."""
    tree = LexborHTMLParser(html)
    page = read_lines(tree)
    lines = page.lines
    pairs, left_out = head_fields(lines)
    for place, line in enumerate(lines):
        found = table_fields(line.grid) if line.grid else None
        if found is not None:
            pairs = found + pairs
            left_out.add(place)
    known = meta_fields(tree) | collect(pairs)
    start, end = choose_stretch(lines, left_out)
    kept = [
        line
        for place, line in enumerate(lines[start:end], start)
        if place not in left_out and not line.aside and (line.grid or not is_furniture(line.text))
    ]
    kept = kept[count_repeated([line.text for line in kept[:_BEGINNING]]) :]
    text, tables = _write(kept)
    pictures = len(tree.css("img"))
    if not text and pictures and "title" in known:
        text = f"{known['title']}\n"
        notices = (
            *notices,
            f"the page shows {pictures} pictures, which are not read; only its title is known",
        )
    return Source(
        name=name,
        text=text,
        tables=tables,
        metadata=_fields(known),
        links=tuple(dict.fromkeys(page.links)),
        encoding=encoding,
        notices=notices,
    )


def _fields(known: Mapping[str, str]) -> dict[str, Field]:
    return {name: Field(value, "page") for name, value in known.items()}


def choose_stretch(lines: Sequence[PageLine], left_out: set[int]) -> tuple[int, int]:
    """Return the first line of the document and the one behind its last."""
    best, chosen = 0, (0, len(lines))
    total, start = 0, 0
    for place, line in enumerate(lines):
        weight = 0 if place in left_out else weigh(line)
        if total <= 0:
            total, start = 0, place
        total += weight
        if total > best or (total == best and line.attaches):
            best, chosen = total, (start, place + 1)
    return chosen


def weigh(line: PageLine) -> int:
    """How much a line speaks for (or against) a document standing where it does."""
    if line.grid is not None:
        return len(line.text) - _LINK * line.linked if not line.aside else _ASIDE
    if is_footer(line.text):
        return _FOOTER
    if line.aside:
        return _ASIDE
    if is_furniture(line.text):
        return _FURNITURE
    return len(line.text) - _LINK * line.linked


def _write(lines: Sequence[PageLine]) -> tuple[str, tuple[Table, ...]]:
    """Write the lines; one that begins a paragraph is indented, so that it is joined to no other."""
    parts: list[str] = []
    tables: list[Table] = []
    length = 0
    for line in lines:
        indent = "" if line.grid or line.centred or line.heading or not line.own else _INDENT
        if line.grid is not None:
            tables.append(to_table(line.grid, length))
        piece = f"{indent}{line.text}\n"
        parts.append(piece)
        length += len(piece)
    return "".join(parts), tuple(tables)

"""What a page says of its document outside the text: information table, line below the title, meta."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from selectolax.lexbor import LexborHTMLParser

from ingest.field_names import collect, field_of
from ingest.folding import fold
from ingest.readers.field_lines import line_fields
from ingest.readers.grid import Grid
from ingest.readers.page_lines import PageLine
from ingest.titles import document_type

_META = {
    "articletitle": "title",
    "pubdate": "published",
    "contentsource": "source",
    "docno": "number",
    "filenum": "number",
}
_FEWEST = 2  # fields of a table that make it one of information
_RUNNING = 60  # characters; a line this long with a full stop is text
_SITE = re.compile(r"[_|]|[-—]{1,2}(?=[^-—]{2,20}$)")


def table_fields(grid: Grid) -> list[tuple[str, str]] | None:
    """Return the names and values of an information table; None where it is none."""
    pairs: list[tuple[str, str]] = []
    for row in grid.rows:
        cells = [grid.cells[cell] for cell in dict.fromkeys(row) if cell >= 0]
        place = 0
        while place < len(cells):
            name = cells[place]
            if field_of(name):
                value = cells[place + 1] if place + 1 < len(cells) else ""
                if field_of(value):  # an empty cell was left out
                    pairs.append((name, ""))
                else:
                    pairs.append((name, value))
                    place += 1
            else:
                pairs += line_fields(name)
            place += 1
    named = {known[0] for name, _ in pairs if (known := field_of(name))}
    return pairs if (len(named) >= _FEWEST and "index" in named) or len(named) > _FEWEST else None


def head_fields(lines: Sequence[PageLine]) -> tuple[list[tuple[str, str]], set[int]]:
    """Return the fields that lines above the running text give, and the places of these lines."""
    pairs: list[tuple[str, str]] = []
    taken: set[int] = set()
    place = 0
    while place < len(lines):
        line = lines[place]
        if line.grid is None and len(line.text) >= _RUNNING and "。" in line.text and not line.linked:
            break
        if line.grid is None:
            found = line_fields(line.text)
            following = lines[place + 1] if place + 1 < len(lines) else None
            if found and not (len(found) == 1 and field_of(found[0][0]) and not found[0][1] and following):
                pairs += found
                taken.add(place)
            elif following is not None and following.grid is None and _is_label(line.text):
                value = "" if _is_label(following.text) else following.text
                pairs.append((line.text, value))
                taken |= {place} if not value else {place, place + 1}
                place += bool(value)
        place += 1
    return pairs, taken


def _is_label(text: str) -> bool:
    """Whether a line is nothing but the name of a field and a colon."""
    return fold(text).rstrip().endswith(":") and field_of(text) is not None


def meta_fields(tree: LexborHTMLParser) -> dict[str, str]:
    """Return what the head of a page says: the standard meta names of government sites, and its title."""
    pairs: list[tuple[str, str]] = []
    for meta in tree.css("meta[name]"):
        name = (meta.attributes.get("name") or "").lower()
        if name in _META:
            pairs.append((_META[name], meta.attributes.get("content") or ""))
    title = tree.css_first("title")
    words = _SITE.split(title.text())[0].strip() if title is not None else ""
    if not any(name == "title" for name, _ in pairs) and is_title(words):
        pairs.append(("title", words))
    found = collect(pairs)
    if "title" in found and not is_title(found["title"]):
        del found["title"]
    return found


@cache
def is_title(words: str) -> bool:
    """Whether some words are the title of a document, and not of a site or column."""
    return len(words) > 8 and document_type(fold(words)) is not None

"""The grids of a web page's tables."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from ingest.readers.grid import MOST_COLUMNS, MOST_ROWS, Grid, fill

_WHITE = re.compile(r"\s+")
_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|csv|pptx?|zip|rar|7z|txt)(?:[?#]|$)", re.I)


def read_grid(table: LexborNode) -> Grid | None:
    """Return a table's grid; None for a table that holds another, or is larger than one of a circular."""
    if table.css_first("table table") is not None or table.css_first("td table, th table") is not None:
        return None
    rows: list[list[int]] = []
    cells: list[str] = []
    waiting: dict[int, tuple[int, int]] = {}  # column → the cell that comes down, and for how many rows more
    found = table.css("tr")
    if len(found) > MOST_ROWS:
        return None
    for tr in found:
        row: list[int] = []
        node = tr.child
        while node is not None or len(row) in waiting:
            if len(row) in waiting:
                cell, left = waiting.pop(len(row))
                if left > 1:
                    waiting[len(row)] = (cell, left - 1)
                row.append(cell)
                continue
            if node is not None and node.tag in ("td", "th"):
                cells.append(_WHITE.sub(" ", node.text(separator=" ")).strip())
                across, down = _span(node, "colspan"), _span(node, "rowspan")
                for _ in range(min(across, MOST_COLUMNS - len(row))):
                    if down > 1:
                        waiting[len(row)] = (len(cells) - 1, down - 1)
                    row.append(len(cells) - 1)
            node = node.next if node is not None else None
            if len(row) >= MOST_COLUMNS:
                return None
        rows.append(row)
    whole = fill(rows, cells)
    links = table.css("a[href]")
    files = [(a.attributes.get("href") or "", a.text().strip()) for a in links]
    linked = sum(len(words) for address, words in files if not _ATTACHMENT.search(address))
    return Grid(whole, tuple(cells), linked, tuple(file for file in files if _ATTACHMENT.search(file[0])))


def _span(cell: LexborNode, name: str) -> int:
    value = (cell.attributes.get(name) or "1").strip()
    return max(1, min(int(value), MOST_ROWS)) if value.isascii() and value.isdigit() and len(value) < 7 else 1

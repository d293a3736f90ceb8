"""Explicit responsibilities in tables: a column headed 牵头单位 or 配合单位 names the bodies of a row."""

from __future__ import annotations

import re

from ingest.extract.annotation import Proof, Reader
from ingest.extract.roles import role_of
from ingest.model import Document, Responsibility, Role, Span
from ingest.pattern import book
from ontology.normal import without_space

_HEAD = book("bracket")["bracket.table"]
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")


def extract(document: Document) -> list[Responsibility]:
    """The bodies in every table with such a column, in the order of the text."""
    found: list[Responsibility] = []
    tables = list(document.tables())
    if not tables:
        return found
    reader = Reader(document)
    for rows in tables:
        roles: dict[int, Role] = {}
        for row in rows:
            cells = _cells(document.text.folded, row)
            heads = {place: role for place, cell in enumerate(cells) if (role := _role(document, cell))}
            if heads:
                roles = heads
                continue
            for place, role in roles.items():
                if place < len(cells) and _HAN.search(document.text.folded, *cells[place]):
                    found += reader.read(cells[place], _HEAD.id, Proof.CELL, role)
    return found


def _cells(folded: str, row: Span) -> list[Span]:
    start = row.start + 1 if folded[row.start] == "|" else row.start
    end = row.end - 1 if folded[row.end - 1] == "|" else row.end
    edges = [start]
    for offset in range(start, end):
        if folded[offset] in "|\t":
            edges += [offset, offset + 1]
    edges.append(end)
    return [Span(edges[place], edges[place + 1]) for place in range(0, len(edges), 2)]


def _role(document: Document, cell: Span) -> Role | None:
    text = without_space(document.text.folded[cell.start : cell.end])
    return role_of(text) if _HEAD.regex.match(text) else None

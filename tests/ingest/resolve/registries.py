"""Small registries of invented cities, given as rows of which only some columns are filled."""

from __future__ import annotations

from ontology.registry import Registry
from ontology.registry.rows import COLUMNS, read_bodies


def row(name: str, kind: str, level: str, area: str = "", **cells: str) -> str:
    """A row; ``since`` and ``until`` stand for the columns from and to."""
    renamed = {{"since": "from", "until": "to"}.get(column, column): cell for column, cell in cells.items()}
    known = {"name": name, "kind": kind, "level": level, "area": area, **renamed}
    assert set(known) <= set(COLUMNS)
    return ",".join(known.get(column, "") for column in COLUMNS)


def registry(*rows: str) -> Registry:
    table = "\n".join([",".join(COLUMNS), *rows, ""])
    return Registry(read_bodies(table.encode(), "small.csv"))


COUNTRY = row("中国", "area", "national")
PROVINCE = row("宁江省", "area", "provincial", "中国", aliases="宁江")
CITY = row("云州市", "area", "prefectural", "宁江省", aliases="云州")
OTHER_PROVINCE = row("山阳省", "area", "provincial", "中国", aliases="山阳")
OTHER_CITY = row("石门市", "area", "prefectural", "山阳省", aliases="石门")

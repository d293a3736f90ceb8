"""All administrative divisions of China by name (``divisions.csv``): provinces, prefectures, counties.

They are areas that the registry can take in when a document's issuer names them (``Registry.admit``). The
file is read when the first name is asked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

FILE = "divisions.csv"
COLUMNS = ("code", "name", "short", "until")
_DISTRICT = "区"  # its name is its own in its city only


@dataclass(frozen=True, slots=True)
class Division:
    """A division: ``name`` is canonical (a district's begins with its city's), ``outer`` that of the one in
    which it lies ("" for a province), ``labels`` are all its names, ``until`` the year of its end.
    """

    name: str
    level: str
    outer: str
    labels: tuple[str, ...]
    until: str | None


class Divisions:
    """The divisions, found by any of their names."""

    def __init__(self, divisions: Iterable[Division]) -> None:
        found: dict[str, list[Division]] = defaultdict(list)
        self._by_name: dict[str, Division] = {}
        for division in divisions:
            self._by_name.setdefault(division.name, division)
            for label in division.labels:
                found[label].append(division)
        self._by_label = {label: _present(named) for label, named in found.items()}
        self._longest = max(map(len, self._by_label), default=0)

    def get(self, name: str) -> Division | None:
        """The division of a canonical name."""
        return self._by_name.get(name)

    def labelled(self, label: str) -> Sequence[Division]:
        """The divisions that a name (``plain`` form) can mean; those that are no more, if no other can."""
        return self._by_label.get(label, ())

    def starting(self, text: str) -> Iterable[tuple[str, Sequence[Division]]]:
        """Every name of divisions that a text (``plain`` form) begins with, the longest first."""
        for end in range(min(self._longest, len(text)), 1, -1):
            found = self._by_label.get(text[:end])
            if found:
                yield text[:end], found


def _present(named: Sequence[Division]) -> tuple[Division, ...]:
    return tuple(one for one in named if one.until is None) or tuple(named)


def read_divisions(data: bytes) -> Divisions:
    """Read a file that ``import_divisions`` made: names in ``plain`` form, no quotes, a header."""
    rows = [line.split(",") for line in data.decode().splitlines()[1:]]
    names: dict[str, str] = {}  # by code, of today if there is one today
    for code, name, _, until in rows:
        if not until or code not in names:
            names[code] = name
    return Divisions(_division(code, name, short, until or None, names) for code, name, short, until in rows)


def _division(code: str, name: str, short: str, until: str | None, names: dict[str, str]) -> Division:
    province, prefecture = names[f"{code[:2]}0000"], names.get(f"{code[:4]}00")
    if code.endswith("0000"):
        return Division(name, "provincial", "", (name,), until)
    if code.endswith("00"):
        return Division(name, "prefectural", province, _labels(name, short), until)
    outer = prefecture or province
    canonical = outer + name if name.endswith(_DISTRICT) else name
    return Division(canonical, "county", outer, _labels(canonical, name, short), until)


def _labels(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


@cache
def builtin_divisions() -> Divisions:
    """The divisions that come with gongbao."""
    file = resources.files("ontology").joinpath("registry", FILE)
    return read_divisions(file.read_bytes())

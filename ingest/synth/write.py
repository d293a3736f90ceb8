"""Writes a corpus of invented circulars with its gold into a folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ingest.synth.circular import Inventor
from ingest.synth.grammar import grammar
from ontology.errors import GongbaoError


@dataclass(frozen=True, slots=True)
class WrittenCorpus:
    """What was written: the folder of texts, that of gold, and counts."""

    texts: Path
    gold: Path
    circulars: int
    characters: int
    facts: int


def write_corpus(folder: Path, circulars: int, seed: int = 1) -> WrittenCorpus:
    """Write so many circulars into ``folder/texts``, and the facts they state into ``folder/gold``.

    The same seed gives the same bytes, and the first of many circulars are those of few. ``gold`` holds one
    fact a line and regions.json with the lines that are judged: all of them. Raises GongbaoError where the
    folder holds anything already or cannot be written.
    """
    texts, gold = folder / "texts", folder / "gold"
    try:
        if folder.exists() and any(folder.iterdir()):
            raise GongbaoError(f"{folder}: is not empty, and nothing in it is written over")
        return _write(Inventor(grammar(), seed), texts, gold, circulars)
    except OSError as error:
        raise GongbaoError(f"{folder}: cannot be written: {error.strerror or error}") from error


def _write(inventor: Inventor, texts: Path, gold: Path, circulars: int) -> WrittenCorpus:
    texts.mkdir(parents=True)
    gold.mkdir()
    characters = facts = 0
    regions: list[tuple[str, int, int]] = []
    within = ""
    with (gold / "gold.jsonl").open("w", encoding="utf8") as file:
        for name, circular in inventor.circulars(circulars):
            within_now, _, _ = name.partition("/")
            if within_now != within:
                within = within_now
                (texts / within).mkdir()
            with open(f"{texts}/{name}", "wb") as text:  # noqa: PTH123 - a path for each costs as much as the text
                text.write(circular.text.encode())
            file.write(circular.gold)
            characters += len(circular.text)
            facts += circular.gold.count("\n")
            regions.append((name, 1, circular.text.count("\n")))
    (gold / "regions.json").write_text(json.dumps(regions), "utf8")
    return WrittenCorpus(texts, gold, circulars, characters, facts)

"""Invented circulars: the same for the same seed, with gold that is true of their words and is found."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest

from gongbao import extract
from ingest.synth import write_corpus
from ingest.synth.circular import LENGTH, Inventor
from ingest.synth.grammar import PlannedSentence, grammar
from ingest.synth.sentence import ready
from ontology.errors import GongbaoError

NUMBER = 12
KEYS = {
    "doc": ("title", "circular_title", "number", "date", "effective", "addressees"),
    "resp": ("role", "unit", "explicit"),
    "target": ("value", "unit", "cmp", "by"),
    "deadline": ("type", "norm"),
    "ref": ("title", "number", "rel"),
    "iref": ("target",),
    "norm": ("modality", "bearer", "text"),
}
QUOTED = {
    "resp": "unit",
    "target": "text",
    "deadline": "text",
    "ref": "title",
    "iref": "text",
    "norm": "text",
}


def invented(seed: int = 3) -> list[tuple[str, str, list[dict[str, object]]]]:
    return [
        (name, circular.text, [json.loads(line) for line in circular.gold.splitlines()])
        for name, circular in Inventor(grammar(), seed).circulars(NUMBER)
    ]


def test_the_same_seed_gives_the_same_circulars_and_another_seed_others() -> None:
    assert invented() == invented()
    assert invented()[0][1] != invented(4)[0][1]


def test_circulars_are_of_one_length_and_differ() -> None:
    texts = [text for _, text, _ in invented()]
    assert len(set(texts)) == NUMBER
    assert all(LENGTH <= len(text) <= 1.5 * LENGTH for text in texts)


def test_every_fact_stands_on_its_line() -> None:
    for name, text, gold in invented():
        lines = ["".join(line.split()) for line in text.split("\n")]
        assert [fact["kind"] for fact in gold].count("doc") == 1
        for fact in gold:
            assert fact["file"] == name
            if quoted := QUOTED.get(str(fact["kind"])):
                assert str(fact[quoted]) in lines[int(str(fact["line"])) - 1]


def key(fact: Mapping[str, object]) -> tuple[object, ...]:
    """What tells a fact from others, in its own words."""
    kind = str(fact["kind"])
    return kind, fact["line"], *(str(fact[name]).rstrip("。") for name in KEYS[kind])


def test_extraction_finds_exactly_these_facts() -> None:
    gold, found = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for _, text, facts in invented():
        gold.update(key(fact) for fact in facts)
        found.update(key(fact.to_dict()) for fact in extract(text))
    assert {str(at[0]) for at in gold} == set(KEYS)
    assert (gold - found, found - gold) == (Counter(), Counter())


def test_an_office_stands_once_in_a_sentence() -> None:
    sentence = ready(PlannedSentence("{a}、{b}、{c}、{d}"), {})
    assert sentence.offices
    for _, _, gold in invented():
        by_line = Counter(
            (fact["line"], fact["unit"]) for fact in gold if fact["kind"] == "resp" and fact["explicit"]
        )
        assert max(by_line.values(), default=1) == 1


def test_a_corpus_is_written_with_the_lines_that_are_judged(tmp_path: Path) -> None:
    written = write_corpus(tmp_path / "corpus", 3, seed=3)
    texts = sorted(path.relative_to(written.texts).as_posix() for path in written.texts.rglob("*.txt"))
    assert texts == [name for name, _, _ in invented()[:3]]
    assert json.loads((written.gold / "regions.json").read_text("utf8")) == [
        [name, 1, text.count("\n")] for name, text, _ in invented()[:3]
    ]
    assert (written.gold / "gold.jsonl").read_text("utf8").count("\n") == written.facts
    assert written.facts == sum(len(gold) for _, _, gold in invented()[:3])


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "kept.txt").write_text("kept", "utf8")
    with pytest.raises(GongbaoError, match="is not empty"):
        write_corpus(tmp_path, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf8")
    with pytest.raises(GongbaoError, match="cannot be written"):
        write_corpus(tmp_path / "file" / "under", 1)

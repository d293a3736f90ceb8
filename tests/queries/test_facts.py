"""``gongbao facts`` of the samples, against gold made by hand and against its own output of the last time."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from ingest.store import current
from queries.facts import KINDS
from tests.conftest import SAMPLES, SHARED
from tests.regenerate import GOLDEN, MADE
from tests.truth.scoring import scorer

Record = Mapping[str, Any]  # what a line of JSON holds
Pairs = list[tuple[Record, Record]]
Match = Callable[[list[Record], list[Record]], tuple[Pairs, list[Record], list[Record]]]

LEAST_F1 = {
    "doc": 0.98,
    "resp": 0.96,
    "target": 0.98,
    "deadline": 0.98,
    "ref": 0.98,
    "iref": 0.98,
    "norm": 0.98,
}
"""What was measured when the test was written, less 0.02."""

LEAST_RIGHT = {
    "doc.title": 0.98,
    "doc.number": 0.98,
    "doc.issuers": 0.98,
    "doc.date": 0.98,
    "doc.effective": 0.98,
    "doc.expires": 0.9,
    "doc.addressees": 0.98,
    "target.cmp": 0.98,
    "target.by": 0.98,
    "deadline.type": 0.98,
    "ref.rel": 0.96,
    "ref.number": 0.98,
    "norm.bearer": 0.91,
}
"""Share of matched records whose attribute is right."""


def plain(value: object) -> str:
    """A surface form without white space and closing marks, NFKC, with one kind of bracket."""
    text = unicodedata.normalize("NFKC", str(value)).translate(str.maketrans("〔〕【】", "[][]"))
    return re.sub(r"[\s*#]", "", text).strip("。;,:、")


def key(record: Record) -> tuple[str, ...]:
    """By what a record is told from others of its kind, file and line."""
    match record["kind"]:
        case "doc":
            return ()
        case "resp":
            return (re.sub("[、,]", "", plain(record["unit"])), record["role"])
        case "target":
            return (plain(record["value"]), plain(record["unit"] or ""))
        case "deadline":
            return (plain(record["norm"]),)
        case "ref":
            return (plain(record["title"] or record["number"]),)
        case "iref":
            return (plain(record["target"]),)
        case _:
            label = re.match(
                r"第[^条]{1,8}条|\(.{1,3}\)|[一二三四五六七八九十]+、|\d+[.、]", plain(record["text"])
            )
            return (record["modality"], plain(record["text"])[label.end() if label else 0 :][:10])


def match_here(gold: list[Record], pred: list[Record], /) -> tuple[Pairs, list[Record], list[Record]]:
    """As score.py of the shared folder: one to one, by key, within two lines, the nearest first."""
    pools: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for record in pred:
        pools[(record["file"], *key(record))].append(record)
    pairs: Pairs = []
    missed: list[Record] = []
    for record in sorted(gold, key=lambda record: int(record["line"])):
        pool = pools[(record["file"], *key(record))]
        near = [other for other in pool if abs(other["line"] - record["line"]) <= 2]
        if near:
            best = min(near, key=lambda other: abs(int(other["line"]) - int(record["line"])))
            pool.remove(best)
            pairs.append((record, best))
        else:
            missed.append(record)
    return pairs, missed, [record for pool in pools.values() for record in pool]


def same(a: object, b: object, name: str) -> bool:
    """Whether an attribute is right."""
    if isinstance(a, list) or isinstance(b, list):
        return sorted(map(plain, a if isinstance(a, list) else [])) == sorted(
            map(plain, b if isinstance(b, list) else [])
        )
    if a is None or b is None:
        return a in (None, "") and b in (None, "")
    return plain(a) == plain(b) or (name == "bearer" and (plain(a) in plain(b) or plain(b) in plain(a)))


MATCHERS: dict[str, Match] = {"here": match_here}
if (SHARED / "eval" / "score.py").exists():
    MATCHERS["score.py"] = scorer(SHARED / "eval").match


def records(lines: str) -> list[Record]:
    return [json.loads(line) for line in lines.splitlines()]


@pytest.fixture(scope="module")
def gold() -> list[Record]:
    return records((GOLDEN / "samples-gold.jsonl").read_text("utf8"))


@pytest.fixture(scope="module")
def found(samples_facts: str) -> list[Record]:
    return records(samples_facts)


def of(kind: str, all_records: list[Record]) -> list[Record]:
    return [record for record in all_records if record["kind"] == kind]


def listing(missed: list[Record], spurious: list[Record]) -> str:
    return "\n".join(
        f"{sign} {json.dumps(record, ensure_ascii=False)}"
        for sign, some in (("-", missed), ("+", spurious))
        for record in some
    )


@pytest.mark.parametrize("match", MATCHERS)
@pytest.mark.parametrize("kind", KINDS)
def test_f1_by_kind(kind: str, match: str, gold: list[Record], found: list[Record]) -> None:
    wanted = of(kind, gold)
    assert len(wanted) >= 13
    pairs, missed, spurious = MATCHERS[match](wanted, of(kind, found))
    f1 = 2 * len(pairs) / (2 * len(pairs) + len(missed) + len(spurious))
    assert f1 >= LEAST_F1[kind], listing(missed, spurious)


@pytest.mark.parametrize("name", LEAST_RIGHT)
def test_attributes_of_what_was_found(name: str, gold: list[Record], found: list[Record]) -> None:
    kind, attribute = name.split(".")
    pairs, _, _ = match_here(of(kind, gold), of(kind, found))
    wrong = [(a, b) for a, b in pairs if not same(a.get(attribute), b.get(attribute), attribute)]
    told = "\n".join(
        f"{a['file']}:{a['line']} gold {a.get(attribute)!r} found {b.get(attribute)!r}" for a, b in wrong
    )
    assert 1 - len(wrong) / len(pairs) >= LEAST_RIGHT[name], told


def test_explicit_and_prose_responsibilities(gold: list[Record], found: list[Record]) -> None:
    pairs, _, _ = match_here(of("resp", gold), of("resp", found))
    agree = sum(a["explicit"] == b["explicit"] for a, b in pairs)
    assert agree / len(pairs) >= 0.98
    for explicit, least in ((True, 0.98), (False, 0.9)):
        wanted = [record for record in of("resp", gold) if record["explicit"] is explicit]
        told = [record for record in of("resp", found) if record["explicit"] is explicit]
        hits = sum(a["explicit"] is explicit for a, _ in pairs)
        right = sum(b["explicit"] is explicit for _, b in pairs)
        assert hits / len(wanted) >= least
        assert right / len(told) >= least


def test_the_gold_is_what_the_samples_say(gold: list[Record]) -> None:
    """Every surface form of the gold stands in its file, at its line or shortly after."""
    surfaces = {
        "resp": ("unit",),
        "target": ("text",),
        "deadline": ("text",),
        "ref": ("title",),
        "iref": ("text",),
        "norm": ("text",),
        "doc": (),
    }
    texts = {path.name: path.read_text("utf8").split("\n") for path in SAMPLES.iterdir()}
    for record in gold:
        lines = texts[record["file"]]
        here = plain("".join(lines[record["line"] - 1 : record["line"] + 9]))
        for name in surfaces[record["kind"]]:
            if record[name] is not None:
                assert plain(record[name]) in here, record


def test_the_form_of_the_records(found: list[Record], samples_store: Path) -> None:
    """The gold's fields, then the place: the text that it names has the surface at its offsets."""
    fields = {
        "doc": {"title", "circular_title", "number", "issuers", "date", "effective", "expires", "addressees"},
        "resp": {"role", "unit", "explicit"},
        "target": {"text", "value", "unit", "cmp", "by"},
        "deadline": {"text", "type", "norm"},
        "ref": {"title", "number", "rel"},
        "iref": {"text", "target"},
        "norm": {"modality", "bearer", "text"},
    }
    assert {record["kind"] for record in found} == set(KINDS)
    version = current(samples_store)
    for record in found:
        assert list(record)[:3] == ["kind", "file", "line"]
        assert set(record) >= {"line", "start", "end", "iri", *fields[record["kind"]]}
        text = version.source(record["place"].split("/")[-1].partition("#")[0])
        quote = "".join(text[record["start"] : record["end"]].split())
        match record["kind"]:
            case "target" | "deadline" | "iref":
                assert record["text"] == quote
            case "norm":
                assert record["text"] == quote[:30]
                assert record["bearer"] is None or record["bearer"] in quote
            case "ref":
                assert plain(record["title"] or record["number"]) in plain(quote)
            case "resp":
                assert len(record["unit"]) > 1
    assert len({record["iri"] for record in found}) == len(found)


def test_the_order_of_the_records(found: list[Record]) -> None:
    places = [(record["file"], record["start"], KINDS.index(record["kind"])) for record in found]
    assert places == sorted(places)


def test_the_golden_file(samples_facts: str) -> None:
    path = GOLDEN / "samples-facts.jsonl"
    before = path.read_text("utf8").splitlines()
    now = samples_facts.splitlines()
    gone = [line for line in before if line not in set(now)]
    new = [line for line in now if line not in set(before)]
    shown = "\n".join([*(f"- {line}" for line in gone[:10]), *(f"+ {line}" for line in new[:10])])
    assert now == before, (
        f"{path} differs ({len(gone)} lines gone, {len(new)} new). Where the change is meant, run: "
        f"python -m tests.regenerate, and read the diff.\n{shown}"
    )


def test_every_golden_file_has_a_maker() -> None:
    by_hand = {"samples-gold.jsonl"}
    assert {path.name for path in GOLDEN.iterdir()} == by_hand | set(MADE)

"""``gongbao diff``: facts that differ, quads as an RDF patch, versions by the beginnings of their names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.build import build_store
from ingest.store import Version, versions
from tests.conftest import Gongbao, circular


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions: in the second one file has another number and a line more above it, and one is new."""
    folder = tmp_path_factory.mktemp("diff")
    (folder / "in").mkdir()
    for serial in (1, 2):
        (folder / "in" / f"{serial}.txt").write_text(circular(serial), "utf8")
    build_store([folder / "in"], folder / "store", check=False)
    text = circular(2).replace("300件", "450件").replace("现将有关事项", "现将有关要求")
    (folder / "in" / "2.txt").write_text("\n" + text, "utf8")
    build_store([folder / "in"], folder / "store", check=False)
    return folder / "store"


def write(folder: Path) -> Path:
    (folder / "1.txt").write_text(circular(), "utf8")
    return folder / "1.txt"


def quads(version: Version) -> set[str]:
    return set(map(str, version.quads()))


def test_the_facts_that_differ_and_no_others(store: Path, gongbao: Gongbao) -> None:
    ran = gongbao("diff", "--store", store)
    assert ran.status == 0
    gone, come = ran.out.splitlines()
    assert gone.startswith("- target 2.txt:")
    assert come.startswith("+ target 2.txt:")
    assert gone.partition(" ")[2].partition(" text")[2] != come.partition(" text")[2]
    assert "value=300" in gone
    assert "value=450" in come
    assert "2 graphs differ" in ran.err


def test_facts_as_json_lines_are_whole_records(store: Path, gongbao: Gongbao) -> None:
    found = [
        json.loads(line) for line in gongbao("diff", "--store", store, "--format", "jsonl").out.splitlines()
    ]
    told = [(each["change"], each["kind"], each["value"]) for each in found]
    assert told == [("removed", "target", "300"), ("added", "target", "450")]
    facts = [json.loads(line) for line in gongbao("facts", "--store", store).out.splitlines()]
    assert {key: value for key, value in found[1].items() if key != "change"} in facts


def test_the_patch_makes_the_one_version_the_other(store: Path, gongbao: Gongbao) -> None:
    old, new = versions(store)
    for first, second in ((old, new), (new, old)):
        ran = gongbao("diff", first.id, second.id, "--store", store, "--format", "patch")
        begin, *lines, end = ran.out.splitlines()
        assert (begin, end) == ("TX .", "TC .")
        made = quads(first)
        for line in lines:
            what, quad = line[0], line[2:].removesuffix(" .")
            assert (quad in made) == (what == "D")
            made = made - {quad} if what == "D" else made | {quad}
        assert made == quads(second)


def test_a_version_does_not_differ_from_itself(store: Path, gongbao: Gongbao) -> None:
    name = versions(store)[0].id
    for form, lines in (("text", ""), ("patch", "TX .\nTC .\n")):
        ran = gongbao("diff", name, name, "--store", store, "--format", form)
        assert (ran.status, ran.out) == (0, lines)
        assert "0 graphs differ" in ran.err


def test_versions_that_cannot_be_told(store: Path, tmp_path: Path, gongbao: Gongbao) -> None:
    assert "none: no version of this name; there are 2" in gongbao("diff", "none", "--store", store).err
    assert "2: several versions of this name" in gongbao("diff", "2", "--store", store).err
    build_store([write(tmp_path)], tmp_path / "one", check=False)
    assert "there is no version before" in gongbao("diff", "--store", tmp_path / "one").err
    assert "--format" in gongbao("diff", "--store", store, "--format", "xml").err
    assert "no such folder" in gongbao("diff", "--store", tmp_path / "none").err

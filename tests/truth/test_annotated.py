"""Gold that tells places only: it finds its text again, and says so where it cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.model import Role, Span
from tests.conftest import SHARED
from tests.truth.annotated import Found, all_annotated, find, parse, place
from tests.truth.scoring import Record

TEXT = """云州市渡口管理办法
第一条 市水务局负责渡口。市财政局安排资金，市水务局验收。
第二条 巡查渡口。（责任单位：市水务局）
"""


def gold(line: int, unit: str, role: str = "responsible", *, explicit: bool = False) -> Record:
    return {"kind": "resp", "file": "a.txt", "line": line, "role": role, "unit": unit, "explicit": explicit}


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf8")
    return tmp_path


def test_gold_becomes_places_and_finds_its_text_again(shared: Path) -> None:
    told = [
        gold(2, "市财政局"),
        gold(2, "市水务局"),
        gold(2, "市水务局"),
        gold(3, "市水务局", explicit=True),
        gold(2, "市园林局"),
    ]
    one, lost = place("a.txt", shared, "云州市人民政府", told, Span(2, 3))
    assert lost == [gold(2, "市园林局")]
    assert parse(one.dump()) == one
    assert "市水务局" not in one.dump()
    found = find(one, shared)
    assert isinstance(found, Found)
    assert [found.text.quote(each.span) for each in one.places] == [
        "市水务局",
        "市财政局",
        "市水务局",
        "市水务局",
    ]
    assert {each.role for each in one.places} == {Role.RESPONSIBLE}
    assert found.region == ("a.txt", 2, 3)
    assert [(record["line"], record["unit"], record["explicit"]) for record in found.records] == [
        (2, "市水务局", False),
        (2, "市财政局", False),
        (2, "市水务局", False),
        (3, "市水务局", True),
    ]


def test_a_text_that_is_missing_or_changed_is_told(shared: Path) -> None:
    one, _ = place("a.txt", shared, "云州市人民政府", [], Span(1, 3))
    (shared / "a.txt").write_text(TEXT.replace("渡口", "码头"), "utf8")
    assert find(one, shared) == "a.txt: the text is read otherwise than when it was annotated"
    (shared / "a.txt").unlink()
    assert find(one, shared) == "a.txt: not there"


def test_no_name_stands_in_the_annotated_files() -> None:
    every = all_annotated()
    assert len(every) > 20
    assert len({one.path for one in every}) == len(every)
    for one in every:
        assert one.stretch.start < one.stretch.end
        assert all(one.stretch.start <= each.span.start < each.span.end for each in one.places)


@pytest.mark.check
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no texts: {SHARED} is not there")
def test_every_annotated_text_is_found() -> None:
    assert [found for one in all_annotated() if isinstance(found := find(one, SHARED), str)] == []

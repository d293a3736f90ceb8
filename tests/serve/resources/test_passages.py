"""Passages: which characters of a text are shown, and which of them are marked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.serve.resources.passages import innermost, make_passage, text_digest, whole_lines
from ontology.places import Place

_SHA = "0a" * 32
_TEXT = f"https://example.org/id/text/{_SHA}"
_SOURCE = "一、标题\n（一）某局应当办理。\n结尾"


def _at(start: int, end: int) -> Place:
    return Place(_TEXT, start, end)


def test_a_text_is_named_by_its_digest_alone() -> None:
    assert text_digest(_TEXT) == _SHA
    assert text_digest(f"https://example.org/id/text/../{_SHA[:-3]}") is None
    assert text_digest(f"https://example.org/id/{_SHA}") is None


def test_the_characters_are_marked_within_their_line() -> None:
    around = whole_lines(_SOURCE, _at(8, 10))
    assert _SOURCE[around.start : around.end] == "（一）某局应当办理。"
    shown = make_passage(_SOURCE, around, [_at(8, 10)])
    assert [(run.text, run.marked) for run in shown.runs] == [
        ("（一）", False),
        ("某局", True),
        ("应当办理。", False),
    ]
    assert (shown.before, shown.after) == (False, False)


def test_characters_beyond_the_basic_plane_are_one_each() -> None:
    source = "𠀀𠀁某局𠀂"
    shown = make_passage(source, _at(0, 5), [_at(2, 4)])
    assert [run.text for run in shown.runs if run.marked] == ["某局"]


def test_marks_that_overlap_are_one() -> None:
    shown = make_passage(_SOURCE, _at(5, 15), [_at(10, 12), _at(8, 11), _at(12, 13)])
    assert [run.text for run in shown.runs if run.marked] == [_SOURCE[8:13]]


def test_a_long_passage_is_cut_around_its_first_mark() -> None:
    source = "字" * 9000 + "某局" + "字" * 9000
    shown = make_passage(source, _at(0, len(source)), [_at(9000, 9002)])
    assert (shown.before, shown.after) == (True, True)
    assert [run.text for run in shown.runs if run.marked] == ["某局"]
    assert sum(len(run.text) for run in shown.runs) == 6000


def test_of_nested_places_the_inner_ones_remain() -> None:
    assert innermost([_at(0, 9), _at(2, 4), _at(6, 8), _at(2, 4), _at(20, 22)]) == [
        _at(2, 4),
        _at(6, 8),
        _at(20, 22),
    ]


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))), st.integers(0, 30), st.integers(0, 40))
def test_the_pieces_are_the_passage(spans: list[tuple[int, int]], start: int, length: int) -> None:
    source = "".join(chr(0x4E00 + number) for number in range(40))
    end = min(start + length, 40)
    marks = [_at(min(span), max(span)) for span in spans]
    shown = make_passage(source, _at(start, end), marks)
    assert "".join(run.text for run in shown.runs) == source[start:end]
    marked = {character for run in shown.runs if run.marked for character in run.text}
    assert marked == {source[at] for mark in marks for at in range(mark.start, mark.end) if start <= at < end}

"""The text of an original as blocks: paragraphs, headings, tables, and the mark in them."""

from __future__ import annotations

import pytest

from app.serve.resources.marked_text import MarkedBlock, MarkedCell, mark_text, runs_of
from app.serve.resources.passages import PassageRun
from ingest.model import ParagraphKind, Span
from ingest.store import LaidParagraph, Layout, plain_layout

TABLE, BODY = ParagraphKind.TABLE, ParagraphKind.BODY


def shown(block: MarkedBlock) -> str:
    return "".join(f"[{run.text}]" if run.marked else run.text for run in block.runs)


def test_paragraphs_and_headings() -> None:
    text = "标题\n第一段。\n第二段。"
    found = mark_text(text, plain_layout(text), Span(5, 9), {0: 1})
    assert [(block.heading, shown(block)) for block in found.blocks] == [
        (1, "标题"),
        (0, "第一[段。]"),
        (0, "[第]二段。"),
    ]
    assert (found.before, found.after) == (False, False)


def test_a_heading_with_words_behind_it_is_a_paragraph() -> None:
    text = "一、加快整理。完成整理案卷。\n二、总体要求。"
    found = mark_text(text, plain_layout(text), None, {0: 2, 15: 2})
    assert [block.heading for block in found.blocks] == [0, 2]


def test_a_table_has_its_merged_cells_once() -> None:
    text = "前\n任务\t单位\n夜市\t商务局\n\t城管局\n后"
    rows = (
        (Span(2, 4), Span(5, 7)),
        (Span(8, 10), Span(11, 14)),
        (Span(8, 10), Span(16, 19)),
    )
    paragraphs = tuple(
        LaidParagraph(start, end, kind, 0)
        for start, end, kind in ((0, 1, BODY), (2, 7, TABLE), (8, 14, TABLE), (15, 19, TABLE), (20, 21, BODY))
    )
    found = mark_text(text, Layout(paragraphs, (rows,)), Span(11, 14), {})
    assert [block.kind for block in found.blocks] == ["body", "table", "body"]
    assert found.blocks[1].rows == (
        (MarkedCell((PassageRun("任务", False),)), MarkedCell((PassageRun("单位", False),))),
        (MarkedCell((PassageRun("夜市", False),), rows=2), MarkedCell((PassageRun("商务局", True),))),
        (MarkedCell((PassageRun("城管局", False),)),),
    )


def test_empty_cells_are_each_their_own() -> None:
    rows = ((Span(0, 1), Span(2, 2), Span(2, 2)),)
    found = mark_text("甲\t\t", Layout((LaidParagraph(0, 3, TABLE, 0),), (rows,)), None, {})
    assert [cell.columns for cell in found.blocks[0].rows[0]] == [1, 1, 1]


def test_furniture_is_left_out() -> None:
    layout = Layout((LaidParagraph(0, 1, ParagraphKind.FURNITURE, 0), LaidParagraph(2, 3, BODY, 0)))
    assert [shown(block) for block in mark_text("3\n甲", layout, None, {}).blocks] == ["甲"]


def test_of_a_long_text_the_part_around_the_mark_is_shown() -> None:
    text = "\n".join("字" * 999 for _ in range(300))
    found = mark_text(text, plain_layout(text), Span(200_000, 200_003), {})
    assert (found.before, found.after) == (True, True)
    assert sum(len(shown(block)) for block in found.blocks) <= 60_002
    assert sum("[字字字]" in shown(block) for block in found.blocks) == 1


@pytest.mark.parametrize(
    ("mark", "expected"),
    [
        (None, "abcd"),
        (Span(0, 4), "[abcd]"),
        (Span(1, 2), "a[b]cd"),
        (Span(3, 9), "abc[d]"),
        (Span(4, 9), "abcd"),
    ],
)
def test_runs(mark: Span | None, expected: str) -> None:
    runs = runs_of("abcdefghij", Span(0, 4), mark)
    assert "".join(f"[{run.text}]" if run.marked else run.text for run in runs) == expected

"""Characters that a page places apart from their line are put back into it."""

from __future__ import annotations

from ingest.readers.glyphs import Glyph
from ingest.readers.misplaced import put_back

WIDTH, HEIGHT = 600.0, 800.0


def line(text: str, top: float, *, apart: str = "") -> list[Glyph]:
    """Glyphs of 10 points side by side; those in ``apart`` keep their room and are drawn elsewhere."""
    return [
        Glyph(char, 900, 1500, 930, 1530)
        if char in apart
        else Glyph(char, 50 + 10 * n, top, 60 + 10 * n, top + 10)
        for n, char in enumerate(text)
    ]


def seen(glyphs: list[Glyph]) -> list[tuple[str, float, float]]:
    return [(glyph.char, glyph.left, glyph.top) for glyph in glyphs]


def test_the_gap_between_two_neighbours_takes_what_is_missing() -> None:
    expected = seen(line("由工信局牵头", 100))
    assert seen(put_back(line("由工信局牵头", 100, apart="工"), WIDTH, HEIGHT)) == expected
    assert seen(put_back(line("由工信局牵头", 100, apart="工信"), WIDTH, HEIGHT)) == expected


def test_on_the_page_too() -> None:
    glyphs = line("由工信局牵头", 100)
    glyphs[1] = Glyph("工", 300, 400, 330, 430)
    assert seen(put_back(glyphs, WIDTH, HEIGHT)) == seen(line("由工信局牵头", 100))


def test_the_last_of_a_line_goes_behind_it() -> None:
    glyphs = [*line("市总工", 100, apart="工"), *line("会负责", 120)]
    assert seen(put_back(glyphs, WIDTH, HEIGHT)) == [*seen(line("市总工", 100)), *seen(line("会负责", 120))]


def test_lines_cells_and_raised_marks_stay() -> None:
    raised = [*line("平方米", 100), Glyph("2", 80, 98, 84, 104), *line("以上", 120)]
    cells = [*line("甲", 100), *line("乙", 120), Glyph("丙", 200, 100, 210, 110)]
    for glyphs in (raised, cells, [*line("第一行", 100), *line("第二行", 120)]):
        assert put_back(glyphs, WIDTH, HEIGHT) == glyphs

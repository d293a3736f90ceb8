"""Glyphs of a page to lines of text, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from ingest.model import Box, Origin
from ingest.readers.columns import order_by_columns
from ingest.readers.glyphs import SOFT_HYPHEN, Glyph, box_of, is_han

_SAME_ROW = 0.36  # of an em: how far the middles of two glyphs of a row may lie apart
_APART = 1.5  # em: a gap this wide divides a row into pieces (columns, number and signer)
_TELLING = 15  # glyphs of a run by which its height is told
_FEW = 4  # squares whose median does not tell their size
_RUN = 6  # glyphs to one origin
_RAISED = 0.78  # of an em: a note's raised mark is at most this large


@dataclass(slots=True)
class Piece:
    """Glyphs of one row without a wide gap."""

    glyphs: list[Glyph]
    em: float
    middle: float

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return max(self.glyphs[-1].right, self.glyphs[0].right)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of text: ``runs`` are offsets in ``text`` with the places from there on.

    ``row`` is the number of its row on the page or in its column: pieces of a row have the same.
    """

    text: str
    page: int
    box: Box
    em: float
    column: int
    row: int
    runs: tuple[tuple[int, Origin], ...]


def read_lines(rows: Sequence[list[Piece]], page: int, width: float) -> list[PaperLine]:
    """The lines of a page from its rows, those of a left column before those of a right one."""
    lines: list[PaperLine] = []
    for column, ordered in order_by_columns([piece for row in rows for piece in row], width):
        lines += (line_of(piece, page, column, row) for row, piece in ordered)
    return _below_names(lines)


def _below_names(lines: list[PaperLine]) -> list[PaperLine]:
    """Put 文件 behind all names of a joint red head that are stacked beside it."""
    for place, line in enumerate(lines[:12]):
        if line.text != "文件":
            continue
        end = place + 1
        while (
            end < len(lines) and lines[end].box.top < line.box.bottom and lines[end].box.right < line.box.left
        ):
            end += 1
        while end < len(lines) and end > place + 1 and _continues_names(lines[end], lines[end - 1], line):
            end += 1
        return [*lines[:place], *lines[place + 1 : end], line, *lines[end:]]
    return lines


def _continues_names(line: PaperLine, above: PaperLine, mark: PaperLine) -> bool:
    return line.box.right < mark.box.left and abs(line.em - above.em) < 0.1 * above.em


def read_cell(glyphs: Sequence[Glyph], page: int) -> list[PaperLine]:
    """The lines of a cell; wide gaps divide nothing."""
    return [line_of(_whole(row), page, 0, number) for number, row in enumerate(pieces_of(glyphs))]


def _whole(row: list[Piece]) -> Piece:
    glyphs = [glyph for piece in row for glyph in piece.glyphs]
    return Piece(glyphs, max(piece.em for piece in row), row[0].middle)


def em_of(glyphs: Iterable[Glyph]) -> float:
    """The size of the type: the width of its squares, else what its height tells."""
    known = list(glyphs)
    squares = [glyph.right - glyph.left for glyph in known if is_han(glyph.char)]
    if 0 < len(squares) <= _FEW:
        return max(
            *squares, 1.0
        )  # some makers give boxes that fit the strokes: no box is wider than a square
    if squares:
        return max(median(squares), 1.0)
    return max(median(glyph.bottom - glyph.top for glyph in known) / 1.2, 1.0)


def pieces_of(glyphs: Sequence[Glyph]) -> list[list[Piece]]:
    """Rows from top to bottom, each divided at its wide gaps."""
    rows: list[list[Glyph]] = []
    middles: list[float] = []
    ems: list[float] = []
    for run in sorted(_runs(glyphs), key=lambda run: run[0].middle):
        em = em_of(run)
        middle = median([(glyph.top + glyph.bottom) / 2 for glyph in run[:_TELLING]])
        for place in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            other = ems[place]
            near = abs(middles[place] - middle) < _SAME_ROW * min(em, other)
            if near or _is_raised(run, em, rows[place], other):
                if em > other * 1.3:
                    middles[place] = middle
                rows[place] += run
                ems[place] = em_of(rows[place][:40])
                break
        else:
            rows.append(run)
            middles.append(middle)
            ems.append(em)
    ordered = sorted(zip(middles, rows, strict=True), key=lambda item: item[0])
    return [_split(row) for _, row in ordered]


def _is_raised(run: list[Glyph], em: float, row: list[Glyph], other: float) -> bool:
    """Whether a run is a small mark beside the text of a row, or the row one beside the run."""
    small, large = (run, row) if em <= other else (row, run)
    if min(em, other) > _RAISED * max(em, other) or len(small) > 8:
        return False
    top, bottom = min(g.top for g in large), max(g.bottom for g in large)
    if not all(top - 1 <= glyph.middle <= bottom + 1 for glyph in small):
        return False
    reach = max(em, other) * 0.6
    return any(
        -reach < small[0].left - glyph.right < reach or -reach < glyph.left - small[-1].right < reach
        for glyph in large
    )


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs that follow one another in the file and on the page."""
    run: list[Glyph] = []
    above = under = right = 0.0  # of the glyph before
    for glyph in glyphs:
        _, left, top, end, bottom = glyph
        if run:
            height = min(under - above, bottom - top)
            level = abs(above + under - top - bottom) < 0.5 * height
            if not (level and -0.6 * height < left - right < height):
                yield run
                run = []
        run.append(glyph)
        above, under, right = top, bottom, end
    if run:
        yield run


def _split(row: list[Glyph]) -> list[Piece]:
    """A row from left to right; a glyph printed twice to look bold counts once."""
    row.sort(key=lambda glyph: glyph.left)
    em = em_of(row)
    groups: list[list[Glyph]] = [[]]
    right = row[0].left
    for glyph in row:
        group = groups[-1]
        if _is_doubled(glyph, group, em):
            continue
        if group and glyph.left - right > _APART * em:
            group = []
            groups.append(group)
        group.append(glyph)
        right = max(right, glyph.right)
    return [
        Piece(group, em_of(group), median([(g.top + g.bottom) / 2 for g in group[:_TELLING]]))
        for group in groups
        if group
    ]


def _is_doubled(glyph: Glyph, group: list[Glyph], em: float) -> bool:
    """Whether the same glyph stands there already, a hair's breadth away."""
    for same in group[-3:]:
        if same.char == glyph.char and glyph.left - same.left < 0.35 * min(em, glyph.right - glyph.left):
            return True
    return False


def line_of(piece: Piece, page: int, column: int, row: int) -> PaperLine:
    """A piece's text, spaces between Latin words put back, with its places."""
    parts: list[str] = []
    runs: list[tuple[int, Origin]] = []
    length = 0
    chunk: list[Glyph] = []
    for place, glyph in enumerate(piece.glyphs):
        before = piece.glyphs[place - 1] if place else None
        char = "-" if glyph.char == SOFT_HYPHEN and place + 1 < len(piece.glyphs) else glyph.char
        if before is not None and _has_space(before, glyph, piece.em):
            parts.append(" ")
            length += 1
        if not chunk or len(chunk) >= _RUN:
            if chunk:
                runs[-1] = (runs[-1][0], Origin(page=page, box=box_of(chunk)))
            chunk = []
            runs.append((length, Origin()))
        chunk.append(glyph)
        parts.append(char)
        length += len(char)
    runs[-1] = (runs[-1][0], Origin(page=page, box=box_of(chunk)))
    return PaperLine("".join(parts), page, box_of(piece.glyphs), piece.em, column, row, tuple(runs))


def _has_space(before: Glyph, glyph: Glyph, em: float) -> bool:
    gap = glyph.left - before.right
    if is_han(before.char) or is_han(glyph.char):
        return gap > 0.4 * em
    return gap > 0.14 * em

"""Ten tables of tasks, each laid out in another way: every cell becomes the fact that it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.platypus import Flowable

from ingest.model import Source
from ingest.readers import ofd, pdf, workbook
from tests.ingest.readers import making
from tests.ingest.readers.taking import Task, only_document, tasks_of

HEADS = ["序号", "重点任务", "牵头单位", "配合单位", "完成时限", "工作目标"]
ROWS = [
    [
        "1",
        "新建社区充电桩",
        "市发展改革委",
        "市财政局、市住房城乡建设局",
        "2023年6月底前",
        "建成充电桩1000个",
    ],
    [
        "2",
        "改造农贸市场，完善排水和消防设施",
        "市商务局",
        "各区人民政府",
        "2023年第三季度",
        "改造率达到80%以上",
    ],
    [
        "3",
        "开展夜间食品安全检查",
        "市市场监管局",
        "市公安局、市城管局",
        "2023年12月底前",
        "检查覆盖率达到100%",
    ],
    ["4", "办好秋季夜市文化节", "市文化和旅游局", "市委宣传部", "2023年10月15日前", "举办活动50场"],
]
TASKS = [
    Task(
        "新建社区充电桩",
        frozenset({"lead 市发展改革委", "cooperate 市财政局", "cooperate 市住房城乡建设局"}),
        frozenset({"2023-06-30"}),
        frozenset({"=1000个 2023-06-30"}),
    ),
    Task(
        "改造农贸市场，完善排水和消防设施",
        frozenset({"lead 市商务局", "cooperate 各区人民政府"}),
        frozenset({"2023-09-30"}),
        frozenset({">=80% 2023-09-30"}),
    ),
    Task(
        "开展夜间食品安全检查",
        frozenset({"lead 市市场监管局", "cooperate 市公安局", "cooperate 市城管局"}),
        frozenset({"2023-12-31"}),
        frozenset({"=100% 2023-12-31"}),
    ),
    Task(
        "办好秋季夜市文化节",
        frozenset({"lead 市文化和旅游局", "cooperate 市委宣传部"}),
        frozenset({"2023-10-15"}),
        frozenset({"=50场 2023-10-15"}),
    ),
]
WIDTHS = (30, 110, 75, 90, 70, 75)
MERGED_TWICE = [
    *TASKS[:1],
    TASKS[1]._replace(
        bodies=TASKS[0].bodies, deadlines=TASKS[0].deadlines, targets=frozenset({">=80% 2023-06-30"})
    ),
    *TASKS[2:],
]


def _pdf(*flowables: Flowable, size: tuple[float, float] = A4, rotation: int = 0) -> Source:
    return next(iter(pdf.read(making.pdf([*making.front(), *flowables], size, rotation), "a.pdf")))


def plain_grid() -> Source:
    return _pdf(making.pdf_table([HEADS, *ROWS], widths=WIDTHS))


def open_sides() -> Source:
    return _pdf(making.pdf_table([HEADS, *ROWS], widths=WIDTHS, open_sides=True))


def merged_down() -> Source:
    """Bodies and the limit of the first two tasks stand in merged cells."""
    rows = [list(row) for row in ROWS]
    for column in (2, 3, 4):
        rows[1][column] = ""
    spans = [(1, column, 2, 1) for column in (2, 3, 4)]
    return _pdf(making.pdf_table([HEADS, *rows], spans, widths=WIDTHS))


def heads_of_two_rows() -> Source:
    upper = ["序号", "重点任务", "责任分工", "", "完成时限", "工作目标"]
    lower = ["", "", "牵头单位", "配合单位", "", ""]
    spans = [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1), (0, 5, 2, 1)]
    return _pdf(making.pdf_table([upper, lower, *ROWS], spans, widths=WIDTHS, heads=2))


def over_pages() -> Source:
    """Forty rows; the head stands again on each page."""
    rows = [[str(n), *ROWS[(n - 1) % 4][1:]] for n in range(1, 41)]
    return _pdf(making.pdf_table([HEADS, *rows], widths=WIDTHS))


def sub_heads() -> Source:
    numbers = ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"]
    first, second = ["一、基础设施"] + [""] * 5, ["二、管理服务"] + [""] * 5
    cells = [HEADS, numbers, first, *ROWS[:2], second, *ROWS[2:]]
    return _pdf(making.pdf_table(cells, [(2, 0, 1, 6), (5, 0, 1, 6)], widths=WIDTHS))


def turned_page() -> Source:
    return _pdf(making.pdf_table([HEADS, *ROWS], widths=WIDTHS), size=making.LANDSCAPE, rotation=90)


def field_beside_tasks() -> Source:
    """A merged column with the field of several tasks stands before them."""
    cells = [["领域", *HEADS[1:]], *(["基础设施" if n == 0 else "", *row[1:]] for n, row in enumerate(ROWS))]
    return _pdf(making.pdf_table(cells, [(1, 0, 4, 1)], widths=WIDTHS))


def book() -> Source:
    data = making.workbook({"任务": ([HEADS, *ROWS], ())})
    return next(iter(workbook.read(data, "a.xlsx")))


def book_merged() -> Source:
    rows = [list(row) for row in ROWS]
    for column in (2, 3, 4):
        rows[1][column] = ""
    upper = ["序号", "重点任务", "责任分工", "", "完成时限", "工作目标"]
    lower = ["", "", "牵头单位", "配合单位", "", ""]
    spans = [(0, 0, 2, 1), (0, 1, 2, 1), (0, 2, 1, 2), (0, 4, 2, 1), (0, 5, 2, 1)]
    spans += [(2, column, 2, 1) for column in (2, 3, 4)]
    data = making.workbook({"任务": ([upper, lower, *rows], spans)})
    return next(iter(workbook.read(data, "a.xlsx")))


def separated_values() -> Source:
    lines = [",".join([line, "", "", "", "", ""]) for line in making.HEAD]
    lines += [",".join(f'"{cell}"' for cell in row) for row in [HEADS, *ROWS]]
    return next(iter(workbook.read("\n".join(lines).encode("gb18030"), "a.csv")))


def tabs() -> Source:
    rows = ["\t".join(HEADS), "一、基础设施", *("\t".join(row) for row in ROWS[:2]), "二、管理服务"]
    rows += ["\t".join(HEADS), *("\t".join(row) for row in ROWS[2:])]
    return Source("a.txt", "\n".join([*making.HEAD, *rows]))


def bars() -> Source:
    rows = [f"| {' | '.join(row)} |" for row in [HEADS, ["---"] * 6, *ROWS]]
    return Source("a.md", "\n".join([*making.HEAD, *rows]))


def national_format() -> Source:
    """The same table drawn in an OFD, one line a cell."""
    lefts = [10, 22, 72, 102, 140, 170, 205]
    lines = [(20.0, 12.0 + 7 * n, line[:44]) for n, line in enumerate(making.HEAD)]
    rows = [HEADS, *ROWS]
    tops = [70 + 24 * n for n in range(len(rows) + 1)]
    for top, row in zip(tops, rows, strict=False):
        for left, right, cell in zip(lefts, lefts[1:], row, strict=False):
            width = (right - left - 2) // 4
            lines += [
                (left + 1.0, top + 1.0 + 5 * n, cell[n * width : (n + 1) * width])
                for n in range(-(-len(cell) // width))
            ]
    rules = [f"M {left} {tops[0]} L {left} {tops[-1]}" for left in lefts]
    rules += [f"M {lefts[0]} {top} L {lefts[-1]} {top}" for top in tops]
    return next(iter(ofd.read(making.ofd(lines, rules), "a.ofd")))


LAYOUTS: list[tuple[Callable[[], Source], list[Task]]] = [
    (plain_grid, TASKS),
    (open_sides, TASKS),
    (merged_down, MERGED_TWICE),
    (heads_of_two_rows, TASKS),
    (over_pages, TASKS * 10),
    (sub_heads, TASKS),
    (turned_page, TASKS),
    (field_beside_tasks, TASKS),
    (book, TASKS),
    (book_merged, MERGED_TWICE),
    (separated_values, TASKS),
    (tabs, TASKS),
    (bars, TASKS),
    (national_format, TASKS),
]


@pytest.mark.parametrize(("make", "tasks"), LAYOUTS, ids=lambda value: getattr(value, "__name__", ""))
def test_every_cell_of_a_table_of_tasks_is_right(make: Callable[[], Source], tasks: list[Task]) -> None:
    document = only_document(make())
    assert tasks_of(document) == tasks
    assert document.fields.number is not None
    assert document.fields.number.value == "云政办发〔2023〕5号"
    assert document.fields.date is not None
    assert document.fields.date.value == "2023-03-01"

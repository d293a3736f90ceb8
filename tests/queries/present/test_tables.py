"""Tables in plain text: no value leaves its cell, and what stands for a thing is a link."""

from __future__ import annotations

from queries.model import Column, Question, Words
from queries.present.tables import csv_rows, escape_markdown, markdown_lines
from queries.run import Row

WORDS = Words("机构", "body")
COLUMNS = (
    Column("body", WORDS, "agency", "name"),
    Column("name", WORDS, "text"),
    Column("tasks", Words("任务|数", "tasks"), "number"),
)
QUESTION = Question("a/b", WORDS, WORDS, (), COLUMNS, False, "SELECT * {}")
ROWS: list[Row] = [
    {"body": "urn:x:a", "name": "甲|局\n*二*", "tasks": "3"},
    {"body": "urn:x:b", "name": None, "tasks": None},
    {"body": None, "name": None, "tasks": "1"},
]


def test_markdown() -> None:
    assert list(markdown_lines(QUESTION, ROWS, "zh")) == [
        r"| 机构 | 任务\|数 |",
        "| --- | ---: |",
        r"| [甲\|局 \*二\*](<urn:x:a>) | 3 |",
        "| [urn:x:b](<urn:x:b>) |  |",
        "|  | 1 |",
    ]
    assert next(markdown_lines(QUESTION, ROWS, "en")) == "| body | tasks |"


def test_csv_has_all_columns_as_the_graph_has_them() -> None:
    assert list(csv_rows(QUESTION, ROWS)) == [
        ["body", "name", "tasks"],
        ["urn:x:a", "甲|局\n*二*", "3"],
        ["urn:x:b", "", ""],
        ["", "", "1"],
    ]


def test_markdown_shows_just_these_characters() -> None:
    assert escape_markdown("a_b `c` [d](<e>) \\") == r"a\_b \`c\` \[d\](\<e\>) \\"

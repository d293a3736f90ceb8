"""Questions and answers as they are shown: subjects, columns, cells, records."""

from __future__ import annotations

import re
from collections.abc import Mapping

from queries.model import Column, Question, Words
from queries.run import Row

_SUBJECTS = {
    "agency": Words("机构", "Bodies"),
    "deadline": Words("期限", "Deadlines"),
    "document": Words("文件", "Documents"),
    "link": Words("关系", "Links"),
    "obligation": Words("规范", "Rules"),
    "quality": Words("质量", "Quality"),
    "target": Words("目标", "Targets"),
    "task": Words("任务", "Tasks"),
}
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")

Cell = str | int | float | None


def subject_words(subject: str) -> Words:
    """What the questions of a folder are about; its name where nothing else is known."""
    return _SUBJECTS.get(subject, Words(subject, subject))


def described(question: Question) -> dict[str, object]:
    """All that the header says, for JSON."""
    description = question.description
    return {
        "name": question.name,
        "title": {"zh": question.title.zh, "en": question.title.en},
        "description": {"zh": description.zh, "en": description.en} if description else None,
        "parameters": [
            {
                "name": parameter.name,
                "type": parameter.type,
                "zh": parameter.words.zh,
                "en": parameter.words.en,
                "required": parameter.required,
                "default": parameter.default,
                "example": parameter.example,
                "choices": list(parameter.choices) or None,
                "many": parameter.many,
            }
            for parameter in question.parameters
        ],
        "columns": [
            {
                "name": column.name,
                "zh": column.words.zh,
                "en": column.words.en,
                "show": column.show,
                "label": column.label,
            }
            for column in question.columns
        ],
    }


def record(question: Question, row: Row) -> dict[str, Cell]:
    """A row for JSON: numbers are numbers, everything else is text."""
    return {column.name: _value(column, row[column.name]) for column in question.columns}


def _value(column: Column, value: str | None) -> Cell:
    """Numbers are numbers in JSON, everything else is text."""
    number = _NUMBER.fullmatch(value) if value is not None and column.show == "number" else None
    if number is None or value is None:
        return value
    return float(value) if number[1] else int(value)


def shown(question: Question) -> tuple[Column, ...]:
    """The columns for people: a column that labels another one is seen in its place."""
    labels = {column.label for column in question.columns}
    return tuple(column for column in question.columns if column.name not in labels)


def without_header(sparql: str) -> str:
    """The SPARQL alone: what the header says, the page says too."""
    lines = sparql.splitlines(keepends=True)
    while lines and lines[0].startswith("#"):
        del lines[0]
    return "".join(lines)


def cell_text(column: Column, row: Mapping[str, str | None]) -> str:
    """What a cell shows: the label of a thing where the answer has one."""
    return (row[column.label] if column.label else None) or row[column.name] or ""

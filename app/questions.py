"""What ``gongbao queries`` and ``gongbao query`` print: the questions, and answers in four forms."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, JustifyMethod
from rich.table import Table
from rich.text import Text

from app.report import reader_may_leave
from ingest.load import Version
from queries.errors import ParameterError
from queries.library import find, questions
from queries.model import Column, Language, Parameter, Question, Words
from queries.run import Row, answer

LIST_FORMATS = ("table", "json")
FORMATS = ("table", "csv", "json", "md")

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
_MARKDOWN = re.compile(r"([\\|\[\]*_`<>])")

Cell = str | int | float | None


def list_all(form: str) -> None:
    """The questions with what they can be asked with."""
    with reader_may_leave():
        if form == "json":
            print(json.dumps([described(question) for question in questions()], ensure_ascii=False, indent=2))
            return
        table = Table()
        for head in ("name", "title", "parameters"):
            table.add_column(head, overflow="fold")
        for question in questions():
            names = ", ".join(_written(parameter) for parameter in question.parameters)
            table.add_row(question.name, question.title.zh, Text(names))
        _console().print(table)


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


def parsed(name: str, pairs: Sequence[str]) -> dict[str, str]:
    """``key=value`` as given on the command line; ParameterError where one is not, or stands twice."""
    values: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ParameterError(name, pair, "a value is missing; write key=value")
        if key in values:
            raise ParameterError(name, key, "given twice")
        values[key] = value
    return values


def ask(version: Version, name: str, pairs: Sequence[str], form: str, language: Language) -> None:
    """The answer to a question; how many rows it has goes to standard error."""
    question = find(name)
    found = list(answer(version.open(), question, parsed(name, pairs)))
    with reader_may_leave():
        if form == "csv":
            _csv(question, found)
        elif form == "json":
            records = [json.dumps(record(question, row), ensure_ascii=False) for row in found]
            print("[" + ",".join(f"\n  {line}" for line in records) + ("\n]" if records else "]"))
        elif form == "md":
            _markdown(question, found, language)
        else:
            _table(question, found, language)
    noun = "row" if len(found) == 1 else "rows"
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"{len(found)} {noun}")


def _written(parameter: Parameter) -> str:
    if parameter.default is not None:
        return f"{parameter.name}={parameter.default}"
    return parameter.name if parameter.required else f"[{parameter.name}]"


def _console() -> Console:
    return Console(highlight=False, soft_wrap=not sys.stdout.isatty())


def _csv(question: Question, found: Iterable[Row]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([column.name for column in question.columns])
    out.writerows([row[column.name] or "" for column in question.columns] for row in found)


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


def _text(column: Column, row: Mapping[str, str | None]) -> str:
    return (row[column.label] if column.label else None) or row[column.name] or ""


def _table(question: Question, found: Iterable[Row], language: Language) -> None:
    table = Table()
    for column in shown(question):
        side: JustifyMethod = "right" if column.show == "number" else "left"
        table.add_column(column.words.of(language), justify=side, overflow="fold")  # nothing is cut
    for row in found:
        table.add_row(*(Text(_text(column, row)) for column in shown(question)))
    _console().print(table)


def _markdown(question: Question, found: Iterable[Row], language: Language) -> None:
    """A table whose labelled cells are links."""
    columns = shown(question)
    print("| " + " | ".join(_escaped(column.words.of(language)) for column in columns) + " |")
    print("| " + " | ".join("---:" if column.show == "number" else "---" for column in columns) + " |")
    for row in found:
        print("| " + " | ".join(_linked(column, row) for column in columns) + " |")


def _linked(column: Column, row: Row) -> str:
    text = _escaped(_text(column, row))
    return f"[{text}](<{row[column.name]}>)" if column.label and row[column.name] else text


def _escaped(text: str) -> str:
    return " ".join(_MARKDOWN.sub(r"\\\1", text).split())

"""``gongbao query``: ask a question of the library."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer
from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from app.commands.options import StoreFolder, check_choice
from app.commands.output import data_console, reader_may_leave, run_console
from ingest.store.load import Version, current
from queries.errors import ParameterError
from queries.library import find
from queries.model import LANGUAGES, Column, Language, Question
from queries.present.answers import cell_text, record, shown
from queries.run import Row, answer

FORMATS = ("table", "csv", "json", "md")
_MARKDOWN = re.compile(r"([\\|\[\]*_`<>])")


def query(
    name: Annotated[str, typer.Argument(help="The question, such as agency/tasks.", show_default=False)],
    store: StoreFolder,
    parameter: Annotated[
        list[str] | None, typer.Option("--parameter", "-p", help="key=value; may be given more than once.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, csv, json or md.")] = "table",
    lang: Annotated[str, typer.Option(help="Language of the heads of table and md: zh or en.")] = "zh",
) -> None:
    """Ask a question of the library."""
    check_choice(form, FORMATS, "--format")
    check_choice(lang, LANGUAGES, "--lang")
    ask(current(store), name, parameter or (), form, "en" if lang == "en" else "zh")


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
    run_console().print(f"{len(found)} {noun}")


def _csv(question: Question, found: Iterable[Row]) -> None:
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow([column.name for column in question.columns])
    out.writerows([row[column.name] or "" for column in question.columns] for row in found)


def _table(question: Question, found: Iterable[Row], language: Language) -> None:
    table = Table()
    for column in shown(question):
        side: JustifyMethod = "right" if column.show == "number" else "left"
        table.add_column(column.words.of(language), justify=side, overflow="fold")  # nothing is cut
    for row in found:
        table.add_row(*(Text(cell_text(column, row)) for column in shown(question)))
    data_console().print(table)


def _markdown(question: Question, found: Iterable[Row], language: Language) -> None:
    """A table whose labelled cells are links."""
    columns = shown(question)
    print("| " + " | ".join(_escaped(column.words.of(language)) for column in columns) + " |")
    print("| " + " | ".join("---:" if column.show == "number" else "---" for column in columns) + " |")
    for row in found:
        print("| " + " | ".join(_linked(column, row) for column in columns) + " |")


def _linked(column: Column, row: Row) -> str:
    text = _escaped(cell_text(column, row))
    return f"[{text}](<{row[column.name]}>)" if column.label and row[column.name] else text


def _escaped(text: str) -> str:
    return " ".join(_MARKDOWN.sub(r"\\\1", text).split())

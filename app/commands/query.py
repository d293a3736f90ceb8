"""``gongbao query``: ask a question of the library."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Sequence
from typing import Annotated

import typer
from rich.console import JustifyMethod
from rich.table import Table
from rich.text import Text

from app.commands.options import StoreFolder, check_choice
from app.commands.output import data_console, ignore_closed_pipe, run_console
from ingest.store import Version, current
from queries.errors import ParameterError
from queries.library import find
from queries.model import LANGUAGES, Language, Question
from queries.present.cells import cell_of, record_of, visible_columns
from queries.present.tables import csv_rows, markdown_lines
from queries.run import Row, answer

FORMATS = ("table", "csv", "json", "md")


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
    print_answer(current(store), name, parameter or (), form, "en" if lang == "en" else "zh")


def parse_pairs(name: str, pairs: Sequence[str]) -> dict[str, str]:
    """Parse ``key=value`` of the command line; ParameterError where one is not so, or stands twice."""
    values: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise ParameterError(name, pair, "a value is missing; write key=value")
        if key in values:
            raise ParameterError(name, key, "given twice")
        values[key] = value
    return values


def print_answer(version: Version, name: str, pairs: Sequence[str], form: str, language: Language) -> None:
    """Print the answer to a question; how many rows it has goes to standard error."""
    question = find(name)
    rows = list(answer(version.open(), question, parse_pairs(name, pairs)))
    with ignore_closed_pipe():
        if form == "csv":
            csv.writer(sys.stdout, lineterminator="\n").writerows(csv_rows(question, rows))
        elif form == "json":
            records = [json.dumps(record_of(question, row), ensure_ascii=False) for row in rows]
            print("[" + ",".join(f"\n  {line}" for line in records) + ("\n]" if records else "]"))
        elif form == "md":
            for line in markdown_lines(question, rows, language):
                print(line)
        else:
            data_console().print(_table(question, rows, language))
    noun = "row" if len(rows) == 1 else "rows"
    run_console().print(f"{len(rows)} {noun}")


def _table(question: Question, rows: Iterable[Row], language: Language) -> Table:
    table = Table()
    columns = visible_columns(question)
    for column in columns:
        side: JustifyMethod = "right" if column.show == "number" else "left"
        table.add_column(column.words.of(language), justify=side, overflow="fold")  # nothing is cut
    for row in rows:
        table.add_row(*(Text(cell_of(column, row).text) for column in columns))
    return table

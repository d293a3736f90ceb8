"""``gongbao queries``: the questions that a store can be asked."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from app.commands.options import check_choice
from app.commands.output import data_console, ignore_closed_pipe
from queries.library import questions
from queries.model import Parameter
from queries.present.questions import describe_question

FORMATS = ("table", "json")


def queries(
    form: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """List the questions that a store can be asked, with their parameters."""
    check_choice(form, FORMATS, "--format")
    print_questions(form)


def print_questions(form: str) -> None:
    """Print every question with its title and its parameters."""
    with ignore_closed_pipe():
        if form == "json":
            print(
                json.dumps(
                    [describe_question(question) for question in questions()], ensure_ascii=False, indent=2
                )
            )
            return
        table = Table()
        for head in ("name", "title", "parameters"):
            table.add_column(head, overflow="fold")
        for question in questions():
            names = ", ".join(_signature(parameter) for parameter in question.parameters)
            table.add_row(question.name, question.title.zh, Text(names))
        data_console().print(table)


def _signature(parameter: Parameter) -> str:
    """Return ``name=default``; ``name`` where a value is required, ``[name]`` where none is needed."""
    if parameter.default is not None:
        return f"{parameter.name}={parameter.default}"
    return parameter.name if parameter.required else f"[{parameter.name}]"

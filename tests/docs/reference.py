"""The two pages of docs/ that are made from the code: cli.md from typer, http.md from OpenAPI.

``python -m tests.regenerate`` writes them; test_reference.py holds them up to date.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import httpx
from typer import Context
from typer.cli import get_docs_for_click
from typer.main import get_command

from app.commands.root import application
from app.serve.application import create_app
from app.serve.http.limits import Limits
from app.serve.isolation.versions import Versions

Json = dict[str, Any]

_MADE = "<!-- Made from the code by python -m tests.regenerate: what is changed here is lost. -->\n"
_CLI_HEAD = """\
[README](../README.md) · [how a build goes, exit statuses](build.md)

Facts, graphs and answers go to standard output, everything about the run to standard error.
"""
_HTTP_HEAD = """\
[README](../README.md) · [what the endpoint is like](endpoint.md)

Every address is read with GET, `/sparql` with POST too. `Accept` chooses the format, or `format` in the
address. An answer has an `ETag`; with `If-None-Match` there is 304. An answer that was cut says so in
`Gongbao-Cut`. What is wrong with a request is said with status 4XX, a limit of the endpoint with 503 and
`Retry-After`. The same as OpenAPI 3.1 is at `/openapi.json`.
"""


# command line ------------------------------------------------------------------------------------


def cli_page() -> str:
    """Return docs/cli.md: every command with its arguments and options."""
    command = get_command(application)
    # the first section is on gongbao itself; its list of commands is cut short, ours is not
    sections = get_docs_for_click(obj=command, ctx=Context(command), name="gongbao").split("\n## ")[1:]
    rows = [f"| [{_heading(each)}](#{_anchor(each)}) | {_first_sentence(each)} |\n" for each in sections]
    text = "".join(f"\n## {section.rstrip()}\n" for section in sections).replace("```console\n$ ", "```sh\n")
    table = "".join(["| command | what it does |\n| --- | --- |\n", *rows])
    return f"{_MADE}\n# The command line\n\n{_CLI_HEAD}\n{table}{text}"


def _heading(section: str) -> str:
    return section.partition("\n")[0]


def _anchor(section: str) -> str:
    return re.sub(r"[^\w-]", "", _heading(section).replace(" ", "-"))


def _first_sentence(section: str) -> str:
    return section.split("\n\n")[1]


# HTTP --------------------------------------------------------------------------------------------


def http_page(store: Path) -> str:
    """Return docs/http.md: every address that a server of a store has."""
    description = asyncio.run(_openapi(store))
    addresses = [(path, item) for path, item in description["paths"].items()]
    own = [(path, item) for path, item in addresses if not path.startswith("/q/")]
    questions = [(path, item["get"]) for path, item in addresses if path.startswith("/q/")]
    parts = [f"{_MADE}\n# HTTP\n\n{_HTTP_HEAD}"]
    parts += [_section(path, method, operation) for path, item in own for method, operation in item.items()]
    parts.append(
        "\n## Questions\n\nEach is an address. A parameter in bold must be given; `format` and `lang` are "
    )
    parts.append(f"understood by all.\n\nFormats: {_formats(questions[0][1])}\n")
    for subject, group in groupby(questions, key=lambda each: str(each[1]["tags"][0])):
        parts.append(f"\n### {subject}\n\n| address | question | parameters |\n| --- | --- | --- |\n")
        parts += [_question_row(path, operation) for path, operation in group]
    return "".join(parts)


async def _openapi(store: Path) -> Json:
    """Ask the application itself, without a server: nothing that needs a worker is asked."""
    transport = httpx.ASGITransport(create_app(Versions(store, Limits())))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
        found: Json = (await client.get("/openapi.json")).raise_for_status().json()
    return found


def _section(path: str, method: str, operation: Json) -> str:
    lines = [f"\n## {method.upper()} `{path}`\n", f"{operation['summary']}\n"]
    if operation["parameters"]:
        lines.append("| parameter | type | what it is |\n| --- | --- | --- |")
        lines += [_parameter_row(parameter) for parameter in operation["parameters"]]
        lines.append("")
    if "requestBody" in operation:
        lines.append(f"Body: {_code(operation['requestBody']['content'])}\n")
    lines.append(f"Formats: {_formats(operation)}\n")
    return "\n".join(lines)


def _formats(operation: Json) -> str:
    return _code(operation["responses"]["200"]["content"])


def _parameter_row(parameter: Json) -> str:
    schema = parameter["schema"]
    kind = _code(schema["enum"]) if "enum" in schema else str(schema.get("format") or schema["type"])
    default = f" (default `{schema['default']}`)" if "default" in schema else ""
    description = str(parameter["description"]).replace("|", "\\|")
    return f"| {_name(parameter)} | {kind}{default} | {description} |"


def _question_row(path: str, operation: Json) -> str:
    own = (parameter for parameter in operation["parameters"] if parameter["name"] not in ("format", "lang"))
    names = ", ".join(_name(parameter) for parameter in own)
    return f"| `{path}` | {operation['summary']} | {names} |\n"


def _name(parameter: Json) -> str:
    return f"**`{parameter['name']}`**" if parameter["required"] else f"`{parameter['name']}`"


def _code(words: Iterator[str] | Json | list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)

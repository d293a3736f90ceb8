"""The named questions: /q lists them, /q/NAME answers one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import NotFoundError, RequestError
from app.serve.http.exchange import Exchange, begin
from app.serve.http.links import Links, sparql_address
from app.serve.http.media_types import HTML, JSON
from app.serve.isolation.version_cache import load_dataset_info
from app.serve.isolation.versions import Versions
from app.serve.isolation.worker import QueryJob, QueryResult
from app.serve.resources.sparql import CUT
from queries.errors import ParameterError, UnknownQuestionError
from queries.library import find, questions
from queries.model import Question, Show
from queries.parameters import bind
from queries.present.cells import Cell, cell_of, record_of, visible_columns
from queries.present.questions import describe_question, questions_by_subject, strip_header
from queries.run import Row

_CSV = "text/csv"
_RESULTS = "application/sparql-results+json"
LIST_FORMATS = {"json": JSON, "html": HTML}
FORMATS = {"json": JSON, "html": HTML, "csv": _CSV, "sparql-results": _RESULTS}
_ROWS_OF_A_PAGE = 1000


async def list_questions(request: Request) -> Response:
    """The questions that can be asked."""
    versions: Versions = request.app.state.versions
    exchange = begin(request, versions.version, LIST_FORMATS)
    if (same := exchange.not_modified()) is not None:
        return same
    if exchange.media_type == JSON:
        links = exchange.links
        return exchange.json(
            [{**describe_question(found), "url": links.question(found.name)} for found in questions()]
        )
    return await exchange.page("questions.html", subjects=questions_by_subject())


async def answer_question(request: Request) -> Response:
    """The answer to one question."""
    versions: Versions = request.app.state.versions
    question = _find(request.path_params["name"])
    exchange = begin(request, versions.version, FORMATS, None)
    form_only = exchange.media_type == HTML and not exchange.values and _needs_values(question)
    query = "" if form_only else _bind(question, exchange.values)
    if (same := exchange.not_modified()) is not None:
        return same
    base = (await load_dataset_info(versions.version)).base
    if form_only:  # someone who comes from the list gets the form, not an error
        return await _page(exchange, question, base, "", None)
    limits = versions.limits
    rows = min(limits.rows, _ROWS_OF_A_PAGE) if exchange.media_type == HTML else limits.rows
    accept = _CSV if exchange.media_type == _CSV else _RESULTS
    job = QueryJob(query, accept, sparql_address(request), rows=rows, size=limits.size)
    pool = versions.pool  # only now: those of an older version may have ended while this waited
    result = await pool.run(job, request.is_disconnected)
    if result.truncated_by is not None:
        exchange.headers[CUT] = result.truncated_by
    if exchange.media_type == HTML:
        return await _page(exchange, question, base, query, result)
    if exchange.media_type != JSON:
        return exchange.content(result.content)
    return exchange.content(
        await asyncio.to_thread(_json, question, exchange.values, query, result, pool.version.id)
    )


def used_values(question: Question, values: Mapping[str, str]) -> dict[str, str | None]:
    """Return every parameter with the value that the answer is for; None where it is open."""
    return {
        parameter.name: values.get(parameter.name, parameter.default) for parameter in question.parameters
    }


def _find(name: str) -> Question:
    try:
        return find(name)
    except UnknownQuestionError as error:
        near = f"; nearest: {', '.join(error.nearest)}" if error.nearest else ""
        raise NotFoundError(f"there is no question {name}{near}; /q lists them all") from error


def _needs_values(question: Question) -> bool:
    return any(parameter.required for parameter in question.parameters)


def _bind(question: Question, values: Mapping[str, str]) -> str:
    try:
        return bind(question, values)
    except ParameterError as error:
        raise RequestError(str(error)) from error


def _rows(result: QueryResult) -> list[Row]:
    found = json.loads(result.content)
    names = found["head"]["vars"]
    return [
        {name: row[name]["value"] if name in row else None for name in names}
        for row in found["results"]["bindings"]
    ]


def _json(
    question: Question, values: Mapping[str, str], query: str, result: QueryResult, version: str
) -> bytes:
    header = describe_question(question)
    document = {
        "question": question.name,
        "title": header["title"],
        "version": version,
        "parameters": used_values(question, values),
        "columns": header["columns"],
        "rows": [record_of(question, row) for row in _rows(result)],
        "cut": result.truncated_by,
        "sparql": strip_header(query),
    }
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf8")


@dataclass(frozen=True, slots=True)
class LinkedCell:
    """A cell of a table on a page: its text, and a link if its value is an entity of the store."""

    text: str
    kind: Show
    link: str | None


def _linked(cell: Cell, links: Links, base: str) -> LinkedCell:
    link = links.thing(base, cell.iri) if cell.iri is not None else None
    return LinkedCell(cell.name if link else cell.text, cell.kind, link)


async def _page(
    exchange: Exchange, question: Question, base: str, query: str, result: QueryResult | None
) -> Response:
    links, language = exchange.links, exchange.language
    columns = visible_columns(question)

    def make_rows() -> list[list[LinkedCell]]:
        found = _rows(result) if result else []
        return [[_linked(cell_of(column, row), links, base) for column in columns] for row in found]

    return await exchange.page(
        "question.html",
        question=question,
        title=question.title.of(language),
        description=question.description.of(language) if question.description else "",
        values=used_values(question, exchange.values),
        answered=result is not None,
        columns=[(column.words.of(language), column.show == "number") for column in columns],
        rows=await asyncio.to_thread(make_rows),
        cut=result.truncated_by if result else None,
        forms=_other_formats(question, exchange.values, links) if result else {},
        sparql=strip_header(query),
    )


def _other_formats(question: Question, values: Mapping[str, str], links: Links) -> dict[str, str]:
    """Return links to the same answer in the other formats."""
    names: dict[str, str] = {"JSON": "json", "CSV": "csv", "SPARQL Results": "sparql-results"}
    return {name: links.question(question.name, values, form) for name, form in names.items()}

"""The named questions: /q lists them, /q/NAME answers one."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from app.serve.http.errors import NotFoundError, RequestError
from app.serve.http.links import Links, endpoint
from app.serve.http.media_types import HTML, JSON, content_type
from app.serve.http.negotiation import Wishes, answered, unchanged, wishes
from app.serve.http.pages import links_of, page
from app.serve.isolation.version_files import about
from app.serve.isolation.versions import Versions
from app.serve.isolation.worker import Answer, Job
from app.serve.resources.sparql import CUT
from queries.errors import ParameterError, UnknownQuestionError
from queries.library import find, questions
from queries.model import IRI_SHOWS, Column, Question, Words
from queries.parameters import bind
from queries.present.answers import described, record, shown, subject_words, without_header
from queries.present.labels import local
from queries.run import Row

_CSV = "text/csv"
_RESULTS = "application/sparql-results+json"
LIST_FORMATS = {"json": JSON, "html": HTML}
FORMATS = {"json": JSON, "html": HTML, "csv": _CSV, "sparql-results": _RESULTS}
_ROWS_OF_A_PAGE = 1000


async def listed(request: Request) -> Response:
    """The questions that can be asked."""
    versions: Versions = request.app.state.versions
    wished = wishes(request, LIST_FORMATS, ())
    headers = answered(request, versions.version, wished.media_type)
    if (same := unchanged(request, headers)) is not None:
        return same
    links = links_of(request, wished.language)
    if wished.media_type == JSON:
        every = [{**described(found), "url": links.question(found.name)} for found in questions()]
        return JSONResponse(every, headers=headers)
    response = await asyncio.to_thread(page, request, "questions.html", subjects=subjects())
    response.headers.update(headers)
    return response


async def answer(request: Request) -> Response:
    """The answer to one question."""
    versions: Versions = request.app.state.versions
    question = _found(request.path_params["name"])
    wished = wishes(request, FORMATS)
    headers = answered(request, versions.version, wished.media_type)
    asking = wished.media_type == HTML and not wished.values and _needs(question)
    query = "" if asking else _bound(question, wished.values)
    if (same := unchanged(request, headers)) is not None:
        return same
    base = (await about(versions.version)).base
    if asking:  # someone who comes from the list gets the form, not an error
        return await _page(request, question, wished, base, "", None, headers)
    limits = versions.limits
    rows = min(limits.rows, _ROWS_OF_A_PAGE) if wished.media_type == HTML else limits.rows
    accept = _CSV if wished.media_type == _CSV else _RESULTS
    job = Job(query, accept, endpoint(request), rows=rows, size=limits.size)
    workers = versions.workers  # only now: those of an older version may have ended while this waited
    result = await workers.run(job, request.is_disconnected)
    if result.cut is not None:
        headers[CUT] = result.cut
    if wished.media_type == HTML:
        return await _page(request, question, wished, base, query, result, headers)
    content = result.content
    if wished.media_type == JSON:
        content = await asyncio.to_thread(_json, question, wished.values, query, result, workers.version.id)
    return Response(content, headers=headers | {"Content-Type": content_type(wished.media_type)})


def subjects() -> list[tuple[Words, list[Question]]]:
    """The questions by what they are about."""
    return [
        (subject_words(subject), list(members))
        for subject, members in groupby(questions(), lambda found: found.subject)
    ]


def used(question: Question, values: Mapping[str, str]) -> dict[str, str | None]:
    """Every parameter with the value that the answer is for; None where it is open."""
    return {
        parameter.name: values.get(parameter.name, parameter.default) for parameter in question.parameters
    }


def _found(name: str) -> Question:
    try:
        return find(name)
    except UnknownQuestionError as error:
        near = f"; nearest: {', '.join(error.nearest)}" if error.nearest else ""
        raise NotFoundError(f"there is no question {name}{near}; /q lists them all") from error


def _needs(question: Question) -> bool:
    return any(parameter.required for parameter in question.parameters)


def _bound(question: Question, values: Mapping[str, str]) -> str:
    try:
        return bind(question, values)
    except ParameterError as error:
        raise RequestError(str(error)) from error


def _rows(result: Answer) -> list[Row]:
    found = json.loads(result.content)
    names = found["head"]["vars"]
    return [
        {name: row[name]["value"] if name in row else None for name in names}
        for row in found["results"]["bindings"]
    ]


def _json(question: Question, values: Mapping[str, str], query: str, result: Answer, version: str) -> bytes:
    header = described(question)
    told = {
        "question": question.name,
        "title": header["title"],
        "version": version,
        "parameters": used(question, values),
        "columns": header["columns"],
        "rows": [record(question, row) for row in _rows(result)],
        "cut": result.cut,
        "sparql": without_header(query),
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf8")


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table shows: text, with a link where it stands for a thing of ours."""

    text: str
    link: str | None = None
    number: bool = False
    date: bool = False


def _cell(column: Column, row: Row, links: Links, base: str) -> Cell:
    value = row[column.name]
    named = row[column.label] if column.label else None
    if value is None or column.show not in IRI_SHOWS:
        return Cell(named or value or "", number=column.show == "number", date=column.show == "date")
    link = links.thing(base, value)
    return Cell(named or (local(value) if link else value), link)


async def _page(
    request: Request,
    question: Question,
    wished: Wishes,
    base: str,
    query: str,
    result: Answer | None,
    headers: dict[str, str],
) -> Response:
    links = links_of(request, wished.language)

    def render() -> Response:
        rows = _rows(result) if result else []
        columns = shown(question)
        return page(
            request,
            "question.html",
            question=question,
            title=question.title.of(wished.language),
            description=question.description.of(wished.language) if question.description else "",
            values=used(question, wished.values),
            answered=result is not None,
            columns=[(column.words.of(wished.language), column.show == "number") for column in columns],
            rows=[[_cell(column, row, links, base) for column in columns] for row in rows],
            cut=result.cut if result else None,
            forms=_forms(question, wished.values, links) if result else {},
            sparql=without_header(query),
        )

    response = await asyncio.to_thread(render)
    response.headers.update(headers)
    return response


def _forms(question: Question, values: Mapping[str, str], links: Links) -> dict[str, str]:
    """The same answer in the other formats."""
    names: dict[str, str] = {"JSON": "json", "CSV": "csv", "SPARQL Results": "sparql-results"}
    return {name: links.question(question.name, values, form) for name, form in names.items()}

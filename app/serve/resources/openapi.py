"""The description for programs: OpenAPI 3.1, from the routes and from the headers of the questions."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version as installed

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.serve.http.exchange import begin
from app.serve.http.media_types import GRAPHS, HTML, JSON, RESULTS
from app.serve.isolation.versions import Versions
from app.serve.resources import entity, landing, originals, questions, search
from app.serve.resources.sparql import CUT
from ingest.search import EntryKind
from queries.library import questions as all_questions
from queries.model import LANGUAGES, Parameter

Schema = dict[str, object]
FORMATS = {"json": JSON}
_PARAMETER = re.compile(r"\{(?P<name>\w+):path\}")
_TEXT: Schema = {
    "name": "text",
    "in": "path",
    "required": True,
    "description": "SHA-256 of the text, as in its IRI",
    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_STRING: Schema = {"type": "string"}
_TYPES: Mapping[str, Schema] = {
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
}
_SEARCH: Mapping[str, Schema] = {
    "kind": {"type": "string", "enum": [kind.value for kind in EntryKind]},
    "page": {"type": "integer", "minimum": 1, "default": 1},
}
_GRAPH_IRIS: Schema = {"type": "array", "items": {"type": "string", "format": "iri"}}


async def openapi(request: Request) -> Response:
    """The description of all that can be requested."""
    versions: Versions = request.app.state.versions
    exchange = begin(request, versions.version, FORMATS)
    if (same := exchange.not_modified()) is not None:
        return same
    return exchange.json(await asyncio.to_thread(describe_routes, request.app.routes, _root(request)))


def describe_routes(routes: Iterable[object], root: str = "/") -> Schema:
    """Return the description of the application with these routes."""
    paths: Schema = {}
    for route in routes:
        if isinstance(route, Route) and route.include_in_schema:
            paths.update(_paths(route))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "gongbao",
            "version": installed("gongbao"),
            "description": "政府公文知识图谱。A knowledge graph of government circulars; reading only.",
        },
        "servers": [{"url": root}],
        "paths": paths,
    }


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", "")) or "/"


def _paths(route: Route) -> Iterator[tuple[str, Schema]]:
    path = _PARAMETER.sub(r"{\g<name>}", route.path)
    summary = (route.endpoint.__doc__ or "").partition("\n")[0]
    if path == "/q/{name}":
        yield from _questions()
        return
    operation = _operation(
        route.name or path, summary, _PARAMETERS.get(path, ()), _ANSWERS.get(path, (JSON,))
    )
    item: Schema = {"get": operation}
    if path == "/sparql":
        item["post"] = _post_operation(summary)
    yield path, item


def _questions() -> Iterator[tuple[str, Schema]]:
    for question in all_questions():
        parameters = [_of_question(parameter) for parameter in question.parameters]
        operation = _operation(
            f"q/{question.name}",
            question.title.en,
            [*parameters, *_page(questions.FORMATS)],
            tuple(questions.FORMATS.values()),
        )
        operation["description"] = "\n\n".join(
            [
                question.title.zh,
                *((question.description.zh, question.description.en) if question.description else ()),
            ]
        )
        operation["tags"] = [question.subject]
        yield f"/q/{question.name}", {"get": operation}


def _operation(name: str, summary: str, parameters: Iterable[Schema], answers: Iterable[str]) -> Schema:
    content: Schema = {media_type: {"schema": _schema_of(media_type)} for media_type in answers}
    return {
        "operationId": re.sub(r"\W+", "_", name).strip("_"),
        "summary": summary,
        "parameters": list(parameters),
        "responses": {
            "200": {
                "description": "The answer.",
                "headers": {
                    "ETag": {"schema": _STRING},
                    CUT: {"schema": _STRING, "description": "the limit that cut the answer, if one did"},
                },
                "content": content,
            },
            "304": {"description": "The asker has it already."},
            "4XX": {"description": "What is wrong with the request, and what would do.", "content": _SAID},
            "503": {
                "description": "A limit of the endpoint; Retry-After says when to try again.",
                "content": _SAID,
            },
        },
    }


def _schema_of(media_type: str) -> Schema:
    return {} if media_type.endswith("json") else _STRING


def _post_operation(summary: str) -> Schema:
    """The two ways in which the SPARQL protocol posts a query."""
    operation = _operation("sparql_post", summary, _PARAMETERS["/sparql"][1:], _ANSWERS["/sparql"])
    fields: Schema = {
        "query": _STRING,
        "default-graph-uri": _GRAPH_IRIS,
        "named-graph-uri": _GRAPH_IRIS,
    }
    operation["requestBody"] = {
        "required": True,
        "content": {
            "application/sparql-query": {"schema": _STRING},
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "properties": fields, "required": ["query"]}
            },
        },
    }
    return operation


def _of_question(parameter: Parameter) -> Schema:
    schema: Schema = dict(_STRING if parameter.many else _TYPES.get(parameter.type, _STRING))
    if parameter.choices and not parameter.many:
        schema["enum"] = list(parameter.choices)
    if parameter.default is not None:
        schema["default"] = _value_of(parameter, parameter.default)
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.words.zh} / {parameter.words.en}",
        "schema": schema,
        "example": _value_of(parameter, parameter.example),
    }


def _value_of(parameter: Parameter, value: str) -> str | int | bool:
    if parameter.many:
        return value
    if parameter.type == "integer":
        return int(value)
    return value == "true" if parameter.type == "boolean" else value


def _in_query(name: str, schema: Schema, description: str, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": description, "schema": schema}


def _page(formats: Mapping[str, str]) -> list[Schema]:
    """The parameters that every page has."""
    chosen: Schema = {"type": "string", "enum": list(formats)}
    return [
        _in_query("format", chosen, "the format, instead of the Accept header"),
        _in_query("lang", {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]}, "of HTML"),
    ]


_PLACE: Schema = {"type": "string", "pattern": "^[0-9]+,[0-9]+$"}
_FILE = _in_query("file", _STRING, "the digest of a graph, where several files have the text")
_SAID: Schema = {"text/plain": {"schema": _STRING}, HTML: {"schema": _STRING}}
_PARAMETERS: Mapping[str, list[Schema]] = {
    "/": _page(landing.FORMATS),
    "/q": _page(questions.LIST_FORMATS),
    "/id/{path}": [
        {
            "name": "path",
            "in": "path",
            "required": True,
            "description": "what follows the base in a minted IRI; its %XX as they are; only text/… has txt",
            "schema": _STRING,
        },
        _in_query("char", _PLACE, "START,END of a place in a text"),
        *_page(entity.FORMATS_OF_A_TEXT),
    ],
    "/search": [
        *(
            _in_query(name, _SEARCH.get(name, _STRING), f"{words.zh} / {words.en}", required=name == "q")
            for name, words in search.PARAMETERS.items()
        ),
        *_page(search.FORMATS),
    ],
    "/original/{text}": [
        _TEXT,
        _in_query("char", _PLACE, "START,END of the characters to be marked"),
        _in_query("page", {"type": "integer", "minimum": 1}, "another page than that of the characters"),
        _FILE,
        *_page(originals.FORMATS),
    ],
    "/original/{text}/page/{page}": [
        _TEXT,
        {
            "name": "page",
            "in": "path",
            "required": True,
            "description": "the page, from 1",
            "schema": {"type": "integer", "minimum": 1},
        },
        _in_query(
            "width",
            {
                "type": "integer",
                "minimum": originals.WIDTHS.start,
                "maximum": originals.WIDTHS.stop - 1,
                "default": originals.USUAL_WIDTH,
            },
            "of the picture in pixels; a page of an odd shape is smaller",
        ),
        _FILE,
    ],
    "/sparql": [
        _in_query("query", _STRING, "SPARQL 1.1; without one, the service description"),
        _in_query("default-graph-uri", _GRAPH_IRIS, "graphs of the default graph"),
        _in_query("named-graph-uri", _GRAPH_IRIS, "named graphs"),
    ],
}
_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "/": tuple(landing.FORMATS.values()),
    "/q": tuple(questions.LIST_FORMATS.values()),
    "/id/{path}": tuple(entity.FORMATS_OF_A_TEXT.values()),
    "/search": tuple(search.FORMATS.values()),
    "/original/{text}": tuple(originals.FORMATS.values()),
    "/original/{text}/page/{page}": (originals.PNG,),
    "/sparql": tuple(dict.fromkeys((*RESULTS, *GRAPHS))),
    "/.well-known/void": tuple(GRAPHS),
}

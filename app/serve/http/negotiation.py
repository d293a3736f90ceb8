"""What a request wishes: a format, a language, parameters; and whether it has the answer already."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed

from starlette.requests import Request
from starlette.responses import Response

from app.serve.http.errors import NotAcceptableError, RequestError
from app.serve.http.etags import etag
from app.serve.http.links import DEFAULT_LANGUAGE
from app.serve.http.media_types import best
from app.serve.http.sparql_protocol import decoded
from ingest.store import Version
from queries.model import LANGUAGES, Language

PROGRAM = installed("gongbao")  # another one may answer differently
RESERVED = ("lang", "format")
"""Parameters of every page; no question may have one of these names."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a request wishes of a page. Parameters that a form leaves empty are not among its values."""

    media_type: str
    language: Language
    values: Mapping[str, str]


def wishes(request: Request, formats: Mapping[str, str], known: Collection[str] | None = None) -> Wishes:
    """Read a request; ``formats`` are names for ?format= and media types, the preferred first.

    ``known`` are the parameters that there may be; None leaves that to the caller.
    Raises RequestError for a parameter that is unknown, doubled or of no meaning.
    """
    values: dict[str, str] = {}
    for name, value in decoded(request.scope["query_string"]):
        if name in values:
            raise RequestError(f"the parameter {name} is given twice")
        values[name] = value
    asked_language, asked_format = (values.pop(name, "") for name in RESERVED)
    language = next((known for known in LANGUAGES if known == asked_language), DEFAULT_LANGUAGE)
    if asked_language not in ("", *LANGUAGES):
        raise RequestError(f"lang={asked_language}: known are {', '.join(LANGUAGES)}")
    if known is not None:
        for name in values:
            if name not in known:
                allowed = ", ".join((*known, *RESERVED))
                raise RequestError(f"the parameter {name} is not known; known are {allowed}")
    media_type = _media_type(request, formats, asked_format)
    return Wishes(media_type, language, {name: value for name, value in values.items() if value.strip()})


def _media_type(request: Request, formats: Mapping[str, str], name: str) -> str:
    if name:
        if name not in formats:
            raise RequestError(f"format={name}: known are {', '.join(formats)}")
        return formats[name]
    found = best(request.headers.get("accept"), tuple(formats.values()))
    if found is None:
        raise NotAcceptableError(
            f"none of the accepted formats can be given; known are {', '.join(formats.values())}"
        )
    return found


def answered(request: Request, version: Version, media_type: str) -> dict[str, str]:
    """The headers of an answer that a version of the store and the request determine."""
    query = request.scope["query_string"].decode("latin-1")
    path = bytes(request.scope["raw_path"]).decode("latin-1")
    host = request.headers.get("host", "")  # absolute links hold it
    tag = etag(PROGRAM, version.id, host, path, query, media_type)
    return {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}


def unchanged(request: Request, headers: Mapping[str, str]) -> Response | None:
    """304 for who has the answer already (RFC 9110, section 13.1.2), else None.

    ``*`` is not obeyed: whether there is anything at all is not known before it is looked up.
    """
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    if headers["ETag"] not in tags:
        return None
    return Response(status_code=304, headers=dict(headers))

"""Content negotiation: the format, language and parameters that a request asks for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.requests import Request

from app.serve.http.errors import NotAcceptableError, RequestError
from app.serve.http.links import DEFAULT_LANGUAGE
from app.serve.http.media_types import best_match
from app.serve.http.parameters import decode_parameters
from queries.model import LANGUAGES, Language

RESERVED = ("lang", "format")
"""Parameters of every page; no question may have a parameter of one of these names."""


@dataclass(frozen=True, slots=True)
class RequestedRepresentation:
    """A parsed request. ``values`` leaves out parameters that are empty."""

    media_type: str
    language: Language
    values: Mapping[str, str]


def negotiate(
    request: Request, formats: Mapping[str, str], known: Collection[str] | None = None
) -> RequestedRepresentation:
    """Read what a request asks for; ``formats`` maps names for ?format= to media types, the preferred first.

    ``known`` are the parameters that the page has; with None the caller checks them.
    Raises RequestError for a parameter that is unknown, given twice or without meaning.
    """
    values: dict[str, str] = {}
    for name, value in decode_parameters(request.scope["query_string"]):
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
    filled = {name: value for name, value in values.items() if value.strip()}
    return RequestedRepresentation(media_type, language, filled)


def _media_type(request: Request, formats: Mapping[str, str], name: str) -> str:
    if name:
        if name not in formats:
            raise RequestError(f"format={name}: known are {', '.join(formats)}")
        return formats[name]
    media_type = best_match(request.headers.get("accept"), tuple(formats.values()))
    if media_type is None:
        raise NotAcceptableError(
            f"none of the accepted formats can be given; known are {', '.join(formats.values())}"
        )
    return media_type

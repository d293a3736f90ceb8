"""ETags and conditional requests: a client that has an answer already is not sent it again."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from importlib.metadata import version as installed_version

from starlette.requests import Request
from starlette.responses import Response

from ingest.store import Version

PROGRAM_VERSION = installed_version("gongbao")
"""A part of every tag: another version of the program may answer differently."""


def etag(*parts: str) -> str:
    """Return a tag for an answer that these parts determine."""
    return f'"{sha256(chr(0).join(parts).encode("utf8", "surrogatepass")).hexdigest()[:32]}"'


def caching_headers(request: Request, version: Version, media_type: str) -> dict[str, str]:
    """Return headers for an answer that the request and a version of the store determine."""
    query = request.scope["query_string"].decode("latin-1")
    path = bytes(request.scope["raw_path"]).decode("latin-1")
    host = request.headers.get("host", "")  # absolute links contain it
    tag = etag(PROGRAM_VERSION, version.id, host, path, query, media_type)
    return {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}


def not_modified(request: Request, headers: Mapping[str, str]) -> Response | None:
    """Return 304 where the client has the answer with these headers (RFC 9110, section 13.1.2), else None.

    ``If-None-Match: *`` is ignored: only an evaluation would show whether there is anything at all.
    """
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    if headers["ETag"] not in tags:
        return None
    return Response(status_code=304, headers=dict(headers))

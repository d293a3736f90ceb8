"""Reads an endpoint: one of gongbao, or any other that speaks SPARQL 1.1 over HTTP.

Everything that the browser shows comes through here. An endpoint of another kind has no texts and no
full text search; the views say so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from json import JSONDecodeError
from time import perf_counter
from typing import cast
from urllib.parse import quote, urlencode, urlsplit

import httpx
import msgspec

from app.browse.client.answers import EndpointHit, QueryAnswer, QuestionCall, SearchPage
from app.browse.client.errors import (
    ClientError,
    EndpointBusyError,
    EndpointTimeoutError,
    NotAnEndpointError,
    RefusedError,
    UnreachableError,
)
from app.browse.client.originals import Original
from ontology.places import Place
from queries.library import library
from queries.parameters import bind

RESULTS = "application/sparql-results+json"
_SECONDS = 30.0  # an endpoint of ours gives up long before
_AT_ONCE = 4  # requests of one view
_LONGEST_DETAIL = 2000  # characters of an endpoint's message about an error
_ERRORS: Mapping[int, type[ClientError]] = {
    408: EndpointTimeoutError,
    429: EndpointBusyError,
    503: EndpointBusyError,
    504: EndpointTimeoutError,
}


class EndpointClient:
    """An endpoint. Its methods raise ClientError where there is no answer; many threads may use it."""

    def __init__(self, url: str, token: str | None = None, seconds: float = _SECONDS) -> None:
        self.url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # neither proxies nor .netrc: the address is what it says
        self._client = httpx.Client(headers=headers, timeout=seconds, trust_env=False, follow_redirects=True)
        self._is_gongbao: bool | None = None

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    @property
    def is_gongbao(self) -> bool:
        """Whether it is an endpoint of gongbao, which has texts and a search."""
        if self._is_gongbao is None:
            self.version()
        return bool(self._is_gongbao)

    @property
    def sparql_url(self) -> str:
        """Where queries are sent."""
        return f"{self.url}/sparql" if self.is_gongbao else self.url

    def version(self) -> str | None:
        """Return the version of the store that answers now; None for an endpoint of another kind."""
        if self._is_gongbao is False:
            return None
        response = self._send("GET", f"{self.url}/health", checked=False)
        body = _parse_json(response)
        if isinstance(body, dict) and isinstance(body.get("version"), str):
            self._is_gongbao = True
            return str(body["version"])
        if response.status_code in _ERRORS or response.status_code in (401, 403):
            raise _error_of(response)
        self._is_gongbao = False
        return None

    def select(self, sparql: str) -> QueryAnswer:
        """Return the rows of a SELECT, or one row with the column ``answer`` of an ASK."""
        begun = perf_counter()
        response = self._query(sparql, RESULTS)
        body = _parse_json(response)
        seconds = perf_counter() - begun
        head, bindings = _head_and_bindings(body)
        if not isinstance(body, dict) or head is None or (bindings is None and "boolean" not in body):
            raise NotAnEndpointError(f"{self.sparql_url}: {response.headers.get('content-type', '')}")
        cut = response.headers.get("gongbao-cut")
        if "boolean" in body:
            return QueryAnswer(("answer",), ({"answer": str(body["boolean"]).lower()},), sparql, seconds)
        columns = tuple(head.get("vars", ()))
        rows = tuple(
            {name: _value_text(row[name]["value"]) if name in row else None for name in columns}
            for row in bindings or ()
        )
        return QueryAnswer(columns, rows, sparql, seconds, cut)

    def construct(self, sparql: str) -> tuple[str, float]:
        """Return the answer to a CONSTRUCT or DESCRIBE as Turtle, and the seconds."""
        begun = perf_counter()
        response = self._query(sparql, "text/turtle")
        return response.text, perf_counter() - begun

    def ask(self, name: str, values: Mapping[str, str] | None = None) -> QueryAnswer:
        """Return the answer to a question of the library; empty values count as not given.

        Raises ParameterError for a value that is not allowed.
        """
        question = library()[name]
        given = {key: value for key, value in (values or {}).items() if value}
        found = self.select(bind(question, given))
        return QueryAnswer(found.columns, found.rows, found.sparql, found.seconds, found.cut, question, given)

    def ask_all(self, calls: Iterable[QuestionCall]) -> list[QueryAnswer]:
        """Ask several questions at once; the answers come in the order of the questions."""
        together = list(calls)
        with ThreadPoolExecutor(min(_AT_ONCE, len(together)) or 1) as executor:
            return list(executor.map(lambda call: self.ask(*call), together))

    def search(self, words: str, kind: str | None = None, page: int = 1) -> SearchPage | None:
        """Return a page of the full text search; None where the endpoint has none."""
        if not self.is_gongbao:
            return None
        values = {"q": words, "format": "json", "page": str(page), **({"kind": kind} if kind else {})}
        body = _parse_json(self._send("GET", f"{self.url}/search?{urlencode(values)}"))
        if not isinstance(body, dict):
            raise NotAnEndpointError(f"{self.url}/search")
        return SearchPage(int(body.get("total", 0)), tuple(map(_parse_hit, body.get("hits", ()))))

    def text(self, iri: str) -> str | None:
        """Return a normalised text, or the characters of one place in it (``…#char=0,9``).

        None where the endpoint has no texts.
        """
        parts = urlsplit(iri)
        path = parts.path.partition("/text/")[2]
        if not path or not self.is_gongbao:
            return None
        place = parts.fragment if parts.fragment.startswith("char=") else ""
        return self._send("GET", f"{self.url}/id/text/{quote(path)}?format=txt{place and f'&{place}'}").text

    def original(self, place: Place, *, page: int | None = None, marked: bool = True) -> Original | None:
        """Return the original of a text with a place marked; ``page`` asks for another page than its own.

        None where the endpoint has no originals: one of another kind, or of an earlier gongbao.
        """
        digest = place.text.rpartition("/text/")[2]
        if not digest or not self.is_gongbao:
            return None
        values = {"char": f"{place.start},{place.end}"} if marked else {}
        if page is not None:
            values["page"] = str(page)
        url = f"{self.url}/original/{quote(digest)}?{urlencode(values, safe=',')}"
        response = self._send("GET", url, checked=False)
        if response.status_code == httpx.codes.NOT_FOUND and page is not None:
            return self.original(place, marked=marked)  # an address with a page that is not there
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        if response.status_code != httpx.codes.OK:
            raise _error_of(response)
        try:
            return msgspec.json.decode(response.content, type=Original)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise NotAnEndpointError(f"{self.url}/original: {error}") from error

    def picture(self, path: str) -> bytes:
        """Return the picture of a page, as PNG, by the path that ``original`` gives."""
        name = path.rpartition("/original/")[2]
        return self._send("GET", f"{self.url}/original/{name}", accept="image/png").content

    def _query(self, sparql: str, accept: str) -> httpx.Response:
        media_type = "application/sparql-query"
        content = sparql.encode("utf8")
        return self._send("POST", self.sparql_url, content, accept=accept, media_type=media_type)

    def _send(
        self,
        method: str,
        url: str,
        content: bytes | None = None,
        *,
        accept: str = "application/json",
        media_type: str | None = None,
        checked: bool = True,
    ) -> httpx.Response:
        headers = {"Accept": accept, **({"Content-Type": media_type} if media_type else {})}
        address = url.partition("?")[0]
        try:
            response = self._client.request(method, url, content=content, headers=headers)
        except httpx.TimeoutException as error:
            raise EndpointTimeoutError(f"{address}: {error or 'timeout'}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreachableError(f"{address}: {error}") from error
        if checked and response.status_code != httpx.codes.OK:
            raise _error_of(response)
        return response


def _error_of(response: httpx.Response) -> ClientError:
    body = _parse_json(response)
    message = body.get("error") or body.get("detail") if isinstance(body, dict) else None
    detail = str(message or response.text)[:_LONGEST_DETAIL].strip()
    error = _ERRORS.get(response.status_code, RefusedError)
    return error(detail or f"{response.status_code} {response.reason_phrase}")


def _parse_json(response: httpx.Response) -> object:
    try:
        return cast("object", response.json())
    except (JSONDecodeError, UnicodeDecodeError):
        return None


def _head_and_bindings(
    body: object,
) -> tuple[dict[str, list[str]] | None, list[dict[str, dict[str, object]]] | None]:
    """Return head and bindings of a result; None where it is not a SPARQL 1.1 JSON result."""
    head = body.get("head") if isinstance(body, dict) else None
    results = body.get("results") if isinstance(body, dict) else None
    bindings = results.get("bindings") if isinstance(results, dict) else None
    return head if isinstance(head, dict) else None, bindings if isinstance(bindings, list) else None


def _value_text(value: object) -> str:
    """Return a value as text; a triple term, which is an object, as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _parse_hit(body: Mapping[str, object]) -> EndpointHit:
    snippet = cast("list[dict[str, object]]", body.get("snippet") or [])
    return EndpointHit(
        str(body["kind"]),
        str(body["iri"]),
        str(body.get("title") or ""),
        tuple((str(part["text"]), bool(part["marked"])) for part in snippet),
    )

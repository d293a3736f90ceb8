"""Reads an endpoint: one of gongbao, or any other that speaks SPARQL 1.1 over HTTP.

Everything that the browser shows comes through here. Of an endpoint of another kind there is no full text and
no search, which the views say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from json import JSONDecodeError
from time import perf_counter
from typing import cast
from urllib.parse import quote, urlencode, urlsplit

import httpx

from app.browse.client.errors import (
    BusyError,
    NotAnEndpointError,
    RefusedError,
    SlowError,
    SourceError,
    UnreachableError,
)
from queries.library import library
from queries.model import Question
from queries.parameters import bind
from queries.run import Row

RESULTS = "application/sparql-results+json"
_SECONDS = 30.0  # an endpoint of ours gives up long before
_AT_ONCE = 4  # requests of one view
_DETAIL = 2000  # characters of what an endpoint says of an error
_STATUSES: Mapping[int, type[SourceError]] = {408: SlowError, 429: BusyError, 503: BusyError, 504: SlowError}


@dataclass(frozen=True, slots=True)
class Answer:
    """A table with what it took to get it: the SPARQL, the seconds, and what was cut if it was."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    sparql: str
    seconds: float
    cut: str | None = None
    question: Question | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a search found; the snippet in pieces, each with whether it is marked."""

    kind: str
    iri: str
    title: str
    snippet: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A page of hits, and how many there are in all."""

    total: int
    hits: tuple[Hit, ...]


Asked = tuple[str, Mapping[str, str]]
"""A question's name and the values that it is asked with."""


class Source:
    """An endpoint. Its methods raise SourceError where there is no answer; many threads may use it."""

    def __init__(self, url: str, token: str | None = None, seconds: float = _SECONDS) -> None:
        self.url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        # neither proxies nor .netrc: the address is what it says
        self._client = httpx.Client(headers=headers, timeout=seconds, trust_env=False, follow_redirects=True)
        self._version: str | None = None
        self._ours: bool | None = None

    def close(self) -> None:
        """Let its connections go."""
        self._client.close()

    @property
    def ours(self) -> bool:
        """Whether it is an endpoint of gongbao: it has texts and a search."""
        if self._ours is None:
            self.version()
        return bool(self._ours)

    @property
    def sparql_url(self) -> str:
        """Where queries are sent."""
        return f"{self.url}/sparql" if self.ours else self.url

    def version(self) -> str | None:
        """The version of the store that answers now; None for an endpoint of another kind."""
        if self._ours is False:
            return None
        response = self._send("GET", f"{self.url}/health", checked=False)
        told = _json(response)
        if isinstance(told, dict) and isinstance(told.get("version"), str):
            self._ours = True
            return str(told["version"])
        if response.status_code in _STATUSES or response.status_code in (401, 403):
            raise _refusal(response)
        self._ours = False
        return None

    def select(self, sparql: str) -> Answer:
        """The rows of a SELECT, or one row ``answer`` of an ASK."""
        begun = perf_counter()
        response = self._query(sparql, RESULTS)
        told = _json(response)
        seconds = perf_counter() - begun
        head, found = _parts(told)
        if not isinstance(told, dict) or head is None or (found is None and "boolean" not in told):
            raise NotAnEndpointError(f"{self.sparql_url}: {response.headers.get('content-type', '')}")
        cut = response.headers.get("gongbao-cut")
        if "boolean" in told:
            return Answer(("answer",), ({"answer": str(told["boolean"]).lower()},), sparql, seconds)
        columns = tuple(head.get("vars", ()))
        rows = tuple(
            {name: _text(row[name]["value"]) if name in row else None for name in columns}
            for row in found or ()
        )
        return Answer(columns, rows, sparql, seconds, cut)

    def construct(self, sparql: str) -> tuple[str, float]:
        """What a CONSTRUCT or DESCRIBE gives, as Turtle, and the seconds."""
        begun = perf_counter()
        response = self._query(sparql, "text/turtle")
        return response.text, perf_counter() - begun

    def ask(self, name: str, values: Mapping[str, str] | None = None) -> Answer:
        """The answer to a question of the library. Raises ParameterError for a value that is not allowed."""
        asked = library()[name]
        given = {key: value for key, value in (values or {}).items() if value}
        found = self.select(bind(asked, given))
        return Answer(found.columns, found.rows, found.sparql, found.seconds, found.cut, asked, given)

    def ask_all(self, asked: Iterable[Asked]) -> list[Answer]:
        """Several questions at once, in their order."""
        together = list(asked)
        with ThreadPoolExecutor(min(_AT_ONCE, len(together)) or 1) as executor:
            return list(executor.map(lambda each: self.ask(*each), together))

    def search(self, words: str, kind: str | None = None, page: int = 1) -> Found | None:
        """What a full text search finds; None where the endpoint has none."""
        if not self.ours:
            return None
        values = {"q": words, "format": "json", "page": str(page), **({"kind": kind} if kind else {})}
        told = _json(self._send("GET", f"{self.url}/search?{urlencode(values)}"))
        if not isinstance(told, dict):
            raise NotAnEndpointError(f"{self.url}/search")
        return Found(int(told.get("total", 0)), tuple(map(_hit, told.get("hits", ()))))

    def text(self, iri: str) -> str | None:
        """A normalised text, whose characters the places count, or those of one place in it (``…#char=0,9``).

        None where the endpoint has no texts.
        """
        parts = urlsplit(iri)
        path = parts.path.partition("/text/")[2]
        if not path or not self.ours:
            return None
        place = parts.fragment if parts.fragment.startswith("char=") else ""
        return self._send("GET", f"{self.url}/id/text/{quote(path)}?format=txt{place and f'&{place}'}").text

    def _query(self, sparql: str, accept: str) -> httpx.Response:
        kind = "application/sparql-query"
        return self._send("POST", self.sparql_url, sparql.encode("utf8"), accept=accept, kind=kind)

    def _send(
        self,
        method: str,
        url: str,
        content: bytes | None = None,
        *,
        accept: str = "application/json",
        kind: str | None = None,
        checked: bool = True,
    ) -> httpx.Response:
        headers = {"Accept": accept, **({"Content-Type": kind} if kind else {})}
        place = url.partition("?")[0]
        try:
            response = self._client.request(method, url, content=content, headers=headers)
        except httpx.TimeoutException as error:
            raise SlowError(f"{place}: {error or 'timeout'}") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise UnreachableError(f"{place}: {error}") from error
        if checked and response.status_code != httpx.codes.OK:
            raise _refusal(response)
        return response


def _refusal(response: httpx.Response) -> SourceError:
    told = _json(response)
    said = told.get("error") or told.get("detail") if isinstance(told, dict) else None
    detail = str(said or response.text)[:_DETAIL].strip()
    kind = _STATUSES.get(response.status_code, RefusedError)
    return kind(detail or f"{response.status_code} {response.reason_phrase}")


def _json(response: httpx.Response) -> object:
    try:
        return cast("object", response.json())
    except (JSONDecodeError, UnicodeDecodeError):
        return None


def _parts(told: object) -> tuple[dict[str, list[str]] | None, list[dict[str, dict[str, object]]] | None]:
    """Head and bindings of a result; None for what is not as SPARQL 1.1 has it."""
    head = told.get("head") if isinstance(told, dict) else None
    results = told.get("results") if isinstance(told, dict) else None
    found = results.get("bindings") if isinstance(results, dict) else None
    return head if isinstance(head, dict) else None, found if isinstance(found, list) else None


def _text(value: object) -> str:
    """A value as text; a triple term is an object, and is written as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _hit(told: Mapping[str, object]) -> Hit:
    pieces = cast("list[dict[str, object]]", told.get("snippet") or [])
    return Hit(
        str(told["kind"]),
        str(told["iri"]),
        str(told.get("title") or ""),
        tuple((str(piece["text"]), bool(piece["marked"])) for piece in pieces),
    )

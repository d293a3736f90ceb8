"""Random and mutated requests: never a 5xx but an announced limit. 10,000 in all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from string import printable
from urllib.parse import quote, urlencode

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from queries.library import questions
from queries.parameters import bind
from tests.serve.isolation.test_sandbox import HARMLESS
from tests.serve.process import serving

pytestmark = pytest.mark.check
EXAMPLES = 2000
many = settings(
    max_examples=EXAMPLES,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
QUERIES = [bind(question, {p.name: p.example for p in question.parameters}) for question in questions()]
WORDS = """SELECT ASK CONSTRUCT DESCRIBE WHERE FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER EXISTS NOT BIND
VALUES SERVICE SILENT LOAD CLEAR INSERT DELETE DATA ORDER BY GROUP HAVING LIMIT OFFSET DISTINCT REDUCED COUNT
GROUP_CONCAT SEPARATOR AS IN IF COALESCE REGEX REPLACE UUID RAND NOW BNODE IRI STRLANG MD5 UNDEF BASE PREFIX
{ } ( ) [ ] . ; , * + ? ! ^ | / - = < > && || ?a ?b $c <x:y> <y> a: _:b 'x' "y"@zh 1 1.5 1e9 -1 true # %"""
PIECES = st.sampled_from([*WORDS.split(), "\\u0041", "'''", '"""', "\0", "\ufeff", "\U0001f600"]) | st.text(
    max_size=5
)
TEXT = st.text(st.sampled_from(printable + "科创〔〕《》《\x00\x85\u2028\ufffe\U0001f600"), max_size=40)
PATHS = st.sampled_from(
    ["/sparql", "/sparql/", "/q", "/search", "/health", "/openapi.json", "/.well-known/void", "/", "/id/"]
)
FIELDS = """query update default-graph-uri named-graph-uri using-graph-uri format lang q kind agency type year
page role days date document words"""
FILTERS = "kind agency type year page format lang"
NAMES = st.sampled_from(FIELDS.split())
TYPES = st.sampled_from(
    [
        "application/sparql-query",
        "application/sparql-query; charset=utf-16",
        "application/x-www-form-urlencoded",
        "application/sparql-update",
        "text/plain",
        "multipart/form-data; boundary=x",
        ";;;",
        "",
    ]
)
ACCEPTS = st.sampled_from(
    [
        "*/*",
        "text/html",
        "application/json",
        "text/turtle",
        "text/csv;q=0.1",
        "a/b",
        ",;q=x",
        "*",
        "text/*;q=2",
        "",
    ]
)
LINE = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30).map(str.strip)


@pytest.fixture(scope="module")
def client(samples_store: Path) -> Iterator[httpx.Client]:
    """A client of a server with tight limits."""
    with (
        serving(samples_store, "--seconds", 2, "--rows", 1000, "--size", 1, "--memory", 400) as served,
        httpx.Client(base_url=served.url, timeout=60) as client,
    ):
        yield client


def announced(answer: httpx.Response) -> None:
    """Whether an answer is one that this server gives on purpose."""
    if answer.status_code >= 500:
        assert answer.status_code == 503, answer.text
        assert answer.headers["retry-after"]
    if answer.status_code >= 400 and answer.request.method != "HEAD":
        assert answer.text.strip()
        assert "Traceback" not in answer.text


@many
@given(st.lists(PIECES, max_size=15))
def test_words_that_look_like_sparql(client: httpx.Client, pieces: list[str]) -> None:
    announced(client.post("/sparql", data={"query": " ".join(pieces).encode("utf8", "replace")}))


@many
@given(st.sampled_from([*QUERIES, *HARMLESS]), st.data())
def test_mutated_questions(client: httpx.Client, query: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(query)))
        end = data.draw(st.integers(start, min(start + 30, len(query))))
        query = query[:start] + data.draw(PIECES) + query[end:]
    announced(
        client.post(
            "/sparql",
            content=query.encode("utf8", "replace"),
            headers={"content-type": "application/sparql-query"},
        )
    )


@many
@given(
    st.sampled_from(["GET", "POST", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"]),
    st.one_of(PATHS, TEXT.map("/id/{}".format), TEXT.map("/q/{}".format), TEXT.map("/{}".format)),
    st.lists(st.tuples(NAMES, TEXT), max_size=4),
    TYPES,
    ACCEPTS | LINE,
    st.binary(max_size=60) | TEXT.map(lambda text: text.encode("utf8", "replace")),
)
def test_requests(
    client: httpx.Client,
    method: str,
    path: str,
    parameters: list[tuple[str, str]],
    media_type: str,
    accept: str,
    body: bytes,
) -> None:
    address = f"{quote(path)}?{urlencode(parameters)}"
    headers = {"content-type": media_type, "accept": accept}
    announced(client.request(method, address, content=body, headers=headers))


@many
@given(
    st.sampled_from([question.name for question in questions()]), st.lists(st.tuples(NAMES, TEXT), max_size=3)
)
def test_values_of_questions(client: httpx.Client, name: str, values: list[tuple[str, str]]) -> None:
    announced(client.get(f"/q/{name}?{urlencode(values)}"))


@many
@given(TEXT, st.dictionaries(st.sampled_from(FILTERS.split()), TEXT, max_size=3))
def test_searches(client: httpx.Client, words: str, filters: dict[str, str]) -> None:
    announced(client.get("/search", params={"q": words, **filters}))

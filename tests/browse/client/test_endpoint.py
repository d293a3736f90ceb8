"""The endpoint as the browser reads it: real servers, among them ones that misbehave."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from app.browse.client.endpoint import EndpointClient
from app.browse.client.errors import (
    EndpointBusyError,
    EndpointTimeoutError,
    NotAnEndpointError,
    RefusedError,
    UnreachableError,
)
from ingest.store import current
from queries.errors import ParameterError
from queries.library import find
from queries.run import answer
from tests.browse.conftest import reserved_port
from tests.serve.process import serving

TOKEN = "an-invented-token"
MakeClient = Callable[..., EndpointClient]


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Makes clients and closes them at the end."""
    made: list[EndpointClient] = []

    def make(url: str, *, token: str | None = None, seconds: float = 30) -> EndpointClient:
        made.append(EndpointClient(url, token, seconds))
        return made[-1]

    yield make
    for client in made:
        client.close()


@pytest.fixture
def client(make_client: MakeClient, samples_endpoint: str) -> EndpointClient:
    return make_client(samples_endpoint)


def test_an_answer_is_that_of_the_library(client: EndpointClient, samples_store: Path) -> None:
    version = current(samples_store)
    found = client.ask("agency/load")
    assert list(found.rows) == list(answer(version.open(), find("agency/load"), {}))
    assert found.columns == tuple(column.name for column in find("agency/load").columns)
    assert found.question == find("agency/load")
    assert found.cut is None
    assert client.version() == version.id


def test_answers_come_in_the_order_of_the_questions(client: EndpointClient) -> None:
    asked = ["document/joint", "agency/load", "quality/rules", "task/recurring", "document/list"]
    found = client.ask_all([(name, {}) for name in asked])
    assert [each.question.name for each in found if each.question] == asked


def test_a_value_that_is_empty_is_not_given(client: EndpointClient) -> None:
    assert client.ask("agency/load", {"agency": ""}).rows == client.ask("agency/load").rows


def test_a_value_that_is_not_allowed(client: EndpointClient) -> None:
    with pytest.raises(ParameterError, match="no date"):
        client.ask("document/list", {"date": "2024-02-30"})


def test_ask_is_a_row(client: EndpointClient) -> None:
    found = client.select("ASK { ?s ?p ?o }")
    assert (found.columns, found.rows) == (("answer",), ({"answer": "true"},))


def test_construct_is_turtle(client: EndpointClient) -> None:
    text, seconds = client.construct(
        "CONSTRUCT { <https://example.org/a> <https://example.org/b> ?n } WHERE { BIND (7 AS ?n) }"
    )
    assert "<https://example.org/a> <https://example.org/b> 7 ." in text
    assert seconds > 0


def test_search_knows_short_names(client: EndpointClient) -> None:
    found = client.search("市科技局", kind="agency")
    assert found is not None
    assert "云州市科技创新局" in [hit.title for hit in found.hits]
    assert any(marked and text for hit in found.hits for text, marked in hit.snippet)
    assert {hit.kind for hit in found.hits} == {"agency"}


def test_a_text_is_whole(client: EndpointClient, samples_store: Path) -> None:
    row = client.select(
        "PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> "
        "SELECT ?text { ?place nif:referenceContext ?text } LIMIT 1"
    ).rows[0]
    iri = row["text"]
    assert iri is not None
    assert client.text(iri) == current(samples_store).source(iri.rpartition("/")[2])


def test_another_kind_of_endpoint(make_client: MakeClient, samples_endpoint: str) -> None:
    other = make_client(f"{samples_endpoint}/sparql")
    assert not other.is_gongbao
    assert other.version() is None
    assert other.search("任何词") is None
    assert other.text("https://w3id.org/gongbao/id/text/00") is None
    assert other.ask("agency/load").rows == make_client(samples_endpoint).ask("agency/load").rows


def test_an_error_is_said_as_the_engine_says_it(client: EndpointClient) -> None:
    with pytest.raises(RefusedError, match=r"1:\d+"):
        client.select("SELECT * WHERE { ?s ?p }")


def test_a_query_beyond_its_time(make_client: MakeClient, slow_endpoint: str) -> None:
    with pytest.raises(EndpointBusyError, match=r"0\.5 s"):
        make_client(slow_endpoint).select("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


@pytest.fixture(scope="module")
def limited_endpoint(samples_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An endpoint that asks for a token and gives ten rows."""
    token = tmp_path_factory.mktemp("token") / "token"
    token.write_text(f"{TOKEN}\n", "ascii")
    with serving(samples_store, "--rows", 10, "--token-file", token, "--workers", 1) as served:
        yield served.url


@pytest.mark.server
def test_a_result_that_is_cut(make_client: MakeClient, limited_endpoint: str) -> None:
    found = make_client(limited_endpoint, token=TOKEN).select("SELECT * { ?s ?p ?o }")
    assert (len(found.rows), found.cut) == (10, "10 rows")


@pytest.mark.server
def test_a_token(make_client: MakeClient, limited_endpoint: str) -> None:
    with pytest.raises(RefusedError, match="token"):
        make_client(limited_endpoint).ask("agency/load")
    assert make_client(limited_endpoint, token=TOKEN).ask("agency/load").rows


def test_nobody_there(make_client: MakeClient) -> None:
    with reserved_port() as port, pytest.raises(UnreachableError, match=f"127.0.0.1:{port}"):
        make_client(f"http://127.0.0.1:{port}").ask("agency/load")


@pytest.mark.parametrize("url", ["", "nowhere", "ftp://127.0.0.1", "http://", "http://[::1"])
def test_an_address_that_is_none(make_client: MakeClient, url: str) -> None:
    with pytest.raises(UnreachableError):
        make_client(url).ask("agency/load")


def test_somebody_who_does_not_answer(make_client: MakeClient) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as silent, pytest.raises(EndpointTimeoutError):
        make_client(f"http://127.0.0.1:{silent.getsockname()[1]}", seconds=0.3).ask("agency/load")


class _Page(BaseHTTPRequestHandler):
    """Says the same page to everything."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>hello</h1>")

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


@pytest.fixture
def a_web_page() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_web_page_is_no_endpoint(make_client: MakeClient, a_web_page: str) -> None:
    with pytest.raises(NotAnEndpointError, match="text/html"):
        make_client(a_web_page).ask("agency/load")

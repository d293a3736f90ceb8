"""Formats of results and graphs, negotiation, and what the endpoint says of itself."""

from __future__ import annotations

import httpx
import pytest

JSON = '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"科"}}]}}'
XML = (
    '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">'
    '<head><variable name="a"/></head>'
    '<results><result><binding name="a"><literal>科</literal></binding></result></results></sparql>'
)
RESULTS = {
    "application/sparql-results+json": JSON,
    "application/json": JSON,
    "application/sparql-results+xml": XML,
    "text/csv": "a\r\n科\r\n",
    "text/tab-separated-values": '?a\n"科"\n',
}
GRAPHS = {
    "text/turtle": '<x:s> <x:p> "科" .\n',
    "application/n-triples": '<x:s> <x:p> "科" .\n',
    "application/n-quads": '<x:s> <x:p> "科" .\n',
    "application/trig": '<x:s> <x:p> "科" .\n',
    "application/ld+json": '[{"@id":"x:s","x:p":[{"@value":"科"}]}]',
}


@pytest.mark.parametrize("media_type", RESULTS)
def test_the_formats_of_results(media_type: str, graphs_server: str) -> None:
    answer = httpx.get(
        f"{graphs_server}/sparql", params={"query": "SELECT ('科' AS ?a) {}"}, headers={"accept": media_type}
    )
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    assert answer.text == RESULTS[media_type]


@pytest.mark.parametrize("media_type", GRAPHS)
def test_the_formats_of_graphs(media_type: str, graphs_server: str) -> None:
    answer = httpx.get(
        f"{graphs_server}/sparql",
        params={"query": "CONSTRUCT { <x:s> <x:p> '科' } {}"},
        headers={"accept": media_type},
    )
    assert answer.headers["content-type"] == f"{media_type}; charset=utf-8"
    without_prefixes = "".join(
        line for line in answer.text.splitlines(True) if not line.startswith("@prefix")
    )
    assert without_prefixes == GRAPHS[media_type]


def test_rdf_xml(graphs_server: str) -> None:
    answer = httpx.get(
        f"{graphs_server}/sparql",
        params={"query": "CONSTRUCT { <x:s> <x:y/p> '科' } {}"},
        headers={"accept": "application/rdf+xml"},
    )
    assert answer.headers["content-type"] == "application/rdf+xml; charset=utf-8"
    assert '<rdf:Description rdf:about="x:s">' in answer.text
    assert ">科</" in answer.text


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        ("*/*", "application/sparql-results+json"),
        ("", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv, application/sparql-results+xml;q=0.9, */*;q=0.1", "text/csv"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),
    ],
)
def test_negotiation(accept: str, given: str, graphs_server: str) -> None:
    answer = httpx.get(
        f"{graphs_server}/sparql", params={"query": "SELECT (1 AS ?a) {}"}, headers={"accept": accept}
    )
    assert answer.headers["content-type"] == f"{given}; charset=utf-8"
    assert "Accept" in answer.headers["vary"]


def test_an_answer_that_the_asker_has(graphs_server: str) -> None:
    address, query = f"{graphs_server}/sparql", {"query": "ASK {}"}
    tag = httpx.get(address, params=query).headers["etag"]
    again = httpx.get(address, params=query, headers={"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    as_xml = {"if-none-match": tag, "accept": "application/sparql-results+xml"}
    assert httpx.get(address, params=query, headers=as_xml).status_code == 200
    assert httpx.get(address, params={"query": "ASK { }"}, headers={"if-none-match": tag}).status_code == 200


def test_what_is_another_the_next_time_has_no_tag(graphs_server: str) -> None:
    answer = httpx.get(f"{graphs_server}/sparql", params={"query": "SELECT (NOW() AS ?now) {}"})
    assert (answer.status_code, "etag" in answer.headers) == (200, False)


def test_a_tag_with_a_post_does_not_count(graphs_server: str) -> None:
    address, query = f"{graphs_server}/sparql", {"query": "ASK {}"}
    tag = httpx.get(address, params=query).headers["etag"]
    assert httpx.post(address, data=query, headers={"if-none-match": tag}).status_code == 200
    tags = f'"other", W/{tag}'
    assert httpx.get(address, params=query, headers={"if-none-match": tags}).status_code == 304


def test_head_and_options(graphs_server: str) -> None:
    head = httpx.head(f"{graphs_server}/sparql", params={"query": "ASK {}"})
    assert (head.status_code, head.content) == (200, b"")
    asked = {"origin": "https://example.org", "access-control-request-method": "POST"}
    options = httpx.options(f"{graphs_server}/sparql", headers=asked)
    assert options.status_code == 200
    assert options.headers["access-control-allow-origin"] == "*"


def test_the_service_description(graphs_server: str) -> None:
    answer = httpx.get(f"{graphs_server}/sparql", headers={"accept": "application/n-triples"})
    sd = "http://www.w3.org/ns/sparql-service-description#"
    lines = answer.text.splitlines()
    assert f"<{graphs_server}/sparql> <{sd}endpoint> <{graphs_server}/sparql> ." in lines
    assert f"<{graphs_server}/sparql> <{sd}supportedLanguage> <{sd}SPARQL11Query> ." in lines
    assert sum(f"<{sd}resultFormat>" in line for line in lines) == 10
    page = httpx.get(f"{graphs_server}/sparql", headers={"accept": "text/html"})
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "<textarea" in page.text


def test_void(graphs_server: str) -> None:
    answer = httpx.get(f"{graphs_server}/.well-known/void", headers={"accept": "application/n-triples"})
    about = f"<{graphs_server}/.well-known/void#dataset>"
    integer = "<http://www.w3.org/2001/XMLSchema#integer>"
    assert f'{about} <http://rdfs.org/ns/void#triples> "3"^^{integer} .' in answer.text.splitlines()
    assert f'<http://rdfs.org/ns/void#entities> "3"^^{integer} .' in answer.text

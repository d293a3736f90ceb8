"""The query part of the SPARQL 1.1 Protocol.

The cases are those of W3C's suite (rdf-tests, sparql/sparql11/protocol): its 20 tests of queries
and bad queries by name, then what the suite leaves out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx
import pytest

from tests.serve.conftest import W3C

FORM = {"content-type": "application/x-www-form-urlencoded"}
DIRECT = {"content-type": "application/sparql-query"}
BOOLEAN = ("application/sparql-results+json", "application/sparql-results+xml")
TABLE = (*BOOLEAN, "text/csv", "text/tab-separated-values")
GRAPH = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
A, B, C = (W3C.format(number) for number in (1, 2, 3))
BOTH = f"ASK {{ <{A}> a ?type . <{B}> a ?type . }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ <{A}> a ?type }} GRAPH ?g2 {{ <{B}> a ?type }} }}"
ALL = f"ASK {{ <{C}> a ?type GRAPH ?g1 {{ <{A}> a ?type }} GRAPH ?g2 {{ <{B}> a ?type }} }}"


@dataclass(frozen=True, slots=True)
class Case:
    """A request and what comes back."""

    name: str
    method: str
    address: str = ""
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    media_types: tuple[str, ...] = ()
    boolean: bool | None = None


def graphs(*, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> str:
    """Parameters that name a dataset."""
    parts = [("default-graph-uri", iri) for iri in default] + [("named-graph-uri", iri) for iri in named]
    return "&".join(f"{name}={quote(iri, '')}" for name, iri in parts)


def asking(query: str, dataset: str = "") -> str:
    return f"?query={quote(query, '')}{'&' if dataset else ''}{dataset}"


NOWHERE = graphs(default=("http://kasei.us/2009/09/sparql/data/data0.rdf",))
W3C_CASES = [
    Case("query_post_form", "POST", f"?{NOWHERE}", b"query=ASK%20%7B%7D", FORM, 200, BOOLEAN, True),
    Case(
        "query_dataset_default_graphs_get",
        "GET",
        asking(BOTH, graphs(default=(A, B))),
        boolean=True,
        media_types=BOOLEAN,
    ),
    Case(
        "query_dataset_default_graphs_post",
        "POST",
        f"?{graphs(default=(A, B))}",
        BOTH.encode(),
        DIRECT,
        200,
        BOOLEAN,
        True,
    ),
    Case(
        "query_dataset_named_graphs_post",
        "POST",
        f"?{graphs(named=(A, B))}",
        NAMED.encode(),
        DIRECT,
        200,
        BOOLEAN,
        True,
    ),
    Case(
        "query_dataset_named_graphs_get",
        "GET",
        asking(NAMED, graphs(named=(A, B))),
        boolean=True,
        media_types=BOOLEAN,
    ),
    Case(
        "query_dataset_full",
        "POST",
        f"?{graphs(default=(C,), named=(A, B))}",
        ALL.encode(),
        DIRECT,
        200,
        BOOLEAN,
        True,
    ),
    Case(
        "query_multiple_dataset",
        "POST",
        f"?{graphs(named=(A, B))}",
        NAMED.replace("ASK", f"ASK FROM <{C}>").encode(),
        DIRECT,
        200,
        BOOLEAN,
        True,
    ),
    Case("query_get", "GET", asking("ASK {}", NOWHERE), boolean=True, media_types=BOOLEAN),
    Case("query_content_type_select", "POST", f"?{NOWHERE}", b"SELECT (1 AS ?value) {}", DIRECT, 200, TABLE),
    Case("query_content_type_ask", "POST", f"?{NOWHERE}", b"ASK {}", DIRECT, 200, BOOLEAN, True),
    Case(
        "query_content_type_describe",
        "POST",
        f"?{NOWHERE}",
        b"DESCRIBE <http://example.org/>",
        DIRECT,
        200,
        GRAPH,
    ),
    Case(
        "query_content_type_construct",
        "POST",
        f"?{NOWHERE}",
        b"CONSTRUCT { <s> <p> 1 } WHERE {}",
        DIRECT,
        200,
        GRAPH,
    ),
    Case("query_post_direct", "POST", f"?{NOWHERE}", b"ASK {}", DIRECT, 200, BOOLEAN, True),
    Case("bad_query_method", "PUT", asking("ASK {}", NOWHERE), b"", FORM, 405),
    Case("bad_multiple_queries", "GET", "?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", status=400),
    Case("bad_query_wrong_media_type", "POST", "", b"ASK {}", {"content-type": "text/plain"}, 415),
    Case("bad_query_missing_form_type", "POST", "", b"query=ASK%20%7B%7D", {}, 415),
    Case("bad_query_missing_direct_type", "POST", "", b"ASK {}", {}, 415),
    Case(
        "bad_query_non_utf8",
        "POST",
        "",
        "ASK {}".encode("utf-16"),
        {"content-type": "application/sparql-query; charset=UTF-16"},
        415,
    ),
    Case("bad_query_syntax", "GET", "?query=ASK%20%7B", status=400),
]
CASES = [
    Case(
        "a default graph alone leaves no named ones",
        "GET",
        asking(NAMED, graphs(default=(A, B))),
        boolean=False,
    ),
    Case("named graphs alone leave no default one", "GET", asking(BOTH, graphs(named=(A, B))), boolean=False),
    Case("without a dataset the default graph is the merge of all", "GET", asking(BOTH), boolean=True),
    Case(
        "a dataset in the query",
        "GET",
        asking(BOTH.replace("ASK", f"ASK FROM <{A}> FROM <{B}>")),
        boolean=True,
    ),
    Case(
        "a dataset in the query without one of them",
        "GET",
        asking(BOTH.replace("ASK", f"ASK FROM <{A}>")),
        boolean=False,
    ),
    Case(
        "a dataset in a form",
        "POST",
        "",
        f"query={quote(BOTH)}&{graphs(default=(A,))}".encode(),
        FORM,
        boolean=False,
    ),
    Case("a graph by a relative IRI", "GET", asking(BOTH, "default-graph-uri=data1.rdf"), status=400),
    Case("a query in the body and one in the address", "POST", asking("ASK {}"), b"ASK {}", DIRECT, 400),
    Case("two queries in a form", "POST", "", b"query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400),
    Case("a form without a query", "POST", "", b"quer=ASK%20%7B%7D", FORM, 400),
    Case("an empty query", "GET", "?query=", status=400),
    Case("an empty body", "POST", "", b"", DIRECT, 400),
    Case("bytes that are no UTF-8 in a body", "POST", "", b"ASK { ?s ?p '\xff' }", DIRECT, 400),
    Case("bytes that are no UTF-8 in an address", "GET", "?query=ASK%20%7B%7D%20%23%FF", status=400),
    Case("bytes that are no UTF-8 in a form", "POST", "", b"query=ASK%20%7B%7D%20%23%FF", FORM, 400),
    Case(
        "UTF-8 said in capitals",
        "POST",
        "",
        b"ASK {}",
        {"content-type": 'Application/Sparql-Query; Charset="UTF-8"'},
        200,
    ),
    Case("an update in the address", "GET", "?update=CLEAR%20ALL", status=403),
    Case("an update in a form", "POST", "", b"update=CLEAR%20ALL", FORM, 403),
    Case(
        "an update in the body", "POST", "", b"CLEAR ALL", {"content-type": "application/sparql-update"}, 403
    ),
    Case("an update as a query", "GET", asking("CLEAR ALL"), status=400),
    Case("an update that loads, as a query", "GET", asking("LOAD <http://127.0.0.1/>"), status=400),
    Case("a dataset of an update", "GET", asking("ASK {}", "using-graph-uri=http%3A%2F%2Fa"), status=403),
    Case("DELETE", "DELETE", asking("ASK {}"), status=405),
    Case("an Accept header that is none", "GET", asking("ASK {}"), headers={"accept": ";;,"}, status=400),
    Case("a format that is not there", "GET", asking("ASK {}"), headers={"accept": "image/png"}, status=406),
    Case("a table of a boolean", "GET", asking("ASK {}"), headers={"accept": "text/csv"}, status=406),
    Case("a graph as a table", "GET", asking("DESCRIBE <x:y>"), headers={"accept": "text/csv"}, status=406),
    Case("too many graphs", "POST", "", f"query=ASK{{}}&{graphs(named=(A,) * 101)}".encode(), FORM, 400),
    Case("an IRI that is too long", "GET", asking("ASK {}", graphs(named=(f"x:{'a' * 2000}",))), status=400),
    Case(
        "an Accept header that is too long",
        "GET",
        asking("ASK {}"),
        headers={"accept": "a/b," * 900},
        status=400,
    ),
    Case("a head that is too long", "GET", asking("ASK {}"), headers={"x": "a" * 70_000}, status=400),
    Case("a NUL", "GET", asking("ASK {} # \0"), status=400),
    Case("a slash at the end", "GET", f"/{asking('ASK {}')}", boolean=True),
]


@pytest.mark.parametrize("case", W3C_CASES + CASES, ids=lambda case: case.name)
def test_the_protocol(case: Case, graphs_server: str) -> None:
    request = httpx.Request(
        case.method, f"{graphs_server}/sparql{case.address}", content=case.body, headers=case.headers
    )
    with httpx.Client(timeout=60) as client:
        answer = client.send(request)
    assert answer.status_code == case.status, answer.text
    if case.media_types:
        assert answer.headers["content-type"].partition(";")[0] in case.media_types
    if case.boolean is not None:
        assert json.loads(answer.content)["boolean"] is case.boolean
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert answer.text.strip()


def test_w3c_has_twenty_cases() -> None:
    assert len({case.name for case in W3C_CASES}) == 20

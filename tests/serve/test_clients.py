"""The clients that people use, against a running server."""

from __future__ import annotations

from xml.dom.minidom import Document

import httpx
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper

LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
BODIES = f'SELECT ?body {{ ?body <{LABEL}> "云州市科技创新局"@zh }}'


def test_sparqlwrapper(samples_server: str) -> None:
    client = SPARQLWrapper(f"{samples_server}/sparql")
    for method, request in ((GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)):
        client.setMethod(method)
        client.setRequestMethod(request)
        client.setQuery(BODIES)
        client.setReturnFormat(JSON)
        match client.queryAndConvert():
            case {"results": {"bindings": [{"body": {"value": body}}]}}:
                assert body == "https://w3id.org/gongbao/id/org/云州市科技创新局"
            case other:
                raise AssertionError(other)
        client.setReturnFormat(XML)
        document = client.queryAndConvert()
        assert isinstance(document, Document)
        assert "云州市科技创新局" in document.toxml()
        client.setReturnFormat(CSV)
        table = client.queryAndConvert()
        assert isinstance(table, bytes)
        assert table.decode().splitlines()[0] == "body"
        client.setQuery("ASK {}")
        client.setReturnFormat(JSON)
        assert client.queryAndConvert() == {"head": {}, "boolean": True}
        client.setQuery(f"CONSTRUCT {{ ?body a <x:y> }} {{ ?body <{LABEL}> '云州市科技创新局'@zh }}")
        client.setReturnFormat(TURTLE)
        turtle = client.queryAndConvert()
        assert isinstance(turtle, bytes)
        assert len(rdflib.Graph().parse(data=turtle, format="turtle")) == 1


def test_rdflib(samples_server: str) -> None:
    for method in ("GET", "POST", "POST_FORM"):
        store = SPARQLStore(f"{samples_server}/sparql", method=method)
        graph = rdflib.Graph(store)
        body = rdflib.URIRef("https://w3id.org/gongbao/id/org/云州市科技创新局")
        assert set(graph.query(BODIES)) == {(body,)}
        label = rdflib.Literal("云州市科技创新局", lang="zh")
        assert (body, rdflib.URIRef(LABEL), label) in graph
        assert list(graph.objects(body, rdflib.URIRef(LABEL))) == [label]


def test_plain_http(samples_server: str) -> None:
    answer = httpx.get(f"{samples_server}/sparql", params={"query": BODIES}, headers={"accept": "text/csv"})
    assert answer.text == "body\r\nhttps://w3id.org/gongbao/id/org/云州市科技创新局\r\n"

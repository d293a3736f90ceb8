"""Queries as text, without an endpoint."""

from __future__ import annotations

import base64
import zlib

import pytest

from app.browse.views.questions.query_text import (
    QueryPosition,
    add_prefixes,
    decode_query,
    encode_query,
    find_error_position,
    missing_prefixes,
    returns_triples,
)

GB = "https://w3id.org/gongbao/ontology#"


@pytest.mark.parametrize(
    ("query", "graph"),
    [
        ("SELECT * WHERE { ?s ?p ?o }", False),
        ("PREFIX construct: <http://example.org/construct#>\nASK {}", False),
        ("# CONSTRUCT\nselect ?describe { ?describe ?p 'CONSTRUCT' }", False),
        ("construct { ?s ?p ?o } where { ?s ?p ?o }", True),
        ("PREFIX a: <http://example.org/select>\nDESCRIBE a:b", True),
        ("", False),
    ],
)
def test_the_form_of_a_query(query: str, graph: bool) -> None:
    assert returns_triples(query) is graph


def test_prefixes_that_are_used_and_not_declared() -> None:
    query = """PREFIX eli: <x>
        SELECT * { ?s a gb:Task ; eli:title "skos:no" . # org:no
          <rdf:no> unknown:x gb:role }"""
    assert missing_prefixes(query) == {"gb": GB}
    assert missing_prefixes(add_prefixes(query, {"gb": GB})) == {}
    assert add_prefixes(query, {"gb": GB}).startswith(f"PREFIX gb: <{GB}>\nPREFIX eli:")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("the query is not SPARQL 1.1: error at 2:8: expected one of HAVING", QueryPosition(2, 8)),
        ('Parse error: Encountered "x" at line 3, column 5.', QueryPosition(3, 5)),
        ("syntax error near line 1", QueryPosition(1, 0)),
        ("the query was ended after 10 s", None),
        ("error at 9:1: there is no such line", None),
    ],
)
def test_where_an_engine_says_the_query_is_wrong(said: str, expected: QueryPosition | None) -> None:
    assert find_error_position(said, "SELECT *\nWHERE {\n}") == expected


@pytest.mark.parametrize("query", ["ASK {}", "z.", "SELECT ?云 # 州\n" * 500, ""])
def test_a_query_goes_into_an_address_and_comes_back(query: str) -> None:
    assert decode_query(encode_query(query)) == query


def test_a_long_query_is_short_in_an_address() -> None:
    assert len(encode_query("SELECT ?云 # 州\n" * 500)) < 300


@pytest.mark.parametrize(
    "value",
    [
        "z.",
        "z.!!!",
        encode_query("SELECT * " * 400)[:-9],
        "z." + base64.urlsafe_b64encode(zlib.compress(b"\xff\xfe")).decode(),
        "z." + base64.urlsafe_b64encode(zlib.compress(b" " * 5_000_000)).decode(),
    ],
)
def test_an_address_that_was_cut_or_is_a_bomb_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_query(value)
